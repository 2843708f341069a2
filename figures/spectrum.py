r"""In the spectrum of independent inputs, the mean is one spike far outside the bulk.

Eigenvalues of $E\,xx^{\mathsf T}$ for {{ inputs }} inputs in (0, 1) and {{ samples }} samples, from {{ runs }} data sets, on a logarithmic axis.
The line is the Marchenko–Pastur law, for inputs without a mean: it ends at {{ low:.4f}} and {{ high:.4f}}, and the bulk, on average over the data sets, at {{ bottom:.4f}} and {{ top:.4f}}.
The spike lies at {{ measured:.2f}} ± {{ deviation:.2f}} (one standard deviation); the formula says {{ predicted:.2f}}.
"""

import numpy as np

from inks.stills import marks
from zigzag import curvature, data, spectrum

ALT = """A logarithmic axis of eigenvalues. On the left a hill of bars under a smooth curve, marked bulk.
Far to the right, beyond an empty stretch, two thin short bars side by side, marked the mean."""
SIZE = (4.8, 2.5)


def measure():
    runs = 20
    inputs = 100
    samples = 400
    mean = 0.5
    variance = 1 / 12
    aspect = inputs / samples
    rng = np.random.default_rng(1)
    x = data.uniform(runs, samples, inputs, rng=rng, low=mean - 0.5, high=mean + 0.5)
    eigenvalues = curvature.eigenvalues(curvature.second_moment(x))
    bulk, spikes = np.split(eigenvalues, [inputs - 1], axis=1)
    low, high = spectrum.bulk_edges(aspect, variance)
    law = np.linspace(low, high, 401)
    height = np.sqrt((high - law) * (law - low))
    density = height / (2 * np.pi * variance * inputs / samples * law)
    measured = spikes.mean()
    top = bulk[:, -1].mean()
    return {
        # the experiment
        "runs": runs,
        "inputs": inputs,
        "samples": samples,
        # what the laws say
        "low": low,
        "high": high,
        "law": law,
        "density": density,
        "predicted": spectrum.spike(inputs, samples, mean, variance),
        # what was counted
        "bulk": bulk.ravel(),
        "spikes": spikes.ravel(),
        "measured": measured,
        "deviation": spikes.std(ddof=1),
        "bottom": bulk[:, 0].mean(),
        "top": top,
        "gap": measured / top,
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    bins = np.geomspace(0.01, 100, 121)
    width = np.log(bins[1] / bins[0])
    weight = 1 / (len(data["bulk"]) * width)
    for values, colour in (data["bulk"], ink.raw), (data["spikes"], ink.mean):
        look = {"histtype": "stepfilled", "fc": (colour, 0.45), "ec": colour, "lw": 0.8}
        ax.hist(values, bins, weights=np.full(len(values), weight), **look)
    curve = data["law"] * data["density"]
    top = curve.max()
    ax.plot(data["law"], curve, color=ink.text, lw=1.4)
    ax.set(xscale="log", xlim=(0.012, 60), ylim=(0, 1.3 * top), yticks=[])
    ax.set_xlabel("eigenvalue")
    ax.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.tick_params(which="minor", bottom=False)
    ax.spines["left"].set_visible(False)
    bulk = f"bulk: {data['inputs'] - 1} of {data['inputs']}"
    mean = f"the mean:\n{data['measured']:.2f}"
    marks.note(ax, ink, bulk, (0.065, 1.1 * top), color=ink.raw, ha="center")
    marks.note(ax, ink, mean, (data["measured"], 0.26 * top), color=ink.mean, ha="center")
    start = data["top"]
    end = 0.9 * data["measured"]
    middle = np.sqrt(start * end)
    ax.plot([start, end], [0.1 * top, 0.1 * top], "|-", color=ink.muted, lw=0.8)
    gap = f"{data['gap']:.0f} times"
    marks.note(ax, ink, gap, (middle, 0.1 * top), (0, 4), ha="center")
