r"""The narrower the cone of moves, the longer the way across it.

Moves stay within {{ half_angle:.0f}}° of the northeast, or of the southwest; a goal waits {{ off_axis:.0f}}° off that axis.
The shortest walk goes out along one edge of the cone and back along the other, {{ detour:.2f}} times as far as the straight line.
A whole quadrant of moves asks for {{ quadrant:.2f}} times (thin).
"""

import numpy as np

from inks.stills import marks
from zigzag import activations, cone

ALT = """A hatched cone of moves about the northeast and its opposite. From a ring at its tip a solid line
goes far up along one edge of the cone and back down along the other to a star in the northwest. A
thinner line takes the corner of the quadrant, a dotted one goes straight."""
SIZE = (4.2, 3.6)
PRESET = {"half_angle": (30.0, 5.0, 90.0, 1.0), "goal": (135.0, 0.0, 210.0, 1.0)}  # degrees
LABELS = {"half_angle": "Cone ±°", "goal": "Goal at °"}
LAYOUT = {"view": (-1.3, 1.3, -0.9, 1.3285714285714287)}  # left, right, bottom, top


def measure():
    half = np.radians(PRESET["half_angle"][0])
    turn = np.radians(PRESET["goal"][0])
    goal = np.array([np.cos(turn), np.sin(turn)])
    axis = np.sqrt([0.5, 0.5])
    return {
        "goal": goal,
        # how many times as far as straight
        "detour": cone.cone_detour(goal, axis, half),
        "quadrant": cone.detour(goal),
        # the shortest walks
        "walk": cone.cone_walk(goal, axis, half),
        "corner": cone.cone_walk(goal, axis, np.pi / 4),
        # in degrees
        "half_angle": np.degrees(half),
        "off_axis": np.degrees(np.arccos(abs(goal @ axis))),
        "sigmoid": np.degrees(activations.moments("logistic").half_angle),
    }


def draw(fig, ink, data):
    ax = marks.whole_plane(fig, ink, limit=LAYOUT["view"])
    marks.cone(ax, ink, (0, 0), 0.65, "moves", half=data["half_angle"])
    straight = np.array([[0, 0], data["goal"]])
    ax.plot(*straight.T, color=ink.muted, ls=":")
    ax.plot(*data["corner"].T, color=ink.cone, lw=1.2)
    ax.plot(*data["walk"].T, color=ink.raw, marker="o", ms=3.6, zorder=3)
    labels = {
        f"this cone: {data['detour']:.2f}": ink.raw,
        f"a quadrant: {data['quadrant']:.2f}": ink.cone,
        "straight: 1": ink.muted,
    }
    for y, (label, colour) in zip((-0.36, -0.56, -0.76), labels.items(), strict=True):
        marks.note(ax, ink, label, (0.12, y), color=colour, size=12)
    marks.start(ax, ink, (0, 0))
    marks.goal(ax, ink, data["goal"])
