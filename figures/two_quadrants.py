r"""Positive inputs leave the gradient two quadrants out of four.

Each dot is the gradient that one sample gives to the two weights of a neuron; its error signal $\delta$ may have either sign.
Positive inputs send all {{ samples }} dots into the shaded quadrants, northeast or southwest: {{ positive:.0%}} are one-signed.
ReLU outputs do so too, if a zero counts for either sign; strictly it is only {{ relu_strict:.0%}}, as the other dots lie on an axis.
Of the centred ones, {{ centred:.0%}} happen to be one-signed: half, but for chance.
The ring is one input $x$: as it is; as $4x - 2$ sent through a ReLU; and less one half, the mean of all inputs.
The black dot is its gradient $\delta x$: whatever $\delta$ is, it lies on the dotted line.
"""

import numpy as np
from matplotlib.patches import Rectangle

from inks.stills import marks
from zigzag import cone, neuron

ALT = """Three planes of dots. For positive inputs and for ReLU outputs they keep to the shaded upper right
and lower left quadrants; with ReLU many dots lie on the axes. Centred inputs fill all four. In each
plane a dotted line runs through the origin to a ring; a black dot lies on it."""
SIZE = (4.8, 2.05)
PRESET = {
    "x_1": (0.85, -0.5, 1.0, 0.05),
    "x_2": (0.4, -0.5, 1.0, 0.05),
    "delta": (-0.6, -1.0, 1.0, 0.05),
}
LABELS = {"delta": "Error δ", "x_1": "Input x₁", "x_2": "x₂"}
READS = ("positive", "relu", "centred", "reach", "dots")
LAYOUT = {  # of each plane: left, bottom, width, height in points
    "boxes": ((5.6, 18, 104, 104), (120.8, 18, 104, 104), (236.0, 18, 104, 104)),
}


def measure():
    x_1, x_2, delta = (start for start, *_ in PRESET.values())
    rng = np.random.default_rng(7)
    errors = rng.uniform(-1, 1, 400)
    x = rng.uniform(size=(400, 2))
    z = rng.normal(size=(400, 2))
    one = np.array([x_1, x_2])
    inputs = {"positive": x, "relu": np.maximum(z, 0.0), "centred": x - 0.5}
    gradients = {}
    locked = {}
    for kind, samples in inputs.items():
        g = neuron.sample_gradients(np.zeros(2), samples, -errors)
        gradients[kind] = g
        locked[kind] = cone.one_signed(g).mean()
    # for the page to carry: each plane's dots, in thousandths of how far it reaches
    dots = np.stack([gradients[kind] for kind in inputs])
    reach = 1.05 * np.abs(dots).max(axis=(1, 2))
    mille = np.round(dots / reach[:, None, None] * 1000).astype(int)
    return {
        "samples": len(errors),
        # the share of one-signed gradients
        **locked,
        "relu_strict": cone.strictly_one_signed(gradients["relu"]).mean(),
        # the one input in each plane, and its error signal
        "inputs": [one, np.maximum(4 * one - 2, 0.0), one - 0.5],
        "delta": delta,
        "reach": reach,
        "dots": mille,
        "positive_gradients": gradients["positive"],
        "relu_gradients": gradients["relu"],
        "centred_gradients": gradients["centred"],
    }


def draw(fig, ink, data):
    for i, kind in enumerate(("positive", "relu", "centred")):
        lock = kind != "centred"
        colour = ink.raw if lock else ink.centred
        names = (r"$\partial L/\partial w_1$", r"$\partial L/\partial w_2$") if lock else ("", "")
        reach = data["reach"][i]
        ax = marks.boxed(fig, LAYOUT["boxes"][i])
        marks.plane(ax, ink, limit=reach, names=names)
        ax.set_title("ReLU" if kind == "relu" else kind, color=colour)
        ax.scatter(
            *data[f"{kind}_gradients"].T, s=4, lw=0, color=colour, marker="o" if lock else "D"
        )
        ax.text(0, -1.08 * reach, f"{data[kind]:.0%} one-signed", ha="center", va="top")
        if lock:
            for corner in (0, 0), (-reach, -reach):
                ax.add_patch(Rectangle(corner, reach, reach, color=ink.cone, alpha=0.12, lw=0))
        marks.on_its_line(ax, ink, data["inputs"][i], data["delta"])
