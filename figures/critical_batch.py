r"""A larger batch pays in full up to a critical size, and then buys less and less.

Steps of stochastic descent, each case at the best of {{ rates }} rates between {{ lowest }} and {{ highest }} times the classical one: {{ inputs }} inputs, from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left; medians of {{ walkers }} walks, seed {{ seed }}, thin bars for the middle four fifths.
Triangles mark the critical size. From batch 1 to {{ largest }} centred inputs gain {{ centred_gain:.0f}}-fold, ReLU outputs {{ relu_gain:.1f}}-fold, uniform ones {{ uniform_gain:.1f}}-fold.
"""

import numpy as np

from inks import marks
from zigzag import descent, gradients, penalty
from zigzag.activations import ACTIVATIONS, Moments, moments

ALT = """Steps against batch size on logarithmic axes. The dashed line, centred inputs, falls straight all
the way. The solid lines of ReLU and uniform inputs fall with it at first and then become level,
the uniform one soonest and highest."""
SIZE = (4.8, 3.1)
LABELS = {"uniform": "inputs in (0, 1)", "relu": "ReLU outputs", "centred": "centred"}


def measure():
    d, tolerance, seed, walkers, batches = 50, 1e-4, 6, 9, 4 ** np.arange(5)
    rates = np.geomspace(0.7, 2, 15)
    out = {"inputs": d, "tolerance": tolerance, "seed": seed, "walkers": walkers}
    out |= {
        "batches": batches,
        "largest": batches[-1],
        "rates": len(rates),
        "lowest": rates[0],
        "highest": rates[-1],
    }
    edges, laws = (
        0,
        {"uniform": Moments(0.5, 1 / 12), "relu": moments("relu"), "centred": Moments(0, 1 / 12)},
    )
    goal = np.random.default_rng(seed).normal(size=d) @ (np.eye(d) - 1 / d)
    for case, law in laws.items():
        spans = []
        for size in batches:
            rng = np.random.default_rng(seed)
            steep = law.variance + d * law.mean**2
            guess = size / (d * (law.variance + law.mean**2) + (size - 1) * steep)

            def fresh(size=size, rng=rng, case=case):
                while True:
                    shape = (walkers, size, d)
                    x = rng.uniform(size=shape) - 0.5 * (case == "centred")
                    x = ACTIVATIONS["relu"](rng.normal(size=shape)) if case == "relu" else x
                    yield x, x @ goal

            walk = descent.gradient_descent(  # all rates walk together, on the same samples
                gradients.on_batches(fresh()),
                np.zeros((len(rates), walkers, d)),
                rate=np.repeat(guess * rates[:, None], walkers, axis=1),
            )
            end = descent.arrival(walk, goal, tolerance=tolerance, limit=3000)
            steps = np.where(end.arrived, end.steps, 3000)
            best = int(np.median(steps, axis=1).argmin())
            edges += best in (0, len(rates) - 1)
            spans.append(np.quantile(steps[best], [0.1, 0.5, 0.9]))
        out[case] = np.array(spans)
        out[f"{case}_first"], out[f"{case}_last"] = out[case][[0, -1], 1]
        out[f"{case}_gain"] = out[f"{case}_first"] / out[f"{case}_last"]
    out["edges"] = edges  # how often the best rate is the first or last of its grid
    for case in ("uniform", "relu"):
        out[f"{case}_critical"] = penalty.critical_batch(laws[case].q)
        out[f"{case}_ceiling"] = penalty.batch_ceiling(laws[case].q)
    return out


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xscale="log", yscale="log", xlim=(0.9, 1400), ylim=(6, 4000), xlabel="batch size")
    ax.set_xticks(data["batches"], [str(b) for b in data["batches"]])
    ax.set_yticks([10, 100, 1000], ["10", "100", "1,000"])
    ax.minorticks_off()
    ax.set_title("steps", loc="left")
    for case, label in LABELS.items():
        colour, dash = (ink.centred, "--") if case == "centred" else (ink.raw, "-")
        low, steps, high = data[case].T
        ax.plot(data["batches"], steps, color=colour, ls=dash, marker="o", ms=4)
        ax.vlines(data["batches"], low, high, color=colour, lw=1)
        marks.note(
            ax, ink, label, (data["batches"][-1], steps[-1]), (9, 0), color=colour, va="center"
        )
        if size := data.get(f"{case}_critical"):
            ax.plot(size, data[f"{case}_first"] / size, "v", ms=8, color=ink.mean, zorder=5)
