r"""At the best rate descent zig-zags down the valley; half the largest safe rate goes straight, and is slower.

Two inputs in (0, 1), all samples at once: the curves are lines of equal loss, and the goal lies along the valley.
All three walkers start a little up its wall, and walk until a millionth of the way is left.
At the best fixed rate the walker crosses the floor at every step, and takes {{ best }} steps.
At half the largest safe rate it goes down to the floor once, then creeps: {{ half }} steps.
With two rates, first that one and then a larger one for the floor, it takes {{ two }}.
"""

import numpy as np

from inks.counters import Table
from inks.motion import View, film
from inks.weights import contours, rivals, weight_plane
from zigzag import curvature, descent, gradients, reading
from zigzag.activations import Moments

ALT = """Long ellipses around a star, from above. A line with round dots zig-zags across them to the star.
Another goes to their long axis, then along it: squares crowd on it, and triangles stand at its
start, its corner and the star. A table of steps: best rate {{ best }}, half the limit {{ half }}, two rates {{ two }}."""
TRANSCRIPT = [
    (0.0, "A valley from above: long ellipses, a star inside. Marks wait at their lower right."),
    (1.0, "All go southwest: the round dot to the other wall, square and triangle to the floor."),
    (2.3, "The triangle goes along the floor and is at the star after {{ two }} steps."),
    (2.8, "The dot zig-zags from wall to wall. The square creeps along the floor, and falls back."),
    (8.3, "The dot stops after {{ best }} steps, the square, at last, after {{ half }}."),
]


def measure():
    uniform = Moments(mean=0.5, variance=1 / 12)
    h = uniform.variance * np.eye(2) + uniform.mean**2
    flat, steep = curvature.eigenvalues(h)
    goal, start = np.zeros(2), (np.array([1, -1]) + 0.42) / np.sqrt(2)  # along the valley, and up
    slope, rates = gradients.quadratic(h, goal), [curvature.best_rate(h), 1 / steep]
    walks = reading.path(descent.gradient_descent(slope, start, rate=rates), steps=99)
    best, half = walks.swapaxes(0, 1)
    two = reading.path(descent.gradient_descent(slope, half[1], rate=1 / flat), steps=1)
    data, clock = {"h": h, "kappa": curvature.condition_number(h)}, np.linspace(0, 1, 301)
    for name, walk in {"two": np.vstack([start, two]), "half": half, "best": best}.items():
        steps = reading.arrival(iter(walk), goal, tolerance=1e-6, limit=99).steps
        data |= {name: steps, f"{name}_walk": walk[: steps + 1]}
        data[f"{name}_done"] = np.minimum(99 * clock**2.2, steps)  # slowly at first
    return data


def play(scene, ink, data):
    view, runs = View((-5.3, 2.6), scale=6.6), ("two", "half", "best")
    walks = [(data[f"{run}_walk"], data[f"{run}_done"]) for run in runs]
    walkers = rivals(ink, view, walks)
    counted = np.ceil([walker.done for walker in walkers]).astype(int).T
    names, signs = ("two rates", "half the limit", "best rate"), [walker.dot for walker in walkers]
    table = Table(ink, names, {"steps": counted}, (3.3, 6.8), signs=signs)
    scene.add(contours(ink, view, data["h"], (0, 0), np.arange(1, 6) / 4))
    scene.add(weight_plane(ink, (-6.8, -3.2), (2.4, 3.6)))
    film(scene, *walkers, table, rows=len(counted))
