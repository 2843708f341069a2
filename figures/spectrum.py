r"""In the spectrum of the inputs, the mean is one spike far outside the bulk.

Eigenvalues of $E\,xx^{\mathsf T}$ for {{ inputs }} inputs in (0, 1) and {{ samples }} samples, from {{ runs }} data sets, on a logarithmic axis.
The line is the Marchenko–Pastur law, for inputs without a mean: it ends at {{ low:.4f}} and {{ high:.4f}}, and the bulk, on average over the data sets, at {{ bottom:.4f}} and {{ top:.4f}}.
The spike lies at {{ measured:.2f}} ± {{ deviation:.2f}} (one standard deviation); the formula says {{ predicted:.2f}}.
"""

import numpy as np

from inks import marks
from zigzag import curvature, data, spectrum

ALT = """A logarithmic axis of eigenvalues. On the left a hill of bars under a smooth curve, marked bulk.
Far to the right, beyond an empty stretch, two thin short bars side by side, marked the mean."""
SIZE = (4.8, 2.5)


def measure():
    rng, runs, d, n, mean, variance = np.random.default_rng(1), 20, 100, 400, 0.5, 1 / 12
    x = data.uniform(runs, n, d, rng=rng, low=mean - 0.5, high=mean + 0.5)
    bulk, spikes = np.split(curvature.eigenvalues(curvature.second_moment(x)), [d - 1], axis=1)
    low, high = spectrum.bulk_edges(d / n, variance)
    law = np.linspace(low, high, 401)
    density = np.sqrt((high - law) * (law - low)) / (2 * np.pi * variance * d / n * law)
    out = {"runs": runs, "inputs": d, "samples": n, "low": low, "high": high, "law": law}
    out |= {"density": density, "bulk": bulk.ravel(), "spikes": spikes.ravel()}
    out |= {"measured": spikes.mean(), "deviation": spikes.std(ddof=1)}
    out |= {"bottom": bulk[:, 0].mean(), "top": bulk[:, -1].mean()}
    out |= {"predicted": spectrum.spike(d, n, mean, variance)}
    return out | {"gap": out["measured"] / out["top"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    bins = np.geomspace(0.01, 100, 121)
    for values, colour in (data["bulk"], ink.raw), (data["spikes"], ink.mean):
        weight = 1 / (len(data["bulk"]) * np.log(bins[1] / bins[0]))
        look = {"histtype": "stepfilled", "fc": (colour, 0.45), "ec": colour, "lw": 0.8}
        ax.hist(values, bins, weights=np.full(len(values), weight), **look)
    curve = data["law"] * data["density"]
    ax.plot(data["law"], curve, color=ink.text, lw=1.4)
    ax.set(xscale="log", xlim=(0.012, 60), ylim=(0, 1.3 * curve.max()), yticks=[])
    ax.set_xlabel("eigenvalue")
    ax.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.tick_params(which="minor", bottom=False)
    ax.spines["left"].set_visible(False)
    bulk = f"bulk: {data['inputs'] - 1} of {data['inputs']}"
    marks.note(ax, ink, bulk, (0.065, 1.1 * curve.max()), color=ink.raw, ha="center")
    place = data["measured"], 0.26 * curve.max()
    marks.note(ax, ink, f"the mean:\n{data['measured']:.2f}", place, color=ink.mean, ha="center")
    ends, height = (data["top"], 0.9 * data["measured"]), 0.1 * curve.max()
    middle = np.sqrt(np.prod(ends))
    ax.plot(ends, [height] * 2, "|-", color=ink.muted, lw=0.8)
    marks.note(ax, ink, f"{data['gap']:.0f} times", (middle, height), (0, 4), ha="center")
