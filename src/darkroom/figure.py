"""Read the figures without running them: names, claims, captions, and what breaks the contract.

Everything comes from the syntax tree, so a list of all figures takes milliseconds, and a figure
that cannot be imported can still be named.
"""

import ast
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from darkroom import shapes
from darkroom.errors import Fault, Mistake, nearest
from darkroom.shapes import Shape, by_name, each, identifier, number, optional, positive, row

VERBS = {
    "draw": "still",
    "play": "motion",
}
SIGNATURES = {
    "measure": (),
    "draw": ("fig", "ink", "data"),
    "play": ("scene", "ink", "data"),
}
NO_SENTENCE = re.compile(r"([-+*]|#+|\d+[.)])\s|>")  # how Markdown begins a list or a heading
LOST_BACKSLASH = re.compile(r"[\a\b\f\v\t]")  # what \theta or \frac become in a string not raw
CITATION = re.compile(r"\[@\w")
PAGE_LINK = re.compile(r"""(\]\(|\]:|=)\s*[<"']?[^)\s"'>]*\.md\b""")  # [a](b.md), [a]: b.md, href
PARAGRAPH = re.compile(r"\n\s*\n")  # where the caption ends, and how it was measured begins
FIGURE_LINK = re.compile(r"""(\]\(|\]:|=)\s*[<"']?figure:""")

Preset = Mapping[str, tuple[float | None, ...]]  # name → default, least, most, step


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as its file describes it."""

    path: Path
    kind: str  # still or motion
    claim: str  # first line of the docstring
    caption: str  # its next paragraph: Markdown
    measured: bool  # has a `measure`
    method: str = ""  # what follows the caption: how it was measured, Markdown
    alt: str = ""
    size: tuple[float, float] = (4.8, 3.2)  # inches of a still
    transcript: tuple[tuple[float, str], ...] = ()
    preset: Preset = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)  # name in PRESET or button → words
    choices: Mapping[str, str] = field(default_factory=dict)  # name in PRESET → measured list
    reads: tuple[str, ...] = ()  # measured values that the live picture reads
    layout: Mapping[str, Any] = field(default_factory=dict)  # boxes and views of the live picture
    recipe: Mapping[str, str] = field(default_factory=dict)  # a change to try: replace, by, then
    timeout: float = 120.0  # seconds of processor time for one job
    memory: float = 4096.0  # MiB of address space, likewise
    lines: Mapping[str, int] = field(default_factory=dict)  # constant → where it stands

    @property
    def name(self) -> str:
        return self.path.stem

    def fault(self, constant: str, message: str) -> Fault:
        """What is wrong with one constant, at its line."""
        return Fault(self.path, self.lines.get(constant, 1), message)


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
        line = getattr(error, "lineno", None) or 1
        raise Fault(path, line, f"is not Python: {getattr(error, 'msg', error)}") from None
    if not path.stem.isidentifier():
        raise Fault(path, 1, "its name must be letters, digits and _, as pages cite it.")
    docstring = ast.get_docstring(tree) or ""
    claim, _, words = docstring.partition("\n")
    _check_claim(path, claim)
    caption, *method = PARAGRAPH.split(words.strip(), maxsplit=1)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    verb = _verb(path, functions)
    constants, lines = _constants(path, tree)
    figure = Figure(
        path=path,
        kind=VERBS[verb],
        claim=claim,
        caption=caption,
        method="".join(method),
        measured="measure" in functions,
        lines=lines,
        **constants,
    )
    _check_words(figure, ast.get_docstring(tree, clean=False) or "")
    _check_transcript(figure)
    _check_recipe(figure)
    _check_preset(figure)
    _check_live_picture(figure)
    return figure


def _check_claim(path: Path, claim: str) -> None:
    if not claim:
        raise Fault(
            path, 1, "has no docstring. Its first line is the claim, then comes the caption."
        )
    if NO_SENTENCE.match(claim) or not claim.endswith((".", "?", "!")):
        raise Fault(path, 1, f"the claim must be one sentence on one line; found {claim!r}.")


def _verb(path: Path, functions: Mapping[str, ast.FunctionDef]) -> str:
    """`draw` or `play`, whichever the file defines; every function can be called as it will be."""
    verbs = [verb for verb in VERBS if verb in functions]
    if len(verbs) != 1:
        found = " and ".join(verbs) or f"neither, but {', '.join(functions) or 'no function'}"
        needs = "exactly one of draw(fig, ink, data) for a still or play(scene, ink, data) for a"
        line = max((functions[verb].lineno for verb in verbs), default=1)
        raise Fault(path, line, f"needs {needs} motion; found {found}.")
    for name, arguments in SIGNATURES.items():
        if name in functions and not _accepts(functions[name].args, len(arguments)):
            wanted = f"def {name}({', '.join(arguments)})"
            line = functions[name].lineno
            raise Fault(path, line, f"cannot be called as it is. Write {wanted}.")
    return verbs[0]


def _accepts(arguments: ast.arguments, count: int) -> bool:
    """Whether a function can be called with so many positional arguments."""
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    if None in arguments.kw_defaults:  # a keyword that nobody would give
        return False
    if arguments.vararg is not None:
        return least <= count
    return least <= count <= most


def _check_words(figure: Figure, docstring: str) -> None:
    """The claim, the caption, what is seen: they stand alone, on several pages."""
    texts = [("docstring", docstring), ("ALT", figure.alt)]
    texts += [("TRANSCRIPT", text) for _, text in figure.transcript]
    texts += [("RECIPE", figure.recipe.get("then", ""))]
    for place, text in texts:
        if message := _fault_of_words(text):
            raise figure.fault(place, message)
    if not figure.alt.strip():
        raise figure.fault("ALT", 'has no ALT. Add ALT = "what is seen", in a sentence or two.')


def _fault_of_words(text: str) -> str:
    """What no words of a figure can have, if they have it."""
    if LOST_BACKSLASH.search(text):
        return 'its words lost a backslash. Put r before the quotes: r"""…""".'
    if CITATION.search(text) or PAGE_LINK.search(text):
        return "a claim or a caption stands on several pages: it cannot cite [@key] or link one."
    if FIGURE_LINK.search(text):
        return "a claim or a caption cannot show a figure. Show it on the page."
    return ""


def _check_transcript(figure: Figure) -> None:
    if figure.kind == "motion" and not figure.transcript:
        message = 'a motion needs TRANSCRIPT = [(0.0, "what is seen"), …].'
        raise figure.fault("TRANSCRIPT", message)
    starts = [round(1000 * start) for start, _ in figure.transcript]
    if starts != sorted(set(starts)):
        message = "the times of TRANSCRIPT must ascend, by a millisecond at least."
        raise figure.fault("TRANSCRIPT", message)


def _check_recipe(figure: Figure) -> None:
    """It says what to replace, by what, and what is seen then; the file may be another one."""
    given = {*figure.recipe} - {"file"}
    if figure.recipe and given != {"replace", "by", "then"}:
        message = f"RECIPE must be {CONSTANTS['RECIPE'].written}; found {', '.join(figure.recipe)}."
        raise figure.fault("RECIPE", message)


def _check_preset(figure: Figure) -> None:
    for name, (default, least, most, _) in figure.preset.items():
        order = [value for value in (least, default, most) if value is not None]
        if order != sorted(order):
            message = f"PRESET: {name} must lie between its ends, the lower one first."
            raise figure.fault("PRESET", message)


def _check_live_picture(figure: Figure) -> None:
    """What a live picture declares fits together; measured names are checked when it is rendered.

    A label that is not in PRESET is a button. Of two coordinates, `_1` and `_2`, each needs both.
    """
    if figure.labels and not figure.preset:
        raise figure.fault("LABELS", "LABELS needs a PRESET, which says where fields begin.")
    for constant, names in (("CHOICES", [*figure.choices.values()]), ("READS", figure.reads)):
        if names and not figure.measured:
            raise figure.fault(constant, f"{constant} names what measure() returns; add it.")
    for name in figure.choices:
        _check_name(figure, "CHOICES", name, figure.preset, "quantity of PRESET")
    unlabelled = sorted(figure.preset.keys() - figure.labels.keys())
    for name in figure.labels:
        if name in figure.preset and name.endswith("_1"):
            partner = name.removesuffix("_1") + "_2"
            _check_name(figure, "LABELS", partner, figure.preset, "quantity of PRESET")
            _check_name(figure, "LABELS", partner, figure.labels, "label")
        meant = difflib.get_close_matches(name, unlabelled, n=1, cutoff=0.8)  # a letter or two off
        if name not in figure.preset and meant:
            message = f"LABELS: `{name}` is not in PRESET. Did you mean `{meant[0]}`?"
            raise figure.fault("LABELS", message)


def _check_name(
    figure: Figure, constant: str, name: str, known: Mapping[str, Any], what: str
) -> None:
    try:
        nearest(name, known, what)
    except Mistake as mistake:
        raise figure.fault(constant, f"{constant}: {mistake}") from None


def _constants(path: Path, tree: ast.Module) -> tuple[dict[str, Any], dict[str, int]]:
    """The constants that the file sets, as arguments of a `Figure`, and the line of each."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name in CONSTANTS:
                values[name.lower()] = _constant(path, name, value)
                lines[name] = node.lineno
    return values, lines


