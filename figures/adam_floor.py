r"""In a short valley Adam takes as long as in the bowl, as its momentum costs it that anyway; in a long one it pays.

Steps of three optimisers with whole batches against the condition number $\kappa$ of the valley, on the {{ sets }} data sets of the rotation test: the further their common mean is moved from zero, the longer the valley.
With centred inputs Adam takes {{ centred:.0f}} steps, wherever the mean was; past $\kappa \approx {{ floor_end:.0f}}$ raw ones cost it over a quarter more, and at $\kappa = {{ longest:,.0f}}$ it takes {{ adam_longest:,.0f}}.
Rings are layers that read that many outputs of sigmoids or ReLUs.

Seed {{ seed }}, {{ samples:,}} samples with {{ inputs }} inputs, uniform in an interval of length 1 about the mean, which goes from {{ least_mean:.3f}} to {{ largest_mean:.0f}}; from weights of zero until {{ tolerance:.2%}} of the distance to a goal across the mean is left.
Descent and the heavy ball take the best settings for the spectrum of each data set; Adam takes the best of {{ rates }} fixed rates, the same for all data sets, with the decays {{ momentum }} and {{ decay }} of its paper.
Lines are medians; thin bars span the middle four fifths of the data sets.
The rings are independent inputs with the moments of such outputs for standard normal sums, for infinitely many samples; medians of {{ goals }} goals.
Under a momentum of {{ momentum }} an error shrinks in the long run by no more than a factor of $\sqrt{0.9}$ a step, at any rate; that alone takes about {{ momentum_floor:.0f}} steps.
Sign descent with whole batches, at mean ½ and with a rate that falls by the same share at every step, takes {{ sign_raw:.0f}} steps raw and {{ sign_centred:.0f}} centred, each data set at the best of {{ sign_choices }} pairs of rate and share.
"""

from functools import partial

import numpy as np

from inks.stills import charts, marks
from zigzag import curvature, data, descent, gradients, normalise, penalty, trials, tuning

ALT = """Steps against condition number on logarithmic axes. Descent rises as the condition number, from
{{ gd[0]:.0f}} to {{ gd[-1]:,.0f}} steps, the heavy ball as its root. Adam stays level near {{ centred:.0f}},
on the dashed line of centred inputs, up to a condition number of about {{ floor_end:.0f}}, and then
rises to {{ adam_longest:,.0f}}. Four rings lie on its line or close
below it: layers of 64 to 2,048 inputs."""
SIZE = (4.8, 3.6)
LAYERS = {  # what a layer reads, and how many of them
    "sigmoid, 64": ("logistic", 64),
    "sigmoid, 512": ("logistic", 512),
    "ReLU, 512": ("relu", 512),
    "ReLU, 2048": ("relu", 2048),
}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    goals = 5
    means = 2.0 ** np.arange(-3, 2.5, 0.5)
    adam_rates = np.geomspace(0.005, 1.5, 40)[:, None]
    sign_rates = np.geomspace(0.02, 2, 10)
    sign_falls = 1 - np.geomspace(0.5, 0.005, 14)
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    fastest = partial(tuning.fastest, tolerance=tolerance)
    adam = partial(descent.adam, decays=(0.9, 0.999))
    bowl = curvature.second_moment(normalise.centre(x))
    floor = fastest(adam, gradients.quadratic(bowl, goal), goal, rates=adam_rates, limit=300)
    kappas = []
    winners = {"gd": [], "ball": [], "adam": []}
    for mean in means:
        h = curvature.second_moment(x + (mean - 0.5))
        kappas.append(np.median(curvature.condition_number(h)))
        valley = gradients.quadratic(h, goal)
        ball_rate, momentum = curvature.polyak(h)
        ball = partial(descent.heavy_ball, momentum=momentum)
        races = {
            "gd": (descent.gradient_descent, curvature.best_rate(h)[None], 6),
            "ball": (ball, ball_rate[None], 6),
            "adam": (adam, adam_rates, 0.6),
        }
        for name, (optimiser, rates, patience) in races.items():
            limit = int(300 + patience * kappas[-1])
            won = fastest(optimiser, valley, goal, rates=rates, limit=limit)
            winners[name].append(won)
    layers = []
    for kind, width in LAYERS.values():
        law = data.law(kind)
        across = trials.zero_sum(goals, width, rng=rng)
        spike = gradients.spiked(law.mean, law.variance, across)
        kappa = float(penalty.iid_condition_number(law.q, width))
        won = fastest(adam, spike, across, rates=adam_rates[::2], limit=int(300 + 0.6 * kappa))
        winners[kind, width] = [won]
        layers.append([kappa, won.median])
    signs = partial(
        trials.falling_sign_steps,
        goal=goal,
        rates=sign_rates,
        falls=sign_falls,
        tolerance=tolerance,
    )
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "goals": goals,
        "rates": len(adam_rates),
        "sign_choices": sign_rates.size * sign_falls.size,
        "means": means,
        "least_mean": means[0],
        "largest_mean": means[-1],
        # how often the best rate was the first or the last one tried
        "edges": floor.edge + sum(won.edge for walks in winners.values() for won in walks),
        # condition numbers, and the steps of each optimiser
        "kappas": kappas,
        "gd": medians(winners["gd"]),
        "ball": medians(winners["ball"]),
        "adam": medians(winners["adam"]),
        "adam_spans": [won.span for won in winners["adam"]],
        "sign_raw": np.median(signs(curvature.second_moment(x), limit=700)),
        "sign_centred": np.median(signs(bowl, limit=100)),
        # Adam on centred inputs, what its momentum alone takes, and where the raw ones leave that
        "centred": floor.median,
        "longest": kappas[-1],
        "adam_longest": winners["adam"][-1].median,
        "adam_span": floor.span,
        "momentum": adam.keywords["decays"][0],
        "decay": adam.keywords["decays"][1],
        "momentum_floor": curvature.steps_to(tolerance, adam.keywords["decays"][0] ** 0.5),
        "floor_end": leaves(kappas, winners["adam"], 1.25 * floor.median),
        "layers": layers,
        "sigmoid_512": layers[list(LAYERS).index("sigmoid, 512")],
        "relu_512": layers[list(LAYERS).index("ReLU, 512")],
    }


