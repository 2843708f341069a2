"""What all motions share: a view, one clock, running numbers, trails, the goal, dimensions.

A figure's data have a row for each frame, and `film` sends all marks to the same row at the same
time: what belongs together stays together, and a number on the screen is the number in the data.
Points are (..., 2) in the data's unit; a `View` puts them on the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    DoubleArrow,
    Mobject,
    Scene,
    Star,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)
from numpy.typing import ArrayLike

from inks.car import Floats, placed
from inks.lettering import Number, Words
from inks.palette import Ink

RATE = 30  # rows per second


@dataclass(frozen=True, slots=True)
class View:
    """Where data stand on the screen: point `look_at` at `centre`, scaled and turned about it."""

    centre: tuple[float, float]
    look_at: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0  # screen units to one of the data's
    turn: float = 0.0  # radians

    def __call__(self, points: ArrayLike) -> Floats:
        """Points (..., 2) on the screen, (..., 3)."""
        seen = self.scale * (np.asarray(points, dtype=float) - self.look_at)
        flat = placed(seen, (*self.centre, self.turn))
        return np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1)


class Reel(VGroup):
    """A mark that moves: it holds its rows of data and shows any of them."""

    def reach(self, row: int) -> None:
        """Show this row."""
        raise NotImplementedError


def film(scene: Scene, *reels: Reel, rows: int, before: float = 1.0, after: float = 2.0) -> None:
    """Hold row 0 for `before` seconds, run through all rows, hold the last for `after` seconds."""
    clock = ValueTracker(0)

    def reach(_: Mobject) -> None:
        for reel in reels:
            reel.reach(round(clock.get_value()))

    scene.add(VGroup(*reels).add_updater(reach, call_updater=True))
    scene.wait(before, frozen_frame=True)
    run = clock.animate.set_value(rows - 1)
    scene.play(run, rate_func=linear, run_time=(rows - 1) / RATE)
    scene.wait(after, frozen_frame=True)


class Counters(Reel):
    """Numbers that run side by side, from x on: what they count → their values, (rows,)."""

    def __init__(self, ink: Ink, x: float, values: Mapping[str, ArrayLike], y: float = -3.45):
        super().__init__()
        self.values = [np.asarray(counted) for counted in values.values()]
        self.numbers = [Number(int(v.dtype.kind == "f"), ink.text) for v in self.values]
        for i, (name, number) in enumerate(zip(values, self.numbers, strict=True)):
            words = Words(name, color=ink.muted).move_to((x + 2.6 * i, y, 0), LEFT)
            number.next_to(words, RIGHT, 0.2)
            # on one baseline: the first letter of a name is taken to have no descender
            words.shift(UP * (number.get_bottom() - words[0].get_bottom()))
            self.add(words, number)

    def reach(self, row: int) -> None:
        """Integers as they are, other numbers with one decimal."""
        for number, values in zip(self.numbers, self.values, strict=True):
            number.set_value(values[row])


class Trail(VMobject):
    """What has been travelled of a path (n, 2), whose points are passed at `stamps` (n,)."""

    def __init__(self, view: View, path: ArrayLike, stamps: ArrayLike, color: str, width: float):
        super().__init__(stroke_color=color, stroke_width=width)
        self.path, self.stamps = view(path), np.asarray(stamps, dtype=float)

    def upto(self, now: float) -> Floats:
        """Draw it up to `now`; returns the point there, on the screen."""
        tip = np.array([np.interp(now, self.stamps, axis) for axis in self.path.T])
        self.set_points_as_corners([*self.path[self.stamps < now], tip, tip])
        return tip


def shape(points: Floats, color: str, fill: float = 0.0, width: float = 3.0) -> VMobject:
    """A closed outline of screen points (n, 3)."""
    mark = VMobject(stroke_color=color, stroke_width=width, fill_color=color, fill_opacity=fill)
    return mark.set_points_as_corners([*points, points[0]])


def goal(ink: Ink, at: Floats) -> Star:
    """The goal, on the screen: a star."""
    return Star(outer_radius=0.26, color=ink.goal, fill_opacity=1, stroke_width=0).move_to(at)


def dimension(ink: Ink, ends: Sequence[Floats] | Floats, words: str, side: Floats) -> VGroup:
    """A double arrow between two screen points (2, 3), and on one side of it what it measures."""
    arrow = DoubleArrow(*ends, buff=0, color=ink.cone, stroke_width=3, tip_length=0.18)
    return VGroup(arrow, Words(words, color=ink.text).next_to(arrow.get_center(), side, 0.12))
