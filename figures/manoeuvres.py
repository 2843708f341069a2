r"""Halve the slack: the walker needs twice the moves, the car four times.

Moves to get {{ sideways:.0f}} aside, against the slack; a move is a run between two reversals.
The car, of turning radius {{ radius:.0f}} m, shuffles: slope {{ car_slope:.2f}}.
The walkers stay in a corridor as wide as the slack, with steps within {{ wide:.0f}}° or {{ narrow:.1f}}° of their axis: slope {{ walk_slope:.2f}}, which is −1 but for rounding up to whole moves.
At a slack of {{ tight }} the car makes {{ car_tight:,}} moves over {{ metres_tight:.0f}} m; the walkers {{ wide_tight}} and {{ narrow_tight}} over {{ wide_length:.2f}} and {{ narrow_length:.2f}}, lengths that no slack changes.
"""

import numpy as np

from inks import marks
from zigzag import activations, cone, parking, track
from zigzag.car import travel_length
from zigzag.slot import extra_slot_length

ALT = """Moves against slack on logarithmic axes. The car's line falls twice as steeply as the two
lines of the walkers, and lies far above them where the slack is small."""
SIZE = (4.8, 3.3)


def measure():
    sideways, radius, slack = 2.0, 5.0, np.geomspace(0.1, 4, 60)
    out = {"sideways": sideways, "radius": radius, "tight": slack[0], "slack": slack}
    out["car_moves"] = parking.moves_to_shift(sideways, slack, radius)
    path = parking.shuffle(-sideways, slack[0], radius)
    out |= {"car_tight": len(path) // 2, "metres_tight": travel_length(path)}
    halves = {"wide": np.pi / 4, "narrow": activations.moments("logistic").half_angle}
    for name, half in halves.items():
        walk = cone.corridor_walk(sideways, slack[0], half)
        out |= {name: np.degrees(half), f"{name}_tight": len(walk) - 1}
        out[f"{name}_length"] = track.path_length(walk)
        out[f"{name}_moves"] = cone.corridor_moves(sideways, slack, half)
    few = slack < 0.5  # where rounding up to whole moves does not show
    for name, moves in (("car", out["car_moves"]), ("walk", out["narrow_moves"])):
        out[f"{name}_slope"] = np.polyfit(np.log(slack[few]), np.log(moves[few]), 1)[0]
    out["blackburn"] = extra_slot_length(5.45, 2.62, 0.85, 1.8)  # his car, kerb to kerb
    return out | {"blackburn_slot": out["blackburn"] + 4.3}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xscale="log", yscale="log", xlim=(0.085, 9), ylim=(0.8, 9000), xlabel="slack")
    ax.set_xticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
    ax.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    ax.minorticks_off()
    ax.set_title("moves", loc="left")
    for name, at, shift, label in (
        ("car", 12, (8, 4), "car, like 1/slack²"),
        ("narrow", 0, (2, 8), f"walker, {data['narrow']:.1f}°, like 1/slack"),
        ("wide", 0, (2, -24), f"walker, {data['wide']:.0f}°"),
    ):
        colour, moves = ink.text if name == "car" else ink.raw, data[f"{name}_moves"]
        ax.plot(data["slack"], moves, color=colour)
        marks.note(ax, ink, label, (data["slack"][at], moves[at]), shift, color=colour)
