"""Steps that may not turn back go around.

From the start to the dot it is {{ detour:.2f}}, along the axes.
"""

import numpy as np

from inks.stills import marks
from zigzag import cone

ALT = "A plane. A line leads from a ring at its centre to a dot in the upper left."
SIZE = (3.0, 2.0)
PRESET = {"dot_1": (-0.4, -1.0, 1.0, 0.1), "dot_2": (0.3, -0.5, 0.5, 0.1)}
LABELS = {"dot_1": "Dot w₁", "dot_2": "w₂"}
LAYOUT = {"view": (-1.2, 1.2, -0.8, 0.8)}


def measure():
    dot = np.array([default for default, *_ in PRESET.values()])
    return {"dot": dot, "detour": cone.detour(dot)}


def draw(fig, ink, data):
    ax = marks.whole_plane(fig, ink, limit=LAYOUT["view"])
    ax.plot(*np.stack([[0, 0], data["dot"]], axis=1), color=ink.raw)
    marks.start(ax, ink, (0, 0))
    ax.plot(*data["dot"], marker="o", ms=6, color=ink.raw)
