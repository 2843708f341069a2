r"""On real handwritten digits a network learns {{ faster:.0f}} times faster once the mean is gone.

Log loss on {{ train:,}} of the {{ all:,}} digits of $8 \times 8$ pixels that scikit-learn ships, grey values 0 to {{ white:.0f}}; whole-batch descent, a tanh network of {{ hidden }} hidden units, {{ seeds }} starts (seed {{ seed }}), each at the best of {{ rates }} rates for the loss {{ target }}.
Centred and raw networks start as the same functions: the first bias takes the mean back.
Raw needs {{ raw_steps:.0f}} steps (from {{ raw_least:.0f}} to {{ raw_most:.0f}}), centred {{ centred_steps:.0f}} (from {{ centred_least:.0f}} to {{ centred_most:.0f}}).
Of the {{ held }} digits held out, the raw network then reads {{ raw_right:.0%}} correctly, the centred one {{ centred_right:.0%}}.
"""

import numpy as np

from inks import charts
from zigzag import architecture, network

ALT = """Log loss against steps, falling. The dashed lines, centred, drop to the target at once; the solid
ones, raw, take about {{ faster:.0f}} times as long."""
SIZE = (4.8, 2.9)


def measure():
    from sklearn.datasets import load_digits

    seed, seeds, width, target, rates = 3, 5, 32, 0.2, np.geomspace(0.03, 12, 18)
    x, y = load_digits(return_X_y=True)
    rng, net = np.random.default_rng(seed), architecture.Network((x.shape[1], width, 10))
    train, held = np.split(rng.permutation(len(x)), [1200])
    out = {"seed": seed, "seeds": seeds, "hidden": width, "target": target, "rates": len(rates)}
    out |= {"all": len(x), "train": len(train), "held": len(held), "white": x.max()}
    start, mean = (
        architecture.random_weights(net, seeds, rng=rng, gain=1 / x.std()),
        x[train].mean(axis=0),
    )
    shifted = start.copy()
    weights, biases = architecture.layers(net, shifted)[0]
    biases += mean @ weights  # the same functions, of centred inputs
    for kind, inputs, begin in ("raw", x, start), ("centred", x - mean, shifted):
        seen = inputs[train], y[train].astype(float)
        won = network.learning(net, begin, *seen, rates=rates, target=target, limit=400)
        losses, ends = network.training(net, begin, *seen, rate=won.rate, steps=won.steps)
        said = network.outputs(net, ends, inputs[held]).argmax(axis=-1)
        least, middle, most = won.span
        out |= {f"{kind}_losses": losses, f"{kind}_rates": won.rate, f"{kind}_steps": middle}
        out |= {f"{kind}_least": least, f"{kind}_most": most, f"{kind}_edges": won.edge.sum()}
        out[f"{kind}_right"] = (said == y[held]).mean()
    out["mean_share"] = mean @ mean / (x[train] ** 2).sum(axis=1).mean()
    return out | {"faster": out["raw_steps"] / out["centred_steps"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(ylim=(0, 2.6), xlabel="step", yticks=[0, 1, 2])
    ax.set_title("log loss", loc="left")
    ax.axhline(data["target"], color=ink.goal, lw=1)
    charts.note(ax, ink, "target", (14, data["target"]), (0, 3), color=ink.goal)
    for kind, at in ("raw", (24, 1.3)), ("centred", (8, 0.6)):
        style = charts.look(ink, centred=kind == "centred")
        ax.plot(data[f"{kind}_losses"], lw=1.1, **style)
        charts.note(ax, ink, kind, at, color=style["color"])
