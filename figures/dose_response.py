r"""In a little network a small mean is free, and a large one grows dear: twice the shift, {{ dearer:.1f}} times the steps.

Steps of whole-batch descent until a {{ hidden }}-{{ hidden }} network separates two moons ({{ points }} points, log loss {{ target }}), at the one of {{ rates }} rates at which three quarters of the starts arrive first; hidden outputs are $\tanh z$ plus the shift.
The next layer's bias takes the shift back, so all networks start as the same function and can become the same functions.
Dots are medians of {{ seeds }} starts, seed {{ seed }}, with weights of scale $1/\sqrt{\text{inputs} }$; bars span the middle half.

Steps are interpolated between the two that enclose the arrival, and gradients are rounded to within one in 5,000 of their largest entry: so the numbers do not depend on how a processor rounds.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import data
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.network import hidden_q, learning_at_common_rate

ALT = """Steps against the shift. Level at about {{ none:.0f}} up to a shift of one half, then {{ one:.0f}} at one and
{{ two:.0f}} at two; bars show the spread."""
SIZE = (4.8, 2.8)


def measure():
    seed = 9
    seeds = 11
    width = 32
    target = 0.05
    points = 200
    rng = np.random.default_rng(seed)
    rates = np.geomspace(0.1, 8, 9)
    shifts = {"none": 0.0, "quarter": 0.25, "half": 0.5, "one": 1.0, "two": 2.0}
    x, y = data.two_moons(points, rng=rng)
    start = random_weights(Network((2, width, width, 1)), seeds, rng=rng)
    numbers = {}
    steps = []
    edges = 0
    for name, shift in shifts.items():
        net = Network((2, width, width, 1), shift=shift)
        best = learning_at_common_rate(net, start, x, y, rates=rates, target=target, limit=1500)
        steps.append(best.quartiles)
        edges += best.edge
        numbers[name] = best.median
        numbers[f"{name}_q"] = np.median(hidden_q(net, absorbed(net, start), x), axis=1)
    return {
        # the experiment
        "seed": seed,
        "seeds": seeds,
        "hidden": width,
        "target": target,
        "rates": len(rates),
        "points": points,
        "shifts": np.array(list(shifts.values())),
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # quartiles of the steps at each shift; their medians, and the q of the hidden layers
        "steps": np.array(steps),
        **numbers,
        "price": numbers["one"] / numbers["none"],
        "dearer": numbers["two"] / numbers["one"],
        "total": numbers["two"] / numbers["none"],
    }


def draw(fig, ink, data):
    shifts = data["shifts"]
    low, steps, high = data["steps"].T
    ax = charts.log_axes(fig.subplots(), y=[30, 100, 300], title="steps")
    ax.set(xlim=(shifts.min() - 0.1, 2.3), ylim=(15, 900), xlabel="shift")
    ax.set_xticks(shifts, [f"{shift:g}" for shift in shifts])
    charts.line(ax, ink, shifts, steps, spread=(low, high))
    for shift, value in zip(shifts, steps, strict=True):
        marks.note(ax, ink, f"{value:.0f}", (shift, value), (7, -11), color=ink.raw)
