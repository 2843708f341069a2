r"""On real handwritten digits a network learns {{ faster:.0f}} times faster once the mean is gone.

Log loss on {{ train:,}} of the {{ all:,}} digits of $8 \times 8$ pixels that scikit-learn ships, grey values 0 to {{ white:.0f}}; whole-batch descent, a tanh network of {{ hidden }} hidden units, {{ seeds }} starts (seed {{ seed }}), each at the best of {{ rates }} rates for the loss {{ target }}.
Centred and raw networks start as the same functions: the first bias takes the mean back.
Raw needs {{ raw_steps:.0f}} steps (from {{ raw_least:.0f}} to {{ raw_most:.0f}}), centred {{ centred_steps:.0f}} (from {{ centred_least:.0f}} to {{ centred_most:.0f}}).
Of the {{ held }} digits held out, both then read {{ raw_right:.0%}} and {{ centred_right:.0%}} correctly.
"""

from functools import partial

import numpy as np

from inks import marks
from zigzag import descent
from zigzag.network import Network, layers, loss_and_gradient, outputs, race, random_weights

ALT = """Log loss against steps, falling. The dashed lines, centred, drop to the target at once; the solid
ones, raw, take about {{ faster:.0f}} times as long."""
SIZE = (4.8, 2.9)


def measure():
    from sklearn.datasets import load_digits

    seed, seeds, width, target, rates = 3, 5, 32, 0.2, np.geomspace(0.03, 12, 18)
    x, y = load_digits(return_X_y=True)
    rng, net = np.random.default_rng(seed), Network((x.shape[1], width, 10))
    order, mean = rng.permutation(len(x)), 0.0
    train, held = order[:1200], order[1200:]
    out = {"seed": seed, "seeds": seeds, "hidden": width, "target": target, "rates": len(rates)}
    out |= {"all": len(x), "train": len(train), "held": len(held), "white": x.max()}
    start = random_weights(net, seeds, rng=rng, gain=1 / x.std())
    for kind in ("raw", "centred"):
        inputs = x - mean
        objective = partial(loss_and_gradient, net, x=inputs[train], y=y[train].astype(float))
        won = race(objective, start, rates=rates, target=target, limit=400)
        walk = descent.gradient_descent(lambda w, f=objective: f(w)[1], start, rate=won.rate)
        path = descent.path(walk, steps=int(won.steps.max()))
        out[f"{kind}_losses"] = objective(path)[0]
        end = path[won.steps, np.arange(seeds)]
        said = outputs(net, end, inputs[held]).argmax(axis=-1)
        out |= {f"{kind}_right": (said == y[held]).mean(), f"{kind}_steps": np.median(won.steps)}
        out |= {f"{kind}_least": won.steps.min(), f"{kind}_most": won.steps.max()}
        out[f"{kind}_rates"] = won.rate
        out[f"{kind}_edges"] = np.isin(won.rate, rates[[0, -1]]).sum()
        mean = x[train].mean(axis=0)  # the other case: centred, the same functions
        weights, biases = layers(net, start)[0]
        biases += mean @ weights
    out["mean_share"] = mean @ mean / (x[train] ** 2).sum(axis=1).mean()
    return out | {"faster": out["raw_steps"] / out["centred_steps"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(ylim=(0, 2.6), xlabel="step", yticks=[0, 1, 2])
    ax.set_title("log loss", loc="left")
    ax.axhline(data["target"], color=ink.goal, lw=1)
    marks.note(ax, ink, "target", (14, data["target"]), (0, 3), color=ink.goal)
    for kind, at, colour, dash in (
        ("raw", (24, 1.3), ink.raw, "-"),
        ("centred", (8, 0.6), ink.centred, "--"),
    ):
        ax.plot(data[f"{kind}_losses"], color=colour, ls=dash, lw=1.1)
        marks.note(ax, ink, kind, at, color=colour)
