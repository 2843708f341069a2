"""Numbers that run with a film: side by side below the pictures, or as a table beside them."""

from collections.abc import Mapping, Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup, VMobject
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.motions.film import Reel
from inks.motions.lettering import Number, Words
from inks.palette import Ink

PITCH = 0.95  # between the lines of a table
LAST_DIGIT = 0.16  # from the middle of a column's last digit to the column's end


class Counters(Reel):
    """Numbers that run side by side, from x on: what they count → their values, (rows,).

    A copy of its sign, if there are any, stands before each name.
    """

    def __init__(
        self,
        ink: Ink,
        x: float,
        values: Mapping[str, ArrayLike],
        *,
        y: float = -3.45,
        pitch: float = 2.6,
        signs: Sequence[VMobject] = (),
    ):
        super().__init__()
        self.values = _columns(values)
        self.numbers: list[Number] = []
        for i, (name, counted) in enumerate(zip(values, self.values, strict=True)):
            words = heading(ink, name, x + pitch * i, y)
            number = _number(ink, counted).next_to(words, RIGHT, 0.2)
            _stand_on(words, number.get_bottom()[1])
            self.numbers.append(number)
            self.add(words, number, _signs(signs[i : i + 1], words, 0.2))

    def reach(self, row: int) -> None:
        """Integers as they are, other numbers with one decimal."""
        for number, values in zip(self.numbers, self.values, strict=True):
            number.set_value(values[row])


class Table(Reel):
    """A table that runs: names of its lines, and columns, what they count → values (rows, lines),
    or (lines,) if they stay.

    The names begin at xs[0], the columns end at the other xs, the heads stand at `top`, over the
    names the `title`; a copy of its sign, if there are any, before each name. A line is there from
    row `since` on, (lines,).
    """

    def __init__(
        self,
        ink: Ink,
        names: Sequence[str],
        columns: Mapping[str, ArrayLike],
        xs: Sequence[float],
        *,
        title: str = "",
        top: float = 2.6,
        since: ArrayLike = 0,
        signs: Sequence[VMobject] = (),
    ):
        super().__init__()
        self.values = _columns(columns)
        self.ends = xs[1:]
        self.since = np.broadcast_to(since, len(names))
        self.heads = VGroup()
        for head, end in zip(columns, self.ends, strict=True):
            self.heads += Words(head, color=ink.muted).move_to((end, top, 0), RIGHT)
        if title:
            self.heads += heading(ink, title, xs[0], top)
        for words in self.heads:
            _stand_on(words, top - 0.15)
        self.lines: list[VGroup] = []
        self.numbers: list[list[Number]] = []
        for i, name in enumerate(names):
            y = top - PITCH * (i + 1)
            words = Words(name, color=ink.text).move_to((xs[0], y, 0), LEFT)
            numbers = [_number(ink, counted).set_y(y) for counted in self.values]
            _stand_on(words, numbers[0].get_bottom()[1])
            self.numbers.append(numbers)
            self.lines.append(VGroup(words, *numbers, _signs(signs[i : i + 1], words, 0.25)))

    def reach(self, row: int) -> None:
        """Integers as they are, other numbers with one decimal; the last digits stand in line."""
        for i, numbers in enumerate(self.numbers):
            for number, values, end in zip(numbers, self.values, self.ends, strict=True):
                number.set_value(values[row, i] if values.ndim == 2 else values[i])
                number.shift(RIGHT * (end - LAST_DIGIT - number[-1].get_x()))
        there = [line for line, since in zip(self.lines, self.since, strict=True) if since <= row]
        self.submobjects = [self.heads, *there]


def heading(ink: Ink, words: str, x: float, y: float) -> Words:
    """Muted words that begin at x."""
    return Words(words, color=ink.muted).move_to((x, y, 0), LEFT)


def _columns(values: Mapping[str, ArrayLike]) -> list[Floats]:
    return [np.asarray(counted) for counted in values.values()]


def _number(ink: Ink, values: Floats) -> Number:
    places = 1 if values.dtype.kind == "f" else 0
    return Number(places, ink.text)


def _stand_on(words: VMobject, y: float) -> None:
    """Move words up or down until the line that they stand on is at y.

    That line is under the middle one of their letters: most of them have no descender.
    """
    bottoms = sorted(letter.get_bottom()[1] for letter in words)
    baseline = bottoms[(len(bottoms) - 1) // 2]
    words.shift(UP * (y - baseline))


def _signs(signs: Sequence[VMobject], words: Words, gap: float) -> VGroup:
    """Copies of the signs, at most one, before the words."""
    return VGroup(*(sign.copy().next_to(words, LEFT, gap) for sign in signs))
