r"""With whole batches, centring makes descent {{ gd_price:.0f}} times faster here and the heavy ball {{ ball_price:.0f}} times; Adam takes as long in this short valley as in the bowl.

Steps with raw inputs and with centred ones on the {{ sets }} data sets of the rotation test, until {{ tolerance:.2%}} of the distance to a goal across the mean is left: in the upper rows with whole batches, in the lower ones with one sample at a time.

Seed {{ seed }}, {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero.
With whole batches, gradient descent and the heavy ball take the best settings for the spectrum of each data set.
All others take the best of {{ rates }} rates, the same for all data sets, and the heavy ball, one sample at a time, the best of {{ momenta }} momenta as well: {{ ball_one_momentum:.1f}} raw and {{ ball_one_momentum_centred:.1f}} centred, where it is plain descent.
Bars are medians; thin lines span the middle four fifths of the data sets.
Sign descent, one sample at a time and at the best fixed rate, has {{ sign_left:.3f}} of the distance left after {{ limit:,}} steps on raw inputs, and {{ sign_left_centred:.3f}} on centred ones.
"""

from functools import partial

import numpy as np

from inks.stills import charts, marks
from zigzag import curvature, descent, gradients, normalise, reading, trials, tuning

ALT = """Pairs of bars, raw and centred. Whole batches: gradient descent {{ gd:.0f}} and {{ gd_centred:.0f}}
steps, heavy ball {{ ball:.0f}} and {{ ball_centred:.0f}}, Adam {{ adam:.0f}} and {{ adam_centred:.0f}}.
One sample at a time: descent {{ gd_one:.0f}} and {{ gd_one_centred:.0f}}, heavy ball {{ ball_one:.0f}}
and {{ ball_one_centred:.0f}}, Adam {{ adam_one:.0f}} and {{ adam_one_centred:.0f}}."""
SIZE = (4.8, 3.9)
ROWS = {
    "gd": "gradient descent",
    "ball": "heavy ball",
    "adam": "Adam",
    "gd_one": "descent, one by one",
    "ball_one": "ball, one by one",
    "adam_one": "Adam, one by one",
}


FULL = ("gd", "ball", "adam")  # with whole batches


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    rates = 24
    limit = 2000
    momenta = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9]
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    order = rng.integers(samples, size=limit)  # of the samples, one by one, in every race
    adam_rates = {"whole": np.geomspace(0.02, 2, rates), "one": np.geomspace(0.002, 0.1, rates)}
    one_rates = np.geomspace(0.3, 2.4, rates)[:, None]  # as shares of 1/tr H
    fastest = partial(tuning.fastest, goal=goal, tolerance=tolerance, limit=limit)
    numbers = {}
    edges = 0
    for kind, seen in (("", x), ("_centred", normalise.centre(x))):
        h = curvature.second_moment(seen)
        power = np.trace(h, axis1=1, axis2=2).mean()
        whole = gradients.quadratic(h, goal)
        ball_rate, best_momentum = curvature.polyak(h)
        ball = partial(descent.heavy_ball, momentum=best_momentum)

        def single(seen=seen):
            return gradients.on_samples(trials.samples_in_turn(seen, goal, order))

        races = {
            "gd": (descent.gradient_descent, whole, curvature.best_rate(h)[None]),
            "ball": (ball, whole, ball_rate[None]),
            "adam": (descent.adam, whole, adam_rates["whole"][:, None]),
            "adam_one": (descent.adam, single(), adam_rates["one"][:, None]),
        }
        for momentum in momenta:
            light = partial(descent.heavy_ball, momentum=momentum)
            races[momentum] = (light, single(), one_rates * (1 - momentum) / power)
        won = {name: fastest(*walk, rates=grid) for name, (*walk, grid) in races.items()}
        best = min(momenta, key=lambda momentum: won[momentum].median)
        won |= {"gd_one": won[0.0], "ball_one": won[best]}  # without momentum it is descent
        numbers[f"ball_one_momentum{kind}"] = best
        for name in ROWS:
            numbers[name + kind] = won[name].median
            numbers[f"{name}_span{kind}"] = won[name].span
            edges += won[name].edge
        signs = descent.sign_descent(
            single(), np.zeros_like(goal), rate=np.geomspace(1e-4, 0.1, rates)[:, None]
        )
        left = reading.errors(signs, goal, steps=limit)
        numbers[f"sign_left{kind}"] = np.median(left[-1], axis=1).min()
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "rates": rates,
        "momenta": len(momenta),
        "limit": limit,
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # steps of each optimiser; how many times the centred ones the raw ones are; and how many
        # times the steps with whole batches those with one sample at a time are
        **numbers,
        **{f"{name}_price": numbers[name] / numbers[f"{name}_centred"] for name in ROWS},
        **{f"{name}_gain": numbers[f"{name}_one"] / numbers[name] for name in FULL},
    }


def draw(fig, ink, data):
    rows = {}
    for name, label in ROWS.items():
        rows[label] = [
            charts.Bar(data[name], data[f"{name}_span"]),
            charts.Bar(data[f"{name}_centred"], data[f"{name}_span_centred"], centred=True),
        ]
    ax = charts.bars(fig.subplots(), ink, rows, title="steps, raw and centred")
    ax.set_title("ratio", loc="right")
    edge = ax.get_xlim()[1]
    marks.note(ax, ink, "whole batches", (0.8 * edge, 1), color=ink.muted, ha="right", va="center")
    for place, name in enumerate(ROWS):
        ratio = f"{data[f'{name}_price']:.1f}"
        marks.note(ax, ink, ratio, (edge, place), ha="right", va="center", weight="bold")
