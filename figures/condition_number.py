r"""The condition number is one plus the number of inputs times q.

Each dot is $\kappa$ measured on {{ samples:,}} random samples; each line is $1 + d\,q$.
For logistic outputs and {{ widest }} inputs the line says {{ logistic_line:,.0f}}, the dot {{ logistic_dot:,.0f}}.
In the three rising rows dots lie up to {{ excess:.0%}} above the line, as a finite sample flattens the flattest direction further.
The outputs of tanh are centred, and stay near the bottom: the last dot is at {{ tanh_dot:.1f}} instead of 1.
"""

import numpy as np

from inks import charts
from inks.names import spelled
from zigzag import curvature, data, penalty

ALT = """Four rows of dots on logarithmic axes: condition number against number of inputs. Logistic,
uniform and ReLU rise along lines that become straight and parallel; tanh stays at one, on a dashed line."""
SIZE = (4.8, 3.1)
CASES = ("logistic", "uniform", "relu", "tanh")


def measure():
    rng, d, samples = np.random.default_rng(3), 2 ** np.arange(1, 10), 50_000
    out = {"d": d, "samples": samples, "widest": d[-1], "excess": 0.0}
    for name in CASES:
        h = curvature.second_moment(data.inputs(name, samples, d[-1], rng=rng))
        dots = np.array([curvature.condition_number(h[:n, :n]) for n in d])
        out[f"{name}_q"] = data.law(name).q
        line = penalty.iid_condition_number(out[f"{name}_q"], d)
        out |= {f"{name}_dots": dots, f"{name}_lines": line}
        out |= {f"{name}_dot": dots[-1], f"{name}_line": line[-1]}
        if name != "tanh":
            out["excess"] = max(out["excess"], (dots / line).max() - 1)
    return out


def draw(fig, ink, data):
    ax = charts.log_axes(fig.subplots(), x=data["d"][::2], y=[1, 10, 100, 1000])
    ax.set(xlim=(1.7, 560), ylim=(0.7, 5000), xlabel="number of inputs $d$")
    ax.set_title(r"condition number $\kappa$", loc="left")
    for name in CASES:
        style = charts.look(ink, centred=name == "tanh")
        ax.plot(data["d"], data[f"{name}_lines"], lw=1.2, **style)
        marker = "D" if name == "tanh" else "o"
        ax.plot(data["d"], data[f"{name}_dots"], marker, color=style["color"], ms=4)
        label = spelled(name) + f", $q = {data[f'{name}_q']:.1f}$"
        place, shift = (data["d"][-1], data[f"{name}_line"]), (12, 5 * (name == "logistic"))
        charts.note(ax, ink, label, place, shift, color=style["color"], va="center")
