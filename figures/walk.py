r"""Steps that may only go northeast or southwest zig-zag to a goal in the northwest.

You are the round dot, and want to reach the star.
You see one sample at a time, and go along it until your answer to that sample is right: as far as the sample asks.
While all inputs are positive, every step stays in the shaded quadrants: {{ raw_steps }} steps until 1% of the way is left.
Take the mean away from the same samples, and every direction opens: {{ centred_steps }} steps (dashed).
Of {{ seeds:,}} runs, each on inputs of its own, evenly spread between 0 and 1, this one (seed {{ seed }}) is typical: both walks take the median number of steps.
"""

import numpy as np

from inks.stills import marks
from zigzag import track, trials

ALT = """A plane of two weights. From a ring at its centre a solid path of {{ raw_steps }} strokes, each up
and right or down and left, zig-zags to a star in the upper left. A dashed path gets there in {{ centred_steps }}."""
SIZE = (4.8, 3.6)
PRESET = {
    "centred": (0, 0, 1, 1),
    "goal_1": (-1.0, -1.6, 0.9, 0.05),
    "goal_2": (1.0, -0.5, 1.3, 0.05),
    "relaxation": (1.0, 0.1, 2.5, 0.05),
    "batch": (1, 1, 32, 1),
    "guess_1": (None, -1.75, 1.05, 0.05),  # where the reader says that the first step will end
    "guess_2": (None, -0.65, 1.45, 0.05),
    "step": (0, 0, 1000, 1),  # how far it has been played; 0 shows all
}
LABELS = {
    "centred": "Centre the inputs",
    "relaxation": "Step length (1: as far as the sample asks)",
    "batch": "Batch size",
    "goal_1": "Goal w₁",
    "goal_2": "w₂",
    "guess_1": "Mark w₁",
    "guess_2": "w₂",
    "predict": "Predict",
}
READS = ("samples", "seed")
LAYOUT = {"view": (-1.75, 1.05, -0.65, 1.45)}  # of the plane: left, right, bottom, top


def measure():
    goal = np.array([PRESET["goal_1"][0], PRESET["goal_2"][0]])
    relaxation = PRESET["relaxation"][0]
    seeds = 4000
    runs = [np.random.default_rng(seed).uniform(size=(200, 2)) for seed in range(seeds)]
    x = np.stack(runs).round(3)  # for the page to carry
    seed, (raw, centred) = trials.typical_walks(x, goal, relaxation=relaxation)
    straight = np.linalg.norm(goal)
    # steps as short as this, whatever the samples ask
    plain_rate = 1.0
    small_rate = 0.5
    plain = trials.plain_steps(x, goal, rate=plain_rate, tolerance=0.01)
    small = trials.plain_steps(x, goal, rate=small_rate, tolerance=0.01)
    # the same two sets of samples, and a goal in the northeast
    near = 0.9
    both = np.stack([x[seed], x[seed] - 0.5])
    goals = np.full((2, 2), near)
    return {
        "goal": goal,
        "seeds": seeds,
        # the typical run
        "seed": seed,
        "samples": x[seed],
        "raw_walk": raw,
        "raw_steps": len(raw) - 1,
        "raw_reversals": track.reversals(raw),
        "raw_detour": track.path_length(raw) / straight,
        "centred_walk": centred,
        "centred_steps": len(centred) - 1,
        "centred_reversals": track.reversals(centred),
        "centred_detour": track.path_length(centred) / straight,
        # plain steps: medians, raw and centred
        "plain": np.median(plain, axis=1).astype(int),
        "plain_rate": plain_rate,
        "small": np.median(small, axis=1).astype(int),
        "small_rate": small_rate,
        # to the northeast, raw and centred
        "northeast": trials.single_steps(both, goals, range(200), tolerance=0.01),
        "northeast_goal": near,
    }


def draw(fig, ink, data):
    ax = marks.whole_plane(fig, ink, limit=LAYOUT["view"])
    marks.cone(ax, ink, (0, 0), 0.5, "allowed\nmoves")
    ax.plot(*data["centred_walk"].T, lw=1.1, zorder=3, **marks.look(ink, centred=True))
    ax.plot(*data["raw_walk"].T, color=ink.raw, lw=1.8, marker="o", ms=2.4, zorder=3)
    raw = f"positive: {data['raw_steps']} steps"
    centred = f"centred: {data['centred_steps']} steps"
    marks.note(ax, ink, raw, (0.12, -0.3), color=ink.raw, size=12)
    marks.note(ax, ink, centred, (0.12, -0.47), color=ink.centred, size=12)
    marks.start(ax, ink, (0, 0))
    marks.goal(ax, ink, data["goal"])
    ax.plot(0, 0, marker="o", ms=6, color=ink.raw, zorder=5)
