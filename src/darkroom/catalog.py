"""Read the figures without running them: names, claims, captions, and what breaks the contract.

A figure is a Python file; its name is its identity. Everything here comes from the syntax tree, so
a list of all figures takes milliseconds, and a figure that cannot be imported can still be named.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERBS = {"draw": "still", "play": "motion"}
TIMEOUT = 120.0  # seconds for one job, unless the figure asks for its own
MEMORY = 4096.0  # MiB of address space, likewise


class Fault(Exception):
    """What is wrong with one file: where, what, and what to do about it."""

    def __init__(self, path: Path, line: int, message: str, details: str = "") -> None:
        super().__init__(path, line, message, details)
        self.path, self.line, self.message, self.details = path, line, message, details

    def __str__(self) -> str:
        place = Path(self.path.parent.name) / self.path.name
        details = "\n" + self.details.rstrip() if self.details else ""
        return f"{place}:{self.line}: {self.message}{details}"


class Faults(Exception):
    """All the faults of one build, to be mended in one go."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as its file describes it."""

    path: Path
    kind: str  # still or motion
    claim: str  # first line of the docstring
    caption: str  # the rest of it: Markdown
    alt: str
    size: tuple[float, float]  # inches of a still
    transcript: tuple[tuple[float, str], ...]
    timeout: float  # seconds
    memory: float  # MiB
    measured: bool  # has a `measure`

    @property
    def name(self) -> str:
        return self.path.stem


def read(path: Path) -> Figure:
    """The figure in one file; a `Fault` says what breaks the contract, and how to mend it."""
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except (SyntaxError, ValueError) as error:
        raise Fault(path, getattr(error, "lineno", None) or 1, f"is not Python: {error}") from None
    doc = ast.get_docstring(tree, clean=False)
    if not doc or not doc.strip():
        raise Fault(path, 1, "has no docstring. Its first line is the claim, the rest the caption.")
    claim, _, caption = inspect.cleandoc(doc).partition("\n")
    if not claim.endswith((".", "?", "!")):
        raise Fault(path, 1, f"the claim must be one sentence on one line; found {claim!r}.")
    functions = {node.name: node.lineno for node in tree.body if isinstance(node, ast.FunctionDef)}
    verbs = [verb for verb in VERBS if verb in functions]
    if len(verbs) != 1:
        found = " and ".join(verbs) or f"neither, but {', '.join(functions) or 'no function'}"
        raise Fault(
            path,
            max((functions[verb] for verb in verbs), default=1),
            "needs exactly one of draw(fig, ink, data) for a still or play(scene, ink, data) "
            f"for a motion; found {found}.",
        )
    kind, literals = VERBS[verbs[0]], dict(_literals(path, tree))
    alt = _literal(path, literals, "ALT", str, "")
    if not alt.strip():
        raise Fault(path, 1, 'has no ALT. Add ALT = "what is seen", in a sentence or two.')
    transcript = _literal(path, literals, "TRANSCRIPT", list, [])
    if kind == "motion" and not transcript:
        raise Fault(path, 1, 'a motion needs TRANSCRIPT = [(0.0, "what is seen"), …].')
    return Figure(
        path=path,
        kind=kind,
        claim=claim,
        caption=caption.strip(),
        alt=alt,
        size=_literal(path, literals, "SIZE", tuple, (4.8, 3.2)),
        transcript=tuple((float(time), str(seen)) for time, seen in transcript),
        timeout=float(_literal(path, literals, "TIMEOUT", (int, float), TIMEOUT)),
        memory=float(_literal(path, literals, "MEMORY", (int, float), MEMORY)),
        measured="measure" in functions,
    )


def catalog(folder: Path) -> tuple[dict[str, Figure], list[Fault]]:
    """All figures in a folder by name, and the faults of those that break the contract."""
    figures: dict[str, Figure] = {}
    faults = []
    for path in sorted(folder.glob("[!_]*.py")):
        try:
            figures[path.stem] = read(path)
        except Fault as fault:
            faults.append(fault)
    return figures, faults


def _literals(path: Path, tree: ast.Module) -> Iterator[tuple[str, tuple[int, Any]]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"ALT", "SIZE", "TRANSCRIPT", "TIMEOUT", "MEMORY"}:
                try:
                    yield name, (node.lineno, ast.literal_eval(node.value))
                except ValueError:
                    message = f"{name} must be written out: it is read without running the file."
                    raise Fault(path, node.lineno, message) from None


def _literal(
    path: Path, literals: Mapping[str, tuple[int, Any]], name: str, kind: Any, default: Any
) -> Any:
    line, value = literals.get(name, (1, default))
    if not isinstance(value, kind):
        raise Fault(path, line, f"{name} has the wrong type: found {value!r}.")
    return value
