"""Decide what is stale: which inputs a figure reads, and one digest for each.

The unit is the module: its syntax tree without docstrings and comments. Within the figure's own
file it is finer: what `measure` reaches and what `draw` or `play` reaches are told apart, so that
a change of colour repeats no experiment.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

from darkroom import render
from darkroom.catalog import Figure

RENDERER = Path(render.__file__)  # the code that draws, with the inks that it imports
HOUSE = RENDERER.parents[1]
ABSENT = "absent"
ROOTS = {
    "measure": frozenset({"measure"}),
    "still": frozenset({"draw", "SIZE"}),
    "motion": frozenset({"play"}),
}
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


@dataclass(frozen=True, slots=True)
class Source:
    """What matters of one file, or of the part of it that some names reach."""

    digest: str  # of its syntax tree
    names: list[str]  # dotted names that its imports may load


class Sources:
    """The first-party modules below some folders, and who imports whom.

    Parsing is what takes time, so what was read off a content is remembered in `memo`.
    """

    def __init__(self, *folders: Path, memo: Mapping[str, Any] | None = None) -> None:
        self.folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self.memo: dict[str, Any] = {}  # what was asked for, to be remembered
        self._known = memo or {}

    def label(self, path: Path) -> str:
        """The path as a reader knows it: below `src/`, or beside the figures."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return str(path.relative_to(folder))
        return f"{path.parent.name}/{path.name}"

    def source(self, path: Path, roots: frozenset[str] = frozenset()) -> Source:
        """A file, or what these names of it reach."""
        package = str(Path(self.label(path)).parent).replace("/", ".")
        content = path.read_bytes()
        key = digest(content, package, *sorted(roots), sys.version)
        if key not in self.memo:
            self.memo[key] = self._known.get(key) or _parsed(content, package, roots)
        return Source(*self.memo[key])

    def files(self, source: Source) -> Iterator[Path]:
        """The files that a source's imports load, packages' own included."""
        for name in source.names:
            parts = name.split(".")
            for end in range(1, len(parts) + 1):
                yield from self._file(parts[:end])

    def libraries(self, source: Source) -> set[str]:
        """The installed distributions that a source imports."""
        tops = {name.partition(".")[0] for name in source.names}
        ours = {top for top in tops if any(self._file([top]))}
        foreign = tops - ours - sys.stdlib_module_names
        return {name for top in foreign for name in distributions(top)}

    def closure(self, source: Source, importer: Path) -> dict[Path, Path]:
        """Every file loaded by a source, however deep → the file that first imports it."""
        found: dict[Path, Path] = {}
        waiting = [(path, importer) for path in self.files(source)]
        while waiting:
            path, by = waiting.pop(0)
            if path not in found:
                found[path] = by
                waiting += [(inner, path) for inner in self.files(self.source(path))]
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
    own = sources.source(figure.path, ROOTS[product])
    files = sources.closure(own, figure.path)
    if product != "measure":
        house = sources.closure(sources.source(RENDERER), RENDERER)
        files = {RENDERER: RENDERER} | house | files
    place = sources.label(figure.path)
    digests = {f"{place} ({product})": own.digest}
    routes = {}
    libraries = set(LIBRARIES[product]) | sources.libraries(own)
    for path, importer in files.items():
        source, label = sources.source(path), sources.label(path)
        digests[label] = source.digest
        libraries |= sources.libraries(source)
        if importer != path:
            routes[label] = f"imported by `{sources.label(importer)}`"
    libraries -= {"manim"} if product != "motion" else set()  # the renderer knows both
    digests |= {f"library {name}": installed(name) for name in libraries}
    digests["Python"] = ".".join(map(str, sys.version_info[:2]))
    return Inputs(digests, routes)


def _parsed(content: bytes, package: str, roots: frozenset[str]) -> tuple[str, list[str]]:
    tree = _without_docstrings(ast.parse(content))
    statements = reached(tree, roots) if roots else tree.body
    names: dict[str, None] = {}
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.Import):
            names |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: -node.level + 1 or None]) if node.level else ""
            stem = ".".join(filter(None, (base, node.module)))
            names |= dict.fromkeys([stem, *(f"{stem}.{alias.name}" for alias in node.names)])
    return digest(*map(ast.dump, statements)), list(names)


def reached(tree: ast.Module, roots: frozenset[str]) -> list[ast.stmt]:
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
