r"""To a goal in the northwest, steps that only go northeast or southwest must zig-zag.

The lost drawing of the answer, computed.
Each walker sees one random sample a step, and goes along it as far as that sample asks.
While all inputs lie between 0 and 1, every step stays in the shaded cone: it takes {{ raw_steps }} steps and {{ raw_reversals }} reversals until 1 % of the way is left, over {{ raw_detour:.1f}} times the straight line.
The same inputs less their mean take {{ centred_steps }} steps and {{ centred_detour:.1f}} times the straight line.
Of {{ walkers:,}} walks from seed {{ seed }} these two are typical: each takes the median number of steps.
"""

import numpy as np

from inks import marks
from zigzag import cone, descent, reading

ALT = """A solid path climbs from a ring at the origin to a star in the upper left in {{ raw_steps }}
strokes, each up and right or down and left. A dashed path gets there in {{ centred_steps }}."""
SIZE = (4.8, 4.1)


def measure():
    goal, seed, walkers = np.array([-1.0, 1.0]), 11, 2000
    data = {"goal": goal, "seed": seed, "walkers": walkers}
    for kind, mean in {"raw": 0.0, "centred": 0.5}.items():
        rng = np.random.default_rng(seed)
        x = rng.uniform(size=(100_000, 2)) - mean
        samples = descent.draws(x, x @ goal, rng=rng, walkers=(walkers,))
        walks = descent.kaczmarz(samples, np.zeros((walkers, 2)))
        _, (walk,) = reading.typical(walks, goal, tolerance=0.01, limit=200)
        data |= {f"{kind}_walk": walk, f"{kind}_steps": len(walk) - 1}
        data[f"{kind}_reversals"] = cone.reversals(walk)
        data[f"{kind}_detour"] = cone.path_length(walk) / np.linalg.norm(goal)
    return data


def draw(fig, ink, data):
    ax = marks.weight_plane(fig, ink, limit=(-1.55, 0.75, -0.62, 1.35))
    marks.cone(ax, ink, (0, 0), 0.55, "allowed\nmoves")
    for kind, name, at in ("raw", "in (0, 1)", (-1.5, 0.3)), ("centred", "centred", (-0.6, 1.02)):
        label = f"inputs {name}:\n{data[f'{kind}_steps']} steps"
        marks.walk(ax, ink, data[f"{kind}_walk"], label, at, centred=kind == "centred")
    marks.start(ax, ink, (0, 0))
    marks.goal(ax, ink, data["goal"])
