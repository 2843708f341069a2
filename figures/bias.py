r"""A bias to learn makes descent slower, not faster; centred inputs make it fast.

Gradient descent with whole batches, each case at its own best rate, on the {{ sets }} data sets of the rotation test, seed {{ seed }}: {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero until {{ tolerance:.2%}} of the distance is left, in each case's own weights.
The weights to find lie across the mean; the bias to find is {{ goal_bias:.0f}}, or 0 where none is needed.
The last three bars reach the same function as the third.
Bars are medians; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from inks.stills import charts
from zigzag import curvature, data, normalise, penalty, trials

ALT = """Bars, steps of descent. Inputs in (0, 1): no bias {{ bare:.0f}}; a bias that is not needed
{{ idle:,.0f}}; one that is {{ raw:,.0f}}; one with a rate of its own {{ tuned:,.0f}}. With a bias at the
common rate, centred inputs {{ centred:.0f}}, standardised ones {{ standard:.0f}}."""
SIZE = (4.8, 2.6)
CASES = {"bare": "no bias", "idle": "a bias, not needed", "raw": "a bias to learn"}
CASES |= {"tuned": "…with its own rate", "centred": "inputs centred", "standard": "…and rescaled"}


def measure():
    sets, n, d, tolerance, seed, bias = 24, 2000, 20, 1e-4, 5, 1.0
    out = {"sets": sets, "samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    rng, uniform = np.random.default_rng(seed), {"q": 3.0, "dimension": d}
    x, goal = data.uniform(sets, n, d, rng=rng), trials.zero_sum(sets, d, rng=rng)
    spread, centred = x.std(axis=1), normalise.centre(x)
    own = np.vecdot(goal, x.mean(axis=1)) + bias  # the same function, said of centred inputs
    louder = np.sqrt(1 / 12 + d / 4)  # the best size of the constant input: √(s² + dμ²)
    cases = {  # inputs, constant input, weights and bias of the goal
        "bare": (x, None, goal, None),
        "idle": (x, 1.0, goal, np.zeros(sets)),
        "raw": (x, 1.0, goal, np.full(sets, bias)),
        "tuned": (x, louder, goal, np.full(sets, bias / louder)),
        "centred": (centred, 1.0, goal, own),
        "standard": (centred / spread[:, None], 1.0, goal * spread, own),
    }
    for case, (inputs, constant, w, b) in cases.items():
        if constant is not None:
            inputs = np.pad(inputs, [(0, 0), (0, 0), (0, 1)], constant_values=constant)
            w = np.hstack([w, b[:, None]])
        steps = trials.batch_steps(inputs, w, tolerance=tolerance, limit=9000)
        out |= {case: np.median(steps), f"{case}_span": np.quantile(steps, [0.1, 0.9])}
        out[f"{case}_kappa"] = np.median(
            curvature.condition_number(curvature.second_moment(inputs))
        )
    error, exact = trials.exact_bias(x[0], rng.normal(size=n))
    out |= {"natural_digits": int(-np.log10(error)), "goal_bias": bias, "exact_kappa": exact}
    out["formula_kappa"] = penalty.iid_condition_number(**uniform, bias=True, variance=1 / 12)
    out["bare_formula"] = penalty.iid_condition_number(**uniform)
    return out | {"slower": out["raw"] / out["bare"], "faster": out["raw"] / out["centred"]}


def draw(fig, ink, data):
    cured = ("centred", "standard")
    rows = {CASES[c]: [(data[c], data[f"{c}_span"], c in cured)] for c in CASES}
    charts.bars(fig.subplots(), ink, rows, title="steps of gradient descent")
