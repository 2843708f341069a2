r"""A normaliser in front of ReLU leaves the valley; one behind ReLU, or behind the next layer, does not.

Condition numbers of what a layer of {{ units }} ReLU units hands on to the next layer.
Upper rows: no batch norm follows; {{ samples:,}} samples.
Lower rows: a batch norm follows the next layer; curvature of the loss in one unit's weights, from {{ few }} samples.
Means over {{ seeds }} networks, seeds 0 to {{ last }}; thin lines span one standard deviation.
"""

import numpy as np

from zigzag import cone, curvature, normalise
from zigzag.activations import ACTIVATIONS

ALT = """Two groups of bars, condition numbers. Above: raw, batch norm before ReLU, and RMS norm reach about
{{ raw_kappa:.0f}}; batch norm and layer norm after ReLU about one. Below: raw {{ few_raw_kappa:.0f}}; with
the batch norm behind {{ behind_kappa:.0f}}, as with centred inputs, {{ few_centred_kappa:.0f}}."""
SIZE = (4.8, 3.0)
ROWS = {"raw": "ReLU", "before": "batch norm, ReLU", "rms": "ReLU, RMS norm"}
ROWS |= {"after": "ReLU, batch norm", "layer": "ReLU, layer norm"}
FEW = {"few_raw": "nothing behind", "behind": "batch norm behind", "few_centred": "centred"}


def measure():
    seeds, n, few, units, kappas = 6, 20_000, 200, 64, {}
    relu, locked = ACTIVATIONS["relu"], {}
    out = {"seeds": seeds, "last": seeds - 1, "samples": n, "few": few, "units": units}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        z = rng.normal(size=(n, units))
        shifted = z + rng.normal(size=units)  # units with means of their own
        handed = {"raw": relu(z), "before": relu(normalise.batch_norm(z))}
        handed |= {"rms": normalise.rms_norm(relu(z)), "after": normalise.batch_norm(relu(z))}
        handed |= {"layer": normalise.layer_norm(relu(z)), "uneven_raw": relu(shifted)}
        handed |= {"uneven_before": relu(normalise.batch_norm(shifted))}
        handed |= {"uneven_layer": normalise.layer_norm(relu(shifted))}
        h = relu(rng.normal(size=(few, units)))
        pre = h @ rng.normal(size=(units, 1))
        back = normalise.batch_norm_gradient(np.eye(few)[:, :, None], pre)[..., 0]
        handed |= {"few_raw": h, "few_centred": normalise.centre(h), "behind": back @ h * pre.std()}
        for (
            name,
            x,
        ) in handed.items():  # a layer norm and a batch norm behind leave one direction flat
            flat = name in ("layer", "uneven_layer", "behind")
            kappa = curvature.condition_number(curvature.second_moment(x), flat=flat)
            kappas.setdefault(name, []).append(kappa)
            locked.setdefault(name, []).append(cone.one_signed(x).mean())
        delta = rng.uniform(0.1, 1, size=(few, units))  # error signals of one sign
        back = normalise.batch_norm_gradient(delta, h @ rng.normal(size=(units, units)))
        for name, signals in (("column", delta), ("column_behind", back)):
            locked.setdefault(name, []).append(cone.one_signed(signals.T @ h).mean())
    for name, values in kappas.items():
        out |= {f"{name}_kappa": np.mean(values), f"{name}_spread": np.std(values, ddof=1)}
    return out | {f"{name}_locked": np.mean(shares) for name, shares in locked.items()}


def draw(fig, ink, data):
    upper, lower = fig.subplots(2, 1, height_ratios=(5, 3), sharex=True)
    for ax, rows, title in (
        (upper, ROWS, "condition number, nothing behind the next layer"),
        (lower, FEW, "ReLU outputs, and what stands behind the next layer"),
    ):
        ax.set(xlim=(0, 1.25 * data["few_raw_kappa"]), xticks=[], ylim=(len(rows) - 0.5, -0.5))
        ax.set_title(title, loc="left")
        ax.spines["bottom"].set_visible(False)
        for row, name in rows.items():
            value, spread = data[f"{row}_kappa"], data[f"{row}_spread"]
            cured = value < 20
            colour, dash = (ink.centred, "--") if cured else (ink.raw, "-")
            ax.barh(name, value, 0.62, fill=not cured, color=colour, ec=colour, ls=dash)
            ax.plot([value - spread, value + spread], [name, name], color=ink.text, lw=1)
            ax.text(value + spread, name, f"  {value:.1f}", color=colour, va="center")
