r"""On real tables, bring the columns to one scale first, then centre them: descent needs both.

Steps of gradient descent for a linear neuron with a bias, on tables that scikit-learn ships.
Dots: until {{ tolerance:.0%}} of the distance in the weights is left; rings: until {{ tolerance:.0%}} of the loss that can be removed is left.
The loss, for which people wait, is there {{ least_gap:.0f}} to {{ most_gap:,.0f}} times sooner.

The target is the table's own (the digit, the class, the progress of the disease), the loss is squared, the start is zero.
Dots take the best fixed rate, $2/(\lambda_1 + \lambda_d)$, rings the rate $1/\lambda_1$.
Steps are computed from the eigenvalues of the second moment, not walked.
Columns that never change are left out; scaled columns have variance one; diabetes is shipped centred, and with columns of one small variance.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import curvature, exact, network
from zigzag.architecture import Network

ALT = """Four groups of rows on a logarithmic axis of steps. In each the dot for raw lies far right, the
one for centred a little left of it, scaled further left, scaled and centred furthest. Rings lie left
of their dots."""
SIZE = (4.8, 4.4)
TABLES = {
    "digits": "digits",
    "breast_cancer": "breast cancer",
    "wine": "wine",
    "diabetes": "diabetes",
}
CLASSES = {"breast_cancer": 1, "wine": 3}  # outputs of a logistic regression
CASES = {"raw": "raw", "centred": "centred", "scaled": "scaled", "both": "scaled, centred"}


def measure():
    from sklearn import datasets

    tolerance = 0.01
    numbers = {}
    gaps = []
    overstated = []
    for table in TABLES:
        x, y = getattr(datasets, f"load_{table}")(return_X_y=True)
        x = x[:, x.std(axis=0) > 0]
        mean = x.mean(axis=0)
        spread = x.std(axis=0)
        cases = {
            "raw": x,
            "centred": x - mean,
            "scaled": x / spread,
            "both": (x - mean) / spread,
        }
        for case, inputs in cases.items():
            seen = np.pad(inputs, [(0, 0), (0, 1)], constant_values=1.0)  # the bias
            eigenvalues, best = exact.least_squares(seen, y.astype(float))
            least = eigenvalues[0]
            largest = eigenvalues[-1]
            kappa = largest / least
            name = f"{table}_{case}"
            contraction = (kappa - 1) / (kappa + 1)
            numbers[f"{name}_kappa"] = kappa
            numbers[f"{name}_predicted"] = curvature.steps_to(tolerance, contraction)
            numbers[f"{name}_weights"] = exact.steps_in_weights(
                eigenvalues, best, rate=2 / (largest + least), tolerance=tolerance
            )
            numbers[f"{name}_loss"] = exact.steps_in_loss(
                eigenvalues, best, rate=1 / largest, tolerance=tolerance
            )
            overstated.append(numbers[f"{name}_predicted"] / numbers[f"{name}_weights"])
            gaps.append(numbers[f"{name}_weights"] / numbers[f"{name}_loss"])
        for case in ("scaled", "both") if table in CLASSES else ():
            numbers[f"{table}_classified_{case}"] = classified(cases[case], y, CLASSES[table])
        raw, centred, scaled, both = (numbers[f"{table}_{case}_weights"] for case in cases)
        numbers[f"{table}_inputs"] = x.shape[1]
        numbers[f"{table}_samples"] = len(x)
        numbers[f"{table}_centring"] = raw / centred
        numbers[f"{table}_scaling"] = raw / scaled
        numbers[f"{table}_after"] = scaled / both
        numbers[f"{table}_q"] = mean @ mean / (spread @ spread)
    return {
        "tolerance": tolerance,
        # how many times as many steps the weights take as the loss
        "least_gap": min(gaps),
        "most_gap": max(gaps),
        # how many times as many steps κ foretells as are taken
        "least_overstated": min(overstated),
        "most_overstated": max(overstated),
        **numbers,
    }


def classified(x, y, outputs):
    """Steps of logistic regression to a log loss of a tenth, at the best of some rates."""
    net = Network((x.shape[1], outputs))
    start = np.zeros((1, outputs * (x.shape[1] + 1)))
    rates = np.geomspace(1e-3, 30, 24)
    won = network.learning(net, start, x, y.astype(float), rates=rates, target=0.1, limit=600)
    if won.edge.any():
        raise ValueError("rates: the best one is at an end, let them span more")
    return won.steps[0]


def draw(fig, ink, data):
    ticks = [1, 1e3, 1e6, 1e9, 1e12]
    ax = charts.log_axes(fig.subplots(), x=ticks, title="steps of gradient descent")
    ax.set_xticklabels(["1", "1,000", "10⁶", "10⁹", "10¹²"])
    rows = {}
    for group, (table, title) in enumerate(TABLES.items()):
        top = len(rows) + 1.5 * group + 0.6
        marks.note(ax, ink, title, (1, top - 0.9), va="center", weight="bold")
        cases = {"raw": "as shipped", "scaled": "scaled"} if table == "diabetes" else CASES
        for case, label in cases.items():
            rows[top] = label
            row(ax, ink, data, f"{table}_{case}", top)
            top += 1
        raw = top - len(cases)
        gain(ax, ink, data, f"{table}_scaling", f"{table}_scaled", raw + len(cases) // 2)
        if table != "diabetes":
            gain(ax, ink, data, f"{table}_after", f"{table}_both", top - 1)
    marks.note(ax, ink, "loss", (data["digits_raw_loss"], 0.6), (0, 7), ha="center")
    marks.note(ax, ink, "weights", (data["digits_raw_weights"], 0.6), (0, 7), ha="center")
    ax.set(xlim=(0.8, 2e13), ylim=(top, -1.2), yticks=[*rows], yticklabels=rows.values())
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)
    ax.grid(axis="x", color=ink.muted, ls=":", lw=0.6)


def row(ax, ink, data, name, place):
    """From the ring of the loss to the dot of the weights."""
    centred = name.startswith("diabetes") or name.endswith(("centred", "both"))
    style = marks.look(ink, centred=centred)
    colour = style["color"]
    weights = data[f"{name}_weights"]
    loss = data[f"{name}_loss"]
    ax.plot([loss, weights], [place, place], lw=1.2, **style)
    ax.plot(loss, place, "o", ms=6, mfc=ink.paper, color=colour, mew=1.4)
    ax.plot(weights, place, "D" if centred else "o", ms=5.5, color=colour)


def gain(ax, ink, data, key, name, place):
    """By how much fewer steps this row has than the one that it is compared with."""
    words = f"÷ {data[key]:,.0f}"
    marks.note(ax, ink, words, (data[f"{name}_weights"], place), (8, 0), va="center")
