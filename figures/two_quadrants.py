r"""Positive inputs leave the gradient two quadrants out of four.

Each dot is the gradient that one sample gives to the two weights of a neuron; its error signal $\delta$ may have either sign.
Positive inputs send all {{ samples }} dots northeast or southwest: {{ positive:.0%}} are one-signed.
ReLU outputs do so too, if a zero counts for either sign; strictly it is only {{ relu_strict:.0%}}, as the other dots lie on an axis.
Of the centred ones, {{ centred:.0%}} happen to be one-signed.
"""

import numpy as np
from matplotlib.patches import Rectangle

from inks.marks import plane
from zigzag import cone, neuron

ALT = """Three planes of dots. For positive inputs and for ReLU outputs the upper left and lower right
quadrants are empty; with ReLU many dots lie on the axes. Centred inputs fill all four."""
SIZE = (4.8, 2.05)


def measure():
    rng = np.random.default_rng(7)
    error, x, z = rng.uniform(-1, 1, 400), rng.uniform(size=(400, 2)), rng.normal(size=(400, 2))
    inputs = {"positive": x, "relu": np.maximum(z, 0.0), "centred": x - 0.5}
    dots = {kind: neuron.sample_gradients(np.zeros(2), x, -error) for kind, x in inputs.items()}
    locked = {kind: cone.one_signed(g).mean() for kind, g in dots.items()}
    strict = cone.strictly_one_signed(dots["relu"]).mean()
    shares = {"samples": len(error), **locked, "relu_strict": strict}
    return shares | {f"{kind}_gradients": g for kind, g in dots.items()}


def draw(fig, ink, data):
    names = r"$\partial L/\partial w_1$", r"$\partial L/\partial w_2$"
    for ax, kind in zip(fig.subplots(1, 3), ("positive", "relu", "centred"), strict=True):
        lock, g = kind != "centred", data[f"{kind}_gradients"]
        reach, colour = np.abs(g).max() * 1.05, ink.raw if lock else ink.centred
        plane(ax, ink, limit=reach, names=names if lock else ("", ""))
        ax.set_title("ReLU" if kind == "relu" else kind, color=colour)
        ax.scatter(*g.T, s=4, lw=0, color=colour, marker="o" if lock else "D")
        ax.text(0, -1.08 * reach, f"{data[kind]:.0%} one-signed", ha="center", va="top")
        for corner in ((-reach, 0), (0, -reach)) if lock else ():
            ax.add_patch(Rectangle(corner, reach, reach, color=ink.muted, alpha=0.14, lw=0))
