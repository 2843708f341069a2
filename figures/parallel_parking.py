r"""A car, like weights with one-signed gradients, reaches a goal beside it only by going back and forth.

Left, a small car shifts {{ sideways }} m sideways, into a slot that leaves it {{ slack }} m of slack: each run steers an S.
Right, weights whose inputs are the outputs of many logistic units: each step stays within {{ half_angle:.1f }}° of northeast or of southwest.
Their goal is as far off, their corridor is as wide, and both travel at the same speed.
A move is a run between reversals: the car makes {{ moves }} over {{ metres:.1f }} m, the weights make {{ walk_moves }} over {{ walk_length:.1f }}.
"""

import numpy as np
from inks.motion import Counters, View, film
from inks.pace import stop_and_go
from inks.street import Drive, roadside
from inks.weights import Walker, corridor, weight_plane
from zigzag import activations, cone, parking

ALT = """Left, from above: a car in a slot between two parked ones, its tyre tracks a zig-zag beside
it. Right, between dashed walls, four straight strokes zig-zag from lower right to a star."""
TRANSCRIPT = [
    (0.0, "A car beside a slot. A dot at the lower right of a plane, a star at its upper left."),
    (
        1.0,
        "Front wheels turn, the car backs in an S; the dot goes up and right as far. Then both turn back.",
    ),
    (
        5.8,
        "The dot is at the star: moves {{ walk_moves }}, length {{ walk_length:.1f }}. The car goes on.",
    ),
    (
        11.0,
        "The car stands in the slot, wheels straight: moves {{ moves }}, metres {{ metres:.1f }}.",
    ),
]


def measure():
    car, aside, slack = parking.Car(2.49, 0.49, 0.52, 1.665, turning_radius=2.7), 2.4, 1.9
    arcs = parking.shuffle(-aside, slack, car.turning_radius)
    slot = parking.Slot(car.length + slack + 0.1, car.length, car.width, kerb_gap=0.55)
    start = [0.05 + slack + car.rear_overhang, slot.kerb_gap + car.width / 2 + aside, 0]
    beats, runs = np.linspace(0, len(arcs) + 1, 331), len(arcs) // 2
    driven, curvature = stop_and_go(arcs, beats)
    poses, _ = parking.travel(start, arcs, driven)
    phi = activations.moments("logistic").half_angle
    across = np.linspace(0, aside, cone.corridor_moves(aside, slack, phi) + 1)
    walk = np.column_stack([np.resize([0, across[1] / np.tan(phi)], len(across)), across])
    plan = [shape(car, np.zeros(3)) for shape in (parking.outline, parking.wheels)]
    length, n = cone.path_length(walk).item(), len(walk) - 1
    walked = np.minimum(driven, length)
    data = {"sideways": aside, "slack": slack, "half_angle": np.degrees(phi), "moves": runs}
    data |= {"clearance": parking.clearance(parking.outline(car, poses), slot).min()}
    data |= {"car": np.stack(plan), "parked": slot.neighbours, "poses": poses}
    data |= {"angles": parking.wheel_angles(car, curvature), "driven": driven, "metres": driven[-1]}
    data |= {"runs": np.minimum(np.ceil(beats / 2), runs).astype(int), "walk": walk}
    data |= {"walk_moves": n, "walk_length": length, "walked": walked}
    return data | {"walk_runs": np.ceil(walked / length * n - 1e-9).astype(int)}


def play(scene, ink, data):
    bay = data["poses"][-1]
    street = View((-3.05, 0.3), (2.7, bay[1] + 1.1), 0.78, np.radians(225))
    plane = View((3.9, 0.4), (0.75, 1.15), 1.68, np.radians(45))
    scene.add(roadside(ink, street, data["car"], data["parked"], bay, data["slack"]))
    scene.add(weight_plane(ink, (0.9, -2.75), (6.6, 3.6)))
    scene.add(corridor(ink, plane, data["walk"], data["slack"]))
    car = Drive(ink, street, data["car"], data["poses"], data["angles"])
    walker = Walker(ink, plane, data["walk"], data["walked"], np.radians(data["half_angle"]))
    left = Counters(ink, -6.6, {"moves": data["runs"], "metres": data["driven"]})
    right = Counters(ink, 0.9, {"moves": data["walk_runs"], "length": data["walked"]})
    film(scene, car, walker, left, right, rows=len(data["poses"]))
