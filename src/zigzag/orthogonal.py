r"""Steps that know that a layer's gradient is a matrix, and even out its singular values.

A layer's gradient is one product, $G = \Delta^{\mathsf T} X / n$. A large mean in X gives G one
large singular value, if the errors have a mean too; an orthogonalised step sets all to one.

| symbol | shape | meaning |
|---|---|---|
| X | (..., n, d) | inputs of the layer |
| Δ | (..., n, K) | error signals of its K units |
| G | (..., K, d) | gradient in its weights |
| W* | (sets, K, d) | the goals: weights that are right for every sample; walks start at zero |
| H | (sets, d, d) | second moments of the inputs |
| η | (rates,) | first rate of a walk; over its T steps it falls to zero in a straight line |

The layer is linear and its targets are noiseless, y = W*x, so G = (W − W*)H. Of Muon its step is
tried, without the momentum.

Sources: the iteration and its coefficients: Jordan et al., "Muon" (2024), who also report that a
Shampoo step without memory is this step; K-FAC's input factor: Martens and Grosse (2015). The
experiment is this site's own.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, positive, vectors, whole, within

Direction = Callable[[Floats], Floats]
Left = Callable[[Floats, int], Floats]
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of X ← aX + b(XXᵀ)X + c(XXᵀ)²X, as Muon has them: small singular values grow fast."""
_UNIT = math.sqrt(2) * 2**-21
_TINY = 1e-300  # its logarithm is finite
_MOST = 0.9  # of the data sets: when so many have arrived, no longer walk is tried


def layer_gradient(delta: ArrayLike, x: ArrayLike) -> Floats:
    """ΔᵀX/n: the mean over the batch of the rank-one gradients δxᵀ, (..., K, d).

    >>> print(layer_gradient([[1.0], [-1.0]], [[2.0, 0.0], [0.0, 4.0]]))
    [[ 1. -2.]]
    """
    errors = batch("delta", delta)
    inputs = batch("x", x)
    if errors.shape[-2] != inputs.shape[-2]:
        shapes = f"{errors.shape}, {inputs.shape}"
        raise ValueError(f"delta, x have shapes {shapes}: must have one row a sample")
    return np.asarray(errors.mT @ inputs / inputs.shape[-2])


def orthogonal_factor(gradient: ArrayLike) -> Floats:
    """UVᵀ of G = USVᵀ: the same singular vectors, every singular value one; (..., K, d).

    >>> print(orthogonal_factor([[0.0, 2.0], [-5.0, 0.0]]).round(12))
    [[ 0.  1.]
     [-1.  0.]]
    """
    u, _, v = np.linalg.svd(batch("gradient", gradient), full_matrices=False)
    return np.asarray(u @ v)


def newton_schulz(gradient: ArrayLike, *, steps: int = 5) -> Floats:
    """UVᵀ, nearly, without singular vectors: Muon's iteration on G/|G|, (..., K, d).

    After five steps a singular value that was at least a hundredth of |G| lies between 0.68 and
    1.14. A gradient that is zero stays zero.

    >>> values = np.linalg.svd(newton_schulz(np.diag([1.0, 0.2, 0.05])), compute_uv=False)
    >>> bool(values.min() > 0.68 and values.max() < 1.14)
    True
    """
    g = batch("gradient", gradient)
    size = np.linalg.norm(g, axis=(-2, -1), keepdims=True)
    x = g / np.where(size > 0, size, 1.0)
    upright = g.shape[-2] > g.shape[-1]
    if upright:  # so that the square below is the smaller one
        x = x.mT
    a, b, c = COEFFICIENTS
    for _ in range(whole("steps", steps, least=0)):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return np.asarray(x.mT if upright else x)


def by_input_factor(gradient: ArrayLike, moment: ArrayLike) -> Floats:
    """G·A⁻¹, where A (..., d, d) is the second moment of the inputs: K-FAC's step for one layer.

    With the constant 1 as an input, the other columns are those of centred inputs.

    >>> print(by_input_factor([[2.0, 8.0]], [[1.0, 0.0], [0.0, 4.0]]))
    [[2. 2.]]
    """
    g = batch("gradient", gradient)
    factor = batch("moment", moment, dimension=g.shape[-1])
    return np.asarray(np.linalg.solve(factor, g.mT).mT)


