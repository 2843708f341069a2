"""Decide what is stale: which inputs a figure reads, and one digest for each.

The unit is the module; within the figure's own file, what each of its functions can `reach`.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from darkroom import reach
from darkroom.figure import Figure
from darkroom.hashing import digest
from darkroom.themes import THEMES

Inputs = dict[str, str]  # what a product reads, as `zigzag/cone.py (imported by …)` → digest
HOUSE = Path(__file__).parents[1]  # where our packages lie: `src/`, or among all that is installed
OURS = {"inks", "darkroom"}  # what a picture is made with from there
RENDERER = HOUSE / "darkroom" / "render.py"  # the code that draws, with the inks that it imports
PYTHON = "{}.{}".format(*sys.version_info)
ONE_THREAD = {  # where things are measured: sums then do not depend on the number of cores
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")
}
ROOTS = {"measure": ("measure",), "still": ("draw",), "motion": ("play",)}  # what they run
LIBRARIES = {  # that draw without being named: what is imported is found
    "measure": (),
    "still": ("contourpy", "kiwisolver", "pillow", "font-source-sans-pro"),
    "motion": ("typst", "pycairo", "cairo", "pango", "av", "pillow", "font-source-sans-pro")
    + ("svgelements", "scipy", "skia-pathops", "mapbox-earcut"),  # of letters and curves
}
NAMES = {"PIL": "pillow", "sklearn": "scikit-learn"}  # others would take long to look up


PARSERS = [Path(__file__), Path(str(reach.__file__))]
READER = digest(*(path.read_bytes() for path in PARSERS), sys.version)  # who parsed what is known


class Source(NamedTuple):
    """What matters of one file, or of the part of it that some names reach."""

    digest: str  # of its syntax tree
    names: tuple[str, ...]  # dotted names that its imports may load


class ModuleGraph:
    """The first-party modules below some folders, and who imports whom, at one moment.

    Parsing is what takes time, so what was read off a content is remembered in `parsed`.
    """

    def __init__(self, *folders: Path, parsed: Mapping[str, Any] | None = None) -> None:
        self.folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self.parsed = dict(parsed or {})
        self.label, self.file = cache(self._label), cache(self._file)
        self.source, self.closure = cache(self._source), cache(self._closure)

    def _label(self, path: Path) -> str:
        """The path as a reader knows it: below `src/`, or beside the figures."""
        home = next((folder for folder in self.folders if path.is_relative_to(folder)), None)
        return str(path.relative_to(home or path.parents[1]))

    def _source(self, path: Path, roots: tuple[str, ...] = ()) -> Source:
        """A file, or what these names of it reach."""
        package = str(Path(self.label(path)).parent).replace("/", ".")
        content = path.read_bytes()
        key = digest(content, package, *roots)
        if key not in self.parsed:
            try:
                statements, names = reach.reached(content, package, roots)
                self.parsed[key] = digest(*statements), names
            except (SyntaxError, ValueError, ImportError):  # running it will tell
                return Source(key, ())
        tree, names = self.parsed[key]
        return Source(tree, tuple(names))

    def _file(self, module: str) -> Path | None:
        """The file of a module, or of a package, if it is ours."""
        own, ours = self.folders[0], module.partition(".")[0] in OURS
        folders = (folder for folder in self.folders if folder == own or ours)
        places = [folder / module.replace(".", "/") for folder in folders]
        files = (f for place in places for f in (place / "__init__.py", place.with_suffix(".py")))
        return next((file for file in files if file.is_file()), None)

    def files(self, source: Source) -> Iterator[Path]:
        """The files that a source's imports load, packages' own included."""
        for name in source.names:
            modules = accumulate(name.split("."), "{}.{}".format)
            yield from filter(None, map(self.file, modules))

    def libraries(self, source: Source) -> set[str]:
        """The top-level names of foreign modules that a source imports."""
        tops = {name.partition(".")[0] for name in source.names} - sys.stdlib_module_names
        return {NAMES.get(top, top) for top in tops if not self.file(top)}

    def _closure(self, source: Source, importer: Path) -> dict[Path, Path]:
        """Every file loaded by a source, however deep → the file that first imports it."""
        found: dict[Path, Path] = {}
        waiting = [(path, importer) for path in self.files(source)]
        for path, by in waiting:  # grows while it is read
            if path not in found:
                found[path] = by
                waiting += [(inner, path) for inner in self.files(self.source(path))]
        return found


def needs(figure: Figure, sources: ModuleGraph) -> dict[str, Inputs]:
    """The inputs of each product of a figure, as far as they are known before it is made."""
    measure = {"measure": _inputs(figure, "measure", sources)} if figure.measured else {}
    return measure | dict.fromkeys(THEMES, _inputs(figure, figure.kind, sources))


def named(figure: Figure, sources: ModuleGraph, root: Path) -> tuple[str, ...]:
    """The files below the project's root that a job of it loads by imports that are written out."""
    starts = figure.path, RENDERER
    loaded = [path for by in starts for path in sources.closure(sources.source(by), by)]
    return tuple(str(path.relative_to(root)) for path in loaded if path.is_relative_to(root))


def changed(now: Inputs, before: Inputs) -> list[str]:
    """The inputs that are not what they were, those that came or went too."""
    return [label for label in now | before if now.get(label) != before.get(label)]


def _inputs(figure: Figure, product: str, sources: ModuleGraph) -> Inputs:
    own = sources.source(figure.path, ROOTS[product])
    loaded = sources.closure(own, figure.path)
    if product != "measure":
        drawing = sources.closure(sources.source(RENDERER), RENDERER)
        loaded = {RENDERER: RENDERER} | drawing | loaded
    size = f"{figure.size}" if product == "still" else ""  # its own, or what all have
    digests = {f"{sources.label(figure.path)} ({product})": digest(own.digest, size)}
    libraries = sources.libraries(own).union(LIBRARIES[product])
    for path, importer in loaded.items():
        source = sources.source(path)
        route = f" (imported by `{sources.label(importer)}`)" if importer != path else ""
        digests[sources.label(path) + route] = source.digest
        libraries |= sources.libraries(source)
    libraries -= {"manim"} if product != "motion" else set()  # the renderer knows both
    digests |= {f"library {name}": installed(name) for name in sorted(libraries)}
    return digests | {"Python": PYTHON}


@cache
def installed(library: str) -> str:
    """The version of a library, or of what brings the module of this name."""
    if library in ("cairo", "pango"):  # the system's: what draws the frames of a motion
        import manimpango

        return str(getattr(manimpango, f"{library}_version")())
    try:
        return version(library)
    except PackageNotFoundError:
        return ", ".join(map(version, packages_distributions().get(library, []))) or "absent"
