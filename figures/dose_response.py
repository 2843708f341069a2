r"""In a little network a small mean is free, and a large one grows dear: twice the shift, {{ dearer:.1f}} times the steps.

Steps of whole-batch descent until a {{ hidden }}-{{ hidden }} network separates two moons ({{ points }} points, log loss {{ target }}), each at the best of {{ rates }} rates; hidden outputs are $\tanh z$ plus the shift.
The next layer's bias takes the shift back, so all networks start as the same function and can become the same functions.
Dots are medians of {{ seeds }} starts, seed {{ seed }}, with weights of scale $1/\sqrt{\text{inputs} }$; bars span all of them.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import data
from zigzag.network import Network, absorbed, hidden_q, learning, random_weights

ALT = """Steps against the shift. Level at about {{ none:.0f}} up to a shift of one half, then {{ one:.0f}} at one and
{{ two:.0f}} at two; bars show the spread."""
SIZE = (4.8, 2.8)


def measure():
    seed, seeds, width, target, points = 9, 5, 32, 0.05, 200
    rng, rates = np.random.default_rng(seed), np.geomspace(0.02, 20, 16)
    shifts = {"none": 0.0, "quarter": 0.25, "half": 0.5, "one": 1.0, "two": 2.0}
    x, y = data.two_moons(points, rng=rng)
    net = Network((2, width, width, 1))
    start, race = random_weights(net, seeds, rng=rng), {"rates": rates, "target": target}
    nets = [Network(net.widths, shift=shift) for shift in shifts.values()]
    won = [learning(net, start, x, y, limit=1500, **race) for net in nets]
    out = {"seed": seed, "seeds": seeds, "hidden": width, "target": target, "rates": len(rates)}
    out |= {"points": points, "shifts": np.array(list(shifts.values()))}
    out |= {"steps": np.array([w.span for w in won]), "edges": sum(w.edge.sum() for w in won)}
    out |= {name: w.span[1] for name, w in zip(shifts, won, strict=True)}
    qs = [np.median(hidden_q(net, absorbed(net, start), x), axis=1) for net in nets]
    out |= {f"{name}_q": q for name, q in zip(shifts, qs, strict=True)}
    out |= {"dearer": out["two"] / out["one"], "price": out["one"] / out["none"]}
    return out | {"total": out["two"] / out["none"]}


def draw(fig, ink, data):
    shifts = data["shifts"]
    low, steps, high = data["steps"].T
    ax = charts.log_axes(fig.subplots(), y=[30, 100, 300], title="steps")
    ax.set(xlim=(shifts.min() - 0.1, 2.3), ylim=(15, 900), xlabel="shift")
    ax.set_xticks(shifts, [f"{shift:g}" for shift in shifts])
    charts.line(ax, ink, shifts, steps, spread=(low, high))
    for shift, value in zip(shifts, steps, strict=True):
        marks.note(ax, ink, f"{value:.0f}", (shift, value), (7, -11), color=ink.raw)
