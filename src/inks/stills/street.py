"""Marks of a street from above, in stills: the kerb, a car, its neighbours, where it began.

Cars are their corners on the ground, (4, 2): rear right, front right, front left, rear left.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from inks.car import PAINT, paint, shapes
from inks.palette import Ink

EDGE = 1.8  # width of the line about a car's body


def street(ax: Axes, ink: Ink, view: tuple[float, float, float, float]) -> None:
    """A street seen in x₀, x₁, y₀, y₁, metres, with its pavement below the kerb y = 0."""
    left, right, bottom, top = view
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.axhspan(bottom, 0, color=ink.muted, alpha=0.14, lw=0)
    ax.axhline(0, color=ink.muted, lw=1.4)


def place(ax: Axes, ink: Ink, corners: ArrayLike) -> None:
    """Where a car was, or is to be."""
    outline = np.asarray(corners)
    ax.add_patch(Polygon(outline, fill=False, ec=ink.muted, ls=(0, (2, 2))))


def car(ax: Axes, ink: Ink, corners: ArrayLike, hubs: ArrayLike, *, parked: bool = False) -> None:
    """A car that heads along x, its wheels straight, as in the films; muted if it only stands."""
    body = np.asarray(corners, dtype=float)
    origin = (0.0, body[:, 1].mean())
    parts = shapes(body - origin, np.asarray(hubs, dtype=float) - origin)
    own = ink.muted if parked else ink.raw
    order = 2 if parked else 3

    def add(kind: str, colour: str, opacity: float, edge: float = 0.0) -> None:
        """Paint all parts of one kind."""
        for name, outline in parts.items():
            if name.endswith(kind):
                shape = Polygon(outline + origin, fc=(colour, opacity), ec=colour, lw=edge)
                shape.set_zorder(order)
                ax.add_patch(shape)

    add("body", ink.paper, 1)
    for kind in PAINT:
        colour, opacity = paint(kind, ink, own)
        if kind == "roof":
            add(kind, ink.paper, 1)
        add(kind, colour, opacity, edge=EDGE if kind == "body" else 0.0)
