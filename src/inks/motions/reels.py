"""Reels of reels: one after another, or all on a turntable."""

from collections.abc import Sequence

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike

from inks.motions.film import Reel


class Relay(Reel):
    """Reels that are seen one after another: at each row the one whose index `turns` gives."""

    def __init__(self, reels: Sequence[Reel], turns: ArrayLike):
        super().__init__(reels[0])
        self.reels = reels
        self.turns = np.asarray(turns)
        self.since = np.searchsorted(self.turns, np.arange(len(reels)))  # each one's first row

    def reach(self, row: int) -> None:
        """Show this row of the reel whose turn it is."""
        reel = self.reels[self.turns[row]]
        reel.reach(row)
        self.submobjects = [reel]


class Turntable(Reel):
    """Marks and reels that turn together about a point of the screen, by `angles` (rows,)."""

    def __init__(self, centre: tuple[float, float], angles: ArrayLike, *marks: VMobject):
        super().__init__(*marks)
        self.centre = (*centre, 0.0)
        self.angles = np.asarray(angles)
        self.turned = 0.0

    def reach(self, row: int) -> None:
        """Turn back, let the reels go on, turn as far as this row says."""
        self.rotate(-self.turned, about_point=self.centre)
        for mark in self.submobjects:
            if isinstance(mark, Reel):
                mark.reach(row)
        self.turned = float(self.angles[row])
        self.rotate(self.turned, about_point=self.centre)
