r"""Give each sample a random sign: the mean is gone, and neither the lock nor one step goes with it.

A sample and its target turn together, $(x, y) \to (-x, -y)$, so no gradient $\delta x$ of a neuron without a bias changes.
That leaves no mean to take away, and centring then gains nothing: what makes the valley is $E\,xx^{\mathsf T}$, the second moment about zero.

{{ sets }} data sets of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), those of the rotation test, seed {{ seed }}: $q$, κ and steps are medians over them.
Steps are those of full batches at the best fixed rate, from weights of zero until {{ tolerance:.2%}} of the distance to a goal across $(1, \dots, 1)$ is left; thin lines span the middle four fifths of the data sets.
$q$ is the squared length of the mean over the sum of the variances.
The clouds show {{ shown }} samples of one data set, in two of the {{ inputs }} inputs.
"""

import numpy as np

from inks.stills import charts, marks
from zigzag import centring, cone, curvature, normalise, trials

ALT = """Four rows of a cloud of inputs and three bars: locked signs, valley, steps. As given, the cloud
lies northeast of zero; with random signs, northeast and southwest, and its bars are as long. Centred
after that, they are nearly as long. Centred without random signs, they all but vanish."""
SIZE = (4.8, 3.2)
ROWS = {
    "given": "as given",
    "signed": "random signs",
    "both": "random signs,\nthen centred",
    "centred": "centred alone",
}
BARS = {
    "locked": ("signs locked", ".0%"),
    "kappa": ("valley κ", ".1f"),
    "steps": ("steps", ".0f"),
}


def measure():
    sets = 24
    samples = 2000
    inputs = 20
    tolerance = 1e-4
    seed = 5
    shown = 100
    rng = np.random.default_rng(seed)
    x, goal = trials.uniform_problems(sets, samples, inputs, rng=rng)
    signed = centring.random_signs(x, rng=rng)
    cases = {
        "given": x,
        "signed": signed,
        "both": normalise.centre(signed),
        "centred": normalise.centre(x),
    }
    numbers = {}
    for name, seen in cases.items():
        steps = trials.batch_steps(seen, goal, tolerance=tolerance, limit=2000)
        kappa = curvature.condition_number(curvature.second_moment(seen))
        numbers[f"{name}_q"] = np.median(centring.mean_ratio(seen))
        numbers[f"{name}_locked"] = cone.one_signed(seen).mean()
        numbers[f"{name}_kappa"] = np.median(kappa)
        numbers[f"{name}_kappa_span"] = np.quantile(kappa, [0.1, 0.9])
        numbers[f"{name}_steps"] = np.median(steps)
        numbers[f"{name}_steps_span"] = np.quantile(steps, [0.1, 0.9])
        numbers[f"{name}_cloud"] = seen[0, :shown, :2]
    middle = np.array([0.4, 0.8])
    spread = 0.19
    classes = spread**2 * np.eye(2) + np.outer(middle, middle)
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "tolerance": tolerance,
        "seed": seed,
        "shown": shown,
        # q, locked share, κ and steps of each kind of inputs
        **numbers,
        # two classes about opposite points: no mean, and a valley
        "classes_middle": middle,
        "classes_spread": spread,
        "classes_kappa": curvature.condition_number(classes),
    }


def draw(fig, ink, data):
    grid = fig.add_gridspec(len(ROWS), 4, width_ratios=[0.8, 1, 1, 1.15])
    for row, name in enumerate(ROWS):
        ax = fig.add_subplot(grid[row, 0])
        cloud(ax, ink, data, name)
        if row == 0:
            ax.set_title("inputs")
            marks.note(ax, ink, "mean", (0.5, 0.5), (12, 0), color=ink.mean, va="center")
    for column, (kind, (title, form)) in enumerate(BARS.items(), 1):
        ax = fig.add_subplot(grid[:, column])
        rows = {}
        for name in ROWS:
            value = data[f"{name}_{kind}"]
            span = data.get(f"{name}_{kind}_span", [value, value])
            rows[name] = [charts.Bar(value, span, centred=name == "centred")]
        stretch = 2.25 if kind == "steps" else 1.75
        charts.bars(ax, ink, rows, title=title, form=form, stretch=stretch)
        ax.set_yticks([])
    bracket(ax, ink, 1.75 * data["given_steps"], 1.85 * data["given_steps"], "the same")


def cloud(ax, ink, data, name):
    """Some samples in two of their inputs, what the row is called, and its q."""
    centred = name == "centred"
    colour = ink.centred if centred else ink.raw
    marks.plane(ax, ink, limit=1.12, names=("", ""))
    ax.scatter(*data[f"{name}_cloud"].T, s=3, lw=0, color=colour, marker="D" if centred else "o")
    if name == "given":
        marks.mean(ax, ink, (0.5, 0.5))
    beside = {"ha": "right", "va": "center"}
    ax.text(-1.3, 0.25, ROWS[name], color=colour, **beside)
    ax.text(-1.3, -0.85, f"$q$ = {data[f'{name}_q']:.2f}", color=ink.mean, **beside)


def bracket(ax, ink, inner, outer, label):
    """A bracket beside the bars of the first three rows, and what it says."""
    ax.plot([inner, outer, outer, inner], [-0.3, -0.3, 2.3, 2.3], color=ink.text, lw=0.9)
    ax.text(1.05 * outer, 1, label, color=ink.text, rotation=90, va="center")
