r"""A car, like weights with one-signed gradients, comes to a goal beside it only by going back and forth.

Left, a small car shifts {{ sideways }} m sideways into a slot that leaves it {{ slack }} m of slack: each run steers an S.
Right, weights whose inputs are the outputs of many logistic units: every step stays within {{ half_angle:.1f }}° of northeast or of southwest.
Their goal is as far off, their corridor as wide, and both travel at the same speed.
A move is a run between reversals: the car makes {{ moves }} over {{ metres:.1f }} m, the weights {{ walk_moves }} over {{ walk_length:.1f }}.
"""

from dataclasses import asdict

import numpy as np

from inks.motions.counters import Counters
from inks.motions.film import View, film
from inks.motions.marks import corridor, weight_plane
from inks.motions.street import Drive, roadside
from inks.motions.walkers import Walker
from inks.pace import ROWS_PER_SECOND
from zigzag import activations, body, cone, parking, slot, track, trajectory

ALT = """Left, from above: a car in a slot between two parked ones, beside it the zig-zag of its tyre
tracks. Right, between dashed walls, {{ walk_moves }} straight strokes zig-zag up and left to a star."""
TRANSCRIPT = [
    (0.0, "A car beside a slot. A dot at the lower right of a plane, a star at its upper left."),
    (1.0, "Wheels turn, the car backs in an S, the dot goes up right as far; then both turn back."),
    (5.9, "The dot is at the star: {{ walk_moves }} moves, length {{ walk_length:.1f }}."),
    (11.3, "The car is in the slot: {{ moves }} moves, {{ metres:.1f }} m. Its wheels straighten."),
]


def measure():
    sideways = 2.4
    slack = 1.9
    # the car
    small = trajectory.SMALL
    plan = parking.park(small, sideways=sideways, slack=slack)
    drive = trajectory.trajectory(small, plan, rows=11 * ROWS_PER_SECOND + 1)
    outlines = body.outline(small, drive.poses)
    # the weights: at the car's speed, until they are there
    phi = activations.moments("logistic").half_angle
    walk = cone.corridor_walk(sideways, slack, phi)
    walked = np.minimum(drive.driven, track.path_length(walk))
    done = walked / walked[-1] * (len(walk) - 1)
    walk_runs = np.ceil(done - 1e-9).astype(int)
    return {
        **asdict(drive),
        "sideways": sideways,
        "slack": slack,
        "half_angle": np.degrees(phi),
        "clearance": slot.clearance(outlines, plan.slot).min(),
        "moves": drive.runs[-1],
        "metres": drive.driven[-1],
        "walk": walk,
        "walked": walked,
        "walk_runs": walk_runs,
        "walk_moves": walk_runs[-1],
        "walk_length": walked[-1],
    }


def play(scene, ink, data):
    bay = data["poses"][-1]
    street = View((-3.05, 0.3), look_at=(2.7, bay[1] + 1.1), scale=0.78, turn=np.radians(225))
    plane = View((3.9, 0.4), look_at=(0.75, 1.15), scale=1.68, turn=np.radians(45))
    scene.add(roadside(ink, street, data["car"], data["parked"], bay, data["slack"]))
    scene.add(weight_plane(ink, (0.9, -2.75), (6.6, 3.6)))
    scene.add(corridor(ink, plane, data["walk"], data["slack"]))

    car = Drive(ink, street, data["car"], data["poses"], data["angles"])
    done = data["walk_moves"] * data["walked"] / data["walk_length"]
    walker = Walker(ink, plane, data["walk"], done, np.radians(data["half_angle"]))
    left = Counters(ink, -6.6, {"moves": data["runs"], "metres": data["driven"]})
    right = Counters(ink, 0.9, {"moves": data["walk_runs"], "length": data["walked"]})
    film(scene, car, walker, left, right, rows=len(data["poses"]))
