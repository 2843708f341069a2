r"""Batches loosen the lock, and where it ends depends on the mean of the inputs.

Share of one-signed gradients when a neuron sums over a random batch; {{ trials:,}} batches of each size, error signals $\delta$ drawn from a normal distribution of mean zero.
Rings: the closed form for an endless batch, {{ uniform_limit:.4f}} for two uniform inputs; at {{ largest }} samples we count {{ uniform[5]:.3f}} ± {{ error:.3f}}: a standard error is at most that, less than a dot.
"""

import numpy as np

from inks import marks
from zigzag import activations, cone

ALT = """Four lines over the batch size. The dashed one, two centred inputs, stays at one half. The solid
ones fall from 100 %: two uniform inputs to {{ uniform_limit:.0%}}, fifty sigmoid inputs to
{{ logistic_limit:.0%}}, fifty ReLU inputs almost to zero."""
SIZE = (4.8, 3.0)
NAMES = {"logistic": "sigmoid", "relu": "ReLU"}
CASES = {"uniform": 2, "centred": 2, "logistic": 50, "relu": 50}


def measure():
    rng, trials, batches = np.random.default_rng(5), 10_000, 2 ** np.arange(6)

    def locked(kind, size, offset=0.0):
        shape, a = (trials, size, CASES[kind]), activations.ACTIVATIONS.get(kind)
        x = a(rng.normal(size=shape)) if a else rng.uniform(size=shape) - 0.5 * (kind == "centred")
        delta = rng.normal(offset, size=shape[:2])
        return cone.one_signed(np.vecmat(delta, x)).mean()

    found = {"batches": batches, "trials": trials, "error": 0.5 / np.sqrt(trials)}
    plain = {"uniform": activations.Moments(0.5, 1 / 12), "centred": activations.Moments(0, 1 / 12)}
    for kind, d in CASES.items():
        law = plain.get(kind) or activations.moments(kind)
        found[kind] = np.array([locked(kind, size) for size in batches])
        found[f"{kind}_limit"] = cone.locked_probability(law.cosine, d)
    return found | {"largest": batches[-1], "agreed": locked("relu", batches[-1], offset=1.0)}


def draw(fig, ink, data):
    ax, batches, end = fig.subplots(), data["batches"], 4 * data["largest"]
    for kind, d in CASES.items():
        colour, dash = (ink.centred, (0, (4, 2))) if kind == "centred" else (ink.raw, "-")
        limit, look = data[f"{kind}_limit"], {"color": colour, "clip_on": False}
        ax.plot(batches, data[kind], ls=dash, marker="o", ms=4, **look)
        ax.plot([batches[-1], end], [data[kind][-1], limit], ls=":", lw=1, **look)
        ax.plot(end, limit, "o", ms=7, mfc=ink.paper, mew=1.4, **look)
        label = f"{d} {NAMES.get(kind, kind)}: {limit:.1%}"
        marks.note(ax, ink, label, (end, limit), (9, 0), color=colour, va="center")
    ax.set_xscale("log", base=2)
    ax.set(xlabel="batch size", xticks=[*batches, end], xticklabels=[*batches, "∞"])
    ax.set(ylabel="one-signed share", yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    ax.spines[:].set_visible(False)
