r"""On positive inputs, a bias to learn makes descent slower, not faster; centred inputs make it fast.

Steps of gradient descent on inputs in (0, 1), by whole batches and by one sample at a time.
Started at the mean target, the bias is nearly right at once; centring the targets does the same.

The {{ sets }} data sets of the rotation test, seed {{ seed }}: {{ samples:,}} samples with {{ inputs }} inputs, from weights of zero until {{ tolerance:.2%}} of the distance is left, in each case's own weights and bias.
Whole batches go at each case's own best rate; single samples come in one random order, and each step goes as far as its sample asks.
The weights to find lie across the mean, and the bias to find is {{ goal_bias:.0f}}.
All rows with a bias reach the same function; centred and rescaled inputs have a bias to learn as well.
Bars are medians; thin lines span the middle four fifths of the data sets.
Until the root of the loss is down to {{ tolerance:.2%}}, single samples take {{ bare_loss:,.0f}} steps without a bias, {{ raw_loss:,.0f}} with a bias to learn, and {{ centred_loss:,.0f}} with centred inputs.
For other numbers and kinds of inputs, {{ walkers }} walks each on fresh samples, until {{ fresh_tolerance:.1%}} of the distance is left.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import curvature, data, normalise, penalty, trials

ALT = """Two groups of bars, steps by whole batches and steps one sample at a time. No bias: {{ bare:.0f}}
and {{ bare_single:,.0f}}. A bias to learn: {{ raw:,.0f}} and {{ raw_single:,.0f}}; started at the mean
target {{ started:,.0f}} and {{ started_single:,.0f}}; with a rate of its own {{ tuned:,.0f}} and
{{ tuned_single:,.0f}}. Inputs centred: {{ centred:.0f}} and {{ centred_single:,.0f}}; rescaled as well:
{{ standard:.0f}} and {{ standard_single:,.0f}}. Brackets say how many times fewer."""
SIZE = (4.8, 2.6)
CASES = {
    "bare": "no bias",
    "raw": "a bias to learn",
    "started": "…begun at mean target",
    "tuned": "…with its own rate",
    "centred": "inputs centred",
    "standard": "…and rescaled",
}
FRESH = {"uniform": (20, 80), "relu": (32, 128)}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    bias = 1.0
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    order = rng.integers(samples, size=20_000)
    numbers = {}
    for case, (seen, weights) in cases(x, goal, bias).items():
        whole = trials.batch_steps(seen, weights, tolerance=tolerance, limit=9000)
        single = trials.single_steps(seen, weights, order, tolerance=tolerance)
        kappa = curvature.condition_number(curvature.second_moment(seen))
        numbers |= summary(case, whole)
        numbers |= summary(f"{case}_single", single)
        numbers[f"{case}_kappa"] = np.median(kappa)
        if case in ("bare", "raw", "centred"):
            lost = trials.single_steps(seen, weights, order, tolerance=tolerance, in_loss=True)
            numbers[f"{case}_loss"] = np.median(lost)
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
        "single_slower": numbers["raw_single"] / numbers["bare_single"],
        "single_faster": numbers["raw_single"] / numbers["centred_single"],
        # the same for other inputs
        **growth(walkers=16, tolerance=1e-3, seed=seed),
        # what formulas say
        "natural_digits": int(-np.log10(error)),
        "exact_kappa": exact_kappa,
        "formula_kappa": penalty.iid_condition_number(3.0, inputs, bias=True, variance=1 / 12),
        "bare_formula": penalty.iid_condition_number(3.0, inputs),
    }


def cases(x, goal, bias):
    """Of each case, the inputs of all data sets and the weights to find, with the bias to find."""
    spread = x.std(axis=1)
    centred = normalise.centre(x)
    wanted = np.full(len(x), bias)
    along = np.vecdot(goal, x.mean(axis=1))
    own = along + bias  # the same function, said of centred inputs
    louder = np.sqrt(1 / 12 + x.shape[-1] / 4)  # the best size of the constant input: √(s² + dμ²)
    return {
        "bare": (x, goal),
        "raw": (trials.with_bias(x), joined(goal, wanted)),
        "started": (trials.with_bias(x), joined(goal, wanted - own)),  # own is the mean target
        "tuned": (trials.with_bias(x, louder), joined(goal, wanted / louder)),
        "centred": (trials.with_bias(centred), joined(goal, own)),
        "standard": (trials.with_bias(centred / spread[:, None]), joined(goal * spread, own)),
    }


def joined(weights, bias):
    """Weights and bias as one vector."""
    return np.hstack([weights, bias[:, None]])


def summary(name, steps):
    """The median of some steps, and where the middle four fifths lie."""
    return {name: np.median(steps), f"{name}_span": np.quantile(steps, [0.1, 0.9])}


def growth(walkers, tolerance, seed):
    """How many times the steps of centred inputs raw ones take, for few inputs and for many."""
    numbers = {"walkers": walkers, "fresh_tolerance": tolerance}
    for kind, dimensions in FRESH.items():
        numbers[f"{kind}_inputs"] = dimensions
        few, many = (fresh_prices(kind, d, walkers, tolerance, seed) for d in dimensions)
        for d, found in zip(dimensions, (few, many), strict=True):
            numbers |= {f"{kind}_{d}_{what}": number for what, number in found.items()}
        numbers[f"{kind}_growth"] = many["steps"] / few["steps"]
        numbers[f"{kind}_growth_formula"] = many["scaled"] / few["scaled"]
    return numbers


def fresh_prices(kind, d, walkers, tolerance, seed):
    """Steps on fresh samples over those of centred inputs: no bias, or one to learn, and its cures."""
    law = data.law(kind)
    goal = trials.zero_sum(walkers, d, rng=np.random.default_rng(seed))

    def steps(**settings):
        rng = np.random.default_rng(seed)
        settings |= {"tolerance": tolerance, "limit": 90_000, "rng": rng}
        return trials.fresh_steps(kind, goal, **settings)

    learnt = np.median(steps(bias=1.0))
    centred = np.median(steps(bias=1.0, centred=True))
    louder = np.sqrt(law.variance + d * law.mean**2)
    return {
        "bare": np.median(steps()) / np.median(steps(centred=True)),
        "raw": learnt / centred,
        **summary("started", steps(bias=0.0) / centred),
        "tuned": np.median(steps(bias=1.0, constant=louder)) / centred,
        "steps": learnt,
        "scaled": penalty.scaled_condition_number(law.q, d, bias=True, variance=law.variance),
    }


def draw(fig, ink, data):
    groups = {"": "steps, whole batches", "_single": "steps, one by one"}
    axes = fig.subplots(1, 2, sharey=True)
    for ax, (group, title) in zip(axes, groups.items(), strict=True):
        rows = {}
        for case, label in CASES.items():
            cured = case in ("centred", "standard")
            name = f"{case}{group}"
            rows[label] = [charts.Bar(data[name], data[f"{name}_span"], cured)]
        charts.bars(ax, ink, rows, title=title, stretch=2.3)
        bracket(ax, ink, data[f"raw{group}"], data[f"centred{group}"])


def bracket(ax, ink, slow, fast):
    """How many times fewer steps, at a line from the second row to the fifth."""
    edge = 1.75 * slow
    hook = 0.05 * slow
    ax.plot([edge - hook, edge, edge, edge - hook], [1, 1, 4, 4], color=ink.text, lw=0.8)
    marks.note(ax, ink, f"{slow / fast:.0f}×\nfewer", (edge, 3), (5, 0), va="center")
