r"""Half the room to shuffle, four times the moves.

A car seen from above has backed and driven its way into a slot, {{ sideways }} m beside its lane.
The slot is {{ slack }} m longer than the car: it took {{ moves }} moves over {{ metres:.1f}} m.
With half that room it would take {{ half }}.
A walker in a corridor as wide as that room, bound to a quadrant of directions and its opposite, needs {{ walker }} moves, and {{ walker_half }} in half of it.
"""

import numpy as np
from matplotlib.patches import Polygon

from inks import marks
from zigzag import cone, parking

ALT = """A street from above. Between two parked cars at the kerb stands a third, wheels straight. The
track of its rear axle comes from the lane above it in a narrow zig-zag of curves.
{{ moves }} moves."""
SIZE = (4.8, 2.6)
PRESET = {
    "slack": (1.5, 0.3, 4.0, 0.1),  # metres of slot beyond the car
    "turning_radius": (2.7, 2.0, 6.0, 0.1),  # of the rear axle, metres
    "step": (0, 0, 1000, 1),  # how far it has been played; 0 shows all
}


def measure():
    (slack, *_), (radius, *_), sideways = PRESET["slack"], PRESET["turning_radius"], 2.4
    size = {"wheelbase": 2.49, "front_overhang": 0.49, "rear_overhang": 0.52, "width": 1.665}
    car = parking.Car(**size, turning_radius=radius)
    plan = parking.park(car, sideways=sideways, slack=slack)
    ends = np.append(0, np.cumsum(np.abs(plan.arcs[:, 1])))
    driven = np.interp(np.arange(0, len(plan.arcs) + 0.05, 0.1), np.arange(len(ends)), ends)
    poses, _ = parking.travel(plan.start, plan.arcs, driven)
    data = {"sideways": sideways, "slack": slack, "moves": len(plan.arcs) // 2}
    data["metres"] = parking.travel_length(plan.arcs)
    data["half"] = parking.moves_to_shift(sideways, slack / 2, radius)
    for name, room in {"walker": slack, "walker_half": slack / 2}.items():
        data[name] = cone.corridor_moves(sideways, room, np.pi / 4)
    data |= {"body": parking.outline(car, poses[-1]), "begin": parking.outline(car, poses[0])}
    data |= {"hubs": parking.wheels(car, poses[-1]), "track": poses[:, :2]}
    data["parked"] = plan.slot.neighbours
    return data | size | {"view": (-2.3, 10.1, -0.8, 5.9166666667)}


def draw(fig, ink, data):
    ax = marks.whole_plane(fig, ink, limit=tuple(data["view"]))
    for mark in (*ax.lines, *ax.texts):
        mark.remove()  # a street has no axes
    ax.axhspan(data["view"][2], 0, color=ink.muted, alpha=0.14, lw=0)
    ax.axhline(0, color=ink.muted, lw=1.4)
    for car in data["parked"]:
        ax.add_patch(Polygon(car, fc=ink.muted, alpha=0.35, lw=0))
    ax.add_patch(Polygon(data["begin"], fill=False, ec=ink.muted, ls=(0, (2, 2))))
    ax.plot(*data["track"].T, color=ink.raw, lw=1.3)
    ax.add_patch(Polygon(data["body"], fc=ink.paper, lw=0, zorder=3))
    ax.add_patch(Polygon(data["body"], fc=(ink.raw, 0.25), ec=ink.raw, lw=1.8, zorder=4))
    for hub in data["hubs"]:  # its wheels stand straight
        tyre = {"lw": 3.6, "zorder": 5, "solid_capstyle": "butt"}
        ax.plot(hub[0] + np.array([-0.31, 0.31]), hub[[1, 1]], color=ink.text, **tyre)
    rear, front, far_front, far_rear = data["body"]
    ends = [near + 0.7 * (ahead - near) for near, ahead in ((rear, front), (far_rear, far_front))]
    glass = np.array([[0.85, 0.15], [0.15, 0.85]]) @ ends  # so that the front is known
    ax.plot(*glass.T, color=ink.raw, lw=5, solid_capstyle="butt", zorder=5)
    told = f"{data['moves']} moves, {data['metres']:.1f} m"
    ax.text(-2.1, -0.55, told, color=ink.raw, size=12)
    walker = f"a walker, same room: {data['walker']} moves"
    ax.text(9.9, -0.55, walker, color=ink.text, ha="right")
