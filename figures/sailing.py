r"""A boat that tacks upwind pays as the walker does: a narrower channel costs tacks, not length.

The wind comes from above, and a boat cannot sail closer to it than, say, {{ closest:.0f}}°; the hatched wedge is what it cannot do.
It wants to get {{ distance:.0f}} upwind.
In a channel as wide as {{ wide_width}} it makes {{ wide_tacks}} runs, in one of {{ narrow_width}} it makes {{ narrow_tacks}}; either way it sails {{ length:.2f}}, which is $1/\cos {{ closest:.0f}}°$ times the straight line.
The boat's paths are the walker's corridor walks, turned.
"""

import numpy as np
from matplotlib.patches import Polygon, Wedge

from inks.stills import marks
from zigzag import cone, track

ALT = """Two channels seen from above, wind from the top. In the wide one a boat zig-zags to a star in
{{ wide_tacks}} long runs, in the narrow one in {{ narrow_tacks}} short ones, at the same angles."""
SIZE = (4.8, 3.2)


def measure():
    distance, closest = 2.0, 45.0  # degrees from the wind: a common figure for a cruising boat
    out = {"distance": distance, "closest": closest}
    for name, width in (("wide", 1.0), ("narrow", 0.25)):
        walk = cone.corridor_walk(distance, width, np.radians(90 - closest))
        out |= {name: walk, f"{name}_width": width, f"{name}_tacks": len(walk) - 1}
        out |= {"length": track.path_length(walk), f"{name}_length": track.path_length(walk)}
    return out


def draw(fig, ink, data):
    for ax, name in zip(fig.subplots(1, 2, width_ratios=(3, 2)), ("wide", "narrow"), strict=True):
        path, width = data[name], data[f"{name}_width"]
        ax.set(xlim=(-0.75, width + 0.6), ylim=(-0.45, 2.75), aspect="equal")
        ax.set_axis_off()
        for bank in (0, width):
            ax.plot([bank, bank], [-0.3, 2.3], color=ink.muted, ls="--", lw=1)
        reach = data["closest"]
        out_of_reach = {"fc": "none", "ec": ink.muted, "lw": 0, "hatch": "/" * 6}
        ax.add_patch(Wedge(path[0], 0.5, 90 - reach, 90 + reach, **out_of_reach))
        ax.plot(*path.T, color=ink.raw)
        hull = np.array([[0.16, 0], [0.02, 0.07], [-0.14, 0.05], [-0.14, -0.05], [0.02, -0.07]])
        heading = np.arctan2(*(path[1] - path[0])[::-1])
        turn = np.array([[np.cos(heading), -np.sin(heading)], [np.sin(heading), np.cos(heading)]])
        ax.add_patch(Polygon(hull @ turn.T + path[0], color=ink.text, zorder=4))
        ax.plot(*path[-1], marker="*", ms=15, color=ink.goal, mec=ink.paper, zorder=5)
        middle = width / 2
        wind = {"arrowstyle": "-|>", "lw": 1.6, "color": ink.text}
        ax.annotate("", (middle, 2.32), (middle, 2.7), arrowprops=wind)
        marks.note(ax, ink, "wind", (middle, 2.55), (8, -4))
        if name == "wide":
            marks.note(ax, ink, "cannot\nhead there", (-0.25, 0.6), color=ink.muted, ha="right")
        label = f"{data[f'{name}_tacks']} runs, {data[f'{name}_length']:.2f} long"
        ax.text(middle, -0.34, label, color=ink.raw, ha="center", va="top")
