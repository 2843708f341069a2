r"""The squared mean of an activation, over its variance, tells the cone, the valley and the useful batch.

For pre-activations with mean 0 and standard deviation {{ spread:.1f}}, {{ name }} outputs have mean {{ mean:.2f}} and spread {{ std:.2f}}; $q$ is the ratio of the squares.
From it follow, for independent inputs and no bias, the condition number $\kappa$ for {{ inputs }} of them, and, for many: the half-angle of the cone, how many times the steps of centred inputs it takes, one sample at a time, and the half-pay batch, in which a sample earns half of what it earns alone.
"""

import numpy as np

from inks.names import spelled
from inks.stills import charts, marks
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
    place, spread, inputs = (default for default, *_ in PRESET.values())
    name = list(ACTIVATIONS)[place]
    outputs = moments(name, std=spread)
    z = np.linspace(-4.0, 4.0, 81)
    return {
        # the activation and its inputs
        "name": spelled(name),
        "spread": spread,
        "inputs": inputs,
        "z": z,
        "curve": ACTIVATIONS[name](z),
        "bell": np.exp(-0.5 * (z / spread) ** 2),
        # its outputs, and what follows from them
        "mean": outputs.mean,
        "std": outputs.variance**0.5,
        "q": outputs.q,
        "phi": np.degrees(outputs.half_angle),
        "online": penalty.online_penalty(outputs.q),
        "kappa": penalty.iid_condition_number(outputs.q, inputs),
        "batch": penalty.half_pay_batch(outputs.q),
        # for other inputs
        "q_at_0": moments(name, std=0.25).q,
        "q_at_1": moments(name, std=0.5).q,
        "q_at_2": moments(name, std=2.0).q,
        "q_at_3": moments(name, std=4.0).q,
        "q_low": moments(name, mean=-2.0, std=4.0).q,
        # for the page: what can be chosen
        "names": [spelled(a) for a in ACTIVATIONS],
    }


def draw(fig, ink, data):
    ax = marks.boxed(fig, LAYOUT["box"])
    charts.curve(
        ax, ink, data["z"], data["curve"], data["bell"], mean=data["mean"], std=data["std"]
    )
    ax.set_title(f"{data['name']} output, normal input", color=ink.raw, loc="left")

    fan = marks.boxed(fig, LAYOUT["fan"])
    fan.set(xlim=(-1.1, 1.1), ylim=(-1.2, 1.2))
    fan.set_axis_off()
    marks.cone(fan, ink, (0, 0), 1, axis=90, half=data["phi"])
    marks.mean(fan, ink, (0, 1.1))
    fan.text(0, -1.2, f"cone ±{data['phi']:.1f}°", ha="center", va="top")

    numbers = {
        "$q$": data["q"],
        rf"$\kappa$, {data['inputs']} inputs": data["kappa"],
        "one by one, ×": data["online"],
        "half-pay batch": data["batch"],
    }
    for place, (name, number) in zip(LAYOUT["columns"], numbers.items(), strict=True):
        cell = marks.boxed(fig, (place - 1, LAYOUT["line"] - 1, 2, 2))
        cell.set_axis_off()
        cell.text(0, 0, f"{number:.3g}", size=15, ha="center", color=ink.raw)
        cell.text(0, -7, name, ha="center")
