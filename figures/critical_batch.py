r"""A larger batch pays in full up to a critical size, and then buys less and less.

Steps of stochastic descent, each case at the best of {{ rates }} rates between {{ lowest }} and {{ highest }} times a classical one, closest together near the limit.
There are {{ inputs }} inputs; from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left.
Medians of {{ walkers }} walks, seed {{ seed }}; thin bars for the middle four fifths.
Dotted lines are batches that pay in full; each ends with a triangle at its critical size.
"""

import numpy as np

from inks import marks
from zigzag import data, descent, gradients, penalty
from zigzag.activations import ACTIVATIONS, Moments, moments

ALT = """Steps against batch size on logarithmic axes. The dashed line, centred inputs, falls straight
until the largest batches. The solid lines of ReLU outputs and of inputs in (0, 1) fall with it at
first and then become level, the upper one sooner. Triangles mark where."""
SIZE = (4.8, 3.1)
CASES = {"uniform": "in (0, 1)", "relu": "ReLU outputs", "centred": "centred"}


def fresh(case, goal, shape, rng):
    """Endless new batches, the same for all rates."""
    while True:
        if case == "relu":
            x = ACTIVATIONS["relu"](rng.normal(size=shape))
        else:
            x = data.uniform(*shape, rng=rng) - 0.5 * (case == "centred")
        yield x, x @ goal


def measure():
    d, tolerance, seed, walkers = 50, 1e-4, 6, 9
    batches = np.array([1, 2, 4, 8, 16, 64, 256])
    rates = 2 - np.geomspace(1.4, 0.005, 24)  # in units of Ma's rate; beyond 2 no batch converges
    out = {"inputs": d, "tolerance": tolerance, "seed": seed, "walkers": walkers}
    out |= {"batches": batches, "largest": batches[-1], "rates": len(rates), "edges": 0}
    out |= {"lowest": rates[0], "highest": rates[-1]}
    laws = {"uniform": Moments(0.5, 1 / 12), "relu": moments("relu"), "centred": Moments(0, 1 / 12)}
    goal = np.random.default_rng(seed).normal(size=d) @ (np.eye(d) - 1 / d)
    for case, law in laws.items():
        spans, chosen, limit = [], [], 3000
        for size in batches:
            steep = law.variance + d * law.mean**2
            trace = d * (law.variance + law.mean**2)
            rate = rates[:, None] * size / (trace + (size - 1) * steep)
            new = fresh(case, goal, (walkers, size, d), np.random.default_rng(seed))
            walk = descent.gradient_descent(
                gradients.on_batches(new),
                np.zeros((len(rates), walkers, d)),
                rate=np.repeat(rate, walkers, axis=1),
            )
            end = descent.arrival(walk, goal, tolerance=tolerance, limit=limit)
            steps = np.where(end.arrived, end.steps, limit)
            middle = np.median(steps, axis=1)
            chosen.append(int(middle.argmin()))
            out["edges"] += int(middle.min() < middle[1:-1].min())  # is the grid too narrow?
            spans.append(np.quantile(steps[chosen[-1]], [0.1, 0.5, 0.9]))
            limit = int(1.2 * spans[-1][2])  # a larger batch does not take longer
        out[f"{case}_low"], out[case], out[f"{case}_high"] = np.transpose(spans)
        out[f"{case}_rates"] = rates[chosen]
        out[f"{case}_gain"] = out[case][0] / out[case][-1]
        out[f"{case}_critical"] = penalty.critical_batch(law.q, d)
        out[f"{case}_ceiling"] = penalty.batch_ceiling(law.q, d)
    return out


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xscale="log", yscale="log", xlim=(0.85, 1800), ylim=(6, 4000), xlabel="batch size")
    ax.set_xticks(data["batches"], [str(b) for b in data["batches"]])
    ax.set_yticks([10, 100, 1000], ["10", "100", "1,000"])
    ax.minorticks_off()
    ax.set_title("steps", loc="left")
    for case, label in CASES.items():
        colour, dash = (ink.centred, "--") if case == "centred" else (ink.raw, "-")
        batches, steps, size = data["batches"], data[case], data[f"{case}_critical"]
        ax.plot(batches, steps, color=colour, ls=dash, marker="o", ms=4)
        ax.vlines(batches, data[f"{case}_low"], data[f"{case}_high"], color=colour, lw=1)
        ax.plot([1, size], [steps[0], steps[0] / size], ":", color=ink.mean, lw=1.2, zorder=4)
        ax.plot(size, steps[0] / size, "v", ms=7, color=ink.mean, zorder=5)
        marks.note(ax, ink, label, (batches[-1], steps[-1]), (9, 0), color=colour, va="center")
    marks.note(ax, ink, "critical size", (size, steps[0] / size), (-8, -3), ha="right", va="center")
