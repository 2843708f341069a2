r"""A car that parks and a neuron with positive inputs have the same trouble: the goal lies beside them.

Left, a car that cannot move sideways comes to its place in {{ moves }} runs, forwards and backwards.
Right, weights that learn from one random sample a step, going along it as far as it asks, until 1 % of the way is left.
With inputs between 0 and 1 (solid) every step goes northeast or southwest: {{ raw_steps }} steps zig-zag to the star.
With the same inputs less their mean (dashed) {{ centred_steps }} steps walk home.
Of {{ walkers:,}} walks from seed {{ seed }} these two are typical: each takes the median number of steps.
"""

import numpy as np

from inks.counters import Counters
from inks.motion import View, film
from inks.pace import even_stride, stop_and_go
from inks.street import Drive, roadside
from inks.weights import Walker, weight_plane
from zigzag import descent, parking, reading

ALT = """Left, from above: a car between two parked ones, behind it the zig-zag of its tyre tracks. Right,
a solid path zig-zags up left to a star in {{ raw_steps }} strokes; a dashed one gets there in {{ centred_steps }}."""
TRANSCRIPT = [
    (0.0, "A car beside a gap. A round dot and a square at one place, a star up left of them."),
    (1.0, "The car backs in an S. The square goes up left; the dot goes up right, and turns back."),
    (3.6, "The car goes forwards. The dot takes a long stroke to the left."),
    (5.4, "The square, on its dashed path, is at the star: {{ centred_steps }} steps."),
    (6.2, "The car backs again. The dot zig-zags up, in shorter strokes."),
    (8.7, "The car stands: {{ moves }} runs. Soon the dot is at the star: {{ raw_steps }} steps."),
]


def measure():
    car = parking.Car(2.49, 0.49, 0.52, 1.665, turning_radius=2.7)
    plan = parking.park(car, sideways=2.4, slack=3.0)
    beats, still = np.linspace(0, len(plan.arcs) + 1, 271), np.zeros(3)
    driven, curvature = stop_and_go(plan.arcs, beats)
    poses, _ = parking.travel(plan.start, plan.arcs, driven)
    out = {"poses": poses, "angles": parking.wheel_angles(car, curvature)}
    out["car"] = np.stack([parking.outline(car, still), parking.wheels(car, still)])
    out |= {"parked": plan.slot.neighbours, "moves": len(plan.arcs) // 2}
    out["runs"] = np.minimum(np.ceil(beats / 2), out["moves"]).astype(int)

    goal, seed, walkers = np.array([-1.0, 1.0]), 11, 2000
    for kind, mean in {"centred": 0.5, "raw": 0.0}.items():
        rng = np.random.default_rng(seed)
        x = rng.uniform(size=(100_000, 2)) - mean
        samples = descent.draws(x, x @ goal, rng=rng, walkers=(walkers,))
        walks = descent.kaczmarz(samples, np.zeros((walkers, 2)))
        _, (walk,) = reading.typical(walks, goal, tolerance=0.01, limit=200)
        out |= {f"{kind}_walk": walk, f"{kind}_steps": len(walk) - 1}
    done, _ = even_stride(out["raw_walk"], beats / beats[-1])
    out |= {"raw_done": done, "centred_done": np.minimum(done, out["centred_steps"])}
    return out | {"goal": goal, "walkers": walkers, "seed": seed}


def play(scene, ink, data):
    bay, runs = data["poses"][-1], {"runs": data["runs"]}
    street = View((-3.4, 0.3), (2.7, bay[1] + 1.1), 0.78, np.radians(225))
    plane, goal = View((3.3, 0.6), (-0.45, 0.5), 3.7), data["goal"]
    scene.add(roadside(ink, street, data["car"], data["parked"], bay))
    scene.add(weight_plane(ink, (0.9, -2.45), (6.6, 3.6)))
    car = Drive(ink, street, data["car"], data["poses"], data["angles"])
    look = {"color": ink.centred, "dash": 0.15, "sides": 4, "width": 5}
    home = Walker(ink, plane, data["centred_walk"], data["centred_done"], target=goal, **look)
    walker = Walker(ink, plane, data["raw_walk"], data["raw_done"], np.pi / 4, target=goal)
    steps = (np.ceil(mark.done).astype(int) for mark in (walker, home))
    names, signs = ("steps, raw", "centred"), (walker.dot, home.dot)
    counted = dict(zip(names, steps, strict=True))
    counters = Counters(ink, 1.1, counted, pitch=3.6, signs=signs)
    film(scene, car, home, walker, Counters(ink, -6.6, runs), counters, rows=len(data["poses"]))
