r"""Turn the inputs, and signs come unlocked; the valley turns too, and the walk in it stays as long.

Left, gradients of {{ samples }} single samples with two inputs in (0, 1); in the shaded quadrants their signs agree.
Beside them the lines of equal loss, and a walk with whole batches at the best rate, until a millionth of the way is left.
A turn by 45° leaves {{ locked[300] }} % of the gradients locked, and {{ steps[0] }} steps become {{ steps[1] }}.
Below, {{ inputs }} inputs and a random turn, until {{ tolerance:.2%}} is left: medians of {{ sets }} data sets from seed {{ seed }}, with whole batches and with single samples.
Along its steepest direction the loss there curves by {{ steepest[0]:.2f}} before the turn, {{ steepest[1]:.2f}} after it, and {{ steepest[2]:.2f}} without the mean.
"""

import numpy as np
from manim import LEFT

from inks.car import placed
from inks.counters import Counters, Table
from inks.lettering import Words
from inks.motion import View, film
from inks.pace import even_stride, smooth
from inks.reels import Turntable
from inks.weights import Walker, contours, crossing, dots
from zigzag import cone, curvature, data, descent, neuron

ALT = """Dots fill an upright band, half of it in shaded quadrants. Beside it long ellipses, lying, and a
walk along them. A table, steps: before {{ batch[0] }}, rotated {{ batch[1] }}, centred {{ batch[2] }}."""
TRANSCRIPT = [
    (0.0, "Dots fill two shaded quadrants. Beside them ellipses, slanting. A table of one line."),
    (1.0, "A walk zig-zags along the ellipses to a star: {{ steps[0] }} steps."),
    (3.3, "Dots, ellipses and walk turn by 45°. Locked falls from 100 % to {{ locked[300] }} %."),
    (6.3, "The walk starts anew, along the turned ellipses: {{ steps[1] }} steps."),
    (8.8, "The table, rotated: {{ signs[1] }} % locked, {{ batch[1] }} and {{ single[1] }} steps."),
    (9.8, "Centred: {{ signs[2] }} % locked, {{ batch[2] }} and {{ single[2] }} steps."),
]


def measure():
    sets, n, d, tolerance, seed = 24, 2000, 20, 1e-4, 5
    rng, out = np.random.default_rng(seed), {"inputs": d, "tolerance": tolerance, "seed": seed}
    x, goal = data.uniform(sets, n, d, rng=rng), rng.normal(size=(sets, d)) @ (np.eye(d) - 1 / d)
    turn, order, table = data.rotation(d, rng=rng).T, rng.integers(n, size=3000), []
    centred = x - x.mean(axis=1, keepdims=True)
    for given, w in (x, goal), (x @ turn, goal @ turn), (centred, goal):
        h, y, start = curvature.second_moment(given), neuron.predict(w, given), np.zeros_like(w)
        slope, rate = descent.quadratic(h, w), curvature.best_rate(h)
        single = descent.kaczmarz(zip(given.swapaxes(0, 1)[order], y.T[order], strict=True), start)
        walks = descent.gradient_descent(slope, start, rate=rate), single
        ends = [descent.arrival(walk, w, tolerance=tolerance, limit=len(order)) for walk in walks]
        steps = [np.median(end.steps) for end in ends]
        steepest = np.median(curvature.eigenvalues(h)[:, -1])
        table += [(100 * cone.one_signed(given).mean(), *steps, steepest)]
    *counts, out["steepest"] = np.transpose(table)
    out["signs"], out["batch"], out["single"] = np.rint(counts).astype(int)

    clock, rng, goal = np.arange(301), np.random.default_rng(4), np.zeros(2)  # two inputs from here
    x, error = data.uniform(400, 2, rng=rng), data.uniform(400, rng=rng, low=-1)
    cloud, angles = neuron.sample_gradients(goal, x, error), np.pi / 4 * smooth((clock - 70) / 80)
    locked = [100 * cone.one_signed(placed(cloud, (0, 0, angle))).mean() for angle in angles]
    out |= {"sets": sets, "samples": len(x), "locked": np.rint(locked).astype(int)}
    turns = np.stack([placed(np.eye(2), (0, 0, angle)) for angle in (0, angles[-1])])
    h, start = np.eye(2) / 12 + 1 / 4, (np.array([1, -1]) + 0.42) / np.sqrt(2) @ turns
    slope, rate = descent.quadratic(turns.mT @ h @ turns, goal), curvature.best_rate(h)
    walks = descent.path(descent.gradient_descent(slope, start, rate=rate), steps=99)
    steps = descent.arrival(iter(walks), goal, tolerance=1e-6, limit=99).steps
    walk, after = (walks[: k + 1, i] for i, k in enumerate(steps))
    done, _ = even_stride(walk, np.where(clock < 150, clock, clock - 160) / 60)
    out |= {"cloud": cloud, "angles": angles, "h": h, "walk": walk, "after": after}
    return out | {"steps": steps, "done": done}


def play(scene, ink, data):
    left, right = View((-4.8, 2.0), scale=1.6), View((2.1, 2.0), scale=1.6)
    scene.add(crossing(ink, left.centre, 1.85, locked=True), crossing(ink, right.centre, 1.85))
    cloud = Turntable(left.centre, data["angles"], dots(left(data["cloud"]), 0.04, ink.raw))
    lines = contours(ink, right, data["h"], (0, 0), np.arange(1, 5) / 3.6)
    walker = Walker(ink, right, data["walk"], data["done"], width=4)
    valley = Turntable(right.centre, data["angles"], lines, walker)
    locked = Counters(ink, -2.6, {"locked %": data["locked"]}, y=1.3)
    steps = Counters(ink, 4.3, {"steps": np.ceil(data["done"]).astype(int)}, y=1.3)
    heads = {"locked %": "signs", "steps, batches": "batch", "steps, single": "single"}
    columns, names = {h: data[key] for h, key in heads.items()}, ("before", "rotated", "centred")
    xs, title, since = (-6.4, -0.9, 2.9, 6.5), f"{data['inputs']} inputs", (0, 235, 265)
    table = Table(ink, names, columns, xs, title=title, top=-0.65, since=since)
    scene.add(Words("2 inputs", color=ink.muted).move_to((-2.6, 2.7, 0), LEFT))
    film(scene, cloud, valley, locked, steps, table, rows=len(data["angles"]))
