r"""The closer two samples stand together, the longer the walk across them, and the more steps, by far, it takes.

Two samples stand at the same angle on either side of northeast; the goal lies northwest, at distance 1.
The walker takes them in turn and goes along each as far as it asks, until a millionth of the way is left.
At {{ angles[0]:.0f}}° on either side, {{ steps[0] }} steps and length {{ lengths[0]:.2f}} are enough.
At {{ angles[2]:.1f}}°, where the outputs of many logistic units stand if their sums are standard normal, it takes {{ steps[2] }} and {{ lengths[2]:.2f}}; at {{ angles[4]:.0f}}°, {{ steps[4] }} and {{ lengths[4]:.2f}}.
"""

from itertools import cycle

import numpy as np

from inks.motions.counters import Table
from inks.motions.film import View, film
from inks.motions.marks import weight_plane
from inks.motions.reels import Relay
from inks.motions.walkers import Walker
from inks.pace import in_turn
from zigzag import activations, descent, reading

ALT = """Left, a zig-zag of many strokes, narrow as a needle, runs up left to a star. Right, a table:
angle, steps, length. Its last line reads {{ angles[4]:.0f}}°, {{ steps[4] }}, {{ lengths[4]:.1f}}."""
TRANSCRIPT = [
    (0.0, "A dot at the lower right of a plane, a star at its upper left. A table, one line: 45°."),
    (1.0, "The dot goes up, then left, and is there: {{ steps[0] }} steps."),
    (
        2.3,
        "Angle 30°: it zig-zags. {{ steps[1] }} steps. Then {{ angles[2]:.1f}}°: {{ steps[2] }}.",
    ),
    (5.5, "Angle 10°: a narrow zig-zag, {{ steps[3] }} steps."),
    (8.1, "Angle 5°: a needle. The dot looks to be there; its steps run on to {{ steps[4] }}."),
]


def measure():
    logistic = np.degrees(activations.moments("logistic").half_angle)
    angles = np.array([45, 30, logistic, 10, 5])
    goal = np.array([-1, 1]) / np.sqrt(2)
    paths = []
    for half in np.radians(angles):
        turns = (np.pi / 4 + half, np.pi / 4 - half)
        rays = np.array([[np.cos(turn), np.sin(turn)] for turn in turns])
        samples = cycle(list(zip(rays, rays @ goal, strict=True)))
        path = reading.path(descent.kaczmarz(samples, np.zeros(2)), steps=1000)
        steps = reading.arrival(iter(path), goal, tolerance=1e-6, limit=1000).steps
        paths.append(path[: steps + 1])
    turns, done, walked = in_turn(paths, [39, 45, 51, 78, 126])
    counted = np.ceil(done).astype(int)
    return {
        **{f"walk_{i}": path for i, path in enumerate(paths)},
        # rows of the film
        "turns": turns,
        "done": done,
        "walked": walked,
        "counted": counted,
        # the table at its end
        "angles": angles,
        "steps": counted[-1],
        "lengths": walked[-1],
    }


def play(scene, ink, data):
    plane = View((-3.5, 0.35), look_at=(-0.354, 0.354), scale=7.2)
    scene.add(weight_plane(ink, (-6.8, -3.0), (0.2, 3.7)))
    walkers = []
    for i, half in enumerate(np.radians(data["angles"])):
        path = data[f"walk_{i}"]
        walkers.append(Walker(ink, plane, path, data["done"][:, i], half, width=4))
    relay = Relay(walkers, data["turns"])
    table = Table(
        ink,
        [f"{angle:.3g}°" for angle in data["angles"]],
        {"steps": data["counted"], "length": data["walked"]},
        (1.5, 4.6, 6.8),
        title="angle",
        since=relay.since,
    )
    film(scene, relay, table, rows=len(data["turns"]))
