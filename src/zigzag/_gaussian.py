"""The normal distribution, for what numpy leaves out: its distribution function and its means.

| symbol | shape | meaning |
|---|---|---|
| z | (...) | a standard normal variable |
| f | array to array | what is averaged |
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from zigzag._checks import Booleans, Floats, Function, finite

_erfc: Callable[[Floats], Floats] = np.vectorize(math.erfc, otypes=[float])
_REACH = 38.0  # beyond 38 standard deviations the density is below the smallest float
_ROUGH = 1e-13  # a panel whose halves differ from it by more is halved
_HALVINGS = 60
_NODES = 20  # of a panel


def distribution(z: Floats) -> Floats:
    """P(Z ≤ z) of a standard normal Z, accurate in both tails.

    >>> float(distribution(np.array(0.0)))
    0.5
    """
    return 0.5 * _erfc(-z / math.sqrt(2.0))


def density(z: Floats) -> Floats:
    """The density of a standard normal Z at z.

    >>> round(float(density(np.array(0.0))), 6)
    0.398942
    """
    height = np.exp(-0.5 * z**2)
    return np.asarray(height / math.sqrt(2 * math.pi))


@cache
def _lobatto() -> tuple[Floats, Floats]:
    """Twenty points and weights on [−1, 1], ends included: no jump hides between two panels."""
    n = _NODES
    legendre = np.polynomial.legendre.Legendre.basis(n - 1)
    inner = legendre.deriv().roots().real
    points = np.concatenate([[-1.0], inner, [1.0]])
    squares = legendre(points) ** 2
    return points, 2 / (n * (n - 1) * squares)


def _panels(
    edges: Floats,
    mean: float,
    std: float,
) -> tuple[Floats, Floats]:
    """Gauss–Lobatto points in each interval (edges: (k, 2)) and their weights under the density."""
    nodes, shares = _lobatto()
    low = edges[:, :1]
    half = (edges[:, 1:] - low) / 2
    points = low + half * (1 + nodes)
    heights = density((points - mean) / std) / std
    return points, half * shares * heights


def _first_panels(mean: float, std: float) -> Floats:
    """Intervals (k, 2) of at most one unit, up to |z| = 40, and of one standard deviation."""
    deviations = np.arange(-_REACH, _REACH + 1)
    spread = mean + std * deviations
    near = np.arange(-40.0, 41.0)
    far = 40 * 2.0 ** np.arange(1, 20)
    marks = np.concatenate([spread, near, far, -near, -far])
    edges = np.unique(marks.clip(spread[0], spread[-1]))
    return np.stack([edges[:-1], edges[1:]], axis=1)


def _halves(edges: Floats) -> Floats:
    """Each of the intervals (k, 2) as two, (2k, 2)."""
    low, high = edges.T
    middle = edges.mean(axis=1)
    pairs = np.stack([low, middle, middle, high], axis=1)
    return pairs.reshape(-1, 2)


def _integrals(
    f: Function,
    points: Floats,
    weights: Floats,
) -> Floats:
    """The integrals of f and of f² over each panel, (2, panels)."""
    values = finite("f(z)", f(points))
    mean = (weights * values).sum(axis=1)
    square = (weights * values**2).sum(axis=1)
    return np.stack([mean, square])


def _rough(
    coarse: Floats,
    fine: Floats,
    total: Floats,
) -> Booleans:
    """Which panels differ from the sum of their two halves, (panels,)."""
    apart = np.abs(coarse - fine)
    allowed = _ROUGH * total + _ROUGH * np.abs(fine)
    return np.asarray((apart > allowed).any(axis=0))


def quadrature(
    f: Function,
    *,
    mean: float,
    std: float,
) -> tuple[Floats, Floats]:
    """Points and weights with Σ weights·g(points) = E g(mean + std·z), for g = f and g = f².

    Panels start one unit and one standard deviation wide. A panel whose two halves disagree with it
    is halved, up to 60 times, so kinks and jumps of f may lie anywhere. Checked in the tests to a
    relative 1e-9 for std from 0.01 to 100.
    """
    edges = _first_panels(mean, std)
    all_points: list[Floats] = []
    all_weights: list[Floats] = []
    total = np.zeros((2, 1))
    for halving in range(_HALVINGS):
        halves = _halves(edges)
        coarse = _integrals(f, *_panels(edges, mean, std))
        points, weights = _panels(halves, mean, std)
        fine = _integrals(f, points, weights)
        fine = fine.reshape(2, -1, 2).sum(axis=2)
        size = np.abs(fine).sum(axis=1, keepdims=True)
        total = np.maximum(total, size)
        again = np.repeat(_rough(coarse, fine, total), 2)
        is_last = halving == _HALVINGS - 1
        done = ~again | is_last
        all_points.append(points[done].ravel())
        all_weights.append(weights[done].ravel())
        if done.all():
            break
        edges = halves[again]
    return np.concatenate(all_points), np.concatenate(all_weights)