def _constant(path: Path, name: str, expression: ast.expr) -> Any:
    try:
        value = ast.literal_eval(expression)
    except (ValueError, TypeError):
        message = f"{name} must be written out: it is read without running the file."
        raise Fault(path, expression.lineno, message) from None
    constant = CONSTANTS[name]
    if not constant.fits(value):
        message = f"{name} must be {constant.written}; found {value!r}."
        raise Fault(path, expression.lineno, message)
    return value


class Constant(NamedTuple):
    """What a file may say of its figure under one name."""

    written: str  # how it is written
    fits: Shape


CONSTANTS = {
    "ALT": Constant('"what is seen"', shapes.text),
    "SIZE": Constant("(width, height), inches above 0", row(positive, positive)),
    "TRANSCRIPT": Constant(
        '[(0.0, "what is seen"), …], in seconds from 0 on',
        each(list, row(shapes.time, shapes.text)),
    ),
    "PRESET": Constant(
        '{"name": (default, least, most, step), …}',
        by_name(row(optional(number), number, number, positive)),
    ),
    "LABELS": Constant(
        '{"name in PRESET, or button": "words", …}',
        by_name(shapes.words),
    ),
    "CHOICES": Constant(
        '{"name in PRESET": "measured name", …}',
        by_name(identifier),
    ),
    "READS": Constant('("measured name", …)', each(tuple, identifier)),
    "LAYOUT": Constant(
        '{"name": number, or rows of numbers, …}',
        by_name(shapes.numbers),
    ),
    "RECIPE": Constant(
        '{"replace": "code", "by": "other code", "then": "what is seen"}, or with a "file"',
        by_name(shapes.words),
    ),
    "TIMEOUT": Constant("seconds above 0, below 1e9", positive),
    "MEMORY": Constant("MiB above 0, below 1e9", positive),
}
