r"""A normaliser in front of ReLU leaves the valley; one behind ReLU, or behind the next layer, does not.

Condition numbers of the loss in the weights of one unit that reads {{ units }} normalised outputs.
In each pair, the upper bar has nothing behind that unit, the lower one a batch norm.
Dashed bars: no batch gradient is one-signed, even when all errors are.
{{ samples:,}} samples; medians of {{ seeds }} networks, seeds 0 to {{ last }}; thin lines for the middle four fifths.
"""

import numpy as np

from zigzag import cone, curvature, normalise
from zigzag.activations import ACTIVATIONS

ALT = """Pairs of bars, condition numbers without and with a batch norm behind. ReLU {{ raw:.0f}} and
{{ raw_behind:.1f}}; batch norm before ReLU {{ before:.0f}} and {{ before_behind:.1f}}; RMS norm after it {{ rms:.0f}}
and {{ rms_behind:.1f}}; layer norm and batch norm after it are all near one."""
SIZE = (4.8, 3.0)
ROWS = {"raw": "ReLU", "before": "batch norm, ReLU", "rms": "ReLU, RMS norm"}
ROWS |= {"layer": "ReLU, layer norm", "after": "ReLU, batch norm"}


def handed_on(z):
    relu = ACTIVATIONS["relu"]
    cases = {"raw": relu(z), "before": relu(normalise.batch_norm(z))}
    cases |= {"rms": normalise.rms_norm(relu(z)), "layer": normalise.layer_norm(relu(z))}
    return cases | {"after": normalise.batch_norm(relu(z))}


def measure():
    seeds, n, units, batch, found = 12, 8192, 64, 32, {}
    out = {"seeds": seeds, "last": seeds - 1, "samples": n, "units": units, "batch": batch}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        z, weights = rng.normal(size=(n, units)), rng.normal(size=(units, units))
        delta = rng.uniform(0.1, 1, size=(n // batch, batch, units))  # errors of one sign
        for kind, pre in ("", z), ("uneven_", z + rng.normal(size=units)):
            for row, x in handed_on(pre).items():
                layer = int(row == "layer")  # its rows sum to zero: one direction is flat
                unit = x @ weights[:, :1]
                seen = normalise.batch_norm_gradient(x, unit) * unit.std()  # and here one more
                batches = x.reshape(-1, batch, units)
                back = normalise.batch_norm_gradient(delta, batches @ weights)
                for behind, inputs, flat, errors in (
                    ("", x, layer, delta),
                    ("_behind", seen, layer + 1, back),
                ):
                    h = curvature.second_moment(inputs)
                    kappa = curvature.condition_number(h, flat=flat)
                    spectrum = curvature.eigenvalues(h)
                    locked = cone.one_signed(np.swapaxes(errors, -1, -2) @ batches).mean()
                    numbers = kappa, spectrum[-1] / np.median(spectrum), locked
                    found.setdefault(kind + row + behind, []).append(numbers)
    for name, runs in found.items():
        out[name], out[f"{name}_spike"], _ = np.median(runs, axis=0)
        out |= {f"{name}_locked": np.mean(runs, axis=0)[2]}
        out[f"{name}_span"] = np.quantile(runs, [0.1, 0.9], axis=0)[:, 0]
    return out


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(0, 1.2 * data["raw"]), xticks=[], ylim=(len(ROWS) - 0.4, -0.6))
    ax.set_yticks(range(len(ROWS)), ROWS.values())
    ax.set_title("condition number", loc="left")
    ax.spines["bottom"].set_visible(False)
    for place, row in enumerate(ROWS):
        for name, up in (row, -0.2), (f"{row}_behind", 0.2):
            value, span, y = data[name], data[f"{name}_span"], place + up
            cured = not data[f"{name}_locked"]
            colour, dash = (ink.centred, "--") if cured else (ink.raw, "-")
            ax.barh(y, value, 0.32, fill=not cured, color=colour, ec=colour, ls=dash)
            ax.plot(span, [y, y], color=ink.text, lw=1)
            ax.text(span[1] + 0.4, y, f"{value:.1f}", color=colour, va="center")
    ax.text(0.6, -0.2, "nothing behind", color=ink.paper, va="center")
    ax.text(4.6, 0.2, "a batch norm behind", color=ink.centred, va="center")
