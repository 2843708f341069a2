r"""A car that parks and a neuron with positive inputs have the same trouble: the goal lies beside them.

Left, a car that cannot move sideways comes to its place in {{ moves }} runs, forwards and backwards.
Right, weights that learn from one random sample a step, going along it as far as it asks, until 1% of the way is left.
With inputs between 0 and 1 (solid) every step goes northeast or southwest: {{ raw_steps }} steps zig-zag to the star.
With the same inputs less their mean (dashed) {{ centred_steps }} steps walk home.
The two walks are those of the first picture, typical of {{ seeds:,}} runs.
"""

from dataclasses import asdict

import numpy as np

from inks.counters import Counters
from inks.motion import View, film
from inks.pace import even_stride
from inks.street import Drive, roadside
from inks.weights import Walker, weight_plane
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
    goal, seeds, car = np.array([-1.0, 1.0]), 4000, trajectory.SMALL
    seen = trajectory.trajectory(car, parking.park(car, sideways=2.4, slack=3.0), rows=271)
    x = np.stack([np.random.default_rng(seed).uniform(size=(200, 2)) for seed in range(seeds)])
    _, (raw, centred) = trials.typical_walks(x.round(3), goal)
    done, _ = even_stride(raw, np.linspace(0, 1, len(seen.poses)))
    out = asdict(seen) | {"moves": seen.runs[-1], "goal": goal, "seeds": seeds}
    out |= {"raw_walk": raw, "raw_steps": len(raw) - 1, "raw_done": done}
    out |= {"centred_walk": centred, "centred_steps": len(centred) - 1}
    return out | {"centred_done": np.minimum(done, len(centred) - 1)}


def play(scene, ink, data):
    bay, plane = data["poses"][-1], View((3.5, 0.6), (-0.45, 0.5), 3.3)
    street = View((-3.4, 0.3), (2.7, bay[1] + 1.1), 0.78, np.radians(225))
    scene.add(roadside(ink, street, data["car"], data["parked"], bay))
    scene.add(weight_plane(ink, (0.9, -2.45), (6.6, 3.6)))
    car = Drive(ink, street, data["car"], data["poses"], data["angles"])
    walks = [(data[f"{kind}_walk"], data[f"{kind}_done"]) for kind in ("raw", "centred")]
    look = {"color": ink.centred, "dash": 0.15, "sides": 4, "width": 5}
    home = Walker(ink, plane, *walks[1], target=data["goal"], **look)
    walker = Walker(ink, plane, *walks[0], np.pi / 4, target=data["goal"])
    steps = [np.ceil(done).astype(int) for _, done in walks]
    counted, signs = {"steps, raw": steps[0], "centred": steps[1]}, (walker.dot, home.dot)
    counters = Counters(ink, 1.1, counted, pitch=3.6, signs=signs)
    runs = Counters(ink, -6.6, {"runs": data["runs"]})
    film(scene, car, home, walker, runs, counters, rows=len(data["poses"]))
