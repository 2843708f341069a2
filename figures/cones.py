r"""The larger q, the narrower the cone of allowed moves about the mean.

For many inputs, each sample makes nearly the same angle with the mean: $\varphi = \arctan(1/\sqrt q)$.
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
    inputs = {"uniform": Moments(0.5, 1 / 12), **{name: moments(name) for name in ACTIVATIONS}}
    data = {"order": [*sorted(inputs, key=lambda name: -inputs[name].q)[:9], "tanh"]}
    for name, m in inputs.items():
        q = round(m.q, 12)
        own = {"mean": abs(round(m.mean, 12)), "std": m.variance**0.5, "q": q, "cosine": m.cosine}
        own |= {"phi": np.degrees(m.half_angle), "angle": np.degrees(np.arccos(m.cosine))}
        own |= {"length": penalty.length_penalty(q), "online": penalty.online_penalty(q)}
        own |= {"best": penalty.online_penalty(q, relaxation=penalty.best_relaxation(q))}
        own |= {f"kappa_{d}": penalty.iid_condition_number(q, d) for d in (64, 512)}
        if q:  # there is no limit without a mean
            own |= {"batch": penalty.critical_batch(q), "ceiling": penalty.batch_ceiling(q)}
        data |= {f"{name}_{key}": value for key, value in own.items()}
    return data | {"ratio": data["logistic_q"] / data["relu_q"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(-1.02, 1.95), ylim=(-0.05, 1.2), aspect="equal")
    ax.set_axis_off()
    for name, height in zip(data["order"], np.linspace(1.03, 0, len(data["order"])), strict=True):
        q, half = data[f"{name}_q"], data[f"{name}_phi"]
        look = marks.look(ink, centred=not q)
        words = {"color": look["color"], "va": "center"}
        ax.add_patch(Wedge((0, 0), 1, 90 - half, 90 + half, color=look["color"], alpha=0.07, lw=0))
        x, y = np.sin(np.radians(half)), np.cos(np.radians(half))
        ax.plot([-x, 0, x], [y, 0, y], lw=1.2, **look)
        ax.plot([x, 1.1], [y, height], color=ink.muted, lw=0.5)
        ax.text(1.14, height, spelled(name) if q else "tanh and others", **words)
        ax.text(1.95, height, f"{q:.2f}", ha="right", **words)
    ax.text(1.95, 1.12, "$q$", ha="right", va="bottom")
    marks.mean(ax, ink, (0, 1.08))
    ax.text(-0.05, 1.02, "mean", color=ink.mean, ha="right", va="bottom")
