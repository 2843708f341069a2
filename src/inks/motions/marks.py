"""Recurring marks of the motions: the weight plane, the goal, the cone of moves, a corridor.

They look as in the stills. A `View` puts points of the data on the screen; what is said to be on
the screen is there already, (..., 3).
"""

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    DR,
    ORIGIN,
    RIGHT,
    UP,
    UR,
    Arrow,
    DashedLine,
    DoubleArrow,
    Line,
    Star,
    VGroup,
    VMobject,
)
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.motions.film import View
from inks.motions.lettering import Words
from inks.palette import Ink

CONE_OPACITY = 0.12  # as in stills


def shape(points: Floats, color: str, fill: float = 0.0, width: float = 3.0) -> VMobject:
    """A closed outline of screen points (n, 3)."""
    mark = VMobject(stroke_color=color, stroke_width=width, fill_color=color, fill_opacity=fill)
    return mark.set_points_as_corners([*points, points[0]])


def strokes(segments: Floats) -> Floats:
    """The points that draw straight segments (n, 2, 3) as one mark, in this order."""
    starts = segments[:, :1]
    ends = segments[:, 1:]
    share = np.linspace(0, 1, 4)[:, None]
    points: Floats = starts * (1 - share) + ends * share
    return points.reshape(-1, 3)


def dots(centres: Floats, radius: float, color: str, sides: int = 8) -> VMobject:
    """Dots of so many sides, and equal area, as one mark: quick by the hundred; centres (n, 3)."""
    angles = np.pi / sides * (2 * np.arange(sides + 1) + 1) - np.pi / 2
    reach = radius / np.sqrt(np.sinc(2 / sides))
    corners = _arc(reach, angles)
    sides_of_one = np.stack([corners[:-1], corners[1:]], 1)
    segments = centres[:, None, None] + sides_of_one
    mark = VMobject(stroke_width=0, fill_color=color, fill_opacity=1)
    return mark.set_points(strokes(segments.reshape(-1, 2, 3)))


def goal(ink: Ink, at: Floats) -> Star:
    """The goal, on the screen: a star."""
    star = Star(outer_radius=0.26, color=ink.goal, fill_opacity=1, stroke_width=0)
    return star.move_to(at)


def dimension(ink: Ink, ends: Sequence[Floats] | Floats, words: str, side: Floats) -> VGroup:
    """A double arrow between two screen points (2, 3), and on one side of it what it measures."""
    arrow = DoubleArrow(*ends, buff=0, color=ink.cone, stroke_width=3, tip_length=0.18)
    label = Words(words, color=ink.text).next_to(arrow.get_center(), side, 0.12)
    return VGroup(arrow, label)


def weight_plane(ink: Ink, corner: tuple[float, float], far: tuple[float, float]) -> VGroup:
    """The axes of two weights, from a corner of the screen to their far ends."""
    x, y = corner
    right, top = far
    axes = (
        ((right, y, 0), "$w_1$", DOWN),
        ((x, top, 0), "$w_2$", RIGHT),
    )
    marks = VGroup()
    for end, name, side in axes:
        marks += Arrow((x, y, 0), end, buff=0, color=ink.muted, stroke_width=3, tip_length=0.2)
        marks += Words(name, color=ink.muted).next_to(end, side, 0.15)
    return marks


def crossing(ink: Ink, at: tuple[float, float], reach: float, *, locked: bool = False) -> VGroup:
    """Two axes that cross at a point of the screen; shaded, if asked, where signs are locked."""
    middle = np.array([*at, 0.0])
    marks = VGroup()
    for arm in (reach * RIGHT, reach * UP):
        axis = Line(middle - arm, middle + arm)
        marks += axis.set_stroke(ink.muted, 2)
    if locked:
        quadrant = np.array([ORIGIN, RIGHT, UR, UP])
        for side in (reach, -reach):
            marks += shape(middle + side * quadrant, ink.cone, CONE_OPACITY, 0)
    return marks


def corridor(ink: Ink, view: View, walk: ArrayLike, width: float) -> VGroup:
    """Two dashed walls, `width` apart, about a walk (steps + 1, 2): along and across the slack."""
    along, across = np.asarray(walk, dtype=float).T
    middle = (along.min() + along.max()) / 2
    start = across[0] - 0.3
    end = across[-1] + 0.25
    marks = VGroup()
    corners = []
    for x in (middle - width / 2, middle + width / 2):
        wall = view([(x, start), (x, end)])
        marks += DashedLine(*wall, color=ink.muted, dash_length=0.12)
        corners.append(wall[0])
    marks += dimension(ink, corners, f"slack \\ {width}", DR)
    return marks


def cone(ink: Ink, half_angle: float, reach: float) -> VGroup:
    """The allowed moves K ∪ −K: within the half-angle of northeast, or of southwest; on screen."""
    tip = np.zeros(3)
    marks = VGroup()
    for axis in (np.pi / 4, 5 * np.pi / 4):
        turns = axis + np.linspace(-half_angle, half_angle, 24)
        rim = _arc(reach, turns)
        marks += shape(np.vstack([tip, rim]), ink.cone, CONE_OPACITY, 0)
        edges = VGroup()
        for end in (rim[0], rim[-1]):
            edges += DashedLine(tip, end, color=ink.cone)
        marks += edges
    return marks


def contours(ink: Ink, view: View, h: ArrayLike, at: ArrayLike, reaches: ArrayLike) -> VGroup:
    """Lines of equal loss ½(w − at)ᵀH(w − at), each `reach` long in the flattest direction."""
    values, axes = np.linalg.eigh(np.asarray(h, dtype=float))
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    flat = np.cos(turn)
    steep = np.sin(turn) * np.sqrt(values[0] / values[1])
    rim = np.column_stack([flat, steep]) @ axes.T
    marks = VGroup()
    for reach in np.ravel(reaches):
        marks += shape(view(at + reach * rim), ink.cone, 0.05, 1.5)
    return marks


def _arc(radius: float, angles: ArrayLike) -> Floats:
    """Points of a circle about the middle of the screen, (n, 3)."""
    turns = np.asarray(angles, dtype=float)
    x = np.cos(turns)
    y = np.sin(turns)
    return radius * np.column_stack([x, y, 0 * turns])
