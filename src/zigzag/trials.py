r"""Trials that more than one page leans on: how many steps a linear neuron takes on given inputs.

| symbol | shape | meaning |
|---|---|---|
| x | (..., n, d) | inputs, one data set for each member of the ensemble |
| w* | (..., d) | the goal: the weights that are right for every sample; walks start at zero |
| tolerance | scalar | arrived is what comes within this share of the first distance |

All targets are noiseless: y = w*·x.

The experiments are this site's own; the rate 2/(λ₁ + λ_d) and Kaczmarz' steps have their sources in
`zigzag.curvature` and `zigzag.descent`.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from zigzag import curvature, data, descent, gradients, neuron, reading
from zigzag._checks import Floats, Integers, batch, positive, vectors
from zigzag.gradients import Batch


def zero_sum(*shape: int, rng: np.random.Generator) -> Floats:
    """Random goals whose weights add up to zero: they lie across the mean of like inputs.

    >>> abs(zero_sum(3, 20, rng=np.random.default_rng(0)).sum(axis=1)).max().round(12)
    np.float64(0.0)
    """
    w = rng.normal(size=shape)
    return np.asarray(w - w.mean(axis=-1, keepdims=True))


def uniform_problems(
    sets: int,
    n: int,
    d: int,
    *,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """The problem that runs through this site: inputs in (0, 1), and goals across their mean.

    Inputs x (sets, n, d) and goals w* (sets, d). All experiments that draw it first
    with the same seed meet the same data, and so the same steps and condition numbers.

    >>> x, goal = uniform_problems(3, 200, 4, rng=np.random.default_rng(0))
    >>> x.shape, goal.shape
    ((3, 200, 4), (3, 4))
    """
    x = data.uniform(sets, n, d, rng=rng)
    return x, zero_sum(sets, d, rng=rng)


def batch_steps(
    x: ArrayLike,
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
) -> Integers:
    """Steps of whole-batch gradient descent at the best fixed rate 2/(λ₁ + λ_d), shape (...).

    >>> print(batch_steps([[1.0, 1.0], [1.0, -1.0]], [1.0, 2.0], tolerance=1e-6, limit=9))
    1
    """
    w = vectors("goal", goal)
    h = curvature.second_moment(x)
    gradient = gradients.quadratic(h, w)
    rate = curvature.best_rate(h)
    walk = descent.gradient_descent(gradient, np.zeros_like(w), rate=rate)
    return reading.arrival(walk, w, tolerance=tolerance, limit=limit).steps


def single_steps(
    x: ArrayLike,
    goal: ArrayLike,
    order: ArrayLike,
    *,
    tolerance: float,
    in_loss: bool = False,
) -> Integers:
    """Steps of one sample each, as far as it asks (Kaczmarz), in this order of samples, (...).

    The tolerance is a share of the first distance, or `in_loss` of the root of the first loss.

    >>> print(single_steps([[1.0, 0.0], [0.0, 1.0]], [-1.0, 1.0], [0, 1, 0], tolerance=0.01))
    2
    """
    x = batch("x", x)
    w = vectors("goal", goal)
    turns = np.asarray(order)
    inputs = np.moveaxis(x, -2, 0)  # the samples first
    targets = np.moveaxis(neuron.predict(w, x), -1, 0)
    samples = ((inputs[turn], targets[turn]) for turn in turns)
    walk = descent.kaczmarz(samples, np.zeros_like(w))
    if in_loss:  # |Rᵀ(w − w*)|², with RRᵀ = H, is twice the loss
        root = np.linalg.cholesky(curvature.second_moment(x))
        walk = (np.vecmat(position, root) for position in walk)
        w = np.vecmat(w, root)
    return reading.arrival(walk, w, tolerance=tolerance, limit=len(turns)).steps


def with_bias(x: ArrayLike, constant: float = 1.0) -> Floats:
    """Inputs (..., d) and a constant one beside them, whose weight is the bias: (..., d + 1).

    Another constant than 1 gives the bias a rate of its own, its square.

    >>> print(with_bias([[5.0, 7.0]]))
    [[5. 7. 1.]]
    """
    inputs = vectors("x", x)
    column = np.full((*inputs.shape[:-1], 1), float(positive("constant", constant)))
    return np.concatenate([inputs, column], axis=-1)


def fresh_steps(
    kind: str,
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
    rng: np.random.Generator,
    bias: float | None = None,
    constant: float = 1.0,
    centred: bool = False,
) -> Integers:
    """Steps of one new sample each, as far as it asks, from zero to goals (walkers, d): (walkers,).

    Inputs are of a kind of `zigzag.data`, as they are or `centred`. With a `bias` to find there is
    a `constant` input beside them, and the distance is that in weights and bias.

    >>> goal = zero_sum(5, 4, rng=np.random.default_rng(0))
    >>> settings = {"tolerance": 0.1, "limit": 999}
    >>> bare = fresh_steps("uniform", goal, rng=np.random.default_rng(0), **settings)
    >>> biased = fresh_steps("uniform", goal, rng=np.random.default_rng(0), bias=1.0, **settings)
    >>> np.median(bare) < np.median(biased)
    np.True_
    """
    w = vectors("goal", goal)
    shift = data.law(kind).mean if centred else 0.0
    shape = w.shape
    if bias is not None:
        last = np.full((*shape[:-1], 1), bias / constant)
        w = np.concatenate([w, last], axis=-1)

    def fresh() -> Iterator[Batch]:
        while True:
            x = data.inputs(kind, *shape, rng=rng) - shift
            seen = x if bias is None else with_bias(x, constant)
            yield seen, np.vecdot(seen, w)

    walk = descent.kaczmarz(fresh(), np.zeros_like(w))
    return reading.arrival(walk, w, tolerance=tolerance, limit=limit).steps


def typical_walks(
    x: ArrayLike,
    goal: ArrayLike,
    *,
    tolerance: float = 0.01,
    relaxation: float = 1.0,
) -> tuple[int, tuple[Floats, ...]]:
    """Walks of single samples on inputs in (0, 1) and on the same inputs less their mean ½.

    `x` (walkers, steps, d): the samples that each walker sees. Which walker is typical of both
    (its steps are the medians), and its two walks, up to their arrivals.

    >>> x = np.random.default_rng(0).uniform(size=(9, 99, 2))
    >>> which, (raw, centred) = typical_walks(x, [-1.0, 1.0])
    >>> len(raw) > len(centred)
    True
    """
    samples, start = _raw_and_centred(x, goal)
    limit = np.shape(x)[1]
    walk = descent.kaczmarz(samples, start, relaxation=relaxation)
    return reading.typical(walk, goal, tolerance=tolerance, limit=limit)


def plain_steps(
    x: ArrayLike,
    goal: ArrayLike,
    *,
    rate: float,
    tolerance: float,
) -> Integers:
    """Steps of the same walkers by plain descent at a fixed rate, w ← w − ηδx, (2, walkers).

    >>> x = np.random.default_rng(0).uniform(size=(9, 99, 2))
    >>> plain_steps(x, [-1.0, 1.0], rate=1.0, tolerance=0.1).shape
    (2, 9)
    """
    samples, start = _raw_and_centred(x, goal)
    limit = np.shape(x)[1]
    gradient = gradients.on_samples(samples)
    walk = descent.gradient_descent(gradient, start, rate=rate)
    return reading.arrival(walk, goal, tolerance=tolerance, limit=limit).steps


def _raw_and_centred(x: ArrayLike, goal: ArrayLike) -> tuple[Iterator[Batch], Floats]:
    """Samples (walkers, steps, d), step by step, as they are and less ½, and a start for both."""
    w = vectors("goal", goal)
    raw = np.swapaxes(batch("x", x), 0, 1)  # the steps first
    both = np.stack([raw, raw - 0.5], axis=1)
    samples = zip(both, both @ w, strict=True)
    return samples, np.zeros(both.shape[1:])


def exact_bias(x: ArrayLike, delta: ArrayLike) -> tuple[float, float]:
    """What a bias that is always right does for the weights: the same as centred inputs.

    For a data set (n, d) and any errors (n,): how far H⁻¹g, taken with a bias, is from Σ⁻¹ times
    the gradient on centred inputs, as a share of it; and the condition number of Σ.

    >>> rng = np.random.default_rng(0)
    >>> apart, kappa = exact_bias(rng.uniform(size=(500, 3)), rng.normal(size=500))
    >>> apart < 1e-12, kappa < 2
    (True, True)
    """
    x = batch("x", x)
    errors = vectors("delta", delta)
    samples = len(x)
    seen = with_bias(x)
    h = curvature.second_moment(seen)
    sigma = curvature.schur_complement(h)
    gradient = errors @ seen / samples
    natural = np.linalg.solve(h, gradient)[:-1]
    centred_gradient = errors @ (x - x.mean(axis=0)) / samples
    centred = np.linalg.solve(sigma, centred_gradient)
    apart = np.abs(natural - centred).max()
    share = apart / np.abs(centred).max()
    return float(share), float(curvature.condition_number(sigma))


def samples_in_turn(
    x: ArrayLike,
    goal: ArrayLike,
    order: ArrayLike,
) -> Iterator[Batch]:
    """Single samples (..., d) of data sets (..., n, d) in this order, and what each goal says.

    >>> x, y = next(samples_in_turn([[1.0, 0.0], [0.0, 1.0]], [-1.0, 1.0], [1, 0]))
    >>> print(x, y)
    [0. 1.] 1.0
    """
    x = batch("x", x)
    inputs = np.moveaxis(x, -2, 0)  # the samples first
    targets = np.moveaxis(neuron.predict(goal, x), -1, 0)
    for turn in np.asarray(order):
        yield inputs[turn], targets[turn]


def falling_sign_steps(
    h: ArrayLike,
    goal: ArrayLike,
    *,
    rates: ArrayLike,
    falls: ArrayLike,
    tolerance: float,
    limit: int,
) -> Integers:
    """Steps of whole-batch sign descent whose rate falls by the same share at every step, (...).

    Each data set takes the best of its own of all pairs of a first rate and a share that is left.
    Who arrives at none counts with the limit.

    >>> settings = {"rates": [1.0, 2.0], "falls": [0.5, 0.6], "tolerance": 0.01, "limit": 99}
    >>> print(falling_sign_steps(np.eye(2), [3.0, -4.0], **settings))
    7
    """
    target = vectors("goal", goal)
    pairs = np.meshgrid(rates, falls)
    each_set = [1] * (target.ndim - 1)
    rate, fall = (part.reshape(-1, *each_set) for part in pairs)
    gradient = gradients.quadratic(h, target)
    start = np.zeros((rate.size, *target.shape))
    walk = descent.sign_descent(gradient, start, rate=rate, fall=fall)
    end = reading.arrival(walk, target, tolerance=tolerance, limit=limit)
    steps = np.where(end.arrived, end.steps, limit)
    return np.asarray(steps.min(axis=0))
