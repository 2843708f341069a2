r"""At random weights and without a normaliser, the cone of ReLU outputs closes with depth; a batch norm holds it open.

Mean cosine between two samples after each layer; {{ runs }} networks of width {{ width }}, {{ samples }} samples, seeds 0 to {{ last }}; in units of $1/\sqrt{\text{inputs} }$, weights have scale $\sqrt 2$ in front of ReLU, 1 elsewhere; bands span the middle four fifths.
Rings: the arc-cosine recursion for endless width, {{ recursion_ten:.3f}} at layer {{ ten }}; we count {{ relu_ten:.3f}}, and {{ norm_ten:.3f}} with a batch norm before each ReLU.
"""

import numpy as np

from inks.stills import marks
from zigzag import normalise

ALT = """Mean cosine against layer. ReLU climbs from a third towards one, on the rings of the recursion;
logistic starts at {{ logistic_one:.2f}} and is at one from the third layer; ReLU behind batch norm stays level
at a third; tanh stays at zero, dashed."""
SIZE = (4.8, 3.0)
CASES = {"logistic": "logistic", "relu": "ReLU", "norm": "batch norm, ReLU", "tanh": "tanh"}


def measure():
    runs = 8
    layers = 20
    ten = 10
    width = 256
    samples = 100
    numbers = {}
    for case in CASES:
        activation = case if case in ("logistic", "tanh") else "relu"
        cosines = [
            normalise.cosines_by_depth(
                activation,
                layers,
                rng=np.random.default_rng(seed),
                width=width,
                samples=samples,
                gain=2**0.5 if activation == "relu" else 1.0,
                normalised=case == "norm",
            )
            for seed in range(runs)
        ]
        band = np.quantile(cosines, [0.1, 0.5, 0.9], axis=0)
        numbers[case] = band
        numbers[f"{case}_one"] = band[1, 0]
        numbers[f"{case}_ten"] = band[1, ten - 1]
    recursion = [0.0]
    for _ in range(layers):
        recursion.append(float(normalise.arc_cosine(recursion[-1])))
    relu = numbers["relu_ten"]
    return {
        "runs": runs,
        "last": runs - 1,
        "width": width,
        "samples": samples,
        "ten": ten,
        **numbers,
        "relu_ten_q": relu / (1 - relu),  # q = c/(1 − c)
        "recursion": np.array(recursion[1:]),
        "recursion_ten": recursion[ten],
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(0.5, 28), xticks=[1, 5, 10, 15, 20], xlabel="layer", yticks=[0, 0.5, 1])
    ax.set_title("cosine between two samples", loc="left")
    layers = np.arange(1, len(data["recursion"]) + 1)
    ax.plot(layers, data["recursion"], "o", ms=6, mfc="none", mec=ink.muted, mew=0.8)
    up = {"logistic": 5, "relu": -6, "norm": 0, "tanh": 0}
    for case, label in CASES.items():
        low, middle, high = data[case]
        look = marks.look(ink, centred=case in ("norm", "tanh"))
        colour = look["color"]
        ax.fill_between(layers, low, high, color=colour, alpha=0.15, lw=0)
        ax.plot(layers, middle, **look)
        end = (layers[-1], middle[-1])
        marks.note(ax, ink, label, end, (6, up[case]), color=colour, va="center")
