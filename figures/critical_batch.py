r"""A mean in the inputs limits the batch that is useful to plain descent: beyond the marked size, a sample earns less than half.

Steps of plain stochastic descent, each batch at its own best rate; the neuron is linear and has no bias, and the targets have no noise.
A batch that pays in full halves the steps when it doubles: the dotted lines. An arrow marks the **half-pay size**, where a batch takes twice as many steps as that: {{ uniform_half:.1f}} samples for inputs in (0, 1), {{ relu_half:.0f}} for ReLU outputs, {{ centred_half:.0f}} for centred inputs.

There are {{ inputs }} inputs; walks go from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left, on fresh samples.
The rate is the best of {{ rates }} between {{ lowest }} and {{ highest }} times $B/(\mathrm{tr}\,H + (B-1)\lambda_1)$, closest together near the limit; $B$ is the size of a batch, $\mathrm{tr}\,H$ the sum of all curvatures, $\lambda_1$ the largest.
Dots are medians of {{ walkers }} walks, seed {{ seed }}; thin bars span the middle four fifths.
The half-pay size is no reading of the dots: it comes from the exact recursion of the mean square, for these inputs and their number.
"""

from functools import partial

import numpy as np

from inks.stills import charts, marks
from zigzag import data, mean_square, penalty, trials, tuning

ALT = """Steps against batch size on logarithmic axes. The dashed line, centred inputs, falls straight
until the largest batches. The solid lines of ReLU outputs and of inputs in (0, 1) fall with it at
first and then become level, the upper one sooner. On each, an arrow leads from the dotted line of
full pay up to the curve, at {{ uniform_half:.1f}}, {{ relu_half:.0f}} and {{ centred_half:.0f}} samples."""
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
        numbers |= exact(case, inputs, sizes, tolerance)
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
        # steps and rates of each case, and what the recursion says
        **numbers,
    }


def exact(case, inputs, sizes, tolerance):
    """What the recursion says of a case: steps, sizes of batches, and what their samples earn."""
    q = data.law(case).q
    powers = data.powers(case)
    folds = mean_square.fold_steps(powers, inputs, sizes)
    critical = penalty.critical_batch(q, inputs)
    return {
        f"{case}_exact": folds * np.log(1 / tolerance),
        f"{case}_half": mean_square.exact_half_pay(powers, inputs),
        f"{case}_critical": critical,
        f"{case}_pay": mean_square.pay(powers, inputs, critical),
        f"{case}_ceiling": penalty.batch_ceiling(q, inputs),
    }


def draw(fig, ink, data):
    sizes = data["batches"]
    ax = charts.log_axes(fig.subplots(), x=sizes, y=[10, 100, 1000], title="steps")
    ax.set(xlim=(0.85, 1800), ylim=(4, 4000), xlabel="batch size")
    for case, label in CASES.items():
        steps = data[case]
        spread = (data[f"{case}_low"], data[f"{case}_high"])
        charts.line(ax, ink, sizes, steps, label, centred=case == "centred", spread=spread)
        half = data[f"{case}_half"]
        full_pay = steps[0] / half
        ax.plot([1, half], [steps[0], full_pay], ":", color=ink.text, lw=1.1, zorder=2)
        arrow = {"arrowstyle": "-|>", "color": ink.mean, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (half, 2 * full_pay), (half, full_pay), arrowprops=arrow, zorder=5)
        words = f"half pay: {half:.1f}" if half < 10 else f"half pay: {half:.0f}"
        beside = {"va": "center"} if half < 100 else {"va": "top", "ha": "center"}
        shift = (7, 2) if half < 100 else (0, -3)
        marks.note(ax, ink, words, (half, full_pay), shift, color=ink.mean, **beside)
