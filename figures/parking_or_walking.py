r"""A car that parks and a neuron with positive inputs have the same trouble: the goal lies beside them.

Left, a car that cannot move sideways comes to its place in {{ moves }} runs, forwards and backwards.
Right, weights that learn from one random sample a step, going along it as far as it asks, until 1% of the way is left.
With inputs between 0 and 1 (solid) every step goes northeast or southwest: {{ raw_steps }} steps zig-zag to the star.
With the same inputs less their mean (dashed) {{ centred_steps }} steps walk home.
The two walks are those of the first picture, typical of {{ seeds:,}} runs.
"""

from dataclasses import asdict

import numpy as np

from inks.motions.counters import Counters
from inks.motions.film import View, film
from inks.motions.marks import weight_plane
from inks.motions.street import Drive, roadside
from inks.motions.walkers import Walker
from inks.pace import ROWS_PER_SECOND, even_stride
from zigzag import parking, trajectory, trials

ALT = """Left, from above: a car between two parked ones, behind it the zig-zag of its tyre tracks. Right,
a solid path zig-zags up left to a star in {{ raw_steps }} strokes; a dashed one gets there in {{ centred_steps }}."""
TRANSCRIPT = [
    (0.0, "A car beside a gap. A round dot and a square at one place, a star up left of them."),
    (1.0, "The car backs in an S. The square goes far left; the dot up right, then back."),
    (3.6, "The car goes forwards. The dot goes up, then left; the square nears the star."),
    (5.9, "The square, on its dashed path, is at the star: {{ centred_steps }} steps."),
    (6.2, "The car backs again. The dot zig-zags towards the star, in ever shorter strokes."),
    (8.7, "The car stands: {{ moves }} runs. Soon the dot is at the star: {{ raw_steps }} steps."),
]


def measure():
    goal = np.array([-1.0, 1.0])
    seeds = 4000
    # the car
    small = trajectory.SMALL
    plan = parking.park(small, sideways=2.4, slack=3.0)
    drive = trajectory.trajectory(small, plan, rows=9 * ROWS_PER_SECOND + 1)
    # the weights
    runs = [np.random.default_rng(seed).uniform(size=(200, 2)) for seed in range(seeds)]
    x = np.stack(runs).round(3)
    _, (raw, centred) = trials.typical_walks(x, goal)
    raw_steps = len(raw) - 1
    centred_steps = len(centred) - 1
    share = np.linspace(0, 1, len(drive.poses))
    raw_done, _ = even_stride(raw, share)
    return {
        **asdict(drive),
        "moves": drive.runs[-1],
        "goal": goal,
        "seeds": seeds,
        "raw_walk": raw,
        "raw_steps": raw_steps,
        "raw_done": raw_done,
        "centred_walk": centred,
        "centred_steps": centred_steps,
        "centred_done": np.minimum(raw_done, centred_steps),
    }


def play(scene, ink, data):
    bay = data["poses"][-1]
    street = View((-3.4, 0.3), look_at=(2.7, bay[1] + 1.1), scale=0.78, turn=np.radians(225))
    plane = View((3.5, 0.6), look_at=(-0.45, 0.5), scale=3.3)
    scene.add(roadside(ink, street, data["car"], data["parked"], bay))
    scene.add(weight_plane(ink, (0.9, -2.45), (6.6, 3.6)))

    car = Drive(ink, street, data["car"], data["poses"], data["angles"])
    raw = Walker(ink, plane, data["raw_walk"], data["raw_done"], np.pi / 4, target=data["goal"])
    centred = Walker(
        ink,
        plane,
        data["centred_walk"],
        data["centred_done"],
        target=data["goal"],
        color=ink.centred,
        dash=0.15,
        sides=4,
        width=5,
    )
    steps = {
        "steps, raw": np.ceil(data["raw_done"]).astype(int),
        "centred": np.ceil(data["centred_done"]).astype(int),
    }
    runs = Counters(ink, -6.6, {"runs": data["runs"]})
    counters = Counters(ink, 1.1, steps, pitch=3.6, signs=(raw.dot, centred.dot))
    film(scene, car, centred, raw, runs, counters, rows=len(data["poses"]))