def left_by(
    direction: Direction,
    h: ArrayLike,
    goal: ArrayLike,
    *,
    rates: ArrayLike,
    steps: int,
) -> Floats:
    """Share of |W*| that is left after the walks W ← W − η(1 − t/T)·direction(G), (rates, sets).

    >>> left_by(orthogonal_factor, [np.eye(2)], [[[3.0, 0.0]]], rates=[0.5, 1], steps=5).round(5)
    array([[0.5],
           [0. ]])
    """
    moments, targets, eta = _problem(h, goal, rates)
    unit = _UNIT * np.abs(targets).max()
    off = np.stack([-targets] * len(eta))  # W − W*
    first = eta[:, None, None, None]
    with np.errstate(over="ignore", invalid="ignore"):  # of walks that diverge
        for step in range(whole("steps", steps)):
            share = 1 - step / steps
            off = off - share * first * direction(off @ moments)
            off = np.round(off / unit) * unit
        return _size(off) / _size(targets)


def left_by_descent(
    h: ArrayLike,
    goal: ArrayLike,
    *,
    rates: ArrayLike,
    steps: int,
) -> Floats:
    """The same for gradient descent, in closed form: Π(1 − η(1 − t/T)λ) along each eigenvector.

    >>> left_by_descent([np.eye(2)], [[[3.0, 0.0]]], rates=[0.5, 1.0], steps=2).tolist()
    [[0.375], [0.0]]
    """
    moments, targets, eta = _problem(h, goal, rates)
    values, axes = np.linalg.eigh(moments)
    along = targets @ axes
    left = np.ones((len(eta), *values.shape))
    with np.errstate(over="ignore", invalid="ignore"):  # of walks that diverge
        for step in range(whole("steps", steps)):
            share = 1 - step / steps
            left = left * (1 - share * eta[:, None, None] * values)
        return _size(along * left[:, :, None, :]) / _size(targets)


def fewest_steps(
    left: Left,
    *,
    rates: ArrayLike,
    lengths: ArrayLike,
    tolerance: float,
) -> Floats:
    """Steps that the best rate needs to come within the tolerance, for each data set, (sets,).

    `left(rates, steps)` walks; `rates` (lengths, rates) are tried for walks of these `lengths`, one
    after another until nine data sets in ten have arrived. Between the last walk that was too short
    and the first that arrives, the logarithms of steps and of what is left are taken as a straight
    line. Data sets that do not arrive count with the longest walk tried; who arrives in the first
    counts with that.

    >>> def halving(rates, steps):
    ...     return np.full((len(rates), 3), 1 / steps**2)
    >>> fewest_steps(halving, rates=np.ones((3, 1)), lengths=[1, 4, 16], tolerance=0.01).round(9)
    array([10., 10., 10.])
    """
    share = float(within("tolerance", tolerance, 0.0, 1.0, ends="()"))
    grids = vectors("rates", positive("rates", rates))
    tried = vectors("lengths", positive("lengths", lengths), dimension=len(grids))
    best: list[Floats] = []
    for length, grid in zip(tried, grids, strict=True):
        ends = np.nan_to_num(left(grid, int(length)), nan=np.inf)
        best.append(ends.min(axis=0))
        if np.mean(np.min(best, axis=0) <= share) >= _MOST:
            break
    return _crossings(np.array(best), tried[: len(best)], share)


def _crossings(best: Floats, lengths: Floats, share: float) -> Floats:
    """Where the best ends (lengths, sets) cross the share, between two logarithms, (sets,)."""
    there = best <= share
    arrived = there.any(axis=0)
    first = np.where(arrived, there.argmax(axis=0), len(best) - 1)
    before = np.maximum(first - 1, 0)
    sets = np.arange(best.shape[1])
    above = np.log(np.maximum(best, _TINY)) - math.log(share)
    high = above[before, sets]
    low = above[first, sets]
    fall = np.where(high > low, high - low, 1.0)
    part = np.where(arrived, np.clip(high / fall, 0.0, 1.0), 1.0)
    ratio = lengths[first] / lengths[before]
    return np.asarray(lengths[before] * ratio**part)


def _size(weights: Floats) -> Floats:
    """|W| of each layer (..., K, d), (...)."""
    return np.asarray(np.linalg.norm(weights, axis=(-2, -1)))


def _problem(
    h: ArrayLike,
    goal: ArrayLike,
    rates: ArrayLike,
) -> tuple[Floats, Floats, Floats]:
    """The moments (sets, d, d), the goals (sets, K, d) and the rates, if they fit each other."""
    targets = batch("goal", goal)
    moments = batch("h", h, dimension=targets.shape[-1])
    if targets.ndim != 3 or moments.shape != (len(targets), *targets.shape[-1:] * 2):
        shapes = f"{moments.shape}, {targets.shape}"
        raise ValueError(f"h, goal have shapes {shapes}: must be (sets, d, d) and (sets, K, d)")
    return moments, targets, vectors("rates", positive("rates", rates))
