r"""Which harm of the sigmoid costs more depends on how large its inputs start.

Steps of whole-batch descent until a {{ hidden }}-{{ hidden }} sigmoid network separates two moons (log loss {{ target }}), each at the best of {{ rates }} rates, against the scale of the starting weights, in units of $1/\sqrt{\text{inputs} }$.
$\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions.
Dots are medians of {{ seeds }} starts, seed {{ seed }}; bars span all of them; the upper edge, {{ limit }} steps, is where we gave up.
At scale {{ small }} the mean costs a factor of {{ small_price:.1f}}; at scale {{ large }} saturation costs both far more, and the median walk of $\sigma$ did not arrive.
"""

from functools import partial

import numpy as np

from inks import marks
from zigzag import data
from zigzag.network import Network, absorbed, loss_and_gradient, race, random_weights

ALT = """Steps against scale, both logarithmic. The solid line of the sigmoid lies far above the dashed line
of the centred one on the left; both rise steeply on the right, the solid one to the upper edge."""
SIZE = (4.8, 3.0)


def measure():
    seed, seeds, width, target, limit = 11, 5, 16, 0.05, 600
    rng, scales, rates = np.random.default_rng(seed), 4.0 ** np.arange(4), np.geomspace(1, 150, 12)
    x, y = data.two_moons(200, rng=rng)
    net = Network((2, width, width, 1), "logistic")
    start = random_weights(net, seeds, rng=rng)
    out = {"seed": seed, "seeds": seeds, "hidden": width, "target": target, "limit": limit}
    out |= {"rates": len(rates), "scales": scales, "edges": 0}
    for kind, shift in (("raw", 0.0), ("centred", -0.5)):
        shifted, spans = Network(net.widths, "logistic", shift=shift), []
        objective = partial(loss_and_gradient, shifted, x=x, y=y)
        for scale in scales:
            begin = absorbed(shifted, scale * start)
            won = race(objective, begin, rates=rates, target=target, limit=limit)
            out["edges"] += int(np.isin(won.rate, rates[[0, -1]]).sum())
            spans.append(np.quantile(won.steps, [0, 0.5, 1]))
        out[kind] = np.array(spans)
    out |= {"small": int(scales[0]), "large": int(scales[-1])}
    price = out["raw"][:, 1] / out["centred"][:, 1]
    out |= {"small_price": price[0], "middle": int(scales[2]), "middle_price": price[2]}
    return out | {"best": out["raw"][:, 1].min(), "best_centred": out["centred"][:, 1].min()}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xscale="log", yscale="log", xlim=(0.8, 80), ylim=(15, 700))
    ax.set_xticks(data["scales"], [f"{scale:.0f}" for scale in data["scales"]])
    ax.set_yticks([20, 60, 200, data["limit"]], ["20", "60", "200", f"{data['limit']}"])
    ax.minorticks_off()
    ax.set_xlabel("scale of the starting weights")
    ax.set_title("steps", loc="left")
    ax.axhline(data["limit"], color=ink.muted, lw=0.7)
    for kind, label, colour, dash, shift in (
        ("raw", r"$\sigma$", ink.raw, "-", (8, 2)),
        ("centred", r"$\sigma - ½$", ink.centred, "--", (0, -20)),
    ):
        low, steps, high = data[kind].T
        ax.plot(data["scales"], steps, color=colour, ls=dash, marker="o", ms=4)
        ax.vlines(data["scales"], low, high, color=colour, lw=1)
        marks.note(ax, ink, label, (1, steps[0]), shift, color=colour)
