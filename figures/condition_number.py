r"""The condition number is one plus the number of inputs times q.

Each dot is $\kappa$ measured on {{ samples:,}} random samples; each line is $1 + d\,q$.
For logistic outputs and {{ widest }} inputs the line says {{ logistic_line:,.0f}}, the dot {{ logistic_dot:,.0f}}.
Dots on the right lie up to {{ excess:.0%}} above the line, as a finite sample flattens the flattest direction further.
The outputs of tanh are centred, and stay at the bottom.
"""

import numpy as np

from inks import marks
from inks.names import spelled
from zigzag import curvature
from zigzag.activations import ACTIVATIONS, Moments, moments

ALT = """Four rows of dots on logarithmic axes: condition number against number of inputs. Logistic,
uniform and ReLU rise along straight parallel lines; tanh stays at one, on a dashed line."""
SIZE = (4.8, 3.1)


def measure():
    rng, d, samples = np.random.default_rng(3), 2 ** np.arange(1, 10), 50_000
    z, uniform = rng.normal(size=(samples, d[-1])), rng.uniform(size=(samples, d[-1]))
    data = {"d": d, "samples": samples, "widest": d[-1], "uniform_q": Moments(0.5, 1 / 12).q}
    for name in ("logistic", "uniform", "relu", "tanh"):
        x = uniform if name == "uniform" else ACTIVATIONS[name](z)
        if name != "uniform":
            data[f"{name}_q"] = moments(name).q
        h = curvature.second_moment(x)
        dots = np.array([curvature.condition_number(h[:n, :n]) for n in d])
        line = curvature.iid_condition_number(data[f"{name}_q"], d)
        data |= {f"{name}_dots": dots, f"{name}_lines": line}
        data |= {f"{name}_dot": dots[-1], f"{name}_line": line[-1]}
    return data | {"excess": data["logistic_dot"] / data["logistic_line"] - 1}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xscale="log", yscale="log", xlim=(1.7, 560), ylim=(0.7, 5000))
    ax.set_xticks([2, 8, 32, 128, 512], ["2", "8", "32", "128", "512"])
    ax.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    ax.minorticks_off()
    ax.set_xlabel("number of inputs $d$")
    ax.set_title(r"condition number $\kappa$", loc="left")
    for name in ("logistic", "uniform", "relu", "tanh"):
        colour, dash = (ink.centred, (0, (4, 2))) if name == "tanh" else (ink.raw, "-")
        ax.plot(data["d"], data[f"{name}_lines"], color=colour, ls=dash, lw=1.2)
        ax.plot(data["d"], data[f"{name}_dots"], "D" if name == "tanh" else "o", color=colour, ms=4)
        label = spelled(name) + f", $q = {data[f'{name}_q']:.1f}$"
        place, shift = (data["d"][-1], data[f"{name}_line"]), (12, 5 * (name == "logistic"))
        marks.note(ax, ink, label, place, shift, color=colour, va="center")
