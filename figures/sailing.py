r"""A boat that tacks upwind pays as the walker does: a narrower channel costs tacks, not length.

The wind comes from above, and a boat cannot sail closer to it than, say, {{ closest:.0f}}°; the hatched wedge is what it cannot do.
It wants to get {{ distance:.0f}} upwind.
In a channel as wide as {{ wide_width}} it makes {{ wide_tacks}} runs, in one of {{ narrow_width}} it makes {{ narrow_tacks}}; either way it sails {{ length:.2f}}, which is $1/\cos {{ closest:.0f}}°$ times the straight line.
The boat's paths are the walker's corridor walks, turned.
But the boat's wedge lies on one side, towards the wind, while what is closed to the walker lies on both sides of its cone.
"""

import numpy as np
from matplotlib.patches import Polygon, Wedge

from inks.car import placed
from inks.stills import marks
from zigzag import cone, track

ALT = """Two channels seen from above, wind from the top. In the wide one a boat zig-zags to a star in
{{ wide_tacks}} long runs, in the narrow one in {{ narrow_tacks}} short ones, at the same angles."""
SIZE = (4.8, 3.2)
HULL = np.array(  # the boat that heads along x
    [[0.16, 0], [0.02, 0.07], [-0.14, 0.05], [-0.14, -0.05], [0.02, -0.07]]
)


def measure():
    distance = 2.0
    closest = 45.0  # degrees from the wind: a common figure for a cruising boat
    wide_width = 1.0
    narrow_width = 0.25
    turn = np.radians(90 - closest)
    wide = cone.corridor_walk(distance, wide_width, turn)
    narrow = cone.corridor_walk(distance, narrow_width, turn)
    return {
        "distance": distance,
        "closest": closest,
        "length": track.path_length(narrow),
        # the wide channel
        "wide": wide,
        "wide_width": wide_width,
        "wide_tacks": len(wide) - 1,
        "wide_length": track.path_length(wide),
        # the narrow one
        "narrow": narrow,
        "narrow_width": narrow_width,
        "narrow_tacks": len(narrow) - 1,
        "narrow_length": track.path_length(narrow),
    }


def draw(fig, ink, data):
    wide, narrow = fig.subplots(1, 2, width_ratios=(3, 2))
    for ax, name in (wide, "wide"), (narrow, "narrow"):
        channel(ax, ink, data[f"{name}_width"])
        cannot_head(ax, ink, data[name][0], data["closest"])
        boat(ax, ink, data[name])
        label = f"{data[f'{name}_tacks']} runs, {data[f'{name}_length']:.2f} long"
        middle = data[f"{name}_width"] / 2
        ax.text(middle, -0.34, label, color=ink.raw, ha="center", va="top")
    marks.note(wide, ink, "cannot\nhead there", (-0.25, 0.6), color=ink.muted, ha="right")


def channel(ax, ink, width):
    """A channel between two banks, and the wind from above."""
    ax.set(xlim=(-0.75, width + 0.6), ylim=(-0.45, 2.75), aspect="equal")
    ax.set_axis_off()
    for bank in (0, width):
        ax.plot([bank, bank], [-0.3, 2.3], color=ink.muted, ls="--", lw=1)
    style = {"arrowstyle": "-|>", "lw": 1.6, "color": ink.text}
    ax.annotate("", (width / 2, 2.32), (width / 2, 2.7), arrowprops=style)
    marks.note(ax, ink, "wind", (width / 2, 2.55), (8, -4))


def cannot_head(ax, ink, at, closest):
    """The wedge of directions, about the wind's, that no boat can sail."""
    wedge = Wedge(at, 0.5, 90 - closest, 90 + closest, fc="none", ec=ink.muted, lw=0, hatch="/" * 6)
    ax.add_patch(wedge)


def boat(ax, ink, path):
    """The boat at the start of its path, and the star at the end."""
    ax.plot(*path.T, color=ink.raw)
    x, y = path[1] - path[0]
    heading = np.arctan2(y, x)
    outline = placed(HULL, (*path[0], heading))
    ax.add_patch(Polygon(outline, color=ink.text, zorder=4))
    ax.plot(*path[-1], marker="*", ms=15, color=ink.goal, mec=ink.paper, zorder=5)
