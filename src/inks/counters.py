"""Numbers that run with a film: side by side below the pictures, or as a table beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup, VMobject
from numpy.typing import ArrayLike

from inks.car import Floats
from inks.lettering import Number, Words
from inks.motion import Reel
from inks.palette import Ink

PITCH = 0.95  # between the lines of a table


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
        self.values, self.numbers = _columns(values), []
        for i, (name, counted) in enumerate(zip(values, self.values, strict=True)):
            words = Words(name, color=ink.muted).move_to((x + pitch * i, y, 0), LEFT)
            number = _number(ink, counted).next_to(words, RIGHT, 0.2)
            words.shift(UP * (number.get_bottom() - _baseline(words)))
            self.numbers += [number]
            self.add(words, number, _sign(signs[i : i + 1], words))

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
        self.values, self.ends = _columns(columns), xs[1:]
        self.since, self.lines = np.broadcast_to(since, len(names)), list[VGroup]()
        heads = [
            Words(head, color=ink.muted).move_to((end, top, 0), RIGHT)
            for head, end in zip(columns, self.ends, strict=True)
        ]
        if title:
            heads += [Words(title, color=ink.muted).move_to((xs[0], top, 0), LEFT)]
        for words in heads:
            words.shift(UP * ((0, top - 0.15, 0) - _baseline(words)))
        self.heads, self.numbers = VGroup(*heads), list[list[Number]]()
        for i, name in enumerate(names):
            y = top - PITCH * (i + 1)
            words = Words(name, color=ink.text).move_to((xs[0], y, 0), LEFT)
            numbers = [_number(ink, counted).set_y(y) for counted in self.values]
            words.shift(UP * (numbers[0].get_bottom() - _baseline(words)))
            self.numbers += [numbers]
            self.lines += [VGroup(words, *numbers)]
            self.lines[i] += VGroup(
                *(s.copy().next_to(words, LEFT, 0.25) for s in signs[i : i + 1])
            )

    def reach(self, row: int) -> None:
        """Integers as they are, other numbers with one decimal; the last digits stand in line."""
        for i, numbers in enumerate(self.numbers):
            for number, values, end in zip(numbers, self.values, self.ends, strict=True):
                number.set_value(values[row, i] if values.ndim == 2 else values[i])
                number.shift(RIGHT * (end - 0.16 - number[-1].get_x()))
        there = (line for line, since in zip(self.lines, self.since, strict=True) if since <= row)
        self.submobjects = [self.heads, *there]


def heading(ink: Ink, words: str, x: float, y: float) -> Words:
    """Muted words that begin at x."""
    return Words(words, color=ink.muted).move_to((x, y, 0), LEFT)


def _columns(values: Mapping[str, ArrayLike]) -> list[Floats]:
    return [np.asarray(counted) for counted in values.values()]


def _number(ink: Ink, values: Floats) -> Number:
    return Number(int(values.dtype.kind == "f"), ink.text)


def _baseline(words: VMobject) -> Any:
    """A point on the line they stand on: most of their letters have no descender."""
    bottoms = sorted((letter.get_bottom() for letter in words), key=lambda at: at[1])
    return bottoms[(len(bottoms) - 1) // 2]


def _sign(signs: Sequence[VMobject], words: Words) -> VGroup:
    """A copy of the sign, or nothing, before the words."""
    return VGroup(*(sign.copy().next_to(words, LEFT, 0.2) for sign in signs))
