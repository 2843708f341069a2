"""Marks of weight space in motion: plane, corridor, lines of equal loss, a walker with its cone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, DR, RIGHT, Arrow, DashedLine, Line, VGroup, VMobject
from numpy.typing import ArrayLike

from inks.car import Floats
from inks.lettering import Words
from inks.motion import Reel, Trail, View, dimension, goal, shape, strokes
from inks.palette import Ink

CONE = 0.12  # how opaque the allowed moves are, as in stills


def weight_plane(ink: Ink, corner: tuple[float, float], far: tuple[float, float]) -> VGroup:
    """The axes of two weights, from a corner of the screen to their far ends."""
    marks, (x, y), (right, top) = VGroup(), corner, far
    for end, name, side in (((right, y, 0), "$w_1$", DOWN), ((x, top, 0), "$w_2$", RIGHT)):
        marks += Arrow((x, y, 0), end, buff=0, color=ink.muted, stroke_width=3, tip_length=0.2)
        marks += Words(name, color=ink.muted).next_to(end, side, 0.15)
    return marks


def crossing(ink: Ink, at: tuple[float, float], reach: float, *, locked: bool = False) -> VGroup:
    """Two axes that cross at a point of the screen; shaded, if asked, where signs are locked."""
    x, y = at
    lines = [Line((x - reach, y, 0), (x + reach, y, 0)), Line((x, y - reach, 0), (x, y + reach, 0))]
    marks = VGroup(*(line.set_stroke(ink.muted, 2) for line in lines))
    corner = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)])
    for side in (reach, -reach) if locked else ():
        marks += shape((x, y, 0) + side * corner, ink.cone, CONE, 0)
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


def dots(centres: Floats, radius: float, color: str, sides: int = 8) -> VMobject:
    """Dots of so many sides, and equal area, as one mark: quick by the hundred; centres (n, 3)."""
    angles = np.pi / sides * (2 * np.arange(sides + 1) + 1) - np.pi / 2
    reach = radius / np.sqrt(np.sinc(2 / sides))
    rim = reach * np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
    segments = (centres[:, None, None] + np.stack([rim[:-1], rim[1:]], 1)).reshape(-1, 2, 3)
    mark = VMobject(stroke_width=0, fill_color=color, fill_opacity=1)
    return mark.set_points(strokes(segments))


def contours(ink: Ink, view: View, h: ArrayLike, at: ArrayLike, reaches: ArrayLike) -> VGroup:
    """Lines of equal loss ½(w − at)ᵀH(w − at), each `reach` long in the flattest direction."""
    values, axes = np.linalg.eigh(np.asarray(h, dtype=float))
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    rim = np.column_stack([np.cos(turn), np.sin(turn) * np.sqrt(values[0] / values[1])]) @ axes.T
    lines = (shape(view(at + reach * rim), ink.cone, 0.05, 1.5) for reach in np.ravel(reaches))
    return VGroup(*lines)


class Walker(Reel):
    """A walker on a path (steps + 1, 2), `done` (rows,) steps on: trail, allowed moves, goal.

    Another than the raw walker is told apart by its colour and by one sign more: its trail is
    dashed, or its dot has `sides`. With `prints` it leaves a mark at each position of the path.
    The goal is where the path ends, or the `target`.
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
        color, stamps = color or ink.raw, np.arange(len(np.asarray(path)))
        self.trail, self.done = Trail(view, path, stamps, color, width, dash), np.asarray(done)
        self.dot = dots(np.zeros((1, 3)), 0.14, color, sides)
        self.moves = cone(ink, half_angle, 1.1) if half_angle else VGroup()
        self.prints = dots(self.trail.path, prints, color, sides)
        self.marks = self.prints.points.reshape(len(stamps), -1, 3)
        star = goal(ink, self.trail.path[-1] if target is None else view(target))
        super().__init__(self.moves, self.trail, self.prints, star, self.dot)

    def reach(self, row: int) -> None:
        """Stand where the path is after as many steps as this row says."""
        tip = self.trail.upto(self.done[row])
        self.dot.move_to(tip)
        self.moves.move_to(tip)
        self.prints.set_points(self.marks[: int(self.done[row]) + 1].reshape(-1, 3))


def rivals(ink: Ink, view: View, walks: Sequence[tuple[ArrayLike, ArrayLike]]) -> list[Walker]:
    """Three walkers, (path, done) each, back to front: triangles, squares, the raw one's dots."""
    looks: tuple[dict[str, Any], ...] = (
        {"color": ink.muted, "width": 12, "sides": 3, "prints": 0.12},
        {"color": ink.text, "width": 3, "sides": 4, "prints": 0.07},
        {"color": ink.raw, "width": 5, "prints": 0.08},
    )
    pairs = zip(walks, looks, strict=True)
    return [Walker(ink, view, path, done, **look) for (path, done), look in pairs]
