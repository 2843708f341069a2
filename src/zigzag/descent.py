r"""Walks downhill: each optimiser is the line that its paper prints, and yields positions for ever.

Three kinds of thing, freely combined. A **gradient** (`zigzag.gradients`) is a function of w; a
stochastic one takes its next batch at every call. An **optimiser** (here) turns a gradient and a
start into an endless walk. A **reading** (`zigzag.reading`) takes from the walk what is asked for:
its `path`, its `errors`, or its `arrival`. (A walk is walked once: for a second reading, start it
again.)

    walk = gradient_descent(quadratic(h, goal), start, rate=best_rate(h))
    steps = arrival(walk, goal, tolerance=1e-6, limit=10_000).steps

| symbol | shape | meaning |
|---|---|---|
| w | (..., d) | positions; leading axes are an ensemble over starts, rates and seeds |
| η | (...) | rate, broadcast against the ensemble |
| r | (...) | relaxation of a one-sample step, 0 < r < 2; at 1 the sample's error becomes zero |
| f | (...) | what is left of the rate after each step, 0 < f ≤ 1; at 1 the rate is fixed |
| δ | (...) | error signal w·x − y |
| H | (..., d, d) | second moment of the inputs |

Sources: heavy ball: Polyak (1964); Adam: Kingma and Ba (2015); one-sample steps: Kaczmarz (1937),
randomised by Strohmer and Vershynin (2009), who draw samples in proportion to |x|².
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, finite, positive, vectors, within
from zigzag.gradients import Batch, Gradient
from zigzag.reading import beyond, horizon

Walk = Iterator[Floats]
_FARTHEST = 1e150  # its square is still a number


def gradient_descent(
    gradient: Gradient,
    start: ArrayLike,
    *,
    rate: ArrayLike,
) -> Walk:
    """w ← w − η·g(w).

    >>> from zigzag.reading import path
    >>> print(path(gradient_descent(lambda w: w, [8.0], rate=0.5), steps=3).ravel())
    [8. 4. 2. 1.]
    """
    w, eta = _ensemble(start, positive("rate", rate))

    def step(w: Floats) -> tuple[Floats]:
        return (w - eta * gradient(w),)

    return _walk(step, w)


def heavy_ball(
    gradient: Gradient,
    start: ArrayLike,
    *,
    rate: ArrayLike,
    momentum: ArrayLike,
) -> Walk:
    """v ← m·v − η·g(w), w ← w + v: momentum, 0 ≤ m < 1.

    >>> from zigzag.reading import path
    >>> print(path(heavy_ball(lambda w: w, [8.0], rate=0.5, momentum=0.5), steps=3).ravel())
    [ 8.  4.  0. -2.]
    """
    within("momentum", momentum, 0.0, 1.0, ends="[)")
    w, eta, m = _ensemble(start, positive("rate", rate), finite("momentum", momentum))

    def step(w: Floats, v: Floats) -> tuple[Floats, Floats]:
        v = m * v - eta * gradient(w)
        return w + v, v

    return _walk(step, w, np.zeros_like(w))


def adam(
    gradient: Gradient,
    start: ArrayLike,
    *,
    rate: ArrayLike,
    decays: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> Walk:
    """w ← w − η·m̂/(√v̂ + ε), m and v running means of g and g²: Kingma and Ba, algorithm 1.

    >>> from zigzag.reading import path
    >>> print(path(adam(lambda w: w, [8.0], rate=0.5), steps=2).round(3).ravel())
    [8.    7.5   7.001]
    """
    b1, b2 = (float(within("decays", b, 0.0, 1.0, ends="[)")) for b in decays)
    within("epsilon", epsilon, 0.0, np.inf, ends="[)")
    w, eta = _ensemble(start, positive("rate", rate))

    def step(
        w: Floats,
        m: Floats,
        v: Floats,
        k: int,
    ) -> tuple[Floats, Floats, Floats, int]:
        g = gradient(w)
        k = k + 1
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g**2
        unbiased_m = m / (1 - b1**k)
        unbiased_v = v / (1 - b2**k)
        w = w - eta * unbiased_m / (np.sqrt(unbiased_v) + epsilon)
        return w, m, v, k

    return _walk(step, w, np.zeros_like(w), np.zeros_like(w), 0)


def sign_descent(
    gradient: Gradient,
    start: ArrayLike,
    *,
    rate: ArrayLike,
    fall: ArrayLike = 1.0,
) -> Walk:
    """w ← w − η·sign g(w), then η ← f·η. On one positive sample a step is ±η·(1, …, 1).

    At a fixed rate, f = 1, it ends in circles about as wide as η; a rate that falls lets it arrive.

    >>> from zigzag.reading import path
    >>> print(path(sign_descent(lambda w: w, [2.0, -3.0], rate=0.5), steps=1)[1])
    [ 1.5 -2.5]
    >>> print(path(sign_descent(lambda w: w, [2.0], rate=1.0, fall=0.5), steps=3).ravel())
    [2.   1.   0.5  0.25]
    """
    within("fall", fall, 0.0, 1.0, ends="(]")
    w, eta, f = _ensemble(start, positive("rate", rate), finite("fall", fall))

    def step(w: Floats, eta: Floats) -> tuple[Floats, Floats]:
        return w - eta * np.sign(gradient(w)), f * eta

    return _walk(step, w, eta)


def kaczmarz(
    samples: Iterable[Batch],
    start: ArrayLike,
    *,
    relaxation: ArrayLike = 1.0,
) -> Walk:
    """w ← w − r·δx/|x|²: one sample at a time, each step as long as the sample itself wants.

    `samples` are (x, y) pairs: `draws(...)`, or any order, as in `cycle(zip(x, y))`; the walk ends
    with them. A sample that is all zero (ReLU) leaves its walker where it stands.

    >>> rays, goal = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([-1.0, 1.0])
    >>> from zigzag.reading import path
    >>> print(path(kaczmarz(zip(rays, rays @ goal), [0.0, 0.0]), steps=2).tolist())
    [[0.0, 0.0], [-1.0, 0.0], [-1.0, 1.0]]
    """
    within("relaxation", relaxation, 0.0, 2.0, ends="()")
    w, r = _ensemble(start, finite("relaxation", relaxation))
    following = iter(samples)

    def step(w: Floats) -> tuple[Floats]:
        x, y = next(following)
        square = np.vecdot(x, x)
        delta = np.vecdot(x, w) - y
        length = delta / np.where(square > 0, square, 1.0)
        return (w - r * length[..., None] * x,)

    return _walk(step, w)


def _ensemble(start: ArrayLike, *rates: Floats) -> tuple[Floats, ...]:
    """The start as one row for each member of the ensemble, and the rates as columns beside it."""
    columns = [rate[..., None] for rate in rates]
    w, *_ = np.broadcast_arrays(vectors("start", start), *columns)
    return (w, *columns)


def _walk(
    step: Callable[..., tuple[Any, ...]],
    w: Floats,
    *state: Any,
) -> Walk:
    """Yields w, steps, and so on until the samples run out; holds walkers that diverge."""
    edge = horizon(w)
    nearest_edge = edge.min()
    try:
        while True:
            yield w
            with np.errstate(over="ignore", invalid="ignore"):
                ahead, *state = step(w, *state)  # type: ignore[assignment]
            everyone_near = np.abs(ahead).max() <= nearest_edge
            w = ahead if everyone_near else _held(w, ahead, edge)
    except StopIteration:
        return


def _held(
    w: Floats,
    ahead: Floats,
    edge: Floats,
) -> Floats:
    """The next positions, finite, where those that were beyond the edge already stay put."""
    gone = beyond(w, edge)[..., None]
    clipped = np.clip(ahead, -_FARTHEST, _FARTHEST)
    w = np.where(gone, w, clipped)
    if np.isnan(w).any():
        raise ValueError("step = nan: gradient (or samples) must be finite wherever the walker is")
    return w
