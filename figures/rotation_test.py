r"""Rotate the inputs and no sign is locked any more; the steps stay the same.

{{ sets }} data sets, seed {{ seed }}, of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1); the same after one random rotation; and the same with their mean taken away.
Steps are medians, from weights of zero until {{ tolerance:.2%}} of the distance is left, to a random goal across the mean that turns with the inputs: with whole batches, at the best fixed rate, and with one sample at a time, going as far as it asks; thin lines span the middle four fifths of the data sets.
The neuron is linear and has no bias.
"""

import numpy as np

from inks.stills import charts
from zigzag import curvature, penalty, rotation

ALT = """Bars in three rows: given, rotated, centred. The bar of locked gradients is full in the
first row only. The two bars of steps are equal in the first two rows, and shrink in the third."""
SIZE = (4.8, 1.9)
TITLES = {"locked": "signs locked", "batch": "steps, batches", "single": "steps, one by one"}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    cases = rotation.rotation_test(
        sets,
        samples,
        inputs,
        tolerance=tolerance,
        limit=3000,
        rng=np.random.default_rng(seed),
    )
    numbers = {}
    for name, case in cases.items():
        for kind, steps in {"batch": case.batch, "single": case.single}.items():
            numbers[f"{name}_{kind}"] = np.median(steps)
            numbers[f"{name}_{kind}_span"] = np.quantile(steps, [0.1, 0.9])
        numbers[f"{name}_locked"] = case.locked
        numbers[f"{name}_locked_span"] = [case.locked, case.locked]
        numbers[f"{name}_kappa"] = np.median(curvature.condition_number(case.h))
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        # locked signs, steps and condition number of each case
        **numbers,
        "formula_kappa": penalty.iid_condition_number(3, inputs),
        "single_ratio": numbers["given_single"] / numbers["centred_single"],
    }


def draw(fig, ink, data):
    for ax, (kind, title) in zip(fig.subplots(1, 3, sharey=True), TITLES.items(), strict=True):
        rows = {}
        for case in ("given", "rotated", "centred"):
            value = data[f"{case}_{kind}"]
            span = data[f"{case}_{kind}_span"]
            rows[case] = [charts.Bar(value, span, centred=case == "centred")]
        form = ".0%" if kind == "locked" else ".0f"
        charts.bars(ax, ink, rows, title=title, form=form, stretch=1.5)
