r"""What a mean costs: closed forms in the one number q.

For iid inputs of mean μ and variance s², everything follows from $q = \mu^2/s^2$, for a neuron
without a bias. Where there is one, a function says so, and needs s² as well.

| symbol | shape | meaning |
|---|---|---|
| q | (...) | μ²/s², squared mean over variance of an input |
| c | (...) | q/(1 + q), cosine between two samples, for many inputs |
| d | (...) | number of inputs |
| κ | (...) | condition number of E[xxᵀ] |
| r | (...) | relaxation of a one-sample step, 0 < r < 2; at 1 the sample's error becomes zero |

Sources: κ = 1 + dq is the textbook spectrum of equally correlated inputs. What single steps cost is
derived here, for noiseless linear regression on iid inputs; the nearest model is Slock's of
normalised LMS (1993). The critical batch follows Ma, Bassily and Belkin (2018), with tr H in place
of the largest |x|²: B* = tr H/λ₁. All functions broadcast.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, positive, require, within

_MOST = 1e300
_HALVINGS = 50


def _ratio(q: ArrayLike) -> Floats:
    """q, if it may be a squared mean over a variance."""
    return within("q", q, 0.0, _MOST)


def _inputs(dimension: ArrayLike) -> Floats:
    """The number of inputs, if there are any; it may be endless."""
    d = np.asarray(dimension, dtype=np.float64)
    return require("dimension", d, (d >= 1).all(), "must be at least 1; np.inf is allowed")


def iid_condition_number(
    q: ArrayLike,
    dimension: ArrayLike,
    *,
    bias: bool = False,
    variance: ArrayLike = 1.0,
) -> Floats:
    """κ = 1 + d·q: eigenvalue s² + dμ² along the mean, s² across it.

    With a bias, an input that is always 1, the extreme eigenvalues are the roots of
    λ² − (1 + s² + dμ²)λ + s² = 0, and κ is larger still; only then does the variance s² count.

    >>> print(iid_condition_number(3.0, [2, 10, 50]))
    [  7.  31. 151.]
    >>> print(iid_condition_number(3.0, 64, bias=True, variance=1 / 12).round())
    3500.0
    """
    q = _ratio(q)
    d = within("dimension", dimension, 1, _MOST)
    if not bias:
        return np.asarray(np.where(d > 1, 1 + d * q, 1.0))
    flattest = flattest_curvature(q, d, variance=variance)
    return positive("variance", variance) / flattest**2  # the product of the two roots is s²


def flattest_curvature(
    q: ArrayLike,
    dimension: ArrayLike,
    *,
    variance: ArrayLike = 1.0,
) -> Floats:
    """The least eigenvalue with a bias: about s²/(s² + dμ² + 1), of the mean and the bias together.

    It is the lesser root of λ² − (1 + s² + dμ²)λ + s² = 0. Without a bias it is s².

    >>> print(flattest_curvature(3.0, [20, 80], variance=1 / 12).round(5))
    [0.01373 0.00395]
    """
    q = _ratio(q)
    d = within("dimension", dimension, 1, _MOST)
    s2 = positive("variance", variance)
    trace = 1 + s2 * (1 + d * q)
    root = np.sqrt(trace**2 - 4 * s2)
    return np.asarray(2 * s2 / (trace + root))


def scaled_condition_number(
    q: ArrayLike,
    dimension: ArrayLike,
    *,
    bias: bool = False,
    variance: ArrayLike = 1.0,
) -> Floats:
    """tr H/λ_min, which one-sample steps feel: d(1 + q) without a bias; with one it grows like d².

    Source: it is the number in which Strohmer and Vershynin (2009) bound such steps. That a bias
    makes it grow like d²: derived here.

    >>> print(scaled_condition_number(3.0, [20, 80]))
    [ 80. 320.]
    >>> print(scaled_condition_number(3.0, [20, 80], bias=True, variance=1 / 12).round())
    [ 558. 6998.]
    """
    q = _ratio(q)
    d = within("dimension", dimension, 1, _MOST)
    trace = d * (1 + q)
    if not bias:
        return np.asarray(trace)
    s2 = positive("variance", variance)
    return np.asarray((1 + s2 * trace) / flattest_curvature(q, d, variance=s2))


def length_penalty(q: ArrayLike) -> Floats:
    """√(1 + q): the detour to a goal across the mean, for many inputs. Steps are another matter.

    >>> print(length_penalty([0.0, 3.0]))
    [1. 2.]
    """
    return np.asarray(np.sqrt(1 + _ratio(q)))


def online_penalty(q: ArrayLike, *, relaxation: ArrayLike = 1.0) -> Floats:
    """(1 + q − rq/2)/(r(2 − r)): one-sample steps, over those of centred inputs at relaxation 1.

    At relaxation r = 1 it is 1 + q/2. For Kaczmarz steps without a bias, and many inputs, about 100
    or more; then it does not depend on their number. With a bias to learn it does.

    >>> print(online_penalty(3.0))
    2.5
    """
    q = _ratio(q)
    r = within("relaxation", relaxation, 0.0, 2.0, ends="()")
    return np.asarray((1 + q * (1 - r / 2)) / (r * (2 - r)))


def best_relaxation(q: ArrayLike) -> Floats:
    """2/(1 + 1/√(1 + q)): where the online penalty is least, and equal to ((1 + √(1 + q))/2)².

    >>> print(online_penalty(3.0, relaxation=best_relaxation(3.0)))
    2.25
    """
    return np.asarray(2 / (1 + 1 / length_penalty(q)))


def critical_batch(q: ArrayLike, dimension: ArrayLike = np.inf) -> Floats:
    """B* = tr H/λ₁ = d(1 + q)/(1 + dq), for d → ∞ equal to 1/c: the size of Ma et al., about.

    In a batch of that size a sample still earns about nine tenths of what it earns alone, and seven
    tenths for centred inputs: `zigzag.mean_square.pay`. Half of it: `half_pay_batch`.

    >>> print(critical_batch(1 / (np.pi - 1)).round(12) == round(np.pi, 12))     # ReLU: π samples
    True
    """
    q = _ratio(q)
    share = 1 / _inputs(dimension)
    with np.errstate(divide="ignore"):  # endless centred inputs: endless
        return np.asarray((1 + q) / (share + q))


def batch_rate(
    q: ArrayLike,
    dimension: ArrayLike,
    size: ArrayLike,
    *,
    variance: ArrayLike = 1.0,
) -> Floats:
    """B/(tr H + (B − 1)λ₁): half the rate at which batches of B samples begin to diverge.

    Source: Ma, Bassily and Belkin (2018); here for iid inputs of this variance.

    >>> print(batch_rate(3.0, 50, [1, 256]).round(4))
    [0.005  0.0066]
    """
    q = _ratio(q)
    d = within("dimension", dimension, 1, _MOST)
    b = within("size", size, 1, _MOST)
    trace = d * (1 + q)
    largest = 1 + d * q
    return np.asarray(b / (positive("variance", variance) * (trace + (b - 1) * largest)))


def batch_ceiling(q: ArrayLike, dimension: ArrayLike = np.inf) -> Floats:
    """d(1 + √(1 + q))²/(1 + dq): what a batch can save plain descent, in a long valley, dq ≫ 1.

    The ratio of the steps at batch 1 to those of the full batch, each at its best rate. With
    s = √(1 + q) it is (s + 1)/(s − 1) for d → ∞.

    >>> print(batch_ceiling([1 / (np.pi - 1), 3.0]).round(1))        # ReLU, uniform on (0, 1)
    [10.5  3. ]
    """
    q = _ratio(q)
    share = 1 / _inputs(dimension)
    with np.errstate(divide="ignore"):  # endless centred inputs: endless
        return np.asarray((1 + length_penalty(q)) ** 2 / (share + q))


def batch_for_rate(q: ArrayLike, rate: ArrayLike) -> Floats:
    """B for which a rate is the best, for d → ∞; the rate t = ηdμ² is in units of its limit's half.

    On the way to a goal across the mean, a step of B samples leaves 1 − G/d of the mean squared
    distance, and

        qG = 2t − t²/(Bq) − t³/(B²q(2 − t)),  0 < t < 2.

    This is greatest where t²(3 − t)/(q(2 − t)²)·(1/B)² + t/q·(1/B) = 1. Derived here.

    >>> print(batch_for_rate(3.0, [1.0, 1.5]).round(6))                # a single sample: t = 1
    [1.       2.386001]
    """
    q = positive("q", q)
    t = within("rate", rate, 0.0, 2.0, ends="()")
    linear = t / q
    square = t**2 * (3 - t) / (q * (2 - t) ** 2)
    return np.asarray((linear + np.sqrt(linear**2 + 4 * square)) / 2)


def half_pay_batch(q: ArrayLike) -> Floats:
    """The batch in which a sample earns half of what it earns alone, for d → ∞, up to q = 1e9.

    A batch of B samples, at its best rate, then cuts the steps by half of B. It is found by halving
    an interval of rates, with `batch_for_rate`. 1 + `batch_ceiling` is a rule of thumb; it is too
    low, by less than 30 % for q ≥ 0.23. For any number of inputs the exact size is
    `zigzag.mean_square.exact_half_pay`. Derived here.

    >>> print(half_pay_batch([1 / (np.pi - 1), 3.0]).round(1))        # ReLU, uniform on (0, 1)
    [15.   4.3]
    """
    q = within("q", q, 0.0, 1e9)
    strength = np.where(q > 0, q, 1.0)
    low = np.zeros(q.shape)
    high = low + 2
    for _ in range(_HALVINGS):
        t = (low + high) / 2
        b = batch_for_rate(strength, t)
        gain = 2 * t - t**2 / (b * strength) - t**3 / (b**2 * strength * (2 - t))
        half = 2 * strength * b / (1 + length_penalty(strength)) ** 2
        more = gain > half
        low = np.where(more, t, low)
        high = np.where(more, high, t)
    return np.asarray(np.where(q > 0, batch_for_rate(strength, low), np.inf))
