r"""A bias to learn makes descent slower, not faster; centred inputs make it fast.

Gradient descent with whole batches, each case at its own best rate, on the {{ sets }} data sets of the rotation test, seed {{ seed }}: {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero until {{ tolerance:.2%}} of the distance is left, in each case's own weights.
The weights to find lie across the mean; the bias to find is {{ goal_bias:.0f}}, or 0 where none is needed.
The last three bars reach the same function as the third.
Bars are medians; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from inks.stills import charts
from zigzag import curvature, normalise, penalty, trials

ALT = """Bars, steps of descent. Inputs in (0, 1): no bias {{ bare:.0f}}; a bias that is not needed
{{ idle:,.0f}}; one that is {{ raw:,.0f}}; one with a rate of its own {{ tuned:,.0f}}. With a bias at the
common rate, centred inputs {{ centred:.0f}}, standardised ones {{ standard:.0f}}."""
SIZE = (4.8, 2.6)
CASES = {
    "bare": "no bias",
    "idle": "a bias, not needed",
    "raw": "a bias to learn",
    "tuned": "…with its own rate",
    "centred": "inputs centred",
    "standard": "…and rescaled",
}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    bias = 1.0
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    spread = x.std(axis=1)
    centred = normalise.centre(x)
    own = np.vecdot(goal, x.mean(axis=1)) + bias  # the same function, said of centred inputs
    louder = np.sqrt(1 / 12 + inputs / 4)  # the best size of the constant input: √(s² + dμ²)
    none = np.zeros(sets)
    wanted = np.full(sets, bias)
    cases = {  # inputs, and the weights to find
        "bare": (x, goal),
        "idle": with_bias(x, goal, none),
        "raw": with_bias(x, goal, wanted),
        "tuned": with_bias(x, goal, wanted / louder, constant=louder),
        "centred": with_bias(centred, goal, own),
        "standard": with_bias(centred / spread[:, None], goal * spread, own),
    }
    numbers = {}
    for case, (seen, weights) in cases.items():
        steps = trials.batch_steps(seen, weights, tolerance=tolerance, limit=9000)
        kappa = curvature.condition_number(curvature.second_moment(seen))
        numbers[case] = np.median(steps)
        numbers[f"{case}_span"] = np.quantile(steps, [0.1, 0.9])
        numbers[f"{case}_kappa"] = np.median(kappa)
    error, exact_kappa = trials.exact_bias(x[0], rng.normal(size=samples))
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "goal_bias": bias,
        # steps and condition number of each case
        **numbers,
        "slower": numbers["raw"] / numbers["bare"],
        "faster": numbers["raw"] / numbers["centred"],
        # what formulas say
        "natural_digits": int(-np.log10(error)),
        "exact_kappa": exact_kappa,
        "formula_kappa": penalty.iid_condition_number(3.0, inputs, bias=True, variance=1 / 12),
        "bare_formula": penalty.iid_condition_number(3.0, inputs),
    }


def with_bias(inputs, weights, bias, constant=1.0):
    """Inputs with a constant one beside them, and the weights to find with a bias beside them."""
    seen = np.pad(inputs, [(0, 0), (0, 0), (0, 1)], constant_values=constant)
    return seen, np.hstack([weights, bias[:, None]])


def draw(fig, ink, data):
    rows = {}
    for case, label in CASES.items():
        cured = case in ("centred", "standard")
        rows[label] = [charts.Bar(data[case], data[f"{case}_span"], cured)]
    charts.bars(fig.subplots(), ink, rows, title="steps of gradient descent")
