"""The first draft of a figure's file: it renders as it stands, and says where to go on."""

import re
from keyword import iskeyword
from pathlib import Path

STILL = '''r"""The claim: one sentence that the picture shows.

The caption, in a sentence or two: what is drawn. Of {{ samples }} samples, {{ locked:.0%}} are one-signed.

How it was measured, folded under the caption: seeds, rates, tolerances, ranges. Seed {{ seed }}.
"""

import numpy as np

from inks.stills import marks
from zigzag import cone, neuron

ALT = "What is seen, for someone who cannot see it: {{ samples }} dots, northeast and southwest."
SIZE = (4.2, 4.2)  # inches; at most 4.8 wide


def measure():
    seed = 7
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.1, 1.0, (300, 2))
    y = rng.normal(size=300)
    g = neuron.sample_gradients(np.zeros(2), x, y)
    return {
        "gradients": g,
        "locked": cone.one_signed(g).mean(),
        "samples": len(g),
        "seed": seed,
    }


def draw(fig, ink, data):
    ax = marks.weight_plane(fig, ink, limit=3)
    ax.scatter(*data["gradients"].T, s=9, color=ink.raw)
'''

MOTION = '''r"""The claim: one sentence that the motion shows.

The caption, in a sentence or two: what moves. The walk takes {{ steps }} steps.

How it was measured, folded under the caption: seeds, rates, tolerances, ranges. The rate is {{ rate }}.
"""

import numpy as np

from inks.motions.film import View, film
from inks.motions.marks import weight_plane
from inks.motions.walkers import Walker
from zigzag import descent, gradients, reading

ALT = "The last frame, for someone who cannot see it: a path, and a star at its end."
TRANSCRIPT = [
    (0.0, "What is seen first: a dot, and a star."),
    (1.0, "What happens then: the dot walks, {{ steps }} steps."),
]


def measure():
    goal = np.array([-1.0, 1.0])
    gradient = gradients.quadratic(np.diag([1.0, 0.3]), goal)
    rate = 1.5
    walk = descent.gradient_descent(gradient, np.zeros(2), rate=rate)
    path = reading.path(walk, steps=20)
    rows = np.linspace(0, len(path) - 1, 120)  # where on the path the dot is, frame by frame
    return {"path": path, "rows": rows, "rate": rate, "steps": len(path) - 1}


def play(scene, ink, data):
    view = View((0.0, 0.0), (-0.5, 0.5), 3.0)
    scene.add(weight_plane(ink, (-5.0, -3.0), (5.0, 3.4)))
    film(scene, Walker(ink, view, data["path"], data["rows"], 0.6), rows=len(data["rows"]))
'''


def new_figure(folder: Path, name: str, *, motion: bool = False) -> Path:
    """Write `NAME.py` into the folder of figures. Raises `ValueError` for a name that cannot be one.

    A figure's name is its address: it begins with a letter and has small letters, digits and `_`.
    """
    path = folder / f"{name}.py"
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or iskeyword(name):
        raise ValueError(f"NAME={name}: must be small letters, digits and _, a letter first.")
    if path.exists():
        raise ValueError(f"{path} exists already. Choose another name, or edit that file.")
    path.write_text(MOTION if motion else STILL, encoding="utf-8")
    return path
