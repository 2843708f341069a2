r"""Where sums are independent and alike, a batch norm in front of ReLU sets the valley to ReLU's own; behind ReLU, or behind the next layer, it removes it.

Condition numbers of the loss in the weights of one unit that reads {{ units }} outputs, made as its label says from independent standard normal sums.
In each pair, the upper bar has nothing behind that unit, the lower one a batch norm; dashed bars: no batch gradient is one-signed, even when all errors are.

A direction that is flat by construction is left out.
{{ samples:,}} samples; medians of {{ seeds }} networks, seeds 0 to {{ last }}; thin lines for the middle four fifths.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import centring, penalty, placement

ALT = """Pairs of bars, condition numbers without and with a batch norm behind. ReLU {{ raw:.0f}} and
{{ raw_behind:.1f}}; batch norm before ReLU {{ before:.0f}} and {{ before_behind:.1f}}; RMS norm after it {{ rms:.0f}}
and {{ rms_behind:.1f}}; layer norm and batch norm after it are all near one."""
SIZE = (4.8, 3.0)
ROWS = {
    "raw": "ReLU",
    "before": "batch norm, ReLU",
    "rms": "ReLU, RMS norm",
    "layer": "ReLU, layer norm",
    "after": "ReLU, batch norm",
}

KINDS = {  # of sums, and how the names of their numbers begin
    "equal": "",
    "means": "uneven_",
    "spreads": "spreads_",
    "up": "up_",
    "down": "down_",
    "correlated": "correlated_",
}


def measure():
    seeds = 12
    samples = 8192
    units = 64
    batch = 32
    runs = {}
    ratios = {}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        z = rng.normal(size=(samples, units))
        weights = rng.normal(size=(units, units))
        delta = rng.uniform(0.1, 1, size=(samples // batch, batch, units))  # errors of one sign
        for kind, inputs in placement.kinds_of_sums(z, rng=rng).items():
            for row in ROWS if kind in ("equal", "means") else ("raw", "before"):
                outputs = placement.PLACEMENTS[row](inputs)
                flat = 1 if row == "layer" else 0  # the outputs of a layer norm sum to zero
                name = f"{KINDS[kind]}{row}"
                ratios.setdefault(name, []).append(centring.mean_ratio(outputs))
                for suffix, behind in ("", False), ("_behind", True):
                    found = placement.curvature_and_lock(
                        outputs, weights, delta, behind=behind, flat=flat
                    )
                    runs.setdefault(name + suffix, []).append(found)
    numbers = {f"{name}_q": np.median(found) for name, found in ratios.items()}
    for name, found in runs.items():
        kappa, spike, _ = np.median(found, axis=0)
        numbers[name] = kappa
        numbers[f"{name}_spike"] = spike
        numbers[f"{name}_locked"] = np.mean(found, axis=0)[2]
        numbers[f"{name}_span"] = np.quantile(found, [0.1, 0.9], axis=0)[:, 0]
    return {
        "seeds": seeds,
        "last": seeds - 1,
        "samples": samples,
        "units": units,
        "batch": batch,
        # of each row, κ, spike and locked share; q of what comes out of ReLU
        **numbers,
        "spike_formula": penalty.iid_condition_number(1 / (np.pi - 1), units),
    }


def draw(fig, ink, data):
    rows = {}
    for row, label in ROWS.items():
        rows[label] = [
            charts.Bar(data[name], data[f"{name}_span"], centred=not data[f"{name}_locked"])
            for name in (row, f"{row}_behind")
        ]
    ax = charts.bars(fig.subplots(), ink, rows, title="condition number", form=".1f")
    ax.text(0.6, -0.2, "nothing behind", color=ink.paper, va="center")
    end = (data["raw_behind_span"][1], 0.2)
    marks.note(ax, ink, "a batch norm behind", end, (28, 0), color=ink.centred, va="center")
