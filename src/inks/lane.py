"""Marks of a street from above, in stills: the kerb, a car, its neighbours, where it began.

Cars are their corners on the ground, (4, 2): rear right, front right, front left, rear left.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from inks.car import shapes
from inks.palette import Ink


def street(ax: Axes, ink: Ink, view: tuple[float, float, float, float]) -> None:
    """A street seen in x₀, x₁, y₀, y₁, metres, with its pavement below the kerb y = 0."""
    ax.set(xlim=view[:2], ylim=view[2:], aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.axhspan(view[2], 0, color=ink.muted, alpha=0.14, lw=0)
    ax.axhline(0, color=ink.muted, lw=1.4)


def place(ax: Axes, ink: Ink, corners: ArrayLike) -> None:
    """Where a car was, or is to be."""
    ax.add_patch(Polygon(np.asarray(corners), fill=False, ec=ink.muted, ls=(0, (2, 2))))


def car(ax: Axes, ink: Ink, corners: ArrayLike, hubs: ArrayLike, *, parked: bool = False) -> None:
    """A car that heads along x, its wheels straight, as in the films; muted if it only stands."""
    body, own = np.asarray(corners, dtype=float), ink.muted if parked else ink.raw
    origin = (0.0, body[:, 1].mean())
    parts = shapes(body - origin, np.asarray(hubs, dtype=float) - origin)
    for part, colour, opacity in (
        *(("body", ink.paper, 1), ("wheel", ink.text, 1), ("mirror", own, 1), ("body", own, 0.25)),
        *(("glass", own, 1), ("roof", ink.paper, 1), ("roof", own, 0.25), ("lamp", own, 1)),
    ):
        edge = 1.8 if (part, colour) == ("body", own) else 0.0
        for name, outline in parts.items():
            if name.endswith(part):
                shape = Polygon(outline + origin, fc=(colour, opacity), ec=colour, lw=edge)
                ax.add_patch(shape).set_zorder(3 - parked)
