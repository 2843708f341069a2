"""What all motions share: a view of the data, marks that move, and one clock that moves them all.

A figure's data have a row for each frame, and `film` sends all marks to the same row at the same
time: what belongs together stays together, and a number on the screen is the number in the data.
Points are (..., 2) in the data's unit; a `View` puts them on the screen.
"""

from dataclasses import dataclass

import numpy as np
from manim import Mobject, Scene, ValueTracker, VGroup, linear
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.car import placed
from inks.pace import ROWS_PER_SECOND


@dataclass(frozen=True, slots=True)
class View:
    """Where data stand on the screen: point `look_at` at `centre`, scaled and turned about it."""

    centre: tuple[float, float]
    look_at: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0  # screen units to one of the data's
    turn: float = 0.0  # radians

    def __call__(self, points: ArrayLike) -> Floats:
        """Points (..., 2) on the screen, (..., 3)."""
        scaled = self.scale * (np.asarray(points, dtype=float) - self.look_at)
        flat = placed(scaled, (*self.centre, self.turn))
        depth = np.zeros((*flat.shape[:-1], 1))
        return np.concatenate([flat, depth], axis=-1)


class Reel(VGroup):
    """A mark that moves: it holds its rows of data and shows any of them."""

    def reach(self, row: int) -> None:
        """Show this row."""
        raise NotImplementedError


def film(scene: Scene, *reels: Reel, rows: int, before: float = 1.0, after: float = 2.0) -> None:
    """Hold row 0 for `before` seconds, run through all rows, hold the last for `after` seconds."""
    clock = ValueTracker(0)
    stage = VGroup()

    def reach(_: Mobject) -> None:
        stage.submobjects = list(reels)
        for reel in reels:
            reel.reach(round(clock.get_value()))

    scene.add(stage.add_updater(reach, call_updater=True))
    scene.wait(before, frozen_frame=True)
    stage.submobjects = []  # manim goes on drawing whatever is here when a play begins
    run = clock.animate.set_value(rows - 1)
    scene.play(run, rate_func=linear, run_time=(rows - 1) / ROWS_PER_SECOND)
    scene.wait(after, frozen_frame=True)
