"""Decide what is stale: which inputs a figure reads, and one digest for each.

The unit is the module: its syntax tree without docstrings and comments. Within the figure's own
file it is finer: what `measure` reaches and what `draw` or `play` reaches are told apart, so that
a change of colour repeats no experiment. A top-level statement that binds names and calls nothing
(a constant, an import, a function without decorators) counts where one of its names is needed. All
else runs in every job, `old = np.seterr(all="raise")` too, and always counts, with what it needs.
"""

import ast
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import resolve_name
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from inks.palette import THEMES
from inventory.catalog import Figure

Inputs = dict[str, str]  # what a product reads, as `zigzag/cone.py (imported by …)` → digest
HOUSE = Path(__file__).parents[1]  # where our packages lie: `src/`, or among all that is installed
OURS = {"inks", "workshop"}  # what a picture is made with from there
RENDERER = HOUSE / "workshop" / "render.py"  # the code that draws, with the inks that it imports
PYTHON = "{}.{}".format(*sys.version_info)
ONE_THREAD = {  # where things are measured: sums then do not depend on the number of cores
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")
}
ROOTS = {"measure": ("measure",), "still": ("draw", "SIZE"), "motion": ("play",)}  # what they run
LIBRARIES = {  # that draw without being named: what is imported is found
    "measure": (),
    "still": ("contourpy", "kiwisolver", "pillow", "font-source-sans-pro"),
    "motion": ("typst", "pycairo", "cairo", "pango", "av", "pillow", "font-source-sans-pro"),
}
NAMES = {"PIL": "pillow", "sklearn": "scikit-learn"}  # others would take long to look up


def digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each closed by its length so that no two lists of parts run together."""
    raws = (part.encode() if isinstance(part, str) else part for part in parts)
    return sha256(b"".join(raw + len(raw).to_bytes(8) for raw in raws)).hexdigest()


def content_digest(path: str | Path) -> str:
    """That of a file, as it is now."""
    return digest(Path(path).read_bytes()) if os.path.isfile(path) else "absent"


READER = digest(Path(__file__).read_bytes(), sys.version)  # who has parsed what is remembered


class Source(NamedTuple):
    """What matters of one file, or of the part of it that some names reach."""

    digest: str  # of its syntax tree
    names: tuple[str, ...]  # dotted names that its imports may load


class Sources:
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
                self.parsed[key] = _parsed(content, package, roots)
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


def needs(figure: Figure, sources: Sources) -> dict[str, Inputs]:
    """The inputs of each product of a figure, as far as they are known before it is made."""
    measure = {"measure": _inputs(figure, "measure", sources)} if figure.measured else {}
    return measure | dict.fromkeys(THEMES, _inputs(figure, figure.kind, sources))


def named(figure: Figure, sources: Sources, root: Path) -> tuple[str, ...]:
    """The files below the project's root that a job of it loads by imports that are written out."""
    starts = figure.path, RENDERER
    loaded = [path for by in starts for path in sources.closure(sources.source(by), by)]
    return tuple(str(path.relative_to(root)) for path in loaded if path.is_relative_to(root))


def changed(now: Inputs, before: Inputs) -> list[str]:
    """The inputs that are not what they were, those that came or went too."""
    return [label for label in now | before if now.get(label) != before.get(label)]


def _inputs(figure: Figure, product: str, sources: Sources) -> Inputs:
    own = sources.source(figure.path, ROOTS[product])
    loaded = sources.closure(own, figure.path)
    if product != "measure":
        drawing = sources.closure(sources.source(RENDERER), RENDERER)
        loaded = {RENDERER: RENDERER} | drawing | loaded
    digests = {f"{sources.label(figure.path)} ({product})": own.digest}
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


def _parsed(content: bytes, package: str, roots: tuple[str, ...]) -> Source:
    tree = _without_docstrings(ast.parse(content))
    statements = _reached(tree, roots) if roots else tree.body
    names: dict[str, None] = {}  # a set that keeps its order
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.Import):
            names |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = resolve_name("." * node.level + (node.module or ""), package).rstrip(".")
            names |= dict.fromkeys([stem, *(f"{stem}.{alias.name}" for alias in node.names)])
    return Source(digest(*map(ast.dump, statements)), tuple(names))


def _reached(tree: ast.Module, roots: tuple[str, ...]) -> list[ast.stmt]:
    """The top-level statements that these names need, in order; code that just runs always."""
    bound = [_bound(statement) for statement in tree.body]
    needed, before = set(roots), set[str]()
    while needed != before:
        before = set(needed)
        pairs = zip(tree.body, bound, strict=True)
        reached = [statement for statement, names in pairs if not names or names & needed]
        needed |= {name for statement in reached for name in _names(statement)}
    return reached


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds and does nothing else; empty for code that just runs."""
    if _runs(statement):
        return set()
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {alias.asname or alias.name.partition(".")[0] for alias in names} - {"*"}
        case ast.Assign(targets=targets):
            return {name for target in targets for name in _names(target)}
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return _names(target)
    return set()


def _runs(node: ast.AST) -> bool:
    """Whether it calls anything, or binds what is no name, as soon as it is met."""
    match node:
        case ast.Call() | ast.NamedExpr():
            return True
        case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
            return True
        case ast.Lambda(args=args):
            return _runs(args)
        case ast.FunctionDef(args=args) | ast.AsyncFunctionDef(args=args):
            return bool(node.decorator_list) or _runs(args)
        case ast.ClassDef() if node.decorator_list:
            return True
    return any(map(_runs, ast.iter_child_nodes(node)))


def _names(node: ast.AST) -> set[str]:
    """The names that a node asks for; within a function, its own arguments are none of them."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    a, inside = node.args, set[str]().union(*map(_names, node.body))
    own = {arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg) if arg}
    outside = (child for child in ast.iter_child_nodes(node) if child not in node.body)
    return (inside - own).union(*map(_names, outside))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                    node.body = rest or [ast.Pass()]
    return tree
