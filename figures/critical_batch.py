r"""A larger batch pays nearly in full at first; past a critical size it buys less and less.

Steps of stochastic descent, each case at the best of {{ rates }} rates between {{ lowest }} and {{ highest }} times $B/(\mathrm{tr}\,H + (B-1)\lambda_1)$, closest together near the limit; $B$ is the size of a batch, $\mathrm{tr}\,H$ the sum of all curvatures, $\lambda_1$ the largest.
There are {{ inputs }} inputs; from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left.
Medians of {{ walkers }} walks, seed {{ seed }}; thin bars for the middle four fifths.
Dotted lines are batches that pay in full; each ends with a triangle at its critical size.
"""

from functools import partial

import numpy as np

from inks.stills import charts, marks
from zigzag import data, penalty, trials, tuning

ALT = """Steps against batch size on logarithmic axes. The dashed line, centred inputs, falls straight
until the largest batches. The solid lines of ReLU outputs and of inputs in (0, 1) fall with it at
first and then become level, the upper one sooner. Triangles mark where."""
SIZE = (4.8, 3.1)
CASES = {"uniform": "in (0, 1)", "relu": "ReLU outputs", "centred": "centred"}


def measure():
    d, seed, sizes = 50, 6, np.array([1, 2, 4, 8, 16, 64, 256])
    rates = 2 - np.geomspace(1.4, 0.005, 24)  # beyond 2 no batch converges
    race = {"walkers": 9, "tolerance": 1e-4}
    out = race | {"inputs": d, "seed": seed, "batches": sizes, "largest": sizes[-1], "edges": 0}
    out |= {"rates": len(rates), "lowest": rates[0], "highest": rates[-1]}
    goal = trials.zero_sum(d, rng=np.random.default_rng(seed))
    for case in CASES:
        law, won, limit = data.law(case), [], 3000
        for size in sizes:
            unit = penalty.batch_rate(law.q, d, size, variance=law.variance)
            rng = np.random.default_rng(seed)
            source = partial(data.inputs, case, race["walkers"], size, d, rng=rng)
            won.append(tuning.stochastic(source, goal, rates=rates * unit, limit=limit, **race))
            limit = int(1.2 * won[-1].span[1])  # a larger batch does not take longer
        steps, used = np.array([w.median for w in won]), [w.place for w in won]
        low, high = np.transpose([w.span for w in won])
        out |= {case: steps, f"{case}_low": low, f"{case}_high": high}
        out |= {f"{case}_gain": steps[0] / steps[-1], f"{case}_rates": rates[used]}
        out[f"{case}_critical"] = penalty.critical_batch(law.q, d)
        out[f"{case}_ceiling"] = penalty.batch_ceiling(law.q, d)
        out["edges"] += sum(w.edge for w in won)
    return out


def draw(fig, ink, data):
    sizes = data["batches"]
    ax = charts.log_axes(fig.subplots(), x=sizes, y=[10, 100, 1000], title="steps")
    ax.set(xlim=(0.85, 1800), ylim=(6, 4000), xlabel="batch size")
    for case, label in CASES.items():
        steps, size = data[case], data[f"{case}_critical"]
        spread = data[f"{case}_low"], data[f"{case}_high"]
        charts.line(ax, ink, sizes, steps, label, centred=case == "centred", spread=spread)
        ax.plot([1, size], [steps[0], steps[0] / size], ":", color=ink.mean, lw=1.2, zorder=4)
        ax.plot(size, steps[0] / size, "v", ms=7, color=ink.mean, zorder=5)
    place, left = (size, steps[0] / size), {"ha": "right", "va": "center"}
    marks.note(ax, ink, "critical size", place, (-8, -3), **left)
