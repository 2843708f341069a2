r"""How the mean square of the distance shrinks, step by step: exact, for independent inputs.

A step of descent on a fresh batch of B samples turns the error e = w − w* into (I − ηS)e, where
S is the mean of xxᵀ over the batch. Split |e|² into a, its part along (1, …, 1), and b, its part
across. For d inputs of one law, drawn independently, and targets without noise, the expectations
of a and b after the step follow from those before it, whatever the error is: by a matrix that
depends on d, η, B and the first four moments of an input, and on nothing else.

| symbol | shape | meaning |
|---|---|---|
| powers | (4,) | E x, E x², E x³, E x⁴ of one input |
| d | (...) | number of inputs, at least 2 |
| η | (...) | rate |
| B | (...) | size of a batch, at least 1; a real number will do, and np.inf is the whole law |
| M | (..., 2, 2) | (E a, E b) after a step is M(E a, E b) before it |
| ρ | (...) | largest eigenvalue of M: what a step leaves of the mean square, in the long run |

Source: derived here. The rule of thumb beside it, for any inputs, is that of Ma, Bassily and Belkin
(2018), as `zigzag.penalty.batch_rate` has it.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, require, vectors, within

_GOLDEN = (5**0.5 - 1) / 2
_SECTIONS = 48  # each leaves 0.62 of an interval
_HALVINGS = 44
_ENDLESS = 40.0  # e⁴⁰ samples


def step_map(
    powers: ArrayLike,
    dimension: ArrayLike,
    rate: ArrayLike,
    size: ArrayLike = 1,
) -> Floats:
    """M, which turns the mean squares along and across (1, …, 1) into those after a step.

    >>> coin = [0.0, 1.0, 0.0, 1.0]             # inputs ±1: at rate ¼ a step takes one part of 4
    >>> print(step_map(coin, 4, 0.25).sum(axis=0))
    [0.75 0.75]
    """
    law = _powers(powers)
    d = within("dimension", dimension, 2, 1e12)
    eta = within("rate", rate, 0.0, np.inf, ends="[)")
    share = 1 / _size(size)
    along, across = _curvatures(law, d)
    fourth = _fourth_moments(law, d)
    square = eta**2
    own = square * share
    entries = (
        1 - 2 * eta * along + square * (1 - share) * along**2 + own * fourth[0],
        own * fourth[1],
        own * fourth[2],
        1 - 2 * eta * across + square * (1 - share) * across**2 + own * fourth[3],
    )
    rows = np.stack(np.broadcast_arrays(*entries), axis=-1)
    return rows.reshape(*rows.shape[:-1], 2, 2)


def _powers(powers: ArrayLike) -> Floats:
    """The four moments, if an input can have them and varies."""
    law = vectors("powers", powers, dimension=4)
    variance = law[1] - law[0] ** 2
    possible = law.ndim == 1 and variance > 0 and law[3] >= law[1] ** 2 * (1 - 1e-12)
    return require("powers", law, possible, "must be E x, E x², E x³, E x⁴ of an input that varies")


def _size(size: ArrayLike) -> Floats:
    """The size of a batch, if it has a sample; it may be endless."""
    b = np.asarray(size, dtype=np.float64)
    return require("size", b, (b >= 1).all(), "must be at least 1; np.inf is allowed")


def _curvatures(law: Floats, d: Floats) -> tuple[Floats, Floats]:
    """The eigenvalues of E xxᵀ along (1, …, 1) and across it."""
    variance = law[1] - law[0] ** 2
    return variance + d * law[0] ** 2, variance


def _fourth_moments(law: Floats, d: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """E (x·u)⁴, E (x·u)²(x·v)², E |x_⊥|²(x·u)², E |x_⊥|²(x·v)²: u along, v a unit vector across.

    x_⊥ is the part of x across (1, …, 1). Expectations of products of four inputs are counted by
    which of the four are the same input.
    """
    m1, m2, m3, m4 = law
    others = d - 1
    pairs = d - 2
    # E |x|²x_i², and E |x|²x_i x_j
    length_same = m4 + others * m2**2
    length_apart = 2 * m3 * m1 + pairs * m2 * m1**2
    # E (x·1)²x_i², and E (x·1)²x_i x_j
    sum_same = length_same + 2 * others * m3 * m1 + others * pairs * m2 * m1**2
    sum_apart = 2 * m3 * m1 + 2 * m2**2 + 5 * pairs * m2 * m1**2 + pairs * (d - 3) * m1**4
    length_along = length_same + others * length_apart
    length_across = length_same - length_apart
    mean_along = (sum_same + others * sum_apart) / d
    mean_across = (sum_same - sum_apart) / d
    return mean_along, mean_across, length_along - mean_along, length_across - mean_across


def remainder(
    powers: ArrayLike,
    dimension: ArrayLike,
    rate: ArrayLike,
    size: ArrayLike = 1,
) -> Floats:
    """ρ: the factor by which the mean squared distance shrinks in a step, in the long run; (...).

    It is convex in the rate, so a rate better than its neighbours is the best.

    >>> print(remainder([0.0, 1.0, 0.0, 1.0], 4, 0.25))
    0.75
    """
    m = step_map(powers, dimension, rate, size)
    return _radius(m[..., 0, 0], m[..., 0, 1], m[..., 1, 0], m[..., 1, 1])


def _radius(first: Floats, right: Floats, left: Floats, last: Floats) -> Floats:
    """The larger eigenvalue of a 2 × 2 matrix without negative entries."""
    middle = (first + last) / 2
    apart = (first - last) / 2
    return np.asarray(middle + np.sqrt(apart**2 + right * left))


def fastest_rate(
    powers: ArrayLike,
    dimension: ArrayLike,
    size: ArrayLike = 1,
) -> Floats:
    """The fixed rate with the least remainder, by golden sections of (0, 2/λ₁); (...).

    >>> print(fastest_rate([0.0, 1.0, 0.0, 1.0], 4).round(6))
    0.25
    """
    law = _powers(powers)
    d = within("dimension", dimension, 2, 1e12)
    b = _size(size)
    limit = 2 / _curvatures(law, d)[0]
    low = np.zeros(np.broadcast_shapes(d.shape, b.shape))
    high = low + limit
    for _ in range(_SECTIONS):
        reach = _GOLDEN * (high - low)
        left = high - reach
        right = low + reach
        shorter = remainder(law, d, left, b) < remainder(law, d, right, b)
        high = np.where(shorter, right, high)
        low = np.where(shorter, low, left)
    return np.asarray((low + high) / 2)


def fold_steps(
    powers: ArrayLike,
    dimension: ArrayLike,
    size: ArrayLike = 1,
) -> Floats:
    """2/ln(1/ρ) at the best rate: steps in which the root mean square distance falls to 1/e; (...).

    To come within ε takes ln(1/ε) times as many. A single walk is a little faster than the root
    mean square of all walks, by a few per cent with fifty inputs.

    >>> uniform = [1 / 2, 1 / 3, 1 / 4, 1 / 5]
    >>> print(fold_steps(uniform, 50, [1, 4, 16]).round())
    [225. 107.  83.]
    """
    law = _powers(powers)
    rate = fastest_rate(law, dimension, size)
    rho = remainder(law, dimension, rate, size)
    with np.errstate(divide="ignore"):
        return np.asarray(-2 / np.log(rho))


def pay(
    powers: ArrayLike,
    dimension: ArrayLike,
    size: ArrayLike,
) -> Floats:
    """What a sample in a batch of B earns, as a share of what it earns alone: 1 is full pay; (...).

    B samples cut the steps by pay·B, each batch at its best rate.

    >>> uniform = [1 / 2, 1 / 3, 1 / 4, 1 / 5]
    >>> print(pay(uniform, 50, [1, 2, 4, 8]).round(2))
    [1.   0.78 0.53 0.31]
    """
    alone = fold_steps(powers, dimension, 1)
    together = fold_steps(powers, dimension, size)
    return np.asarray(alone / (np.asarray(size) * together))


def exact_half_pay(powers: ArrayLike, dimension: ArrayLike) -> Floats:
    """The batch in which a sample earns half of what it earns alone, a real number; (...).

    For many inputs it depends on q alone: `zigzag.penalty.half_pay_batch`.

    >>> uniform = [1 / 2, 1 / 3, 1 / 4, 1 / 5]
    >>> print(exact_half_pay(uniform, [50, 500]).round(2))
    [4.3  4.33]
    """
    law = _powers(powers)
    d = within("dimension", dimension, 2, 1e12)
    low = np.zeros(d.shape)
    high = low + _ENDLESS
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        more = pay(law, d, np.exp(middle)) > 0.5
        low = np.where(more, middle, low)
        high = np.where(more, high, middle)
    return np.asarray(np.exp(low))
