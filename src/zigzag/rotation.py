r"""The rotation test: turn the inputs, and no sign is locked any more; does it get faster?

Gradient descent commutes with rotations: with inputs Qx and goal Qw* its walk is the old one,
turned. So steps cannot change, whatever becomes of the signs. Without the mean they do.

| symbol | shape | meaning |
|---|---|---|
| x | (sets, n, d) | data sets of inputs in (0, 1) |
| Q | (d, d) | a random rotation; (angles, 2, 2) in the plane |

That gradient descent commutes with rotations is well known; the experiment was made here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag import cone, curvature, data, descent, gradients, normalise, reading, trials
from zigzag._checks import Floats, Integers, finite


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of inputs: steps by whole batches and by single samples, (sets,); what they are.

    `locked` is the share of one-signed samples, and so of their gradients δx; `h` (sets, d, d) the
    second moments.
    """

    batch: Integers
    single: Integers
    locked: float
    h: Floats


def rotation_test(
    sets: int,
    n: int,
    d: int,
    *,
    tolerance: float,
    limit: int,
    rng: np.random.Generator,
) -> dict[str, Case]:
    """Uniform inputs as `given`, `rotated` at random, and `centred`, to goals across the mean.

    >>> cases = rotation_test(3, 200, 4, tolerance=0.01, limit=500, rng=np.random.default_rng(0))
    >>> (cases["given"].batch == cases["rotated"].batch).all(), cases["given"].locked
    (np.True_, 1.0)
    """
    x, goal = trials.uniform_problems(sets, n, d, rng=rng)
    order = rng.integers(n, size=limit)  # the same numbers as in other trials of single samples
    turn = data.rotation(d, rng=rng).T

    def case(inputs: Floats, w: Floats) -> Case:
        return Case(
            batch=trials.batch_steps(inputs, w, tolerance=tolerance, limit=limit),
            single=trials.single_steps(inputs, w, order, tolerance=tolerance),
            locked=float(cone.one_signed(inputs).mean()),
            h=curvature.second_moment(inputs),
        )

    return {
        "given": case(x, goal),
        "rotated": case(x @ turn, goal @ turn),
        "centred": case(normalise.centre(x), goal),
    }


def plane_turns(angles: ArrayLike) -> Floats:
    """Rotations of the plane by these angles in radians, (angles, 2, 2), for points x @ turn.

    >>> print(([1.0, 0.0] @ plane_turns([np.pi / 2])).round(12))
    [[0. 1.]]
    """
    a = finite("angles", angles)
    cos = np.cos(a)
    sin = np.sin(a)
    entries = np.stack([cos, sin, -sin, cos], axis=-1)
    return entries.reshape(-1, 2, 2)


def turned_walks(
    h: ArrayLike,
    start: ArrayLike,
    turns: Floats,
    *,
    tolerance: float,
    limit: int,
) -> list[Floats]:
    """Descent at the best rate to the middle of a valley, and of the same valley turned.

    `h` (d, d) and `start` (d,) are turned by each of the turns (k, d, d); a walk (steps + 1, d)
    ends when it has arrived.

    >>> turns = plane_turns([0.0, np.pi / 4])
    >>> walks = turned_walks(np.diag([1.0, 7.0]), [1.0, 0.4], turns, tolerance=1e-6, limit=99)
    >>> [len(walk) - 1 for walk in walks]
    [49, 49]
    """
    hs = turns.mT @ np.asarray(h) @ turns
    starts = np.asarray(start) @ turns
    goal = np.zeros(starts.shape[-1])
    gradient = gradients.quadratic(hs, goal)
    walk = descent.gradient_descent(gradient, starts, rate=curvature.best_rate(hs))
    path = reading.path(walk, steps=limit)
    steps = reading.arrival(iter(path), goal, tolerance=tolerance, limit=limit).steps
    return [path[: k + 1, i] for i, k in enumerate(steps)]
