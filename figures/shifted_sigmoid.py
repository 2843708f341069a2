r"""In little networks on two moons the sigmoid's mean costs a factor of {{ logistic_least:.1f}} to {{ logistic_most:.1f}}, and ReLU's {{ relu_least:.1f}} to {{ relu_most:.1f}}: not hundreds.

Each faint dot is one start: how many times as many steps $\sigma$ takes as $\sigma - \frac{1}{2}$, and ReLU as $\text{ReLU} - {{ relu_mean:.3f}}$.
Diamonds are medians, and bars span the middle four fifths; rings and bars below them are the same for networks that keep each unit's *current* mean out of the next layer's gradient.

Steps of full-batch descent until a network with two hidden layers separates the moons ({{ points }} points, log loss {{ target }}).
{{ starts }} starts for each of the widths {{ widths[0] }} and {{ widths[1] }}, and {{ wide_starts }} for {{ widths[2] }}, each with weights and points of its own, seed {{ seed }}; in units of $1/\sqrt{\text{inputs} }$, starting weights have scale {{ logistic_gain:.0f}} for the sigmoid and $\sqrt 2$ for ReLU.
The {{ relu_mean:.3f}} is ReLU's mean under standard normal pre-activations.
All networks of a start begin as the same function, and each takes the best of {{ rates }} rates for itself ({{ wide_rates }} at width {{ widths[2] }}).
Arrivals are interpolated between two steps, and gradients rounded to within one in 5,000 of their largest entry, so that the numbers do not depend on how a processor rounds.
The standard error of a median is at most {{ error:.0%}}.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import activations, penalty
from zigzag.architecture import Network, absorbed
from zigzag.network import hidden_q
from zigzag.network_trials import learning_times, median_error, moon_problems, paired

ALT = """Six rows of dots on a logarithmic axis, with a line at one, “no gain”; nearly all dots lie to the
right of it. Medians at widths 8, 32 and 128, with a constant taken away: sigmoid
{{ logistic_8_constant[1]:.1f}}, {{ logistic_32_constant[1]:.1f}} and {{ logistic_128_constant[1]:.1f}}; ReLU {{ relu_8_constant[1]:.1f}}, {{ relu_32_constant[1]:.1f}} and
{{ relu_128_constant[1]:.1f}}. Most rings of the current mean lie a little farther to the right."""
SIZE = (4.8, 3.9)
NAMES = {"logistic": "sigmoid", "relu": "ReLU"}
STARTS = {8: 24, 32: 24, 128: 12}  # for each width of the two hidden layers
GAINS = {"logistic": 4.0, "relu": 2**0.5}
RATES = {8: 8, 32: 8, 128: 6}
SMALL = {"logistic": ((2.4, 34), (6, 60)), "relu": ((0.5, 6), (0.5, 6))}  # raw, without the mean
WIDE = {"logistic": ((2.2, 13), (7, 75)), "relu": ((0.5, 4), (0.5, 4))}
TARGET = 0.05


def measure():
    seed = 10
    points = 100
    rng = np.random.default_rng(seed)
    law = activations.moments("logistic")
    mean = {"logistic": 0.5, "relu": activations.moments("relu").mean}
    numbers = {}
    errors = []
    edges = 0
    control = []  # is the mean of the start slower than one half?
    for name in NAMES:
        for width, starts in STARTS.items():
            net = Network((2, width, width, 1), name)
            problems = moon_problems(net, starts, points, rng=rng, gain=GAINS[name])
            shifted = Network(net.widths, name, shift=-mean[name])
            races = raced(net, shifted, problems)
            times = {kind: race.time for kind, race in races.items()}
            case = f"{name}_{width}"
            numbers[case] = times["raw"] / times["constant"]
            numbers[f"{case}_raw"] = np.median(times["raw"])
            numbers[f"{case}_further"] = paired(times["constant"], times["current"])
            numbers[f"{case}_q"] = starting_q(net, problems)
            numbers[f"{case}_left"] = starting_q(shifted, problems)
            errors.append(median_error(times["constant"], times["current"]))
            for kind in list(times)[1:]:
                numbers[f"{case}_{kind}"] = paired(times["raw"], times[kind])
                errors.append(median_error(times["raw"], times[kind]))
            edges += sum(race.edge.sum() for race in races.values())
            if name == "logistic" and "start" in times:
                control.append(times["start"] > times["constant"])
    medians = {
        name: [
            numbers[f"{name}_{width}_{kind}"][1]
            for width in STARTS
            for kind in ("constant", "current")
        ]
        for name in NAMES
    }
    return {
        # the experiment
        "seed": seed,
        "widths": np.array(list(STARTS)),
        "starts": STARTS[8],
        "wide_starts": STARTS[128],
        "points": points,
        "target": TARGET,
        "rates": RATES[8],
        "wide_rates": RATES[128],
        "relu_mean": mean["relu"],
        "logistic_gain": GAINS["logistic"],
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # factors of each start; 10 %, median, 90 % of what each cure gains; raw steps; the q at
        # the start, and what is left of it without the constant
        **numbers,
        "error": max(errors),
        # the least and the greatest median over the widths and the two ways
        "logistic_least": min(medians["logistic"]),
        "logistic_most": max(medians["logistic"]),
        "relu_least": min(medians["relu"]),
        "relu_most": max(medians["relu"]),
        # κ of one neuron that reads sigmoid outputs, by the formula, at each width
        "kappa": penalty.iid_condition_number(law.q, np.array(list(STARTS))),
        # the control: the mean of the start against one half
        "control": np.size(control),
        "control_slower": np.sum(control),
    }


def raced(net, shifted, problems):
    """The races with the mean, without a constant, and without the current and the first mean."""
    width = max(net.widths)
    ends = WIDE if width == max(STARTS) else SMALL
    raw_ends, other_ends = ends[net.activation]
    raw_rates = np.geomspace(*raw_ends, RATES[width])
    rates = np.geomspace(*other_ends, RATES[width])
    goal = {"target": TARGET, "limit": 900}
    races = {
        "raw": learning_times(net, *problems, rates=raw_rates, **goal),
        "constant": learning_times(shifted, *problems, rates=rates, **goal),
        "current": learning_times(net, *problems, rates=rates, without="current", **goal),
    }
    if width < max(STARTS):  # the widest would take too long
        races["start"] = learning_times(net, *problems, rates=rates, without="start", **goal)
    return races


def starting_q(net, problems):
    """The median q of what each hidden layer passes on at the start."""
    weights, dots, _ = problems
    starts = zip(absorbed(net, weights), dots, strict=True)
    each = [hidden_q(net, w, x) for w, x in starts]
    return np.median(each, axis=0)


def draw(fig, ink, data):
    ax = charts.log_axes(fig.subplots(), x=[0.5, 1, 2, 3, 5, 10])
    cases = [(name, width) for name in NAMES for width in STARTS]
    ax.set(xlim=(0.42, 12), ylim=(len(cases) - 0.45, -0.95))
    ax.set_yticks(range(len(cases)), [f"{NAMES[name]}, width {width}" for name, width in cases])
    ax.set_title("how many times faster without the mean", loc="left")
    ax.axvline(1, color=ink.muted, lw=0.9)
    marks.note(ax, ink, "no gain", (1, -0.6), (-4, 0), color=ink.muted, ha="right", va="center")
    words = {
        "logistic_8": ("½ taken away: ", "current mean out: "),
        "relu_8": (f"{data['relu_mean']:.3f} away: ", ""),
    }
    for place, (name, width) in enumerate(cases):
        case = f"{name}_{width}"
        starts = data[case]
        heights = place - 0.16 + 0.1 * np.sin(2.4 * np.arange(len(starts)))
        ax.plot(starts, heights, ls="", marker="o", ms=2, color=ink.muted, mew=0)
        farthest = starts.max()
        away, out = words.get(case, ("", ""))
        gain(ax, ink, data[f"{case}_constant"], place - 0.16, away, farthest, constant=True)
        gain(ax, ink, data[f"{case}_current"], place + 0.24, out)


def gain(ax, ink, ratios, height, words, farthest=0.0, constant=False):
    """10 %, median and 90 % of what a cure gains: a bar, a mark, and the median in figures."""
    low, middle, high = ratios
    colour = ink.centred if constant else ink.mean
    form = {"marker": "D", "mfc": colour} if constant else {"marker": "o", "mfc": ink.paper}
    ax.plot([low, high], [height, height], color=colour, lw=1.1)
    ax.plot(middle, height, ms=5, mec=colour, mew=1.2, ls="", **form)
    at = max(high, farthest), height
    marks.note(ax, ink, f"{words}{middle:.1f}", at, (5, 0), color=colour, va="center", size=8)
