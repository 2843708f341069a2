r"""Turn the inputs, and signs come unlocked; the valley turns too, and the walk in it stays as long.

Left, gradients of {{ samples }} single samples with two inputs in (0, 1); in the shaded quadrants their signs agree.
Beside them the lines of equal loss, and a walk with whole batches at the best rate, until a millionth of the way is left.
A turn by 45° leaves {{ locked[300] }}% of the gradients locked, and {{ steps[0] }} steps become {{ steps[1] }}.
Below, {{ inputs }} inputs and a random turn, until {{ tolerance:.2%}} is left: medians of {{ sets }} data sets from seed {{ seed }}, with whole batches and with single samples.
Along its steepest direction the loss there curves by {{ steepest[0]:.2f}} before the turn, {{ steepest[1]:.2f}} after it, and {{ steepest[2]:.2f}} without the mean.
"""

import numpy as np

from inks.counters import Counters, Table, heading
from inks.motion import View, film
from inks.pace import even_stride
from inks.reels import Turntable
from inks.weights import Walker, contours, crossing, dots
from zigzag import cone, curvature, data, neuron
from zigzag.rotation import plane_turns, rotation_test, turned_walks
from zigzag.trajectory import smoothstep

ALT = """Dots fill an upright band, half of it in shaded quadrants. Beside it long ellipses, lying, and a
walk along them. A table, steps: given {{ batch[0] }}, rotated {{ batch[1] }}, centred {{ batch[2] }}."""
TRANSCRIPT = [
    (0.0, "Dots fill two shaded quadrants. Beside them ellipses, slanting. A table of one line."),
    (1.0, "A walk zig-zags along the ellipses to a star: {{ steps[0] }} steps."),
    (3.3, "Dots, ellipses and walk turn by 45°. Locked falls from 100% to {{ locked[300] }}%."),
    (6.3, "The walk starts anew, along the turned ellipses: {{ steps[1] }} steps."),
    (8.8, "The table, rotated: {{ signs[1] }}% locked, {{ batch[1] }} and {{ single[1] }} steps."),
    (9.8, "Centred: {{ signs[2] }}% locked, {{ batch[2] }} and {{ single[2] }} steps."),
]


def measure():
    d, tolerance, sets, seed = 20, 1e-4, 24, 5
    size = {"tolerance": tolerance, "limit": 3000, "rng": np.random.default_rng(seed)}
    cases = rotation_test(sets, 2000, d, **size).values()
    out = {"inputs": d, "tolerance": tolerance, "sets": sets, "seed": seed}
    counted = [(100 * c.locked, np.median(c.batch), np.median(c.single)) for c in cases]
    out["signs"], out["batch"], out["single"] = np.rint(counted).astype(int).T
    out["steepest"] = [np.median(curvature.eigenvalues(case.h)[:, -1]) for case in cases]
    clock, rng = np.arange(301), np.random.default_rng(4)  # two inputs from here
    x, error = data.uniform(400, 2, rng=rng), data.uniform(400, rng=rng, low=-1)
    cloud = neuron.sample_gradients([0, 0], x, error)
    angles = np.pi / 4 * smoothstep((clock - 70) / 80)
    locked = 100 * cone.one_signed(cloud @ plane_turns(angles)).mean(axis=1)
    h, start, turns = np.eye(2) / 12 + 1 / 4, np.array([1.42, -0.58]) / np.sqrt(2), angles[[0, -1]]
    walk, after = turned_walks(h, start, plane_turns(turns), tolerance=1e-6, limit=99)
    done, _ = even_stride(walk, np.where(clock < 150, clock, clock - 160) / 60)
    out |= {"samples": len(x), "locked": np.rint(locked).astype(int), "cloud": cloud, "h": h}
    out |= {"steps": [len(walk) - 1, len(after) - 1], "angles": angles, "done": done}
    return out | {"walk": walk, "after": after}


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
    columns, names = {h: data[key] for h, key in heads.items()}, ("given", "rotated", "centred")
    look = {"title": f"{data['inputs']} inputs", "top": -0.65, "since": (0, 235, 265)}
    table = Table(ink, names, columns, (-6.4, -0.9, 2.9, 6.5), **look)
    scene.add(heading(ink, "2 inputs", -2.6, 2.7))
    film(scene, cloud, valley, locked, steps, table, rows=len(data["angles"]))
