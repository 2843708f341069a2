r"""With whole batches momentum walks the valley faster, and Adam does not see it; one sample at a time, the mean costs Adam too.

Steps of each optimiser with raw inputs and with centred ones, on one data set (seed {{ seed }}) of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left.
Gradient descent and the heavy ball take the best settings for the spectrum, the others the best of {{ rates }} rates.
Full batches; in the lower rows one sample at a time, medians of {{ walkers }} walks, thin lines for their middle four fifths.
On raw inputs sign descent, one sample at a time, gets nowhere in {{ limit:,}} steps: of the distance, {{ sign_left:.3f}} is left, and {{ sign_left_centred:.3f}} with centred ones.
"""

import numpy as np

from inks import charts
from zigzag import curvature, data, descent, gradients, reading, trials, tuning

ALT = """Pairs of bars, raw and centred. Gradient descent {{ gd:.0f}} and {{ gd_centred:.0f}} steps, heavy ball
{{ ball:.0f}} and {{ ball_centred:.0f}}, Adam {{ adam:.0f}} and {{ adam_centred:.0f}}; one sample at a time,
descent {{ sgd:.0f}} and {{ sgd_centred:.0f}}, Adam {{ adam_one:.0f}} and {{ adam_one_centred:.0f}}."""
SIZE = (4.8, 3.3)
ROWS = {"gd": "gradient descent", "ball": "heavy ball", "adam": "Adam"}
ROWS |= {"sgd": "descent, one by one", "adam_one": "Adam, one by one"}


def measure():
    n, d, tolerance, seed, walkers, rates, limit = 2000, 20, 1e-4, 8, 9, 24, 3000
    out = {"samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    out |= {"walkers": walkers, "rates": rates, "limit": limit, "edges": 0}
    rng, one, many = np.random.default_rng(seed), np.zeros((rates, 1, d)), (rates, walkers)
    x, goal = data.uniform(n, d, rng=rng), trials.zero_sum(d, rng=rng)
    lows, highs = [0.01, 0.6, 0.002, 1e-4], [1, 2.5, 0.1, 0.1]
    adam, sgd, adam_one, sign = np.geomspace(lows, highs, rates).T[..., None]
    for kind, inputs in (("", x), ("_centred", x - x.mean(axis=0))):
        h = curvature.second_moment(inputs)
        slope, (rate, momentum) = gradients.quadratic(h, goal), curvature.polyak(h)
        first, second, third = (
            trials.sample_gradient(inputs, goal, walks, rng=np.random.default_rng(seed))
            for walks in (many, many, (rates, 1))
        )
        races = {
            "gd": descent.gradient_descent(slope, one[:1], rate=curvature.best_rate(h)),
            "ball": descent.heavy_ball(slope, one[:1], rate=rate, momentum=momentum),
            "adam": descent.adam(slope, one, rate=adam),
            "sgd": descent.gradient_descent(first, np.zeros((*many, d)), rate=sgd / np.trace(h)),
            "adam_one": descent.adam(second, np.zeros((*many, d)), rate=adam_one),
        }
        for name, walk in races.items():
            best = tuning.tuned(walk, goal, tolerance=tolerance, limit=limit)
            out |= {name + kind: best.median, f"{name}{kind}_span": best.span}
            out["edges"] += best.edge
        signs = descent.sign_descent(third, one, rate=sign)
        out |= {"sign_left" + kind: reading.errors(signs, goal, steps=limit)[-1].min()}
        out |= {"ball_rate" + kind: rate, "ball_momentum" + kind: momentum}
    return out | {f"{name}_price": out[name] / out[f"{name}_centred"] for name in ROWS}


def draw(fig, ink, data):
    kinds = {"": False, "_centred": True}
    rows = {
        ROWS[r]: [(data[r + k], data[f"{r}{k}_span"], c) for k, c in kinds.items()] for r in ROWS
    }
    charts.bars(fig.subplots(), ink, rows, title="steps, raw and centred")
