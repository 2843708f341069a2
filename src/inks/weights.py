"""Marks of weight space in motion: the plane, a corridor in it, and a walker with its cone."""

import numpy as np
from manim import DOWN, DR, RIGHT, Arrow, DashedLine, Dot, VGroup
from numpy.typing import ArrayLike

from inks.lettering import Words
from inks.motion import Reel, Trail, View, dimension, goal, shape
from inks.palette import Ink

CONE = 0.12  # how opaque the allowed moves are, as in stills


def weight_plane(ink: Ink, corner: tuple[float, float], far: tuple[float, float]) -> VGroup:
    """The axes of two weights, from a corner of the screen to their far ends."""
    marks, (x, y), (right, top) = VGroup(), corner, far
    for end, name, side in (((right, y, 0), "$w_1$", DOWN), ((x, top, 0), "$w_2$", RIGHT)):
        marks += Arrow((x, y, 0), end, buff=0, color=ink.muted, stroke_width=3, tip_length=0.2)
        marks += Words(name, color=ink.muted).next_to(end, side, 0.15)
    return marks


def corridor(ink: Ink, view: View, walk: ArrayLike, width: float) -> VGroup:
    """Two dashed walls, `width` apart, about a walk (steps + 1, 2): along and across the slack."""
    along, across = np.asarray(walk, dtype=float).T
    middle, start, end = (along.min() + along.max()) / 2, across[0] - 0.3, across[-1] + 0.25
    walls = [view([(x, start), (x, end)]) for x in (middle - width / 2, middle + width / 2)]
    marks = VGroup(*(DashedLine(*wall, color=ink.muted, dash_length=0.12) for wall in walls))
    return marks.add(dimension(ink, [wall[0] for wall in walls], f"slack \\ {width}", DR))


def cone(ink: Ink, half_angle: float, reach: float) -> VGroup:
    """The allowed moves K ∪ −K: within the half-angle of northeast, or of southwest; on screen."""
    marks = VGroup()
    for axis in (np.pi / 4, 5 * np.pi / 4):
        angles = axis + np.linspace(-half_angle, half_angle, 24)
        rim = reach * np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
        marks += shape(np.vstack([np.zeros(3), rim]), ink.cone, CONE, 0)
        marks += VGroup(*(DashedLine(np.zeros(3), end, color=ink.cone) for end in rim[[0, -1]]))
    return marks


class Walker(Reel):
    """A walker on a path (steps + 1, 2), `walked` (rows,) far on it: trail, allowed moves, goal."""

    def __init__(self, ink: Ink, view: View, path: ArrayLike, walked: ArrayLike, half_angle: float):
        steps = np.linalg.norm(np.diff(path, axis=0), axis=-1)
        self.trail = Trail(view, path, np.append(0, np.cumsum(steps)), ink.raw, 6)
        self.walked, self.dot = np.asarray(walked), Dot(radius=0.14, color=ink.raw)
        self.moves = cone(ink, half_angle, 1.1)
        super().__init__(goal(ink, self.trail.path[-1]), self.moves, self.trail, self.dot)

    def reach(self, row: int) -> None:
        """Stand where the path is as long as this row says."""
        tip = self.trail.upto(self.walked[row])
        self.dot.move_to(tip)
        self.moves.move_to(tip)
