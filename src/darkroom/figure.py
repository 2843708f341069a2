"""Read the figures without running them: names, claims, captions, and what breaks the contract.

Everything comes from the syntax tree, so a list of all figures takes milliseconds, and a figure
that cannot be imported can still be named.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darkroom.errors import Fault

REACHING = r"\[@\w|\]\([^)]*\.md\b"
BLOCK = r"([-+*]|#+|\d+[.)])\s|>"  # how Markdown begins what is no sentence
MOST = 1e9  # of anything that a file may say
VERBS = {"draw": "still", "play": "motion"}
CALLED = {"measure": (), "draw": ("fig", "ink", "data"), "play": ("scene", "ink", "data")}
UNSEEN = re.compile(r"[\a\b\f\v\t]")  # what TeX becomes where a string is not raw: \theta, \frac

CONSTANTS = {  # what a file may say of its figure: how it is written, and its shape (see below)
    "ALT": ('"what is seen"', "s"),
    "SIZE": ("(width, height), inches above 0", r"\(pp\)"),
    "TRANSCRIPT": ('[(0.0, "what is seen"), …], in seconds from 0 on', r"\[(\([zp]s\))*\]"),
    "PRESET": ('{"name": (default, least, most, step), …}', r"\{(s\([npz0][npz]{2}p\))*\}"),
    "TIMEOUT": ("seconds above 0, below 1e9", "p"),
    "MEMORY": ("MiB above 0, below 1e9", "p"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as its file describes it."""

    path: Path
    kind: str  # still or motion
    claim: str  # first line of the docstring
    caption: str  # the rest of it: Markdown
    measured: bool  # has a `measure`
    alt: str = ""
    size: tuple[float, float] = (4.8, 3.2)  # inches of a still
    transcript: tuple[tuple[float, str], ...] = ()
    preset: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    timeout: float = 120.0  # seconds for one job
    memory: float = 4096.0  # MiB of address space, likewise

    @property
    def name(self) -> str:
        return self.path.stem


def catalog(folder: Path) -> tuple[dict[str, Figure], dict[str, Fault]]:
    """All figures in a folder by name, and the faults of those that break the contract."""
    figures: dict[str, Figure] = {}
    faults: dict[str, Fault] = {}
    for path in sorted(folder.glob("[!_.]*.py")):
        try:
            figures[path.stem] = read(path)
        except Fault as fault:
            faults[path.stem] = fault
    return figures, faults


def read(path: Path) -> Figure:
    """The figure in one file; a `Fault` says what breaks the contract, and how to mend it."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        line, what = getattr(error, "lineno", None) or 1, getattr(error, "msg", error)
        raise Fault(path, line, f"is not Python: {what}") from None
    claim, _, caption = (ast.get_docstring(tree) or "").partition("\n")
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    functions = {node.name: node.lineno for node in defined}
    verbs = [verb for verb in VERBS if verb in functions]
    if not path.stem.isidentifier():
        raise Fault(path, 1, "its name must be letters, digits and _, as pages cite it.")
    if re.search(REACHING, caption):
        raise Fault(
            path, 1, "a caption stands on several pages: it cannot cite [@key] or link one."
        )
    if not claim:
        raise Fault(path, 1, "has no docstring. Its first line is the claim, the rest the caption.")
    if re.match(BLOCK, claim) or not claim.endswith((".", "?", "!")):
        raise Fault(path, 1, f"the claim must be one sentence on one line; found {claim!r}.")
    if len(verbs) != 1:
        found = " and ".join(verbs) or f"neither, but {', '.join(functions) or 'no function'}"
        needs = "exactly one of draw(fig, ink, data) for a still or play(scene, ink, data) for a"
        line = max((functions[verb] for verb in verbs), default=1)
        raise Fault(path, line, f"needs {needs} motion; found {found}.")
    for node in defined:
        if node.name in CALLED and not _takes(node.args, len(CALLED[node.name])):
            wanted = f"def {node.name}({', '.join(CALLED[node.name])})"
            raise Fault(path, node.lineno, f"cannot be called as it is. Write {wanted}.")
    kind, measured = VERBS[verbs[0]], "measure" in functions
    figure = Figure(path, kind, claim, caption.strip(), measured, **_constants(path, tree))
    words = [ast.get_docstring(tree, clean=False), figure.alt, *(t for _, t in figure.transcript)]
    if any(map(UNSEEN.search, map(str, words))):
        raise Fault(path, 1, 'its words lost a backslash. Put r before the quotes: r"""…""".')
    if not figure.alt.strip():
        raise Fault(path, 1, 'has no ALT. Add ALT = "what is seen", in a sentence or two.')
    if figure.kind == "motion" and not figure.transcript:
        raise Fault(path, 1, 'a motion needs TRANSCRIPT = [(0.0, "what is seen"), …].')
    for name, (default, least, most, _) in figure.preset.items():
        order = [value for value in (least, default, most) if value is not None]
        if order != sorted(order):
            raise Fault(path, 1, f"PRESET: {name} must lie between its ends, the lower one first.")
    starts = [round(1000 * start) for start, _ in figure.transcript]
    if starts != sorted(set(starts)):
        raise Fault(path, 1, "the times of TRANSCRIPT must ascend, by a millisecond at least.")
    return figure


def _takes(arguments: ast.arguments, count: int) -> bool:
    """Whether a function can be called with so many."""
    every = len(arguments.posonlyargs) + len(arguments.args)
    least = every - len(arguments.defaults)
    required = [default for default in arguments.kw_defaults if default is None]
    return not required and least <= count and (count <= every or arguments.vararg is not None)


def _constants(path: Path, tree: ast.Module) -> dict[str, Any]:
    constants: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name in CONSTANTS:
                try:
                    constants[name.lower()] = found = ast.literal_eval(value)
                except (ValueError, TypeError):
                    message = f"{name} must be written out: it is read without running the file."
                    raise Fault(path, node.lineno, message) from None
                written, shape = CONSTANTS[name]
                if not re.fullmatch(shape, _shape(found)):
                    raise Fault(path, node.lineno, f"{name} must be {written}; found {found!r}.")
    return constants


def _shape(value: Any) -> str:
    """A literal's type in letters: `s` a string, `z` 0, `p` above, `n` another number, `0` none."""
    match value:
        case None:
            return "0"
        case str():
            return "s"
        case int() | float() if not isinstance(value, bool):
            return "z" if value == 0 else "p" if 0 < value < MOST else "n"
        case tuple() | list():
            left, right = "()" if isinstance(value, tuple) else "[]"
            return f"{left}{''.join(map(_shape, value))}{right}"
        case dict():
            return f"{{{''.join(_shape(key) + _shape(value[key]) for key in value)}}}"
    return "?"
