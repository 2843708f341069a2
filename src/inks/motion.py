"""What all motions share: a view, one clock, trails, the goal, dimensions.

A figure's data have a row for each frame, and `film` sends all marks to the same row at the same
time: what belongs together stays together, and a number on the screen is the number in the data.
Points are (..., 2) in the data's unit; a `View` puts them on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import (
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
from inks.lettering import Words
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
    clock, stage = ValueTracker(0), VGroup()

    def reach(_: Mobject) -> None:
        stage.submobjects = list(reels)
        for reel in reels:
            reel.reach(round(clock.get_value()))

    scene.add(stage.add_updater(reach, call_updater=True))
    scene.wait(before, frozen_frame=True)
    stage.submobjects = []  # manim goes on drawing whatever is here when a play begins
    run = clock.animate.set_value(rows - 1)
    scene.play(run, rate_func=linear, run_time=(rows - 1) / RATE)
    scene.wait(after, frozen_frame=True)


class Trail(VMobject):
    """What has been travelled of a path (n, 2), whose points are passed at `stamps` (n,).

    With `dash`, screen units long, it is dashed, the gaps as long.
    """

    def __init__(
        self,
        view: View,
        path: ArrayLike,
        stamps: ArrayLike,
        color: str,
        width: float,
        dash: float = 0.0,
    ):
        super().__init__(stroke_color=color, stroke_width=width)
        self.path, self.stamps = view(path), np.asarray(stamps, dtype=float)
        self.dash = dash

    def upto(self, now: float) -> Floats:
        """Draw it up to `now`; returns the point there, on the screen."""
        tip = np.array([np.interp(now, self.stamps, axis) for axis in self.path.T])
        way = np.array([*self.path[self.stamps < now], tip, tip])
        if self.dash:
            self.set_points(strokes(dashes(way, self.dash)))
        else:
            self.set_points_as_corners(way)
        return tip


def strokes(segments: Floats) -> Floats:
    """The points that draw straight segments (n, 2, 3) as one mark, in this order."""
    share = np.linspace(0, 1, 4)[:, None]
    points: Floats = segments[:, :1] * (1 - share) + segments[:, 1:] * share
    return points.reshape(-1, 3)


def dashes(way: Floats, length: float) -> Floats:
    """The segments (n, 2, 3) to draw of a way (m, 3), so that it is dashed; also round corners."""
    miles = np.append(0, np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=-1)))
    cuts = np.union1d(miles, np.arange(0, miles[-1], length))
    points = np.stack([np.interp(cuts, miles, axis) for axis in way.T], axis=-1)
    drawn = (cuts[:-1] + cuts[1:]) // (2 * length) % 2 == 0
    return np.asarray(np.stack([points[:-1], points[1:]], axis=1)[drawn])


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
