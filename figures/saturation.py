r"""In little sigmoid networks on two moons the mean costs a factor of {{ small_price[1]:.1f}} where the weights start small; where they start very large, many never arrive, with it or without.

Steps of full-batch descent until a {{ hidden }}-{{ hidden }} network separates the moons, against the scale of the starting weights in units of $1/\sqrt{\text{inputs} }$; $\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions.
At scale {{ large }}, {{ raw_home }} of {{ starts }} starts arrive with the mean and {{ centred_home }} without it; the others are not there after {{ limit }} steps, the upper edge, at any rate that we tried.

Dots are medians of {{ starts }} starts, drawn a little apart, each with weights and {{ points }} points of its own (seed {{ seed }}); bars span the middle four fifths.
Each start takes the best of {{ rates }} rates for itself; the log loss to reach is {{ target }}.
Start by start, the mean costs a factor of {{ prices[0][1]:.1f}} ({{ prices[0][0]:.1f}} to {{ prices[0][2]:.1f}} in the middle four fifths) at scale {{ scales[0]:.0f}}, {{ prices[1][1]:.1f}} ({{ prices[1][0]:.1f}} to {{ prices[1][2]:.1f}}) at scale {{ scales[1]:.0f}} and {{ prices[2][1]:.1f}} ({{ prices[2][0]:.1f}} to {{ prices[2][2]:.1f}}) at scale {{ scales[2]:.0f}}; the standard error of these medians is at most {{ error:.0%}}.
Arrivals are interpolated between two steps, and gradients rounded to within one in 5,000 of their largest entry, so that the numbers do not depend on how a processor rounds.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag.architecture import Network
from zigzag.network_trials import learning_times, median_error, moon_problems, paired

ALT = """Steps against scale, both logarithmic. The solid line of the sigmoid lies far above the dashed
line of the centred one at small scales; both fall, draw nearer and rise again, and at the largest
scale their bars reach the upper edge."""
SIZE = (4.8, 3.0)


def measure():
    seed = 11
    starts = 25
    width = 16
    target = 0.05
    limit = 300
    points = 100
    rng = np.random.default_rng(seed)
    scales = np.array([1.0, 4.0, 16.0, 64.0])
    rates = np.geomspace(3, 80, 8)
    widths = (2, width, width, 1)
    w, x, y = moon_problems(Network(widths, "logistic"), starts, points, rng=rng)
    times = {}
    home = {}
    edges = 0
    for kind, shift in (("raw", 0.0), ("centred", -0.5)):
        net = Network(widths, "logistic", shift=shift)
        races = [
            learning_times(net, scale * w, x, y, rates=rates, target=target, limit=limit)
            for scale in scales
        ]
        times[kind] = np.array([race.time for race in races])
        home[kind] = np.sum(races[-1].loss <= target)
        edges += sum(race.edge.sum() for race in races[:-1])
    pairs = list(zip(times["raw"], times["centred"], strict=True))[:-1]
    prices = [paired(*pair) for pair in pairs]
    return {
        # the experiment
        "seed": seed,
        "starts": starts,
        "hidden": width,
        "target": target,
        "limit": limit,
        "rates": len(rates),
        "points": points,
        "scales": scales,
        "small": int(scales[0]),
        "large": int(scales[-1]),
        # how often the best rate was the first or the last one tried, but for the largest scale
        "edges": edges,
        # steps at each scale: 10 %, median, 90 %; how many of the starts arrive at the largest
        "raw": quantiles(times["raw"]),
        "centred": quantiles(times["centred"]),
        "raw_home": home["raw"],
        "centred_home": home["centred"],
        # what the mean costs, start by start, at the other scales: 10 %, median, 90 %
        "prices": np.array(prices),
        "small_price": prices[0],
        "error": max(median_error(*pair) for pair in pairs),
        # how much longer the largest scale takes than the one before
        "saturated": paired(times["raw"][-1], times["raw"][-2]),
    }


def quantiles(times):
    """10 %, median and 90 % of the starts, at each scale."""
    return np.quantile(times, [0.1, 0.5, 0.9], axis=1).T


def draw(fig, ink, data):
    ax = charts.log_axes(fig.subplots(), x=data["scales"], y=[20, 50, 100, data["limit"]])
    ax.set(xlim=(0.8, 80), ylim=(13, 400), xlabel="scale of the starting weights")
    ax.set_title("steps", loc="left")
    ax.axhline(data["limit"], color=ink.muted, lw=0.7)
    late = "not there after this"
    marks.note(ax, ink, late, (4, data["limit"]), (0, 3), color=ink.muted, ha="center")
    for kind, label, at, shift, aside in (
        ("raw", r"$\sigma$", 0, (8, 6), 1 / 1.05),
        ("centred", r"$\sigma - ½$", 1, (-30, -10), 1.05),
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
    between = np.sqrt(data["raw"][:, 1] * data["centred"][:, 1])
    for scale, height, price in zip(data["scales"], between, data["prices"][:, 1], strict=False):
        words = f"{price:.1f} times"
        beside = {"ha": "right"} if scale == 16 else {}  # on its right the line rises
        shift = (-8, 2) if beside else (8, -4)
        marks.note(ax, ink, words, (scale, height), shift, va="center", size=8, **beside)
