r"""At the best rate descent zig-zags down the valley; half the largest safe rate goes straight, and is slower.

Two inputs in (0, 1), all samples at once: the curves are lines of equal loss, and the goal lies along the valley.
All three walkers start a little up its wall, and walk until a millionth of the way is left.
At the best fixed rate the walker crosses the floor at every step, and takes {{ best }} steps.
At half the largest safe rate it goes down to the floor once, then creeps: {{ half }} steps.
With two rates, first that one and then a larger one for the floor, it takes {{ two }}.
"""

import numpy as np

from inks.motions.counters import Table
from inks.motions.film import View, film
from inks.motions.marks import contours, weight_plane
from inks.motions.walkers import rivals
from inks.pace import ROWS_PER_SECOND
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
    goal = np.zeros(2)
    start = (np.array([1, -1]) + 0.42) / np.sqrt(2)  # along the valley, and up
    gradient = gradients.quadratic(h, goal)

    def walk(start, rate, steps):
        """Where so many steps at one rate lead."""
        return reading.path(descent.gradient_descent(gradient, start, rate=rate), steps=steps)

    best = walk(start, curvature.best_rate(h), 99)
    half = walk(start, 1 / steep, 99)
    along = walk(half[1], 1 / flat, 1)  # the floor, in one step
    two = np.vstack([start, along])
    clock = np.linspace(0, 1, 10 * ROWS_PER_SECOND + 1)
    passed = 99 * clock**2.2  # steps, slowly at first
    numbers = {}
    for name, path in {"two": two, "half": half, "best": best}.items():
        steps = reading.arrival(iter(path), goal, tolerance=1e-6, limit=99).steps
        numbers[name] = steps
        numbers[f"{name}_walk"] = path[: steps + 1]
        numbers[f"{name}_done"] = np.minimum(passed, steps)
    return {"h": h, "kappa": curvature.condition_number(h), **numbers}


def play(scene, ink, data):
    view = View((-5.3, 2.6), scale=6.6)
    scene.add(contours(ink, view, data["h"], (0, 0), np.arange(1, 6) / 4))
    scene.add(weight_plane(ink, (-6.8, -3.2), (2.4, 3.6)))
    walks = [(data[f"{name}_walk"], data[f"{name}_done"]) for name in ("two", "half", "best")]
    walkers = rivals(ink, view, walks)
    steps = np.ceil([walker.done for walker in walkers]).astype(int).T
    table = Table(
        ink,
        ("two rates", "half the limit", "best rate"),
        {"steps": steps},
        (3.3, 6.8),
        signs=[walker.dot for walker in walkers],
    )
    film(scene, *walkers, table, rows=len(steps))
