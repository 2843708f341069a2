r"""A batch norm in front of ReLU leaves the valley; behind ReLU, or behind the next layer, it removes it.

Condition numbers of the loss in the weights of one unit that reads {{ units }} outputs, made as its label says; a direction that is flat by construction is left out.
In each pair, the upper bar has nothing behind that unit, the lower one a batch norm.
Dashed bars: no batch gradient is one-signed, even when all errors are.
{{ samples:,}} samples; medians of {{ seeds }} networks, seeds 0 to {{ last }}; thin lines for the middle four fifths.
"""

import numpy as np

from inks import charts
from zigzag import placement

ALT = """Pairs of bars, condition numbers without and with a batch norm behind. ReLU {{ raw:.0f}} and
{{ raw_behind:.1f}}; batch norm before ReLU {{ before:.0f}} and {{ before_behind:.1f}}; RMS norm after it {{ rms:.0f}}
and {{ rms_behind:.1f}}; layer norm and batch norm after it are all near one."""
SIZE = (4.8, 3.0)
ROWS = {"raw": "ReLU", "before": "batch norm, ReLU", "rms": "ReLU, RMS norm"}
ROWS |= {"layer": "ReLU, layer norm", "after": "ReLU, batch norm"}


def measure():
    seeds, n, units, batch, found = 12, 8192, 64, 32, {}
    out = {"seeds": seeds, "last": seeds - 1, "samples": n, "units": units, "batch": batch}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        z, weights = rng.normal(size=(n, units)), rng.normal(size=(units, units))
        delta = rng.uniform(0.1, 1, size=(n // batch, batch, units))  # errors of one sign
        for kind, pre in ("", z), ("uneven_", z + rng.normal(size=units)):
            for row in ROWS:
                x, layer = placement.PLACEMENTS[row](pre), row == "layer"  # its rows sum to zero
                for suffix, behind in ("", False), ("_behind", True):
                    told = placement.curvature_and_lock(
                        x, weights, delta, behind=behind, flat=int(layer)
                    )
                    found.setdefault(kind + row + suffix, []).append(told)
    for name, runs in found.items():
        out[name], out[f"{name}_spike"], _ = np.median(runs, axis=0)
        out[f"{name}_locked"] = np.mean(runs, axis=0)[2]
        out[f"{name}_span"] = np.quantile(runs, [0.1, 0.9], axis=0)[:, 0]
    return out


def draw(fig, ink, data):
    pairs = {label: (row, f"{row}_behind") for row, label in ROWS.items()}
    rows = {
        label: [(data[n], data[f"{n}_span"], not data[f"{n}_locked"]) for n in pair]
        for label, pair in pairs.items()
    }
    ax = charts.bars(fig.subplots(), ink, rows, title="condition number", form=".1f")
    ax.text(0.6, -0.2, "nothing behind", color=ink.paper, va="center")
    end = data["raw_behind_span"][1], 0.2
    charts.note(ax, ink, "a batch norm behind", end, (28, 0), color=ink.centred, va="center")
