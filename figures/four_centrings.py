r"""Centring the errors over the samples is centring the inputs; centring gradients or weights over the inputs is as good only for equal means and a goal across them.

Full-batch steps of a linear neuron without a bias, each row at its own best fixed rate.
Over the inputs, the sum of the weights stays what it was: no walk reaches a goal that lies partly along $(1, \dots, 1)$, and unequal means leave a valley besides.
Take out of the gradient its part along the mean $m$ itself, and a goal across $m$ is near again.

{{ sets }} data sets of {{ samples:,}} samples with {{ inputs }} inputs, those of the rotation test, seed {{ seed }}; from weights of zero until {{ tolerance:.2%}} of the distance is left.
Equal means: inputs in (0, 1).
Unequal means: the same inputs, moved to means between 0 and 2, other ones in each data set; the goal lies across the mean $m$ of the samples.
A goal anywhere is a standard normal vector.
In the first two panels the goal lies partly along the $m$ of the samples; without the gradient's part along $m$ no walk arrives there, and the last row is left empty.
Bars are medians, thin lines span the middle four fifths of the data sets; *never* says what share of the distance is left in the median after {{ limit:,}} steps.
"""

import numpy as np

from inks.stills import charts
from zigzag import centring, trials

ALT = """Three panels of bars, steps. Equal means, goal across: raw {{ across_raw:,.0f}}, all four
centrings {{ across_inputs:.0f}}. Goal anywhere: raw {{ anywhere_raw:,.0f}}, inputs and errors
{{ anywhere_inputs:.0f}}, gradient and weights never. Unequal means: raw {{ unequal_raw:,.0f}}, inputs and
errors {{ unequal_inputs:.0f}}, gradient and weights never, off the mean {{ unequal_mean:.0f}}."""
SIZE = (4.8, 3.1)
ROWS = {
    "raw": "nothing",
    "inputs": "inputs",
    "errors": "errors",
    "gradient": "gradient",
    "weights": "weights",
    "mean": "gradient's\npart along $m$",
}
PANELS = {
    "across": "equal means,\ngoal across",
    "anywhere": "equal means,\ngoal anywhere",
    "unequal": "unequal means,\ngoal across $m$",
}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    limit = 2500
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    anywhere = rng.normal(size=(sets, inputs))
    unequal = x - 0.5 + rng.uniform(0, 2, size=(sets, 1, inputs))
    off_mean = centring.across(anywhere, unequal.mean(axis=1))
    problems = {
        "across": (x, goal),
        "anywhere": (x, anywhere),
        "unequal": (unequal, off_mean),
    }
    numbers = {}
    for problem, (seen, weights) in problems.items():
        walks = centring.four_centrings(seen, weights, tolerance=tolerance, limit=limit)
        for name, walked in walks.items():
            numbers[f"{problem}_{name}"] = np.median(walked.steps)
            numbers[f"{problem}_{name}_span"] = np.quantile(walked.steps, [0.1, 0.9])
            numbers[f"{problem}_{name}_left"] = np.median(walked.left)
            numbers[f"{problem}_{name}_kappa"] = np.median(walked.kappa)
    along = x.sum(axis=2)  # what a weight vector (1, …, 1) says
    share = along.var(axis=1) / (along**2).mean(axis=1)
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "limit": limit,
        # steps, what is left, and κ, of each centring in each problem
        **numbers,
        # of the mean square of a part along (1, …, 1), what no bias can take
        "bias_leaves": np.median(share),
    }


def draw(fig, ink, data):
    axes = fig.subplots(1, 3, sharey=True)
    for ax, (problem, title) in zip(axes, PANELS.items(), strict=True):
        rows = {label: [bar(data, problem, name)] for name, label in ROWS.items()}
        charts.bars(ax, ink, rows, title=title, stretch=1.75)
        for place, name in enumerate(ROWS):
            if never(data, problem, name) and name != "mean":
                left = data[f"{problem}_{name}_left"]
                endless(ax, ink, place, f"never: {left:.0%} left")
    beside = {"transform": axes[0].get_yaxis_transform(), "clip_on": False}
    for first, words in (1, "over the\nsamples"), (3, "over the\ninputs"):
        axes[0].plot([-0.72, -0.72], [first - 0.3, first + 1.3], color=ink.text, lw=0.9, **beside)
        style = {"rotation": 90, "ha": "right", "va": "center", "multialignment": "center"}
        axes[0].text(-0.76, first + 0.5, words, **style, **beside)
    head = {"ha": "right", "va": "bottom", "color": ink.muted}
    axes[0].text(-0.12, -0.64, "mean taken\nout of…", **head, **beside)


def never(data, problem, name):
    """Whether the walks of a bar have not arrived."""
    return data[f"{problem}_{name}_left"] > data["tolerance"]


def bar(data, problem, name):
    """The bar of one centring in one problem, without a length if its walks never arrive."""
    if never(data, problem, name):
        return charts.Bar(np.nan, (0, 0), words="")
    key = f"{problem}_{name}"
    return charts.Bar(data[key], data[f"{key}_span"], centred=name != "raw")


def endless(ax, ink, place, words):
    """A bar that leaves the panel, and what it says."""
    edge = ax.get_xlim()[1]
    ax.barh(place, edge, 0.62, color=ink.raw, lw=0)
    ax.text(edge / 2, place, words, color=ink.paper, ha="center", va="center_baseline")
