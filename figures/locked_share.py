r"""Batches loosen the lock, and how far depends on the mean of the inputs and on their number.

Share of one-signed gradients when a neuron sums over a random batch; {{ trials:,}} batches of each size, error signals $\delta$ drawn from a normal distribution of mean zero.
Rings: the formula for an endless batch.
For two uniform inputs it gives {{ uniform_limit:.4f}}; at {{ largest }} samples we count {{ uniform[5]:.3f}} ± {{ error:.3f}} (one standard error, less than a dot).
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import cone, data

ALT = """Four lines over the batch size. The dashed one, two centred inputs, stays at one half. The solid
ones fall from 100%: two uniform inputs to {{ uniform_limit:.0%}}, fifty sigmoid inputs to
{{ logistic_limit:.0%}}, fifty ReLU inputs almost to zero."""
SIZE = (4.8, 3.0)
NAMES = {"logistic": "sigmoid", "relu": "ReLU"}
CASES = {"uniform": 2, "centred": 2, "logistic": 50, "relu": 50}


def measure():
    trials = 10_000
    batches = 2 ** np.arange(6)
    rng = np.random.default_rng(5)

    def locked(kind, size, offset=0.0):
        """The share of one-signed gradients when the errors have this mean."""
        x = data.inputs(kind, trials, size, CASES[kind], rng=rng)
        delta = rng.normal(offset, size=x.shape[:2])
        return cone.one_signed(np.vecmat(delta, x)).mean()

    shares = {}
    for kind, inputs in CASES.items():
        shares[kind] = np.array([locked(kind, size) for size in batches])
        shares[f"{kind}_limit"] = cone.locked_probability(data.law(kind).cosine, inputs)
    last = shares["uniform"][-1]
    return {
        "batches": batches,
        "largest": batches[-1],
        "trials": trials,
        **shares,
        "error": np.sqrt(last * (1 - last) / trials),
        "agreed": locked("relu", batches[-1], offset=1.0),
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    batches = data["batches"]
    end = 4 * data["largest"]  # where an endless batch is drawn
    for kind, inputs in CASES.items():
        share = data[kind]
        limit = data[f"{kind}_limit"]
        centred = kind == "centred"
        colour = marks.look(ink, centred=centred)["color"]
        charts.line(ax, ink, batches, share, centred=centred)
        ax.plot([batches[-1], end], [share[-1], limit], ls=":", lw=1, color=colour)
        ax.plot(end, limit, "o", ms=7, mfc=ink.paper, mew=1.4, color=colour)
        label = f"{inputs} {NAMES.get(kind, kind)}: {limit:.1%}"
        marks.note(ax, ink, label, (end, limit), (9, 0), color=colour, va="center")
    ax.set_xscale("log", base=2)
    ax.set(xlabel="batch size", xticks=[*batches, end], xticklabels=[*batches, "∞"])
    ax.set(ylabel="one-signed share", yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    ax.set(ylim=(-0.03, 1.03))
    ax.spines[:].set_visible(False)
