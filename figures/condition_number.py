r"""For independent inputs that are alike, the condition number is one plus their number times q.

Each dot is $\kappa$ measured on {{ samples:,}} random samples; each line is $1 + d\,q$.
Outputs are those of standard normal sums: for logistic ones and {{ widest }} inputs the line says {{ logistic_line:,.0f}}, the dot {{ logistic_dot:,.0f}}.
In the three rising rows dots lie up to {{ excess:.0%}} above the line, as a finite sample flattens the flattest direction further.
The outputs of tanh are centred, and stay near the bottom: the last dot is at {{ tanh_dot:.1f}} instead of 1.
"""

import numpy as np

from inks.names import spelled
from inks.stills import charts, marks
from zigzag import curvature, data, penalty

ALT = """Four rows of dots on logarithmic axes: condition number against number of inputs. Logistic,
uniform and ReLU rise along lines that become straight and parallel; tanh stays near one, on a dashed line."""
SIZE = (4.8, 3.1)
CASES = ("logistic", "uniform", "relu", "tanh")


def measure():
    samples = 50_000
    rng = np.random.default_rng(3)
    dimensions = 2 ** np.arange(1, 10)
    widest = dimensions[-1]
    numbers = {}
    excess = 0.0
    for name in CASES:
        q = data.law(name).q
        x = data.inputs(name, samples, widest, rng=rng)
        h = curvature.second_moment(x)
        dots = np.array([curvature.condition_number(h[:d, :d]) for d in dimensions])
        line = penalty.iid_condition_number(q, dimensions)
        numbers[f"{name}_q"] = q
        numbers[f"{name}_dots"] = dots
        numbers[f"{name}_lines"] = line
        numbers[f"{name}_dot"] = dots[-1]
        numbers[f"{name}_line"] = line[-1]
        if name != "tanh":
            excess = max(excess, (dots / line).max() - 1)
    return {
        "d": dimensions,
        "samples": samples,
        "widest": widest,
        "excess": excess,
        **numbers,
    }


def draw(fig, ink, data):
    dimensions = data["d"]
    ax = charts.log_axes(fig.subplots(), x=dimensions[::2], y=[1, 10, 100, 1000])
    ax.set(xlim=(1.7, 560), ylim=(0.7, 5000), xlabel="number of inputs $d$")
    ax.set_title(r"condition number $\kappa$", loc="left")
    for name in CASES:
        centred = name == "tanh"
        style = marks.look(ink, centred=centred)
        colour = style["color"]
        ax.plot(dimensions, data[f"{name}_lines"], lw=1.2, **style)
        marker = "D" if centred else "o"
        ax.plot(dimensions, data[f"{name}_dots"], marker, color=colour, ms=4)
        label = f"{spelled(name)}, $q = {data[f'{name}_q']:.1f}$"
        end = (dimensions[-1], data[f"{name}_line"])
        up = 5 if name == "logistic" else 0
        marks.note(ax, ink, label, end, (12, up), color=colour, va="center")
