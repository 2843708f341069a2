"""What walks in a plane: a trail that grows, and a walker with its trail, moves and goal."""

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.motions.film import Reel, View
from inks.motions.marks import cone, dots, goal, strokes
from inks.palette import Ink

DOT_RADIUS = 0.14  # screen units
MOVES_REACH = 1.1  # how far the cone of allowed moves is drawn


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
        self.path = view(path)
        self.stamps = np.asarray(stamps, dtype=float)
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


def dashes(way: Floats, length: float) -> Floats:
    """The segments (n, 2, 3) to draw of a way (m, 3), so that it is dashed; also round corners."""
    strides = np.linalg.norm(np.diff(way, axis=0), axis=-1)
    miles = np.append(0, np.cumsum(strides))
    cuts = np.union1d(miles, np.arange(0, miles[-1], length))
    points = np.stack([np.interp(cuts, miles, axis) for axis in way.T], axis=-1)
    segments = np.stack([points[:-1], points[1:]], axis=1)
    drawn = (cuts[:-1] + cuts[1:]) // (2 * length) % 2 == 0
    return np.asarray(segments[drawn])


class Walker(Reel):
    """A walker on a path (steps + 1, 2), `done` (rows,) steps on: trail, allowed moves, goal.

    A walker that is not the raw one differs in its colour and in one thing more: its trail is
    dashed, or its dot has fewer `sides`. With `prints`, a radius, it leaves a mark of that size at
    each position that it has passed. The goal is where the path ends, or the `target`.
    """

    def __init__(
        self,
        ink: Ink,
        view: View,
        path: ArrayLike,
        done: ArrayLike,
        half_angle: float = 0.0,
        *,
        color: str = "",
        width: float = 6,
        dash: float = 0.0,
        sides: int = 16,
        prints: float = 0.0,
        target: ArrayLike | None = None,
    ):
        color = color or ink.raw
        steps = np.arange(len(np.asarray(path)))
        self.done = np.asarray(done)
        self.trail = Trail(view, path, steps, color, width, dash)
        self.dot = dots(np.zeros((1, 3)), DOT_RADIUS, color, sides)
        self.moves = cone(ink, half_angle, MOVES_REACH) if half_angle else VGroup()
        self.prints = dots(self.trail.path, prints, color, sides)
        self.print_points = self.prints.points.reshape(len(steps), -1, 3)
        star = goal(ink, self.trail.path[-1] if target is None else view(target))
        super().__init__(self.moves, self.trail, self.prints, star, self.dot)

    def reach(self, row: int) -> None:
        """Stand where the path is after as many steps as this row says."""
        steps = self.done[row]
        tip = self.trail.upto(steps)
        self.dot.move_to(tip)
        self.moves.move_to(tip)
        left = self.print_points[: int(steps) + 1]
        self.prints.set_points(left.reshape(-1, 3))


def rivals(ink: Ink, view: View, walks: Sequence[tuple[ArrayLike, ArrayLike]]) -> list[Walker]:
    """Three walkers, (path, done) each, back to front: triangles, squares, the raw one's dots."""
    first, second, third = walks
    return [
        Walker(ink, view, *first, color=ink.muted, width=12, sides=3, prints=0.12),
        Walker(ink, view, *second, color=ink.text, width=3, sides=4, prints=0.07),
        Walker(ink, view, *third, color=ink.raw, width=5, prints=0.08),
    ]
