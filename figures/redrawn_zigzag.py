r"""To a goal in the northwest, steps that only go northeast or southwest must zig-zag.

The lost drawing of the answer, computed.
Each walker sees one random sample a step, and goes along it as far as that sample asks.
While all inputs lie between 0 and 1, every step stays in the shaded cone: it takes {{ raw_steps }} steps and {{ raw_reversals }} reversals until 1% of the way is left, and its way is {{ raw_detour:.2f}} times the straight line.
The same inputs with their mean taken away take {{ centred_steps }} steps and {{ centred_detour:.2f}} times the straight line.
The two walks are those of the first page, typical of {{ seeds:,}} runs.
"""

import numpy as np

from inks.stills import marks
from zigzag import track, trials

ALT = """A solid path climbs from a ring at the origin to a star in the upper left in {{ raw_steps }}
strokes, each up and right or down and left. A dashed path gets there in {{ centred_steps }}."""
SIZE = (4.8, 4.1)


def measure():
    goal = np.array([-1.0, 1.0])
    seeds = 4000
    runs = [np.random.default_rng(seed).uniform(size=(200, 2)) for seed in range(seeds)]
    x = np.stack(runs).round(3)
    _, (raw, centred) = trials.typical_walks(x, goal)
    straight = np.linalg.norm(goal)
    return {
        "goal": goal,
        "seeds": seeds,
        "raw_walk": raw,
        "raw_steps": len(raw) - 1,
        "raw_reversals": track.reversals(raw),
        "raw_detour": track.path_length(raw) / straight,
        "centred_walk": centred,
        "centred_steps": len(centred) - 1,
        "centred_reversals": track.reversals(centred),
        "centred_detour": track.path_length(centred) / straight,
    }


def draw(fig, ink, data):
    ax = marks.weight_plane(fig, ink, limit=(-1.55, 0.75, -0.62, 1.35))
    marks.cone(ax, ink, (0, 0), 0.55, "allowed\nmoves")
    raw = f"inputs in (0, 1):\n{data['raw_steps']} steps"
    centred = f"inputs centred:\n{data['centred_steps']} steps"
    marks.walk(ax, ink, data["raw_walk"], raw, (-1.5, 0.3))
    marks.walk(ax, ink, data["centred_walk"], centred, (-0.6, 1.02), centred=True)
    marks.start(ax, ink, (0, 0))
    marks.goal(ax, ink, data["goal"])
