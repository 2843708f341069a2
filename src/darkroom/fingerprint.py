"""Decide what is stale: which inputs a figure reads, and one digest for each.

The unit is the module: its syntax tree without docstrings and comments. Within the figure's own
file it is finer: what `measure` reaches and what `draw` or `play` reaches are told apart, so that
a change of colour repeats no experiment.
"""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from darkroom import render
from darkroom.catalog import Figure

RENDERER = Path(render.__file__)  # the code that draws, with the inks that it imports
ABSENT = "absent"
HOUSE = RENDERER.parents[1]

ROOTS = {"measure": {"measure"}, "still": {"draw", "SIZE"}, "motion": {"play"}}
LIBRARIES = {  # that draw without being named: what is imported is found
    "measure": (),
    "still": ("contourpy", "kiwisolver", "pillow", "font-source-sans-pro"),
    "motion": ("typst", "pycairo", "av", "pillow", "font-source-sans-pro"),
}


def digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each closed by its length so that no two lists of parts run together."""
    sha = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        sha.update(raw + len(raw).to_bytes(8, "big"))
    return sha.hexdigest()


@dataclass(frozen=True)
class Source:
    """One Python file, parsed once."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        return _without_docstrings(ast.parse(self.path.read_bytes(), filename=str(self.path)))

    @cached_property
    def digest(self) -> str:
        return digest(ast.dump(self.tree))


class Sources:
    """The first-party modules below some folders, and who imports whom."""

    def __init__(self, *folders: Path) -> None:
        self.folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self._known: dict[Path, Source] = {}

    def label(self, path: Path) -> str:
        """The path as a reader knows it: below `src/`, or beside the figures."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return str(path.relative_to(folder))
        return f"{path.parent.name}/{path.name}"

    def source(self, path: Path) -> Source:
        return self._known.setdefault(path, Source(path))

    def imported(self, statements: Iterable[ast.stmt], package: str = "") -> Iterator[Path]:
        """The files that imports anywhere in these statements load, packages' own included."""
        for node in (node for statement in statements for node in ast.walk(statement)):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = ".".join(package.split(".")[: -node.level + 1 or None]) if node.level else ""
                stem = ".".join(filter(None, (base, node.module)))
                names = [stem, *(f"{stem}.{alias.name}" for alias in node.names)]
            else:
                continue
            for name in names:
                parts = name.split(".")
                for end in range(1, len(parts) + 1):
                    yield from self._file(parts[:end])

    def libraries(self, statements: Iterable[ast.stmt]) -> set[str]:
        """The installed distributions that imports in these statements name."""
        tops = set()
        for node in (node for statement in statements for node in ast.walk(statement)):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                tops.add((node.module or "").partition(".")[0])
        ours = {top for top in tops if any(self._file([top]))}
        foreign = tops - ours - sys.stdlib_module_names
        return {name for top in foreign for name in distributions(top)}

    def closure(self, statements: Iterable[ast.stmt], importer: Path) -> dict[Path, Path]:
        """Every file loaded by these statements, however deep → the file that first imports it."""
        found: dict[Path, Path] = {}
        waiting = [(path, importer) for path in self.imported(statements)]
        while waiting:
            path, by = waiting.pop(0)
            if path in found:
                continue
            found[path] = by
            package = str(Path(self.label(path)).parent).replace("/", ".")
            waiting += [(p, path) for p in self.imported(self.source(path).tree.body, package)]
        return found

    def _file(self, parts: list[str]) -> Iterator[Path]:
        for folder in self.folders:
            place = folder.joinpath(*parts)
            for path in (place / "__init__.py", place.with_suffix(".py")):
                if path.is_file():
                    yield path
                    return


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one product of a figure depends on: label → digest, and how each came to be read."""

    digests: Mapping[str, str]
    routes: Mapping[str, str]

    @property
    def key(self) -> str:
        return digest(*(f"{label}={value}" for label, value in sorted(self.digests.items())))


def inputs(figure: Figure, product: str, sources: Sources) -> Inputs:
    """The inputs of a figure's `measure`, or of its picture (`still` or `motion`)."""
    own = reached(sources.source(figure.path).tree, ROOTS[product])
    files = sources.closure(own, figure.path)
    if product != "measure":
        house = sources.source(RENDERER)
        files = {RENDERER: RENDERER} | sources.closure(house.tree.body, RENDERER) | files
    place = sources.label(figure.path)
    digests = {f"{place} ({product})": digest(*map(ast.dump, own))}
    routes = {}
    for path, importer in files.items():
        digests[sources.label(path)] = sources.source(path).digest
        if importer != path:
            routes[sources.label(path)] = f"imported by `{sources.label(importer)}`"
    trees = [own, *(sources.source(path).tree.body for path in files)]
    names = set(LIBRARIES[product]).union(*map(sources.libraries, trees))
    names -= {"manim"} if product != "motion" else set()  # the renderer knows both
    digests |= {f"library {name}": installed(name) for name in names}
    digests["Python"] = ".".join(map(str, sys.version_info[:2]))
    return Inputs(digests, routes)


def reached(tree: ast.Module, roots: set[str]) -> list[ast.stmt]:
    """The top-level statements that these names need, in order; code that just runs always."""
    binds: dict[str, list[ast.stmt]] = {}
    always: list[ast.stmt] = []
    for statement in tree.body:
        names = _bound(statement)
        for name in names:
            binds.setdefault(name, []).append(statement)
        if not names:
            always.append(statement)
    wanted: dict[int, ast.stmt] = {id(statement): statement for statement in always}
    names_waiting = list(roots) + [n for statement in always for n in _names(statement)]
    seen: set[str] = set()
    while names_waiting:
        name = names_waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in binds.get(name, ()):
            if id(statement) not in wanted:
                wanted[id(statement)] = statement
                names_waiting += _names(statement)
    return [statement for statement in tree.body if id(statement) in wanted]


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds and does nothing else; empty for code that just runs."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {alias.asname or alias.name.partition(".")[0] for alias in names} - {"*"}
        case ast.Assign(targets=targets) if all(
            isinstance(t, ast.Name | ast.Tuple) for t in targets
        ):
            return {node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _names(statement: ast.stmt) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            match first:
                case ast.Expr(value=ast.Constant(value=str())):
                    node.body = node.body[1:] or [ast.Pass()]
    return tree


@cache
def distributions(module: str) -> list[str]:
    """The distributions that bring a top-level module: most often the one of the same name."""
    if installed(module) != ABSENT:
        return [module]
    return packages_distributions().get(module, [module])


def installed(library: str) -> str:
    """The version of a library, for a digest."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ABSENT
