r"""On real handwritten digits, centring makes a network learn {{ least_faster:.1f}} to {{ most_faster:.0f}} times faster: it depends on the optimiser, the batch and the unit of grey.

Each dot is how many times fewer steps a network of {{ hidden }} tanh units takes to a log loss of {{ target }}, once the mean of the training set is taken away from all digits.
Plain descent with whole batches on grey values 0 to {{ white:.0f}} gains most; change any of the three, and centring gains less.

{{ train }} of the {{ all:,}} digits of $8 \times 8$ pixels that scikit-learn ships; seed {{ seed }}.
Dots are medians of {{ seeds }} starts, each raw against the same start centred; thin lines span all of them.
Raw or centred, and whatever the unit, a start computes the same function: the first bias takes the mean back, and the first weights the unit.
Each case runs at a rate of its own: the best of a grid by factors of 2 for {{ scouts }} of the starts, then of {{ near }} rates around that one for {{ judges }} of them; so another grid would move a dot by a tenth or so, and another order of the batches one in the lower rows by a quarter.
Steps are counted to the target for all training digits, looked at every {{ every }} steps with batches of {{ batch }}.
Momentum is 0.9, Adam has its published decays.
Of the {{ held }} digits held out, plain descent on grey values 0 to {{ white:.0f}} reads {{ raw_right:.0%}} correctly raw, after {{ raw_steps:.0f}} steps, and {{ centred_right:.0%}} centred, after {{ centred_steps:.0f}}.
"""

from functools import partial
from itertools import product

import numpy as np

from inks.stills import charts, marks
from zigzag import descent, network, small_batches
from zigzag.architecture import Network, on_other_inputs, random_weights
from zigzag.common_rate import at_common_rate, narrowed

ALT = """Six rows of two dots each on a scale of how many times faster, all of them right of one.
Whole batches, grey values 0 to 16 and 0 to 1: descent {{ descent_full_16:.1f}} and {{ descent_full_1:.1f}},
momentum {{ ball_full_16:.1f}} and {{ ball_full_1:.1f}}, Adam {{ adam_full_16:.1f}} and {{ adam_full_1:.1f}}. Batches of
{{ batch }}: {{ descent_small_16:.1f}} and {{ descent_small_1:.1f}}, {{ ball_small_16:.1f}} and {{ ball_small_1:.1f}}, {{ adam_small_16:.1f}} and {{ adam_small_1:.1f}}."""
SIZE = (4.8, 3.3)
OPTIMISERS = {  # and the first rate of its grid
    "descent": (descent.gradient_descent, 0.04),
    "ball": (partial(descent.heavy_ball, momentum=0.9), 0.008),
    "adam": (descent.adam, 0.002),
}
NAMES = {"descent": "descent", "ball": "momentum", "adam": "Adam"}
BATCHES = {"full": "whole batches", "small": "batches of {batch}"}
UNITS = (16, 1)  # what white is
TOP = "descent_full_16"  # the case that gains most


