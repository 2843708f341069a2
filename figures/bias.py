r"""A bias to learn makes descent slower, not faster; centred inputs make it fast.

Gradient descent with whole batches, each case at its own best rate, on the {{ sets }} data sets of the rotation test, seed {{ seed }}: {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero until {{ tolerance:.2%}} of the distance is left, in each case's own weights.
The weights to find lie across the mean; the bias to find is {{ goal_bias:.0f}}, or 0 where none is needed.
The last three bars reach the same function as the third.
Bars are medians; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from zigzag import curvature, data, descent, normalise, penalty

ALT = """Bars, steps of descent. Inputs in (0, 1): no bias {{ bare:.0f}}; a bias that is not needed
{{ idle:,.0f}}; one that is {{ raw:,.0f}}; one with a rate of its own {{ tuned:,.0f}}. With that bias,
centred inputs {{ centred:.0f}}, standardised ones {{ standard:.0f}}."""
SIZE = (4.8, 2.6)
CASES = {"bare": "no bias", "idle": "a bias, not needed", "raw": "a bias to learn"}
CASES |= {"tuned": "…with its own rate", "centred": "…and centred", "standard": "…and standardised"}


def measure():
    sets, n, d, tolerance, seed, bias = 24, 2000, 20, 1e-4, 5, 1.0
    out = {"sets": sets, "samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    rng = np.random.default_rng(seed)
    x, goal = data.uniform(sets, n, d, rng=rng), rng.normal(size=(sets, d)) @ (np.eye(d) - 1 / d)
    mean, spread, centred = x.mean(axis=1), x.std(axis=1), normalise.centre(x)
    own = np.vecdot(goal, mean) + bias  # the same function, said of centred inputs
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
            inputs = np.concatenate([inputs, np.full((sets, n, 1), constant)], axis=2)
            w = np.hstack([w, b[:, None]])
        h = curvature.second_moment(inputs)
        walk = descent.gradient_descent(descent.quadratic(h, w), 0 * w, rate=curvature.best_rate(h))
        steps = descent.arrival(walk, w, tolerance=tolerance, limit=9000).steps
        out |= {case: np.median(steps), f"{case}_span": np.quantile(steps, [0.1, 0.9])}
        out[f"{case}_kappa"] = np.median(curvature.condition_number(h))
    whole = np.concatenate([x, np.ones((sets, n, 1))], axis=2)[0]
    h, delta = curvature.second_moment(whole), rng.normal(size=n)  # any errors
    natural = np.linalg.solve(h, delta @ whole / n)[:d]
    exact = curvature.schur_complement(h)
    whitened = np.linalg.solve(exact, delta @ centred[0] / n)  # the centred gradient
    out["natural_error"] = np.abs(natural - whitened).max() / np.abs(whitened).max()
    out |= {"goal_bias": bias, "exact_kappa": curvature.condition_number(exact)}
    out["formula_kappa"] = penalty.iid_condition_number(3.0, d, bias=True, variance=1 / 12)
    out["bare_formula"] = penalty.iid_condition_number(3.0, d)
    return out | {"slower": out["raw"] / out["bare"], "faster": out["raw"] / out["centred"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(0, 1.2 * data["raw_span"][1]), xticks=[], ylim=(len(CASES) - 0.5, -0.5))
    ax.set_title("steps of gradient descent", loc="left")
    ax.spines["bottom"].set_visible(False)
    for case, name in CASES.items():
        cured, value = case in ("centred", "standard"), data[case]
        colour, dash = (ink.centred, "--") if cured else (ink.raw, "-")
        ax.barh(name, value, 0.62, fill=not cured, color=colour, ec=colour, ls=dash)
        ax.plot(data[f"{case}_span"], [name, name], color=ink.text, lw=1)
        ax.text(data[f"{case}_span"][1], name, f"  {value:,.0f}", color=colour, va="center")
