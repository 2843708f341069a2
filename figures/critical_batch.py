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
    inputs = 50
    seed = 6
    walkers = 9
    tolerance = 1e-4
    sizes = np.array([1, 2, 4, 8, 16, 64, 256])
    rates = 2 - np.geomspace(1.4, 0.005, 24)  # beyond 2 no batch converges
    goal = trials.zero_sum(inputs, rng=np.random.default_rng(seed))
    numbers = {}
    edges = 0
    for case in CASES:
        law = data.law(case)
        winners = []
        limit = 3000
        for size in sizes:
            unit = penalty.batch_rate(law.q, inputs, size, variance=law.variance)
            rng = np.random.default_rng(seed)
            winner = tuning.stochastic(
                partial(data.inputs, case, walkers, size, inputs, rng=rng),
                goal,
                rates=rates * unit,
                walkers=walkers,
                tolerance=tolerance,
                limit=limit,
            )
            winners.append(winner)
            limit = int(1.2 * winner.span[1])  # a larger batch does not take longer
        steps = np.array([winner.median for winner in winners])
        low, high = np.transpose([winner.span for winner in winners])
        numbers[case] = steps
        numbers[f"{case}_low"] = low
        numbers[f"{case}_high"] = high
        numbers[f"{case}_gain"] = steps[0] / steps[-1]
        numbers[f"{case}_rates"] = rates[[winner.place for winner in winners]]
        numbers[f"{case}_critical"] = penalty.critical_batch(law.q, inputs)
        numbers[f"{case}_ceiling"] = penalty.batch_ceiling(law.q, inputs)
        edges += sum(winner.edge for winner in winners)
    return {
        # the experiment
        "walkers": walkers,
        "tolerance": tolerance,
        "inputs": inputs,
        "seed": seed,
        "batches": sizes,
        "largest": sizes[-1],
        "rates": len(rates),
        "lowest": rates[0],
        "highest": rates[-1],
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # steps, rates and critical size of each case
        **numbers,
    }


def draw(fig, ink, data):
    sizes = data["batches"]
    ax = charts.log_axes(fig.subplots(), x=sizes, y=[10, 100, 1000], title="steps")
    ax.set(xlim=(0.85, 1800), ylim=(6, 4000), xlabel="batch size")
    for case, label in CASES.items():
        steps = data[case]
        spread = (data[f"{case}_low"], data[f"{case}_high"])
        charts.line(ax, ink, sizes, steps, label, centred=case == "centred", spread=spread)
        critical = data[f"{case}_critical"]
        least = steps[0] / critical  # if batches pay in full until there
        ax.plot([1, critical], [steps[0], least], ":", color=ink.mean, lw=1.2, zorder=4)
        ax.plot(critical, least, "v", ms=7, color=ink.mean, zorder=5)
    marks.note(ax, ink, "critical size", (critical, least), (-8, -3), ha="right", va="center")
