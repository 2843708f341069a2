r"""Rotate the inputs and no sign is locked any more; the steps stay the same.

{{ sets }} data sets, seed {{ seed }}, of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1); the same after one random rotation; and the same less their mean.
Steps are medians, from weights of zero until {{ tolerance:.2%}} of the distance is left, to a random goal across the mean that turns with the inputs: with whole batches, at the best fixed rate, and with one sample at a time, going as far as it asks; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from zigzag import cone, curvature, data, descent, neuron

ALT = """Bars in three rows: given, rotated, centred. The bar of locked gradients is full in the
first row only. The two bars of steps are equal in the first two rows, and shrink in the third."""
SIZE = (4.8, 1.9)


def measure():
    sets, n, d, tolerance, seed = 24, 2000, 20, 1e-4, 5
    out = {"sets": sets, "samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    rng, out["formula_kappa"] = np.random.default_rng(seed), curvature.iid_condition_number(3, d)
    x, goal = data.uniform(sets, n, d, rng=rng), rng.normal(size=(sets, d)) @ (np.eye(d) - 1 / d)
    turn, order = data.rotation(d, rng=rng).T, rng.integers(n, size=3000)
    cases = {"given": (x, goal), "rotated": (x @ turn, goal @ turn)}
    cases["centred"] = (x - x.mean(axis=1, keepdims=True), goal)
    for case, (x, w) in cases.items():
        h, y, start = curvature.second_moment(x), neuron.predict(w, x), np.zeros_like(w)
        slope, rate = descent.quadratic(h, w), curvature.best_rate(h)
        single = descent.kaczmarz(((x[:, i], y[:, i]) for i in order), start)
        walks = {"batch": descent.gradient_descent(slope, start, rate=rate), "single": single}
        for kind, walk in walks.items():
            steps = descent.arrival(walk, w, tolerance=tolerance, limit=len(order)).steps
            out[f"{case}_{kind}"] = np.median(steps)
            out[f"{case}_{kind}_span"] = np.quantile(steps, [0.1, 0.9])
        out[f"{case}_locked"] = cone.one_signed(x).mean()  # and so of its gradient δx
        out[f"{case}_kappa"] = np.median(curvature.condition_number(h))
    return out | {"single_ratio": out["given_single"] / out["centred_single"]}


def draw(fig, ink, data):
    names = {"locked": "signs locked", "batch": "steps, batches", "single": "steps, one by one"}
    for ax, kind in zip(fig.subplots(1, 3, sharey=True), names, strict=True):
        ax.set_title(names[kind], loc="left")
        ax.set(xlim=(0, 1.5 * data[f"given_{kind}"]), xticks=[], ylim=(2.5, -0.5))
        ax.spines["bottom"].set_visible(False)
        for case in ("given", "rotated", "centred"):
            bare, value = case == "centred", data[f"{case}_{kind}"]
            colour, dash = (ink.centred, "--") if bare else (ink.raw, "-")
            ax.barh(case, value, 0.62, fill=not bare, color=colour, ec=colour, ls=dash)
            low, high = data.get(f"{case}_{kind}_span", (value, value))
            ax.plot([low, high], [case, case], color=ink.text, lw=1)
            label = f" {value:.0%}" if kind == "locked" else f" {value:.0f}"
            ax.text(high, case, label, color=colour, va="center")