def measure():
    from sklearn.datasets import load_digits

    experiment = {
        "seed": 3,
        "seeds": 8,
        "hidden": 32,
        "target": 0.2,
        "batch": 32,
        "every": 8,
    }
    rounds = {"scouts": 2, "judges": 4, "near": 5}
    grid = 2.0 ** np.arange(10)
    pixels, y = load_digits(return_X_y=True)
    white = pixels.max()
    rng = np.random.default_rng(experiment["seed"])
    train, held = np.split(rng.permutation(len(pixels)), [800])
    digits = y[train].astype(float)
    mean = pixels[train].mean(axis=0)
    net = Network((pixels.shape[1], experiment["hidden"], 10))
    start = random_weights(net, experiment["seeds"], rng=rng, gain=1 / pixels.std())
    steps = {}
    rates = {}
    right = {}
    edges = 0
    for name, size, unit, kind in product(OPTIMISERS, BATCHES, UNITS, ("raw", "centred")):
        shift = mean if kind == "centred" else 0 * mean
        seen = (pixels[train] - shift) * unit / white
        begin = on_other_inputs(net, start, mean=shift, scale=white / unit)
        optimiser, first = OPTIMISERS[name]

        def best(starts, candidates, seen=seen, size=size, optimiser=optimiser):
            """The race of some starts; with small batches, all races see the same ones."""
            objective = partial(network.loss_and_gradient, net, x=seen, y=digits)
            looks = {"every": 1}
            if size == "small":
                looks = {"every": experiment["every"]}
                chance = np.random.default_rng(experiment["seed"])
                objective = small_batches.sampled_objective(
                    net, seen, digits, size=experiment["batch"], rng=chance, **looks
                )
            return at_common_rate(
                objective,
                starts,
                rates=candidates,
                target=experiment["target"],
                limit=600,
                optimiser=optimiser,
                share=1.0,
                **looks,
            )

        rate, won = narrowed(best, begin, first * grid, **rounds)
        case = f"{name}_{size}_{unit}"
        rates[f"{case}_{kind}_rate"] = rate
        steps[f"{case}_{kind}"] = won.steps
        edges += won.edge
        if case == TOP:
            taken = np.ceil(won.steps).astype(int)
            _, ends = network.training(net, begin, seen, digits, rate=rate, steps=taken)
            read = network.outputs(net, ends, pixels[held] - shift).argmax(axis=-1)
            right[f"{kind}_right"] = np.round((read == y[held]).mean(), 3)
    return {
        **experiment,
        **rounds,
        # how often the best rate was the first or the last one of its grid
        "edges": edges,
        # the digits
        "all": len(pixels),
        "train": len(train),
        "held": len(held),
        "white": white,
        "mean_share": mean @ mean / (pixels[train] ** 2).sum(axis=1).mean(),
        **right,
        # rates and steps of each case
        **rates,
        **steps,
        "raw_steps": np.median(steps[f"{TOP}_raw"]),
        "centred_steps": np.median(steps[f"{TOP}_centred"]),
        # how many times faster the centred networks learn
        **times_faster(steps),
    }


def times_faster(steps):
    """Steps raw over steps centred: the median of the starts of each case, and all their span."""
    faster = {}
    spans = {}
    for name, taken in steps.items():
        if name.endswith("_raw"):
            case = name.removesuffix("_raw")
            ratio = taken / steps[f"{case}_centred"]
            faster[case] = np.median(ratio)
            spans[f"{case}_span"] = np.quantile(ratio, [0, 1])
    least = min(faster.values())
    most = max(faster.values())
    return {**faster, **spans, "least_faster": least, "most_faster": most}


def draw(fig, ink, data):
    ax = charts.log_axes(
        fig.subplots(), x=[1, 2, 4, 8], title="how many times faster, once centred"
    )
    ax.set(xlim=(0.9, 13), ylim=(6.4, -1.4), yticks=[])
    ax.axvline(1, color=ink.text, lw=1)
    labels = {}
    row = 0.0
    for size, heading in BATCHES.items():
        marks.note(ax, ink, heading.format(**data), (1, row - 0.75), (6, 0), color=ink.muted)
        for name, label in NAMES.items():
            labels[row] = label
            for unit, face in zip(UNITS, (ink.mean, ink.paper), strict=True):
                case = f"{name}_{size}_{unit}"
                ax.plot(data[f"{case}_span"], [row, row], color=ink.mean, lw=1)
                ax.plot(data[case], row, "o", ms=7, color=ink.mean, mfc=face, mew=1.4)
            row += 1
        row += 0.9
    ax.set(yticks=list(labels), yticklabels=labels.values(), ylim=(row - 1.3, -1.2))
    for unit, case in ("0 to 16", "descent_full_16"), ("0 to 1", "descent_full_1"):
        marks.note(ax, ink, f"grey {unit}", (data[case], 0), (0, 7), color=ink.mean, ha="center")
    least = min(NAMES, key=lambda name: data[f"{name}_full_1"])
    ends = (data["most_faster"], 0), (data["least_faster"], list(NAMES).index(least))
    for value, place in ends:
        below = {"color": ink.mean, "ha": "center", "va": "top"}
        marks.note(ax, ink, f"{value:.1f}", (value, place), (0, -7), **below)
