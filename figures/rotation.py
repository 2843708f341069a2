r"""Turn the inputs, and signs come unlocked; the valley turns too, and the walk in it stays as long.

Left, gradients of {{ samples }} single samples with two inputs in (0, 1); in the shaded quadrants their signs agree.
Beside them the lines of equal loss, and a walk with whole batches at the best rate, until a millionth of the way is left.
A turn by 45° leaves {{ locked[300] }}% of the gradients locked, and {{ steps[0] }} steps become {{ steps[1] }}.
Below, {{ inputs }} inputs and a random turn, until {{ tolerance:.2%}} is left: medians of {{ sets }} data sets from seed {{ seed }}, with whole batches and with single samples.
Along its steepest direction the loss there curves by {{ steepest[0]:.2f}} before the turn, {{ steepest[1]:.2f}} after it, and {{ steepest[2]:.2f}} without the mean.
"""

import numpy as np

from inks.motions.counters import Counters, Table, heading
from inks.motions.film import View, film
from inks.motions.marks import contours, crossing, dots
from inks.motions.reels import Turntable
from inks.motions.walkers import Walker
from inks.pace import ROWS_PER_SECOND, even_stride
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
    # twenty inputs
    inputs = 20
    tolerance = 1e-4
    sets = 24
    seed = 5
    rng = np.random.default_rng(seed)
    test = rotation_test(sets, 2000, inputs, tolerance=tolerance, limit=3000, rng=rng)
    cases = test.values()
    # two inputs: the turn, in time
    clock = np.arange(10 * ROWS_PER_SECOND + 1)
    angles = np.pi / 4 * smoothstep((clock - 70) / 80)
    # the gradients, and the share of them that is locked
    rng = np.random.default_rng(4)
    x = data.uniform(400, 2, rng=rng)
    error = data.uniform(400, rng=rng, low=-1)
    cloud = neuron.sample_gradients([0, 0], x, error)
    locked = 100 * cone.one_signed(cloud @ plane_turns(angles)).mean(axis=1)
    # the walk before the turn, and again after it
    h = np.eye(2) / 12 + 1 / 4
    start = np.array([1.42, -0.58]) / np.sqrt(2)
    ends = plane_turns(angles[[0, -1]])
    walk, after = turned_walks(h, start, ends, tolerance=1e-6, limit=99)
    since = np.where(clock < 150, clock, clock - 160)
    done, _ = even_stride(walk, since / 60)
    return {
        "inputs": inputs,
        "tolerance": tolerance,
        "sets": sets,
        "seed": seed,
        "signs": rounded([100 * case.locked for case in cases]),
        "batch": rounded([np.median(case.batch) for case in cases]),
        "single": rounded([np.median(case.single) for case in cases]),
        "steepest": [np.median(curvature.eigenvalues(case.h)[:, -1]) for case in cases],
        "samples": len(x),
        "locked": rounded(locked),
        "cloud": cloud,
        "h": h,
        "steps": [len(walk) - 1, len(after) - 1],
        "angles": angles,
        "done": done,
        "walk": walk,
        "after": after,
    }


def rounded(values):
    """Values as the nearest integers."""
    return np.rint(values).astype(int)


def play(scene, ink, data):
    left = View((-4.8, 2.0), scale=1.6)
    right = View((2.1, 2.0), scale=1.6)
    scene.add(crossing(ink, left.centre, 1.85, locked=True))
    scene.add(crossing(ink, right.centre, 1.85))
    cloud = Turntable(left.centre, data["angles"], dots(left(data["cloud"]), 0.04, ink.raw))
    ellipses = contours(ink, right, data["h"], (0, 0), np.arange(1, 5) / 3.6)
    walker = Walker(ink, right, data["walk"], data["done"], width=4)
    valley = Turntable(right.centre, data["angles"], ellipses, walker)

    done = np.ceil(data["done"]).astype(int)
    locked = Counters(ink, -2.6, {"locked %": data["locked"]}, y=1.3)
    steps = Counters(ink, 4.3, {"steps": done}, y=1.3)
    table = Table(
        ink,
        ("given", "rotated", "centred"),
        {
            "locked %": data["signs"],
            "steps, batches": data["batch"],
            "steps, single": data["single"],
        },
        (-6.4, -0.9, 2.9, 6.5),
        title=f"{data['inputs']} inputs",
        top=-0.65,
        since=(0, 235, 265),
    )
    scene.add(heading(ink, "2 inputs", -2.6, 2.7))
    film(scene, cloud, valley, locked, steps, table, rows=len(data["angles"]))
