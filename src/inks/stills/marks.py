"""Recurring marks of the stills: the weight plane, a walk on it, the goal, the cone of moves.

Each mark has one look everywhere: raw is solid, centred is dashed, the goal is a star, the cone of
allowed moves is a faint fill with a hatched edge. Text over lines has a halo of paper.
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Wedge
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from numpy.typing import ArrayLike

from inks.palette import Ink

Limits = float | tuple[float, float, float, float]  # ±, or x₀, x₁, y₀, y₁

POINTS_PER_INCH = 72


def plane(
    ax: Axes, ink: Ink, *, limit: Limits, names: tuple[str, str] = ("$w_1$", "$w_2$")
) -> Axes:
    """Dress axes as a plane whose axes cross at the origin, with their names at the ends."""
    if isinstance(limit, int | float):
        limit = (-limit, limit, -limit, limit)
    left, right, bottom, top = limit
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    for line in (ax.axhline, ax.axvline):
        line(0, color=ink.muted, lw=0.7, zorder=0)
    beside: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "va": "top"}
    ax.annotate(names[0], (right, 0), (-2, -4), **beside)
    ax.annotate(names[1], (0, top), (-4, -1), **beside)
    return ax


def weight_plane(fig: Figure, ink: Ink, *, limit: Limits) -> Axes:
    """The plane of two weights, alone on its figure."""
    return plane(fig.subplots(), ink, limit=limit)


def boxed(fig: Figure, box: ArrayLike) -> Axes:
    """Axes in a box of points: left, top, width, height.

    For figures that readers may play in: the page knows where the axes are, so they do not move.
    """
    fig.set_layout_engine("none")
    left, top, width, height = np.asarray(box)
    across, down = fig.get_size_inches() * POINTS_PER_INCH
    bottom = 1 - (top + height) / down
    return fig.add_axes((left / across, bottom, width / across, height / down))


def whole(fig: Figure) -> Axes:
    """Axes up to the edges of their figure."""
    return boxed(fig, (0, 0, *fig.get_size_inches() * POINTS_PER_INCH))


def whole_plane(fig: Figure, ink: Ink, *, limit: Limits) -> Axes:
    """The plane of two weights up to the edges of its figure: readers may play in it."""
    return plane(whole(fig), ink, limit=limit)


def look(ink: Ink, *, centred: bool) -> dict[str, Any]:
    """How lines of raw and of centred inputs are drawn."""
    if centred:
        return {"color": ink.centred, "ls": (0, (4, 2))}
    return {"color": ink.raw, "ls": "-"}


def walk(
    ax: Axes, ink: Ink, path: ArrayLike, label: str, at: ArrayLike, *, centred: bool = False
) -> None:
    """A walk (steps + 1, 2) and its name: raw is warm and solid, centred is cool and dashed."""
    style = look(ink, centred=centred)
    ax.plot(*np.asarray(path).T, lw=1.6, marker="o", ms=2.2, zorder=3, **style)
    note(ax, ink, label, at, color=style["color"])


def goal(ax: Axes, ink: Ink, at: ArrayLike, label: str = "goal") -> None:
    """The goal: a star, with its name to the left of it."""
    x, y = np.asarray(at)
    ax.plot(x, y, marker="*", ms=15, color=ink.goal, mec=ink.paper, mew=0.8, zorder=5)
    note(ax, ink, label, at, (-11, 0), color=ink.goal, ha="right", va="center")


def start(ax: Axes, ink: Ink, at: ArrayLike) -> None:
    """Where a walk begins: a ring."""
    x, y = np.asarray(at)
    ax.plot(x, y, marker="o", ms=7, color=ink.paper, mec=ink.text, mew=1.4, zorder=4)
    note(ax, ink, "start", at, (7, -5), va="top")


def cone(
    ax: Axes,
    ink: Ink,
    at: ArrayLike,
    radius: float,
    label: str = "",
    *,
    axis: float = 45.0,
    half: float = 45.0,
) -> None:
    """The allowed moves from a point: the cone about `axis` ± `half` degrees, and its opposite."""
    tip = np.asarray(at, dtype=float)
    for middle in (axis, axis + 180):
        sector = (tuple(tip), radius, middle - half, middle + half)
        ax.add_patch(Wedge(*sector, color=ink.cone, alpha=0.12, lw=0, zorder=0.5))
        rim = Wedge(*sector, width=0.05 * radius, fill=False, lw=0, hatch="/////")
        rim.set(edgecolor=ink.cone, zorder=0.6)
        ax.add_patch(rim)
    opposite = np.radians(axis + 180)
    x, y = tip + 0.55 * radius * np.array([np.cos(opposite), np.sin(opposite)])
    ax.text(x, y, label, color=ink.cone, ha="center", va="center")


def on_its_line(ax: Axes, ink: Ink, x: ArrayLike, delta: float) -> None:
    """One input x, a ring, and its gradient δx, a dot: it stays on the dotted line through x."""
    there = np.asarray(x, dtype=float)
    line = np.stack([-there, there], axis=1)
    ax.plot(*line, color=ink.text, ls=(0, (1.5, 2.5)), lw=0.9)
    ax.plot(*there, marker="o", ms=6.4, color=ink.paper, mec=ink.text, mew=1.2, zorder=4)
    ax.plot(*delta * there, marker="o", ms=6.4, color=ink.text, mec=ink.paper, zorder=5)


def mean(ax: Axes, ink: Ink, tip: ArrayLike, start: ArrayLike = (0, 0)) -> None:
    """The mean of the inputs: a thick arrow."""
    style = {"arrowstyle": "-|>", "lw": 2.6, "color": ink.mean, "shrinkA": 0, "shrinkB": 0}
    head = tuple(np.asarray(tip, dtype=float))
    foot = tuple(np.asarray(start, dtype=float))
    ax.annotate("", head, foot, arrowprops=style)


def note(
    ax: Axes,
    ink: Ink,
    text: str,
    at: ArrayLike,
    shift: tuple[float, float] = (0, 0),
    **style: Any,
) -> Text:
    """Words at a point, moved by `shift` points, with a halo of paper."""
    words = ax.annotate(
        text,
        tuple(np.asarray(at, dtype=float)),
        shift,
        textcoords="offset points",
        zorder=6,
        **style,
    )
    words.set_path_effects([withStroke(linewidth=3, foreground=ink.paper)])
    return words
