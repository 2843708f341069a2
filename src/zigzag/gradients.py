r"""Where a gradient comes from: the whole loss, a batch, or one sample after another.

A gradient is a function of w. A stochastic one takes its next batch at every call, from an iterator
over (x, y): so the same optimisers serve for full batches, mini-batches and single samples.

| symbol | shape | meaning |
|---|---|---|
| w | (..., d) | positions; leading axes are an ensemble of walkers |
| H | (..., d, d) | second moment of the inputs, E[xxᵀ] |
| m, s² | (d,), scalar | mean of the inputs, and the variance of each |
| x, y | (..., d), (...) | one sample for each walker |
| x, y | (..., B, d), (..., B) | one batch of size B for each walker |

Sources: δx for one sample, as in `zigzag.neuron`; H as in `zigzag.curvature`.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, data_set, finite, positive, vectors, whole

Gradient = Callable[[Floats], Floats]
Batch = tuple[Floats, Floats]


def quadratic(h: ArrayLike, goal: ArrayLike) -> Gradient:
    """The gradient H(w − w*) of the loss ½(w − w*)ᵀH(w − w*): full batch, noiseless linear unit.

    >>> print(quadratic(np.diag([1.0, 3.0]), [1.0, 1.0])(np.array([2.0, 2.0])))
    [1. 3.]
    """
    matrix = batch("h", h)
    goal = vectors("goal", goal)
    d = goal.shape[-1]
    if matrix.shape[-2:] != (d, d):
        raise ValueError(f"h has shape {matrix.shape}: must be d × d for a goal of {goal.shape}")

    def gradient(w: Floats) -> Floats:
        return np.asarray(np.matvec(matrix, w - goal))

    return gradient


def spiked(
    mean: ArrayLike,
    variance: ArrayLike,
    goal: ArrayLike,
) -> Gradient:
    """`quadratic` for independent inputs of one variance s²: H = s²I + mmᵀ, never written out.

    A mean that is one number is that of all inputs. For a thousand inputs a call takes a thousandth
    of the time.

    >>> print(spiked(2.0, 1.0, [1.0, 1.0])(np.array([2.0, 0.0])), spiked(2.0, 1.0, [1.0])([2.0]))
    [ 1. -1.] [5.]
    """
    target = vectors("goal", goal)
    s2 = positive("variance", variance)
    m = np.broadcast_to(finite("mean", mean), target.shape[-1:])

    def gradient(w: Floats) -> Floats:
        off = w - target
        along = np.vecdot(off, m)
        return np.asarray(s2 * off + along[..., None] * m)

    return gradient


def draws(
    x: ArrayLike,
    y: ArrayLike,
    *,
    rng: np.random.Generator,
    size: int | None = None,
    walkers: tuple[int, ...] = (),
) -> Iterator[Batch]:
    """Endless random samples of a data set (n, d), (n,), with replacement, fresh for each walker.

    Single samples (*walkers, d), (*walkers), for `on_samples` and Kaczmarz; with a `size` B,
    batches (*walkers, B, d), (*walkers, B), for `on_batches`.

    >>> x, y = next(draws(np.eye(3), [1, 2, 3], rng=np.random.default_rng(0), walkers=(7,), size=5))
    >>> x.shape, y.shape
    ((7, 5, 3), (7, 5))
    """
    x, y = data_set(x, y)
    shape = walkers if size is None else (*walkers, whole("size", size))

    def forever() -> Iterator[Batch]:
        while True:
            chosen = rng.integers(len(x), size=shape)
            yield x[chosen], y[chosen]

    return forever()


def cycled(
    x: ArrayLike,
    y: ArrayLike,
    *,
    size: int = 1,
) -> Iterator[Batch]:
    """Endless batches (B, d), (B,) of a data set (n, d), (n,), in its own order, over and over.

    >>> batches = cycled(np.eye(3), [1, 2, 3], size=2)
    >>> [next(batches)[1].tolist() for _ in range(3)]
    [[1.0, 2.0], [3.0, 1.0], [2.0, 3.0]]
    """
    x, y = data_set(x, y)
    count = whole("size", size)

    def forever() -> Iterator[Batch]:
        for first in itertools.count(step=count):
            turn = np.arange(first, first + count) % len(x)
            yield x[turn], y[turn]

    return forever()


def on_batches(batches: Iterable[Batch]) -> Gradient:
    """A stochastic gradient: every call is the mean of δx over the next batch (..., B, d).

    `ValueError` if x has the very shape of an ensemble w: those are single samples.

    >>> gradient = on_batches([(np.eye(2), np.array([1.0, 3.0]))])
    >>> print(gradient(np.zeros(2)))
    [-0.5 -1.5]
    """
    following = iter(batches)

    def gradient(w: Floats) -> Floats:
        x, y = next(following)
        if w.ndim > 1 and x.shape == w.shape:
            raise ValueError(
                f"x has shape {x.shape}, like w: single samples belong to on_samples; "
                "a batch that all walkers share is x[None], y[None]"
            )
        delta = np.matvec(x, w) - y
        return np.asarray(np.vecmat(delta, x) / x.shape[-2])

    return gradient


def normalised(batches: Iterable[Batch]) -> Gradient:
    """A stochastic gradient in the batch's own measure: mean of δx over mean of |x|², (B, d).

    With single samples and rate r its descent is `kaczmarz` with relaxation r, but r may pass 2,
    where that walk diverges. A batch that is all zero has no gradient.

    >>> gradient = normalised([(np.array([[0.0, 2.0]]), np.array([4.0]))])
    >>> gradient(np.zeros(2)).tolist()
    [0.0, -2.0]
    """
    following = iter(batches)

    def gradient(w: Floats) -> Floats:
        x, y = next(following)
        mean_gradient = on_batches([(x, y)])(w)
        power = np.vecdot(x, x).mean(axis=-1)
        divisor = np.where(power > 0, power, 1.0)
        return mean_gradient / divisor[..., None]

    return gradient


def on_samples(samples: Iterable[Batch]) -> Gradient:
    """A stochastic gradient: every call is δx for the next sample (..., d), one for each walker.

    >>> gradient = on_samples([(np.eye(2), np.array([1.0, 3.0]))])      # two walkers, not a batch
    >>> print(gradient(np.zeros((2, 2))))
    [[-1. -0.]
     [-0. -3.]]
    """
    following = iter(samples)

    def gradient(w: Floats) -> Floats:
        x, y = next(following)
        delta = np.vecdot(x, w) - y
        return np.asarray(delta[..., None] * x)

    return gradient
