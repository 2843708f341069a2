r"""In little tanh networks on two moons a shift of one half costs nothing that shows; a shift of one takes {{ price[1]:.1f}} times the steps, and a shift of two {{ total[1]:.1f}} times.

Steps of full-batch descent until a {{ hidden }}-{{ hidden }} network separates the moons; hidden outputs are $\tanh z$ plus the shift, which gives them a mean.
The next layer's bias takes the shift back, so that all networks of a start begin as the same function and can become the same functions.

Dots are medians of {{ starts }} starts, each with {{ points }} points and with weights of its own (seed {{ seed }}; scale $1/\sqrt{\text{inputs} }$); bars span the middle four fifths.
Each start takes the best of {{ rates }} rates for itself; the log loss to reach is {{ target }}.
Start by start, a shift of one quarter takes {{ quarter_price[1]:.2f}} times the steps of no shift ({{ quarter_price[0]:.1f}} to {{ quarter_price[2]:.1f}} in the middle four fifths), one half {{ half_price[1]:.2f}} ({{ half_price[0]:.1f}} to {{ half_price[2]:.1f}}), one {{ price[1]:.1f}} ({{ price[0]:.1f}} to {{ price[2]:.1f}}), and two {{ total[1]:.1f}} ({{ total[0]:.1f}} to {{ total[2]:.1f}}); the standard error of these medians is at most {{ error:.0%}}.
Arrivals are interpolated between two steps, and gradients rounded to within one in 5,000 of their largest entry, so that the numbers do not depend on how a processor rounds.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag.architecture import Network, absorbed
from zigzag.network import hidden_q
from zigzag.network_trials import learning_times, median_error, moon_problems, paired

ALT = """Steps against the shift. Level at about {{ none:.0f}} up to a shift of one half, then {{ one:.0f}} at one and
{{ two:.0f}} at two; bars show the spread."""
SIZE = (4.8, 2.8)


def measure():
    seed = 9
    starts = 20
    width = 32
    target = 0.05
    points = 100
    rng = np.random.default_rng(seed)
    rates = np.geomspace(0.12, 14, 8)
    shifts = {"none": 0.0, "quarter": 0.25, "half": 0.5, "one": 1.0, "two": 2.0}
    w, x, y = moon_problems(Network((2, width, width, 1)), starts, points, rng=rng)
    numbers = {}
    times = {}
    edges = 0
    for name, shift in shifts.items():
        net = Network((2, width, width, 1), shift=shift)
        race = learning_times(net, w, x, y, rates=rates, target=target, limit=1500)
        times[name] = race.time
        edges += race.edge.sum()
        numbers[name] = np.median(race.time)
        numbers[f"{name}_q"] = starting_q(net, absorbed(net, w), x)
    ratios = {
        "quarter_price": (times["quarter"], times["none"]),
        "half_price": (times["half"], times["none"]),
        "price": (times["one"], times["none"]),
        "dearer": (times["two"], times["one"]),
        "total": (times["two"], times["none"]),
    }
    return {
        # the experiment
        "seed": seed,
        "starts": starts,
        "hidden": width,
        "target": target,
        "rates": len(rates),
        "points": points,
        "shifts": np.array(list(shifts.values())),
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # steps at each shift: 10 %, median, 90 %; their medians, and the q of the hidden layers
        "steps": np.quantile(list(times.values()), [0.1, 0.5, 0.9], axis=1).T,
        **numbers,
        # ratios start by start: 10 %, median, 90 %
        **{name: paired(*pair) for name, pair in ratios.items()},
        "error": max(median_error(*pair) for pair in ratios.values()),
    }


def starting_q(net, w, x):
    """The median q of what each hidden layer passes on at the start."""
    each = [hidden_q(net, *start) for start in zip(w, x, strict=True)]
    return np.median(each, axis=0)


def draw(fig, ink, data):
    shifts = data["shifts"]
    low, steps, high = data["steps"].T
    ax = charts.log_axes(fig.subplots(), y=[30, 100, 300], title="steps")
    ax.set(xlim=(shifts.min() - 0.1, 2.55), ylim=(15, 900), xlabel="shift")
    ax.set_xticks(shifts, [f"{shift:g}" for shift in shifts])
    charts.line(ax, ink, shifts, steps, spread=(low, high))
    factors = {1.0: data["price"][1], 2.0: data["total"][1]}
    for shift, value in zip(shifts, steps, strict=True):
        words = f"{value:.0f}"
        if shift in factors:
            words += f", {factors[shift]:.1f} times"
        aside = (8, 3) if shift == 0 else (7, -11)  # off the line, which falls at first
        marks.note(ax, ink, words, (shift, value), aside, color=ink.raw)
