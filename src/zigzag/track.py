r"""What a path looks like when it has been walked: how long it is, and how often it turns back.

| symbol | shape | meaning |
|---|---|---|
| path | (steps + 1, ..., d) | positions of a walker, or of an ensemble of walkers |

What counts as turning back is defined here.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, batch


def length(v: Floats) -> Floats:
    """|v| of each vector (..., d), shape (...).

    >>> print(length(np.array([[3.0, 4.0], [0.0, 0.0]])))
    [5. 0.]
    """
    square = np.vecdot(v, v)
    return np.asarray(np.sqrt(square))


def path_length(path: ArrayLike) -> Floats:
    """The sum of the lengths of all steps of the path, shape (...).

    >>> print(path_length([[0.0, 0.0], [3.0, 4.0], [3.0, 0.0]]))
    9.0
    """
    steps = np.diff(batch("path", path), axis=0)
    return np.asarray(length(steps).sum(axis=0))


def reversals(path: ArrayLike) -> Integers:
    """How often a step goes back on the one before: their inner product is negative, shape (...).

    Steps at a right angle count if one adds to Σwᵢ and the other takes away, as in "t⁺, then −t⁻":
    that walker leaves K for −K. Rests (steps of length zero) are passed over.

    >>> print(reversals([[0, 0], [0, 2], [0, 2], [-3, 2], [-4, 1]]))
    1
    """
    steps = _without_rests(np.diff(batch("path", path), axis=0))
    before = steps[:-1]
    after = steps[1:]
    product = np.vecdot(before, after)
    rounding = 1e-12 * length(before) * length(after)
    obtuse = product < -rounding
    right_angle = np.abs(product) <= rounding
    sides = before.sum(axis=-1) * after.sum(axis=-1)
    crossed = sides < 0
    back = obtuse | (right_angle & crossed)
    return np.asarray(back.sum(axis=0, dtype=np.int64))


def _without_rests(steps: Floats) -> Floats:
    """The steps (steps, ..., d), where each rest repeats the latest step that moved."""
    moved = (steps != 0).any(axis=-1)
    clock = np.arange(len(steps))
    walkers = tuple(range(1, moved.ndim))
    clock = np.expand_dims(clock, walkers)
    moves = np.where(moved, clock, 0)
    latest = np.maximum.accumulate(moves, axis=0)[..., None]
    repeated = np.take_along_axis(steps, latest, axis=0)
    return np.asarray(repeated)
