r"""What can be read from a walk: its path, its errors, or when it arrives.

A walk is any iterator over positions w (..., d): the optimisers of `zigzag.descent` make them. Only
`path` remembers where the walk has been; the others need memory O(d), however long it is.

A walker **diverges** when a weight passes 1e12 (or 1e12 times the largest weight of its start). The
optimisers of `zigzag.descent` hold it there while the others walk on: no NaN, no warning.

| symbol | shape | meaning |
|---|---|---|
| w | (..., d) | positions of an ensemble of walkers |
| w* | (..., d) | the goal |
| tolerance | scalar | an arrival is \|w − w*\| ≤ tolerance·\|w₀ − w*\|, relative to the start |

Arrival and divergence are defined here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Booleans, Floats, Integers, positive, vectors, whole
from zigzag.track import length

_HORIZON = 1e12


@dataclass(frozen=True, slots=True)
class Arrival:
    """How each walker of an ensemble ended; all fields have the ensemble's shape.

    `steps` counts to the first arrival (or to the end, for those that do not arrive), `error` is
    the distance to the goal there, as a share of the start's.
    """

    steps: Integers
    error: Floats
    arrived: Booleans
    diverged: Booleans


def path(walk: Iterator[Floats], *, steps: int) -> Floats:
    """The first positions of the walk, shape (steps + 1, ..., d).

    Shorter if the walk ends earlier. Walkers that diverge stand still from there.

    >>> print(path(iter([np.array([2.0]), np.array([1.0])]), steps=9).ravel())
    [2. 1.]
    """
    count = whole("steps", steps, least=0)
    positions = islice(walk, count + 1)
    return _stack(list(positions))


def errors(
    walk: Iterator[Floats],
    goal: ArrayLike,
    *,
    steps: int,
) -> Floats:
    """|w − w*| at each step, as a share of the start's, shape (steps + 1, ...).

    >>> print(errors(iter([np.array([2.0]), np.array([1.0])]), [0.0], steps=9))
    [1.  0.5]
    """
    goal = vectors("goal", goal)
    count = whole("steps", steps, least=0)
    walked = islice(walk, count + 1)
    distances = _stack([length(w - goal) for w in walked])
    first = positive("distance from start to goal", distances[0])
    return distances / first


def arrival(
    walk: Iterator[Floats],
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
) -> Arrival:
    """When each walker first comes within the tolerance of the goal, in at most `limit` steps.

    >>> halves = (np.array([0.5]) ** k for k in range(99))
    >>> arrival(halves, [0.0], tolerance=1e-3, limit=50).steps.item()
    10
    """
    share = float(positive("tolerance", tolerance))
    goal = vectors("goal", goal)
    (w,) = path(walk, steps=0)
    edge = horizon(w)
    first = positive("distance from start to goal", length(w - goal))
    error = np.ones_like(first)
    steps = np.zeros(first.shape, dtype=np.int64)
    arrived = error <= share
    lost = np.zeros(first.shape, dtype=bool)
    for w in islice(walk, whole("limit", limit)):
        walking = ~(arrived | lost)
        if not walking.any():
            break
        steps = steps + walking
        error = np.where(walking, length(w - goal) / first, error)
        arrived = arrived | (walking & (error <= share))
        if np.abs(w).max() > edge.min():
            lost = beyond(w, edge)
    return Arrival(steps, error, arrived, np.asarray(lost & ~arrived))


def typical(
    walk: Iterator[Floats],
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
) -> tuple[int, tuple[Floats, ...]]:
    """Which walker of an ensemble (walkers, d) is typical, and its walk, up to its arrival.

    Its steps are the median (or nearest to it; the first such). With kinds that differ in one
    thing as a leading axis, (kinds, walkers, d), the distances add up; one walk a kind comes back.

    >>> walks = (np.array([[0.5], [0.1], [0.7]]) ** k for k in range(99))
    >>> which, (w,) = typical(walks, [0.0], tolerance=0.2, limit=50)
    >>> which, w.ravel().tolist()
    (0, [1.0, 0.5, 0.25, 0.125])
    """
    walked = path(walk, steps=limit)
    steps = arrival(iter(walked), goal, tolerance=tolerance, limit=limit).steps
    median = np.median(steps, axis=-1, keepdims=True)
    distances = np.abs(steps - median)
    off = distances.reshape(-1, steps.shape[-1]).sum(axis=0)
    which = int(off.argmin())
    walks = []
    for kind in np.ndindex(steps.shape[:-1]):
        until = steps[*kind, which] + 1
        walks.append(walked[:until, *kind, which])
    return which, tuple(walks)


def _stack(rows: list[Floats]) -> Floats:
    """One array; a single start stands for the start of a whole ensemble."""
    if not rows:
        raise ValueError("walk is empty: must yield the start at least")
    first = np.broadcast_to(rows[0], rows[-1].shape)
    return np.array([first, *rows[1:]])


def horizon(start: Floats) -> Floats:
    """How large a weight may grow before its walker counts as diverged, shape (...)."""
    largest = np.abs(start).max(axis=-1, initial=1.0)
    return np.asarray(_HORIZON * largest)


def beyond(w: Floats, edge: Floats) -> Booleans:
    """Which walkers have a weight beyond their edge (...), shape (...)."""
    large = np.abs(w) > edge[..., None]
    return np.asarray(large.any(axis=-1))
