r"""With whole batches momentum walks the valley faster, and Adam does not see it; one sample at a time, the mean costs Adam too.

Steps of each optimiser with raw inputs and with centred ones, on one data set (seed {{ seed }}) of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left.
Gradient descent and the heavy ball take the best settings for the spectrum, the others the best of {{ rates }} rates.
Full batches; in the lower rows one sample at a time, medians of {{ walkers }} walks, thin lines for their middle four fifths.
On raw inputs sign descent, one sample at a time, gets nowhere in {{ limit:,}} steps: of the distance, {{ sign_left:.3f}} is left, and {{ sign_left_centred:.3f}} with centred ones.
"""

import numpy as np

from inks.stills import charts
from zigzag import curvature, data, descent, gradients, reading, trials, tuning

ALT = """Pairs of bars, raw and centred. Gradient descent {{ gd:.0f}} and {{ gd_centred:.0f}} steps, heavy ball
{{ ball:.0f}} and {{ ball_centred:.0f}}, Adam {{ adam:.0f}} and {{ adam_centred:.0f}}; one sample at a time,
descent {{ sgd:.0f}} and {{ sgd_centred:.0f}}, Adam {{ adam_one:.0f}} and {{ adam_one_centred:.0f}}."""
SIZE = (4.8, 3.3)
ROWS = {
    "gd": "gradient descent",
    "ball": "heavy ball",
    "adam": "Adam",
    "sgd": "descent, one by one",
    "adam_one": "Adam, one by one",
}


def measure():
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 8
    walkers = 9
    rates = 24
    limit = 3000
    rng = np.random.default_rng(seed)
    x = data.uniform(samples, inputs, rng=rng)
    goal = trials.zero_sum(inputs, rng=rng)
    # rates to choose from, one a row, and where walkers start, one or several at each rate
    adam_rates = np.geomspace(0.01, 1, rates)[:, None]
    sgd_rates = np.geomspace(0.6, 2.5, rates)[:, None]
    adam_one_rates = np.geomspace(0.002, 0.1, rates)[:, None]
    sign_rates = np.geomspace(1e-4, 0.1, rates)[:, None]
    at_one_rate = np.zeros((1, 1, inputs))
    one_walker = np.zeros((rates, 1, inputs))
    many_walkers = np.zeros((rates, walkers, inputs))

    def singles(seen, walks):
        """Gradients of random single samples, the same samples in every race."""
        return trials.sample_gradient(seen, goal, walks, rng=np.random.default_rng(seed))

    numbers = {}
    edges = 0
    for kind, seen in (("", x), ("_centred", x - x.mean(axis=0))):
        h = curvature.second_moment(seen)
        gradient = gradients.quadratic(h, goal)
        best_rate = curvature.best_rate(h)
        ball_rate, momentum = curvature.polyak(h)
        races = {
            "gd": descent.gradient_descent(gradient, at_one_rate, rate=best_rate),
            "ball": descent.heavy_ball(gradient, at_one_rate, rate=ball_rate, momentum=momentum),
            "adam": descent.adam(gradient, one_walker, rate=adam_rates),
            "sgd": descent.gradient_descent(
                singles(seen, (rates, walkers)), many_walkers, rate=sgd_rates / np.trace(h)
            ),
            "adam_one": descent.adam(
                singles(seen, (rates, walkers)), many_walkers, rate=adam_one_rates
            ),
        }
        for name, walk in races.items():
            best = tuning.tuned(walk, goal, tolerance=tolerance, limit=limit)
            numbers[name + kind] = best.median
            numbers[f"{name}{kind}_span"] = best.span
            edges += best.edge
        signs = descent.sign_descent(singles(seen, (rates, 1)), one_walker, rate=sign_rates)
        numbers["sign_left" + kind] = reading.errors(signs, goal, steps=limit)[-1].min()
        numbers["ball_rate" + kind] = ball_rate
        numbers["ball_momentum" + kind] = momentum
    return {
        # the experiment
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "walkers": walkers,
        "rates": rates,
        "limit": limit,
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # steps of each optimiser, and how many times the centred ones the raw ones are
        **numbers,
        **{f"{name}_price": numbers[name] / numbers[f"{name}_centred"] for name in ROWS},
    }


def draw(fig, ink, data):
    rows = {}
    for name, label in ROWS.items():
        rows[label] = [
            charts.Bar(data[name], data[f"{name}_span"]),
            charts.Bar(data[f"{name}_centred"], data[f"{name}_centred_span"], centred=True),
        ]
    charts.bars(fig.subplots(), ink, rows, title="steps, raw and centred")
