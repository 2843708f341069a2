"""Stills that answer: a figure with an ES module of its name in `docs/explorables` is explorable.

The module takes the picture over in the browser; without scripts, and on paper, the still stays.
What it needs is on the page already. The figure's element carries its size, its `PRESET`, its
`LAYOUT`, and what the module `READS` of what was measured. Below the picture stands the desk, so
that nothing moves when the module starts: fields and buttons, as the figure's `LABELS` name them.

A quantity of the preset becomes a choice (`CHOICES` says of which measured names), a switch (from
0 to 1), one of two coordinates (`_1`, `_2`), or a slider with a number; one whose default is None
stays hidden until a button sets it. Any other label is a button. `desk.html` sets all of this.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from darkroom.data import plain
from darkroom.errors import Fault
from darkroom.figure import Figure
from darkroom.results import RenderedFigure

FOLDER = "explorables"
POINTS = 72  # an inch
SWITCH = (0, 1, 1)  # least, most and step of what is on or off


@dataclass(frozen=True, slots=True)
class Field:
    """One quantity of the preset, or two coordinates."""

    kind: str  # choice, switch, pair or slider
    name: str
    words: str
    note: str = ""  # what stands small beside it
    options: tuple[str, ...] = ()  # of a choice
    second: str = ""  # of a pair: the name of the other coordinate, and its words
    second_words: str = ""


@dataclass(frozen=True, slots=True)
class Explorable:
    """What a figure's element carries, and the desk below its picture."""

    attributes: dict[str, str]
    fields: list[Field]
    rows: list[dict[str, str]]  # of buttons: name → words
    module: str  # the script that listens, below the site's root


def explorable(rendered: RenderedFigure, root: Path) -> Explorable | None:
    """What a figure needs to be played with; nothing, if no module has its name."""
    figure = rendered.figure
    if not (root / "docs" / FOLDER / f"{figure.name}.mjs").is_file():
        return None
    if not figure.labels:
        message = "needs a PRESET and LABELS, as docs/explorables has a module of its name."
        raise Fault(figure.path, 1, message)
    values = {
        "size": [POINTS * inches for inches in figure.size],
        "measured": _measured(rendered),
        "preset": figure.preset,
    }
    attributes = {
        f"data-{name}": json.dumps(value, separators=(",", ":")) for name, value in values.items()
    }
    module = f"{FOLDER}/{figure.name}.mjs"
    return Explorable(attributes, [*_fields(rendered)], _button_rows(figure), module)


def _measured(rendered: RenderedFigure) -> dict[str, Any]:
    """The layout, and what the module reads of what was measured."""
    values = {name: rendered.data[name] for name in rendered.figure.reads}
    return dict(sorted(plain(values | dict(rendered.figure.layout)).items()))


def _fields(rendered: RenderedFigure) -> Iterator[Field]:
    figure = rendered.figure
    for name, words in figure.labels.items():
        if name not in figure.preset or name.endswith("_2"):
            continue
        if name in figure.choices:
            options = plain(rendered.data[figure.choices[name]])
            yield Field("choice", name, words, options=tuple(map(str, options)))
        elif figure.preset[name][1:] == SWITCH:
            yield Field("switch", name, words)
        elif name.endswith("_1"):
            second = f"{name.removesuffix('_1')}_2"
            second_words = figure.labels[second]
            yield Field("pair", name, words, second=second, second_words=second_words)
        else:
            words, _, note = words.removesuffix(")").partition(" (")
            yield Field("slider", name, words, note=note)


def _button_rows(figure: Figure) -> list[dict[str, str]]:
    """The figure's own buttons, and those of every live picture; in one row, if they are few."""
    own = {name: words for name, words in figure.labels.items() if name not in figure.preset}
    shared = {"reset": "Reset", "copy": "Copy as Python"}
    if "step" in figure.preset:
        shared = {"step": "Step", "play": own.pop("play", "Play")} | shared
    return [own, shared] if len(own) > 1 else [own | shared]
