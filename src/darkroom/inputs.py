"""Decide what is stale: which inputs a figure depends on, and one digest for each.

The unit is the module; within the figure's own file, what each of its functions can `reach`.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any, NamedTuple

from darkroom import reach
from darkroom.figure import Figure
from darkroom.hashing import digest
from darkroom.themes import THEMES

Inputs = dict[str, str]  # what a product depends on: `zigzag/cone.py (imported by …)` → digest
ROUTE = " (imported by "  # begins what a label tells of how a module came to be loaded
HOUSE = Path(__file__).parents[1]  # where our packages lie: `src/`, or among all that is installed
OURS = {"inks", "darkroom"}  # what a picture is made with from there
RENDERER = HOUSE / "darkroom" / "render.py"  # the code that draws, with the inks that it imports
PYTHON = "{}.{}".format(*sys.version_info)
ONE_THREAD = {  # where things are measured: sums then do not depend on the number of cores
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")
}
ROOTS = {  # the functions of a figure's file that each product runs
    "measure": ("measure",),
    "still": ("draw",),
    "motion": ("play",),
}
LIBRARIES = {  # that draw without being named: what is imported is found
    "measure": (),
    "still": (
        "contourpy",
        "kiwisolver",
        "pillow",
        "font-source-sans-pro",
    ),
    "motion": (
        "typst",
        "pycairo",
        "cairo",
        "pango",
        "av",
        "pillow",
        "font-source-sans-pro",
        "svgelements",  # this and the next are of letters and curves
        "scipy",
        "skia-pathops",
        "mapbox-earcut",
    ),
}
DISTRIBUTIONS = {  # of modules that are called otherwise; to look up all would take long
    "PIL": "pillow",
    "sklearn": "scikit-learn",
}

PARSER_DIGEST = digest(  # of the code that parses
    Path(__file__).read_bytes(),
    Path(str(reach.__file__)).read_bytes(),
    sys.version,
)


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
        # each is asked for again and again, and stays what it was at this moment
        self.source = cache(self._source)
        self.file = cache(self._file)
        self.closure = cache(self._closure)

    def label(self, path: Path) -> str:
        """The path as a reader knows it: below `src/`, or beside the figures."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return str(path.relative_to(folder))
        return str(path.relative_to(path.parents[1]))

    def files(self, source: Source) -> Iterator[Path]:
        """The files that a source's imports load, those of the packages above them included."""
        for name in source.names:
            parts = name.split(".")
            for length in range(1, len(parts) + 1):
                if path := self.file(".".join(parts[:length])):
                    yield path

    def libraries(self, source: Source) -> set[str]:
        """The top-level names of foreign modules that a source imports."""
        found = set()
        for name in source.names:
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and not self.file(top):
                found.add(DISTRIBUTIONS.get(top, top))
        return found

    def _closure(self, source: Source, importer: Path) -> dict[Path, Path]:
        """Every file loaded by a source, however deep → the file that first imports it."""
        found: dict[Path, Path] = {}
        queue = [(path, importer) for path in self.files(source)]
        for path, by in queue:  # it grows while it is read
            if path not in found:
                found[path] = by
                queue += [(inner, path) for inner in self.files(self.source(path))]
        return found

    def _source(self, path: Path, roots: tuple[str, ...] = ()) -> Source:
        """A file, or what these names of it reach."""
        package = str(Path(self.label(path)).parent).replace("/", ".")
        content = path.read_bytes()
        key = digest(content, package, *roots)
        if key not in self.parsed:
            try:
                statements, names = reach.reached(content, package, roots)
            except (SyntaxError, ValueError, ImportError):  # running it will tell
                return Source(key, ())
            self.parsed[key] = digest(*statements), names
        tree, names = self.parsed[key]
        return Source(tree, tuple(names))

    def _file(self, module: str) -> Path | None:
        """The file of a module, or of a package, if it is ours.

        In the project's own `src/` any is; in another folder only those that a picture needs.
        """
        is_ours = module.partition(".")[0] in OURS
        for folder in self.folders if is_ours else self.folders[:1]:
            place = folder / module.replace(".", "/")
            package = place / "__init__.py"
            file = place.with_suffix(".py")
            if package.is_file():
                return package
            if file.is_file():
                return file
        return None


def needs(figure: Figure, modules: ModuleGraph) -> dict[str, Inputs]:
    """The inputs of each product of a figure, as far as they are known before it is made."""
    drawing = _inputs(figure, figure.kind, modules)
    all_needs = dict.fromkeys(THEMES, drawing)
    if figure.measured:
        return {"measure": _inputs(figure, "measure", modules)} | all_needs
    return all_needs


def imported_modules(figure: Figure, modules: ModuleGraph, root: Path) -> set[str]:
    """The files below the project's root that a job of it loads by imports that are written out."""
    loaded: set[Path] = set()
    for start in (figure.path, RENDERER):
        loaded |= modules.closure(modules.source(start), start).keys()
    inside = [path for path in loaded if path.is_relative_to(root)]
    return {str(path.relative_to(root)) for path in inside}


def changed(now: Inputs, before: Inputs) -> list[str]:
    """The inputs that are not what they were, those that came or went too."""
    return [label for label in now | before if now.get(label) != before.get(label)]


def _inputs(figure: Figure, product: str, modules: ModuleGraph) -> Inputs:
    own = modules.source(figure.path, ROOTS[product])
    loaded = modules.closure(own, figure.path)
    if product != "measure":
        drawing = modules.closure(modules.source(RENDERER), RENDERER)
        loaded = {RENDERER: RENDERER} | drawing | loaded
    size = f"{figure.size}" if product == "still" else ""  # its own, or what all have
    digests = {f"{modules.label(figure.path)} ({product})": digest(own.digest, size)}
    libraries = modules.libraries(own).union(LIBRARIES[product])
    for path, importer in loaded.items():
        label = modules.label(path)
        if importer != path:
            label += f"{ROUTE}`{modules.label(importer)}`)"
        source = modules.source(path)
        digests[label] = source.digest
        libraries |= modules.libraries(source)
    if product != "motion":
        libraries -= {"manim"}  # the renderer imports it for motions alone
    for name in sorted(libraries):
        digests[f"library {name}"] = installed(name)
    digests["Python"] = PYTHON
    return digests


@cache
def installed(library: str) -> str:
    """The version of a library, or of what brings the module of this name."""
    if library in ("cairo", "pango"):  # the system's: what draws the frames of a motion
        import manimpango

        return str(getattr(manimpango, f"{library}_version")())
    try:
        return version(library)
    except PackageNotFoundError:
        distributions = packages_distributions().get(library, [])
        return ", ".join(map(version, distributions)) or "absent"
