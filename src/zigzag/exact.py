r"""Descent in a quadratic bowl without walking it: after k steps each direction is a power.

In the eigenvectors of H the error of gradient descent at a fixed rate is, after k steps,
$c_i (1 - \eta\lambda_i)^k$. So the step at which it arrives is found by bisection, be it the tenth
or the ten thousand millionth: real tables of numbers need that many.

| symbol | shape | meaning |
|---|---|---|
| x | (n, d) | inputs |
| y | (n,) | targets |
| λ | (d,) | eigenvalues of H = E[xxᵀ], ascending |
| c | (d,) | what is missing at the start, w* − w₀, in the eigenvectors of H |
| η | scalar | rate, 0 < η < 2/λ₁ |

Source: a textbook formula; see e.g. Goh, "Why Momentum Really Works" (2017), section 1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, data_set, positive, vectors, within

_LONGEST = 2.0**60


def least_squares(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """The eigenvalues of H in ascending order, and the best weights in its eigenvectors, both (d,).

    From the singular values of x, not from H, as squaring would lose half of the digits. Raises
    ValueError where the columns depend on each other: then many weights are the best.

    >>> eigenvalues, best = least_squares([[1.0, 1.0], [1.0, -1.0]], [3.0, 3.0])
    >>> print(eigenvalues.round(12), np.linalg.norm(best).round(12))
    [1. 1.] 3.0
    """
    x, y = data_set(x, y)
    samples, inputs = x.shape
    u, singular, _ = np.linalg.svd(x, full_matrices=False)
    rounding = np.finfo(np.float64).eps * max(samples, inputs)
    if samples < inputs or singular[-1] <= rounding * singular[0]:
        raise ValueError(f"x of shape {x.shape}: a column follows from the others, leave it out")
    ascending = singular[::-1]
    return ascending**2 / samples, (y @ u)[::-1] / ascending


def steps_in_weights(
    eigenvalues: ArrayLike,
    missing: ArrayLike,
    *,
    rate: float,
    tolerance: float,
) -> float:
    """Steps until |w − w*| is at most this share of what it was.

    >>> print(steps_in_weights([2.0, 1.0], [0.0, 1.0], rate=0.5, tolerance=0.1))
    4.0
    """
    share = float(within("tolerance", tolerance, 0.0, 1.0, ends="()"))
    squares = vectors("missing", missing) ** 2
    return _steps(eigenvalues, squares, rate, share**2)


def steps_in_loss(
    eigenvalues: ArrayLike,
    missing: ArrayLike,
    *,
    rate: float,
    tolerance: float,
) -> float:
    """Steps until the loss is above the least possible by at most this share of what it was.

    >>> print(steps_in_loss([2.0, 1.0], [0.0, 1.0], rate=0.5, tolerance=0.01))
    4.0
    """
    share = float(within("tolerance", tolerance, 0.0, 1.0, ends="()"))
    squares = vectors("missing", missing) ** 2
    return _steps(eigenvalues, np.asarray(eigenvalues) * squares, rate, share)


def _steps(
    eigenvalues: ArrayLike,
    weight: Floats,
    rate: float,
    share: float,
) -> float:
    """The first whole k with Σ weight·(1 − ηλ)^2k ≤ share · Σ weight."""
    curvatures = vectors("eigenvalues", positive("eigenvalues", eigenvalues))
    edge = 2 / curvatures.max()
    eta = within("rate", rate, 0.0, edge, ends="()")
    left = np.abs(1 - eta * curvatures)
    with np.errstate(divide="ignore"):
        logarithms = 2 * np.log(left)
    goal = share * weight.sum()

    def arrived(k: float) -> bool:
        with np.errstate(under="ignore", invalid="ignore"):
            powers = np.exp(np.where(k > 0, k * logarithms, 0.0))
        return bool(powers @ weight <= goal)

    return _first(arrived)


def _first(arrived: Callable[[float], bool]) -> float:
    """The first whole number at which it is true, as it is at all later ones."""
    high = 1.0
    while not arrived(high):
        high *= 2
        if high > _LONGEST:
            raise ValueError("tolerance: so small that rounding errors decide")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if arrived(middle):
            high = middle
        else:
            low = middle
    return high
