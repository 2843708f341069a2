r"""The sigmoid's mean costs while the weights start small; where they start large, no centring helps.

Steps of whole-batch descent until a {{ hidden }}-{{ hidden }} sigmoid network separates two moons ({{ points }} points, log loss {{ target }}), at the one of {{ rates }} rates at which three quarters of the starts arrive first, against the scale of the starting weights, in units of $1/\sqrt{\text{inputs} }$.
$\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions.
Dots are medians of {{ seeds }} starts, seed {{ seed }}, drawn a little apart; bars span the middle half.
At scale {{ small }} the mean costs a factor of {{ small_price:.1f}}; at scale {{ large }} no rate brought three quarters of the starts home, centred or not, when we gave up, after {{ limit }} steps, the upper edge.

Steps are interpolated between the two that enclose the arrival, and gradients are rounded to within one in 5,000 of their largest entry: so the numbers do not depend on how a processor rounds.
"""

import numpy as np

from inks.stills import charts
from zigzag import data
from zigzag.architecture import Network, random_weights
from zigzag.network import learning_at_common_rate

ALT = """Steps against scale, both logarithmic. The solid line of the sigmoid lies far above the dashed line
of the centred one on the left; both rise to the upper edge on the right."""
SIZE = (4.8, 3.0)


def measure():
    seed = 11
    seeds = 9
    width = 16
    target = 0.05
    limit = 300
    points = 200
    rng = np.random.default_rng(seed)
    scales = np.array([1.0, 4.0, 16.0, 64.0])
    rates = np.geomspace(3, 80, 8)
    x, y = data.two_moons(points, rng=rng)
    widths = (2, width, width, 1)
    start = random_weights(Network(widths, "logistic"), seeds, rng=rng)
    quartiles = {}
    edges = 0
    for kind, shift in (("raw", 0.0), ("centred", -0.5)):
        net = Network(widths, "logistic", shift=shift)
        steps = []
        for scale in scales:
            w = scale * start
            best = learning_at_common_rate(net, w, x, y, rates=rates, target=target, limit=limit)
            steps.append(best.quartiles)
            edges += best.edge
        quartiles[kind] = np.array(steps)
    raw = quartiles["raw"][:, 1]
    centred = quartiles["centred"][:, 1]
    return {
        # the experiment
        "seed": seed,
        "seeds": seeds,
        "hidden": width,
        "target": target,
        "limit": limit,
        "rates": len(rates),
        "points": points,
        "scales": scales,
        "small": int(scales[0]),
        "large": int(scales[-1]),
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # quartiles of the steps at each scale, and what their medians say
        **quartiles,
        "best": raw.min(),
        "best_centred": centred.min(),
        "small_price": raw[0] / centred[0],
    }


def draw(fig, ink, data):
    ax = charts.log_axes(fig.subplots(), x=data["scales"], y=[20, 50, 100, data["limit"]])
    ax.set(xlim=(0.8, 80), ylim=(15, 370), xlabel="scale of the starting weights")
    ax.set_title("steps", loc="left")
    ax.axhline(data["limit"], color=ink.muted, lw=0.7)
    for kind, label, at, shift, aside in (
        ("raw", r"$\sigma$", 0, (8, 6), 1 / 1.05),
        ("centred", r"$\sigma - ½$", 1, (8, 8), 1.05),
    ):
        low, steps, high = data[kind].T
        scales = data["scales"] * aside  # or one bar would hide the other
        charts.line(
            ax,
            ink,
            scales,
            steps,
            label,
            shift,
            centred=kind == "centred",
            spread=(low, high),
            at=at,
        )
