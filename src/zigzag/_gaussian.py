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

from zigzag._checks import Floats, Function, finite

_erfc: Callable[[Floats], Floats] = np.vectorize(math.erfc, otypes=[float])
_REACH = 38.0  # beyond 38 standard deviations the density is below the smallest float


def distribution(z: Floats) -> Floats:
    """P(Z ≤ z) of a standard normal Z, accurate in both tails.

    >>> float(distribution(np.array(0.0)))
    0.5
    """
    return 0.5 * _erfc(-z / math.sqrt(2.0))


@cache
def _lobatto() -> tuple[Floats, Floats]:
    """Twenty points and weights on [−1, 1], ends included: no jump hides between two panels."""
    legendre = np.polynomial.legendre.Legendre.basis(19)
    points = np.concatenate([[-1.0], legendre.deriv().roots().real, [1.0]])
    return points, 2 / (20 * 19 * legendre(points) ** 2)


def _panels(edges: Floats, mean: float, std: float) -> tuple[Floats, Floats]:
    """Gauss–Lobatto points in each interval (edges: (k, 2)) and their weights under the density."""
    nodes, shares = _lobatto()
    half = (edges[:, 1:] - edges[:, :1]) / 2
    points = edges[:, :1] + half * (1 + nodes)
    density = np.exp(-0.5 * ((points - mean) / std) ** 2) / (std * math.sqrt(2 * math.pi))
    return points, half * shares * density


def quadrature(f: Function, *, mean: float, std: float) -> tuple[Floats, Floats]:
    """Points and weights with Σ weights·g(points) = E g(mean + std·z), for g = f and g = f².

    Panels start one unit and one standard deviation wide. A panel whose two halves disagree with it
    is halved, up to 60 times, so kinks and jumps of f may lie anywhere. Checked in the tests to a
    relative 1e-9 for std from 0.01 to 100.
    """
    spread = mean + std * np.arange(-_REACH, _REACH + 1)
    units = np.concatenate([np.arange(-40.0, 41.0), 40 * 2.0 ** np.arange(1, 20)])
    edges = np.unique(np.concatenate([spread, units, -units]).clip(spread[0], spread[-1]))
    edges = np.stack([edges[:-1], edges[1:]], axis=1)
    done: list[tuple[Floats, Floats]] = []
    total = 0.0
    for _ in range(60):
        points, weights = _panels(edges, mean, std)
        middle = edges.mean(axis=1)
        halves = np.stack([edges[:, 0], middle, middle, edges[:, 1]], axis=1).reshape(-1, 2)
        finer, finer_weights = _panels(halves, mean, std)
        values, finer_values = finite("f(z)", f(points)), finite("f(z)", f(finer))
        coarse = np.stack([(weights * values**n).sum(axis=1) for n in (1, 2)])
        fine = np.stack([(finer_weights * finer_values**n).sum(axis=1) for n in (1, 2)])
        fine = fine.reshape(2, -1, 2).sum(axis=2)
        size = np.abs(fine)
        total = np.maximum(total, size.sum(axis=1, keepdims=True))
        rough = (np.abs(coarse - fine) > 1e-13 * total + 1e-13 * size).any(axis=0)
        smooth = np.repeat(~rough, 2)
        done.append((finer[smooth], finer_weights[smooth]))
        if not rough.any():
            break
        edges = halves[~smooth]
    else:
        done.append((finer[~smooth], finer_weights[~smooth]))
    points, weights = (np.concatenate([pair[i].ravel() for pair in done]) for i in (0, 1))
    return points, weights
