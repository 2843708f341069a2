r"""The squared mean of an activation, over its variance, tells the cone, the valley and the useful batch.

For pre-activations with mean 0 and standard deviation {{ spread:.1f}}, {{ name }} outputs have mean {{ mean:.2f}} and spread {{ std:.2f}}; $q$ is the ratio of the squares.
From it follow the half-angle of the cone, the condition number $\kappa$ for {{ inputs }} inputs, how many times the steps of centred inputs it takes, one sample at a time, and the useful batch, which is the critical size: well below it, more samples pay nearly in full.
"""

import numpy as np

from inks import charts, marks
from inks.names import spelled
from zigzag import penalty
from zigzag.activations import ACTIVATIONS, moments

ALT = """Left, a curve that rises from zero to one over a bell curve, and a thick line at its mean output
in a band. Right, a narrow cone about an upright arrow. Below, four numbers."""
SIZE = (4.8, 3.0)
PRESET = {"activation": (0, 0, 12, 1), "spread": (1.0, 0.25, 4.0, 0.05), "inputs": (64, 2, 512, 2)}
LABELS = {"activation": "Activation", "spread": "Spread", "inputs": "Inputs d"}
CHOICES = {"activation": "names"}
READS = ("names",)
LAYOUT = {  # points; of boxes: left, bottom, width, height
    "box": (24, 24, 220, 118),
    "fan": (262, 34, 78, 85.1),
    "columns": (43, 130, 216, 303),
    "line": 186,
}


def measure():
    place, spread, d = (default for default, *_ in PRESET.values())
    name, a = list(ACTIVATIONS.items())[place]
    m, z = moments(name, std=spread), np.linspace(-4.0, 4.0, 81)
    data = {"name": spelled(name), "spread": spread, "inputs": d, "z": z, "curve": a(z), "q": m.q}
    data |= {"bell": np.exp(-0.5 * (z / spread) ** 2), "mean": m.mean, "std": m.variance**0.5}
    data |= {"phi": np.degrees(m.half_angle), "online": penalty.online_penalty(m.q)}
    data |= {"kappa": penalty.iid_condition_number(m.q, d), "batch": penalty.critical_batch(m.q, d)}
    data |= {"names": [spelled(a) for a in ACTIVATIONS]}
    return data | {f"q_at_{i}": moments(name, std=s).q for i, s in enumerate((0.25, 0.5, 2.0, 4.0))}


def draw(fig, ink, data):
    ax = marks.boxed(fig, LAYOUT["box"])
    shown = (data[key] for key in ("z", "curve", "bell", "mean", "std"))
    charts.curve(ax, ink, *shown)
    ax.set_title(f"{data['name']} output, normal input", color=ink.raw, loc="left")
    fan = marks.boxed(fig, LAYOUT["fan"])
    fan.set(xlim=(-1.1, 1.1), ylim=(-1.2, 1.2))
    fan.set_axis_off()
    marks.cone(fan, ink, (0, 0), 1, axis=90, half=data["phi"])
    marks.mean(fan, ink, (0, 1.1))
    fan.text(0, -1.2, f"cone ±{data['phi']:.1f}°", ha="center", va="top")
    names = ("$q$", rf"$\kappa$, {data['inputs']} inputs", "one by one, ×", "useful batch")
    keys = ("q", "kappa", "online", "batch")
    for place, key, name in zip(LAYOUT["columns"], keys, names, strict=True):
        cell = marks.boxed(fig, (place - 1, LAYOUT["line"] - 1, 2, 2))
        cell.set_axis_off()
        cell.text(0, 0, f"{data[key]:.3g}", size=15, ha="center", color=ink.raw)
        cell.text(0, -7, name, ha="center")
