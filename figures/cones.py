r"""The larger q, the narrower the cone of allowed moves about the mean.

For many independent inputs that are alike, each sample makes nearly the same angle with the mean: $\varphi = \arctan(1/\sqrt q)$.
Steps go along samples or against them, so this cone and its opposite hold all of them.
Logistic outputs leave {{ logistic_phi:.1f}}° to either side of the mean, those of ReLU {{ relu_phi:.1f}}°, and centred ones {{ tanh_phi:.0f}}°, which is no limit.
Pre-activations are standard normal.
"""

import numpy as np
from matplotlib.patches import Wedge

from inks.names import spelled
from inks.stills import marks
from zigzag import penalty
from zigzag.activations import ACTIVATIONS, Moments, moments

ALT = """A fan of ever wider cones about an upright arrow, the mean. From narrow to wide: logistic,
uniform, softplus, ReLU, leaky ReLU, GELU, mish, SiLU, ELU, and, flat and dashed, tanh and others."""
SIZE = (4.8, 2.15)


def measure():
    inputs = {"uniform": Moments(0.5, 1 / 12)}
    for name in ACTIVATIONS:
        inputs[name] = moments(name)
    narrowest_first = sorted(inputs, key=lambda name: -inputs[name].q)
    numbers = {}
    for name, outputs in inputs.items():
        q = round(outputs.q, 12)
        numbers |= {
            f"{name}_mean": abs(round(outputs.mean, 12)),
            f"{name}_std": outputs.variance**0.5,
            f"{name}_q": q,
            f"{name}_cosine": outputs.cosine,
            f"{name}_phi": np.degrees(outputs.half_angle),
            f"{name}_angle": np.degrees(np.arccos(outputs.cosine)),
            f"{name}_length": penalty.length_penalty(q),
            f"{name}_online": penalty.online_penalty(q),
            f"{name}_best": penalty.online_penalty(q, relaxation=penalty.best_relaxation(q)),
            f"{name}_kappa_64": penalty.iid_condition_number(q, 64),
            f"{name}_kappa_512": penalty.iid_condition_number(q, 512),
        }
        if q:  # without a mean there is no limit to a batch
            numbers[f"{name}_batch"] = penalty.half_pay_batch(q)
            numbers[f"{name}_ceiling"] = penalty.batch_ceiling(q)
    return {
        "order": [*narrowest_first[:9], "tanh"],
        **numbers,
        "ratio": numbers["logistic_q"] / numbers["relu_q"],
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(-1.02, 1.95), ylim=(-0.05, 1.2), aspect="equal")
    ax.set_axis_off()
    heights = np.linspace(1.03, 0, len(data["order"]))
    for name, height in zip(data["order"], heights, strict=True):
        q = data[f"{name}_q"]
        half = data[f"{name}_phi"]
        look = marks.look(ink, centred=not q)
        colour = look["color"]
        ax.add_patch(Wedge((0, 0), 1, 90 - half, 90 + half, color=colour, alpha=0.07, lw=0))
        x = np.sin(np.radians(half))
        y = np.cos(np.radians(half))
        ax.plot([-x, 0, x], [y, 0, y], lw=1.2, **look)
        ax.plot([x, 1.1], [y, height], color=ink.muted, lw=0.5)
        label = spelled(name) if q else "tanh and others"
        ax.text(1.14, height, label, color=colour, va="center")
        ax.text(1.95, height, f"{q:.2f}", color=colour, va="center", ha="right")
    ax.text(1.95, 1.12, "$q$", ha="right", va="bottom")
    marks.mean(ax, ink, (0, 1.08))
    ax.text(-0.05, 1.02, "mean", color=ink.mean, ha="right", va="bottom")
