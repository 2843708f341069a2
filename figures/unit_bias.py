r"""A bias can lower the largest safe rate: here {{ rate }} is safe without one, and diverges with one.

The example of Efficient BackProp: {{ samples }} samples of two classes of spread {{ spread }} whose common mean is zero, learned with full batches, from weights of zero.
Each line is one of {{ shown }} data sets, seed {{ seed }}.
Without a bias the largest eigenvalue is {{ largest:.2f}} ± {{ deviation:.2f}} (mean and standard deviation of {{ sets }} data sets), and rates below about {{ limit:.2f}} are safe.
A bias is an input that is always 1: it adds an eigenvalue of {{ largest_bias:.3f}} ± {{ deviation_bias:.3f}}, and the limit falls to {{ limit_bias:.2f}}.
"""

import numpy as np

from inks.stills import marks
from zigzag import curvature, data, descent, gradients, reading

ALT = """Two bundles of lines on a logarithmic axis of distance against steps. The dashed bundle, without a
bias, sinks. The solid one, with a bias, climbs."""
SIZE = (4.8, 2.4)


def measure():
    sets = 200
    shown = 20
    samples = 100
    rate = 2.1
    seed = 1
    spread = 0.19
    rng = np.random.default_rng(seed)
    classes = [data.gaussian_classes(samples, rng=rng, std=spread) for _ in range(sets)]
    inputs, labels = zip(*classes, strict=True)
    plain = np.stack(inputs)
    y = np.stack(labels)
    biased = np.concatenate([plain, np.ones((sets, samples, 1))], axis=-1)
    numbers = {}
    for name, x in {"": plain, "_bias": biased}.items():
        h = curvature.second_moment(x)
        moment = np.vecmat(y, x) / samples  # E[yx]: the goal solves H·goal = E[yx]
        goal = np.linalg.solve(h, moment[..., None])[..., 0]
        start = np.zeros_like(goal)
        walk = descent.gradient_descent(gradients.quadratic(h, goal), start, rate=rate)
        eigenvalues = curvature.eigenvalues(h)
        largest = eigenvalues[:, -1]
        numbers[f"errors{name}"] = reading.errors(walk, goal, steps=40)[:, :shown]
        numbers[f"largest{name}"] = largest.mean()
        numbers[f"limit{name}"] = 2 / largest.mean()
        numbers[f"deviation{name}"] = largest.std(ddof=1)
        numbers[f"least{name}"] = eigenvalues[:, 0].mean()
    return {
        "samples": samples,
        "rate": rate,
        "sets": sets,
        "shown": shown,
        "seed": seed,
        "spread": spread,
        **numbers,
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(yscale="log", xlim=(0, 40), ylim=(0.01, 60), xticks=[0, 20, 40])
    ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.minorticks_off()
    ax.set_xlabel("steps", labelpad=1)
    ax.set_title(f"distance to the goal, at rate {data['rate']}", loc="left")
    ax.plot(data["errors"], color=ink.centred, ls="--", lw=0.8)
    ax.plot(data["errors_bias"], color=ink.raw, lw=0.8)
    marks.note(ax, ink, "with a bias", (21, 12), color=ink.raw, ha="right")
    marks.note(ax, ink, "without", (9, 0.035), color=ink.centred, ha="right")
