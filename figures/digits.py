r"""On real handwritten digits a network learns {{ faster:.0f}} times faster once the mean is gone.

Log loss on {{ train:,}} of the {{ all:,}} digits of $8 \times 8$ pixels that scikit-learn ships, grey values 0 to {{ white:.0f}}; whole-batch descent, a tanh network of {{ hidden }} hidden units, {{ seeds }} starts (seed {{ seed }}), each at the best of {{ rates }} rates for the loss {{ target }}.
Centred and raw networks start as the same functions: the first bias takes the mean back.
Raw needs {{ raw_steps:.0f}} steps (from {{ raw_least:.0f}} to {{ raw_most:.0f}}), centred {{ centred_steps:.0f}} (from {{ centred_least:.0f}} to {{ centred_most:.0f}}).
Of the {{ held }} digits held out, the raw network then reads {{ raw_right:.0%}} correctly, the centred one {{ centred_right:.0%}}.
"""

import numpy as np

from inks.stills import marks
from zigzag import network
from zigzag.architecture import Network, layers, random_weights

ALT = """Log loss against steps, falling. The dashed lines, centred, drop to the target at once; the solid
ones, raw, take about {{ faster:.0f}} times as long."""
SIZE = (4.8, 2.9)


def measure():
    from sklearn.datasets import load_digits

    seed = 3
    seeds = 5
    hidden = 32
    target = 0.2
    rates = np.geomspace(0.03, 12, 18)
    x, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    train, held = np.split(rng.permutation(len(x)), [1200])
    digits = y[train].astype(float)
    mean = x[train].mean(axis=0)
    net = Network((x.shape[1], hidden, 10))
    start = random_weights(net, seeds, rng=rng, gain=1 / x.std())
    shifted = start.copy()
    weights, biases = layers(net, shifted)[0]
    biases += mean @ weights  # the same functions, of centred inputs
    numbers = {}
    for kind, inputs, begin in ("raw", x, start), ("centred", x - mean, shifted):
        seen = inputs[train]
        won = network.learning(net, begin, seen, digits, rates=rates, target=target, limit=400)
        losses, ends = network.training(net, begin, seen, digits, rate=won.rate, steps=won.steps)
        read = network.outputs(net, ends, inputs[held]).argmax(axis=-1)
        least, median, most = won.span
        numbers[f"{kind}_losses"] = losses
        numbers[f"{kind}_rates"] = won.rate
        numbers[f"{kind}_steps"] = median
        numbers[f"{kind}_least"] = least
        numbers[f"{kind}_most"] = most
        numbers[f"{kind}_edges"] = won.edge.sum()
        numbers[f"{kind}_right"] = (read == y[held]).mean()
    return {
        # the experiment
        "seed": seed,
        "seeds": seeds,
        "hidden": hidden,
        "target": target,
        "rates": len(rates),
        # the digits
        "all": len(x),
        "train": len(train),
        "held": len(held),
        "white": x.max(),
        "mean_share": mean @ mean / (x[train] ** 2).sum(axis=1).mean(),
        # the two races
        **numbers,
        "faster": numbers["raw_steps"] / numbers["centred_steps"],
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(ylim=(0, 2.6), xlabel="step", yticks=[0, 1, 2])
    ax.set_title("log loss", loc="left")
    ax.axhline(data["target"], color=ink.goal, lw=1)
    marks.note(ax, ink, "target", (14, data["target"]), (0, 3), color=ink.goal)
    for kind, at in ("raw", (24, 1.3)), ("centred", (8, 0.6)):
        style = marks.look(ink, centred=kind == "centred")
        ax.plot(data[f"{kind}_losses"], lw=1.1, **style)
        marks.note(ax, ink, kind, at, color=style["color"])
