r"""To a goal in the northwest, steps that only go northeast or southwest must zig-zag.

The lost drawing of the answer, computed.
Each walker sees one random sample a step, and goes along it as far as that sample asks.
While all inputs lie between 0 and 1, every step stays in the shaded cone: it takes {{ raw_steps }} steps and {{ raw_reversals }} reversals until 1% of the way is left, over {{ raw_detour:.1f}} times the straight line.
The same inputs less their mean take {{ centred_steps }} steps and {{ centred_detour:.1f}} times the straight line.
The two walks are those of the first page, typical of {{ seeds:,}} runs.
"""

import numpy as np

from inks import marks
from zigzag import track, trials

ALT = """A solid path climbs from a ring at the origin to a star in the upper left in {{ raw_steps }}
strokes, each up and right or down and left. A dashed path gets there in {{ centred_steps }}."""
SIZE = (4.8, 4.1)


def measure():
    goal, seeds = np.array([-1.0, 1.0]), 4000
    x = np.stack([np.random.default_rng(seed).uniform(size=(200, 2)) for seed in range(seeds)])
    _, walks = trials.typical_walks(x.round(3), goal)
    data = {"goal": goal, "seeds": seeds}
    for kind, walk in zip(("raw", "centred"), walks, strict=True):
        data |= {f"{kind}_walk": walk, f"{kind}_steps": len(walk) - 1}
        data[f"{kind}_reversals"] = track.reversals(walk)
        data[f"{kind}_detour"] = track.path_length(walk) / np.linalg.norm(goal)
    return data


def draw(fig, ink, data):
    ax = marks.weight_plane(fig, ink, limit=(-1.55, 0.75, -0.62, 1.35))
    marks.cone(ax, ink, (0, 0), 0.55, "allowed\nmoves")
    for kind, name, at in ("raw", "in (0, 1)", (-1.5, 0.3)), ("centred", "centred", (-0.6, 1.02)):
        label = f"inputs {name}:\n{data[f'{kind}_steps']} steps"
        marks.walk(ax, ink, data[f"{kind}_walk"], label, at, centred=kind == "centred")
    marks.start(ax, ink, (0, 0))
    marks.goal(ax, ink, data["goal"])