def medians(walks):
    """The median steps of each."""
    return np.array([won.median for won in walks])


def leaves(kappas, walks, level):
    """The condition number, to two digits, at which the steps pass a level."""
    rising = np.maximum.accumulate(medians(walks))
    end = np.interp(np.log(level), np.log(rising), np.log(kappas))
    return float(f"{np.exp(end):.2g}")


def draw(fig, ink, data):
    kappas = np.asarray(data["kappas"])
    places = [10, 100, 1000, 10_000]
    ax = charts.log_axes(fig.subplots(), x=places, y=places, title="steps")
    ax.set(xlim=(5, 20_000), ylim=(9, 30_000), xlabel=r"condition number $\kappa$ of the valley")
    for name in "gd", "ball":
        ax.plot(kappas, data[name], color=ink.raw, lw=1)
    marks.note(ax, ink, "descent", (kappas[7], data["gd"][7]), (-9, 2), color=ink.raw, ha="right")
    marks.note(ax, ink, "heavy ball", (kappas[2], data["ball"][2]), (9, -7), color=ink.raw)
    spread = np.transpose(data["adam_spans"])
    charts.line(ax, ink, kappas, data["adam"], "Adam", (-12, 11), spread=spread)
    level = data["centred"]
    ax.axhline(level, **marks.look(ink, centred=True))
    corner = (19_000, level)
    words = f"Adam, centred: {level:.0f}"
    marks.note(ax, ink, words, corner, (0, -5), color=ink.centred, ha="right", va="top")
    end = data["floor_end"]
    ax.plot([end, end], [level / 4, level], color=ink.text, lw=1)
    below = (end, level / 4)
    marks.note(ax, ink, "Adam's floor ends", below, (0, -3), ha="center", va="top")
    tip = 1.25 * kappas[-1]
    span = {"arrowprops": {"arrowstyle": "<->", "color": ink.text, "shrinkA": 0, "shrinkB": 0}}
    ax.annotate("", (tip, level), (tip, data["adam"][-1]), **span)
    middle = np.sqrt(level * data["adam"][-1])
    times = f"{data['adam_longest'] / level:.0f} times"
    marks.note(ax, ink, times, (tip, middle), (5, 0), va="center")
    for label, (kappa, steps) in zip(LAYERS, data["layers"], strict=True):
        ax.plot(kappa, steps, "o", ms=8, mfc="none", mec=ink.text, mew=1.1, zorder=5)
        away = (-6, 5) if steps > level else (-4, -14)
        marks.note(ax, ink, label, (kappa, steps), away, ha="right")
