r"""A bias to learn makes descent slower, not faster; centred inputs make it fast.

Gradient descent with whole batches, each case at its own best rate, on the {{ sets }} data sets of [the rotation test](symptom.md#rotation_test), seed {{ seed }}: {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero until {{ tolerance:.2%}} of the distance is left.
The goal lies across the mean, with a bias of {{ goal_bias:.0f}}.
Bars are medians; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from zigzag import curvature, data, descent, normalise, penalty

ALT = """Four bars, steps of descent: positive inputs without a bias
{{ bare:.0f}}, with a bias {{ raw:,.0f}}, centred with a bias {{ centred:.0f}}, standardised {{ standard:.0f}}."""
SIZE = (4.8, 2.0)
CASES = {"bare": "in (0, 1), no bias", "raw": "in (0, 1), with a bias"}
CASES |= {"centred": "centred, with a bias", "standard": "standardised, with a bias"}


def measure():
    sets, n, d, tolerance, seed, bias = 24, 2000, 20, 1e-4, 5, 1.0
    out = {"sets": sets, "samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    rng = np.random.default_rng(seed)
    x, goal = data.uniform(sets, n, d, rng=rng), rng.normal(size=(sets, d)) @ (np.eye(d) - 1 / d)
    centred, ones = normalise.centre(x), np.ones((sets, n, 1))
    standard = centred / centred.std(axis=1, keepdims=True)
    cases = {"bare": x, "raw": np.concatenate([x, ones], axis=2)}
    cases |= {
        k: np.concatenate([v, ones], axis=2)
        for k, v in (("centred", centred), ("standard", standard))
    }
    target = np.hstack([goal, np.full((sets, 1), bias)])
    for case, inputs in cases.items():
        h, w = curvature.second_moment(inputs), target[:, : inputs.shape[2]]
        walk = descent.gradient_descent(descent.quadratic(h, w), 0 * w, rate=curvature.best_rate(h))
        steps = descent.arrival(walk, w, tolerance=tolerance, limit=9000).steps
        out |= {case: np.median(steps), f"{case}_span": np.quantile(steps, [0.1, 0.9])}
        out[f"{case}_kappa"] = np.median(curvature.condition_number(h))
    delta, whole = rng.normal(size=n), cases["raw"][0]  # any errors; the whole input has the bias
    h = curvature.second_moment(whole)
    natural = np.linalg.solve(h, delta @ whole / n)[:d]
    exact = curvature.schur_complement(h)
    own = np.linalg.solve(exact, delta @ centred[0] / n)  # the centred gradient, whitened
    out["natural_error"] = np.abs(natural - own).max() / np.abs(own).max()
    out |= {"goal_bias": bias, "exact_kappa": curvature.condition_number(exact)}
    out["formula_kappa"] = penalty.iid_condition_number(3.0, d, bias=True, variance=1 / 12)
    return out | {"slower": out["raw"] / out["bare"], "faster": out["raw"] / out["centred"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(0, 1.25 * data["raw"]), xticks=[], ylim=(3.5, -0.5))
    ax.set_title("steps of gradient descent", loc="left")
    ax.spines["bottom"].set_visible(False)
    for case, name in CASES.items():
        bare, value = case in ("centred", "standard"), data[case]
        colour, dash = (ink.centred, "--") if bare else (ink.raw, "-")
        ax.barh(name, value, 0.62, fill=not bare, color=colour, ec=colour, ls=dash)
        ax.plot(data[f"{case}_span"], [name, name], color=ink.text, lw=1)
        ax.text(data[f"{case}_span"][1], name, f"  {value:,.0f}", color=colour, va="center")
