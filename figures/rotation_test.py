r"""Rotate the inputs and no sign is locked any more; the steps stay the same.

{{ sets }} data sets, seed {{ seed }}, of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1); the same after one random rotation; and the same less their mean.
Steps are medians, from weights of zero until {{ tolerance:.2%}} of the distance is left, to a random goal across the mean that turns with the inputs: with whole batches, at the best fixed rate, and with one sample at a time, going as far as it asks; thin lines span the middle four fifths of the data sets.
"""

import numpy as np

from inks import charts
from zigzag import curvature, penalty, rotation

ALT = """Bars in three rows: given, rotated, centred. The bar of locked gradients is full in the
first row only. The two bars of steps are equal in the first two rows, and shrink in the third."""
SIZE = (4.8, 1.9)
TITLES = {"locked": "signs locked", "batch": "steps, batches", "single": "steps, one by one"}


def measure():
    sets, n, d, tolerance, seed = 24, 2000, 20, 1e-4, 5
    out = {"sets": sets, "samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    race = {"tolerance": tolerance, "limit": 3000, "rng": np.random.default_rng(seed)}
    for name, case in rotation.rotation_test(sets, n, d, **race).items():
        for kind, values in {"batch": case.batch, "single": case.single}.items():
            out[f"{name}_{kind}"] = np.median(values)
            out[f"{name}_{kind}_span"] = np.quantile(values, [0.1, 0.9])
        out |= {f"{name}_locked": case.locked, f"{name}_locked_span": [case.locked] * 2}
        out[f"{name}_kappa"] = np.median(curvature.condition_number(case.h))
    out["formula_kappa"] = penalty.iid_condition_number(3, d)
    return out | {"single_ratio": out["given_single"] / out["centred_single"]}


def draw(fig, ink, data):
    for ax, (kind, title) in zip(fig.subplots(1, 3, sharey=True), TITLES.items(), strict=True):
        names = {case: f"{case}_{kind}" for case in ("given", "rotated", "centred")}
        rows = {c: [(data[n], data[f"{n}_span"], c == "centred")] for c, n in names.items()}
        form = ".0%" if kind == "locked" else ".0f"
        charts.bars(ax, ink, rows, title=title, form=form, room=1.5)
