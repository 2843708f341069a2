"""Marks of a street from above, in stills: the kerb, a car, its neighbours, where it began.

Cars are their corners on the ground, (4, 2): rear right, front right, front left, rear left.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from inks.palette import Ink

TYRE = 0.62  # its length in metres


def street(ax: Axes, ink: Ink, view: tuple[float, float, float, float]) -> None:
    """A street seen in x₀, x₁, y₀, y₁, metres, with its pavement below the kerb y = 0."""
    ax.set(xlim=view[:2], ylim=view[2:], aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.axhspan(view[2], 0, color=ink.muted, alpha=0.14, lw=0)
    ax.axhline(0, color=ink.muted, lw=1.4)


def parked(ax: Axes, ink: Ink, corners: ArrayLike) -> None:
    """A car that does not move."""
    ax.add_patch(Polygon(np.asarray(corners), fc=(ink.muted, 0.3), ec=ink.muted, lw=1.2))


def place(ax: Axes, ink: Ink, corners: ArrayLike) -> None:
    """Where a car was, or is to be."""
    ax.add_patch(Polygon(np.asarray(corners), fill=False, ec=ink.muted, ls=(0, (2, 2))))


def car(ax: Axes, ink: Ink, corners: ArrayLike, hubs: ArrayLike) -> None:
    """The car that parks, on wheels that stand straight along x; its windscreen tells the front."""
    body = np.asarray(corners, dtype=float)
    ax.add_patch(Polygon(body, fc=ink.paper, lw=0, zorder=3))
    ax.add_patch(Polygon(body, fc=(ink.raw, 0.25), ec=ink.raw, lw=1.8, zorder=4))
    for x, y in np.asarray(hubs):
        tyre = [x - TYRE / 2, x + TYRE / 2], [y, y]
        ax.plot(*tyre, color=ink.text, lw=3.6, solid_capstyle="butt", zorder=5)
    rear, front, far_front, far_rear = body
    ends = [near + 0.7 * (ahead - near) for near, ahead in ((rear, front), (far_rear, far_front))]
    glass = np.array([[0.85, 0.15], [0.15, 0.85]]) @ ends
    ax.plot(*glass.T, color=ink.raw, lw=5, solid_capstyle="butt", zorder=5)
