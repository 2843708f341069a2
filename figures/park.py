r"""Half the room to shuffle, four times the moves.

A car seen from above has backed and driven its way into a slot, {{ sideways }} m beside its street.
The slot is {{ slack }} m longer than the car: it took {{ moves }} moves over {{ metres:.1f}} m.
With half that room it would take {{ half }}.
A walker in a corridor as wide as that room, bound to a quadrant of directions and its opposite, needs {{ walker }} moves, and {{ walker_half }} in half of it.
"""

from dataclasses import asdict, replace

import numpy as np

from inks.stills import marks, street
from zigzag import body, car, cone, parking, trajectory

ALT = """A street from above. Between two parked cars at the kerb stands a third, wheels straight. The
track of its rear axle comes from the lane above it in a narrow zig-zag of curves.
{{ moves }} moves."""
SIZE = (4.8, 2.6)
PRESET = {
    "slack": (1.5, 0.3, 4.0, 0.1),  # metres of slot beyond the car
    "turning_radius": (2.7, 2.0, 6.0, 0.1),  # of the rear axle, metres
    "step": (0, 0, 1000, 1),  # how far it has been played; 0 shows all
}
LABELS = {
    "slack": "Room, m",
    "turning_radius": "Radius, m",
    "play": "Let it park",
    "back_left": "Back ↖",
    "back": "Back ←",
    "back_right": "Back ↙",
    "forward_left": "Forward ↗",
    "forward": "Forward →",
    "forward_right": "Forward ↘",
}
READS = ("wheelbase", "front_overhang", "rear_overhang", "width", "sideways")
LAYOUT = {"view": (-2.3, 10.1, -0.8, 5.9166666667)}  # metres: left, right, bottom, top


def measure():
    slack = PRESET["slack"][0]
    radius = PRESET["turning_radius"][0]
    sideways = 2.4
    small = replace(trajectory.SMALL, turning_radius=radius)
    plan = parking.park(small, sideways=sideways, slack=slack)
    # metres driven at every tenth of an arc
    ends = np.append(0, np.cumsum(np.abs(plan.arcs[:, 1])))
    tenths = np.arange(0, len(plan.arcs) + 0.05, 0.1)
    driven = np.interp(tenths, np.arange(len(ends)), ends)
    poses, _ = car.travel(plan.start, plan.arcs, driven)
    return {
        # the car's measures
        **asdict(small),
        "sideways": sideways,
        "slack": slack,
        # moves and metres; moves with half of the room; the same of the walker
        "moves": len(plan.arcs) // 2,
        "metres": ends[-1],
        "half": parking.moves_to_shift(sideways, slack / 2, radius),
        "walker": cone.corridor_moves(sideways, slack, np.pi / 4),
        "walker_half": cone.corridor_moves(sideways, slack / 2, np.pi / 4),
        # what is drawn
        "body": body.outline(small, poses[-1]),
        "begin": body.outline(small, poses[0]),
        "hubs": body.wheels(small, poses[-1]),
        "track": poses[:, :2],
        "parked": plan.slot.neighbours,
    }


def draw(fig, ink, data):
    ax = marks.whole(fig)
    street.street(ax, ink, LAYOUT["view"])
    for corners in data["parked"]:
        hubs = data["hubs"] + corners[0] - data["body"][0]
        street.car(ax, ink, corners, hubs, parked=True)
    street.place(ax, ink, data["begin"])
    ax.plot(*data["track"].T, color=ink.raw, lw=1.3)
    street.car(ax, ink, data["body"], data["hubs"])
    driver = f"{data['moves']} moves, {data['metres']:.1f} m"
    walker = f"a walker, same room: {data['walker']} moves"
    ax.text(-2.1, -0.55, driver, color=ink.raw, size=12)
    ax.text(9.9, -0.55, walker, color=ink.text, ha="right")
