r"""Trials of little networks: what a mean costs them, start by start.

Every start has weights and dots of its own. Two networks begin as the same function of the same
dots, and each learns at the best of some rates. The ratio of their times is one number for each
start, and a median of ratios with a range says what another start may expect.

| symbol | shape | meaning |
|---|---|---|
| w | (k, P) | the weights of k starts |
| x | (k, n, 2) | the dots of each |
| y | (k, n) | their labels, 0 or 1 |

The protocol is this site's own; that the spread of a median of k numbers from a bell is √(π/2k)
times theirs is a textbook's.
"""

import math
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, positive, vectors, whole
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.data import two_moons
from zigzag.network import current_means, loss_and_gradient, starting_means
from zigzag.race import Race, race, rounded


def moon_problems(
    net: Network,
    starts: int,
    n: int,
    *,
    rng: np.random.Generator,
    gain: float = 1.0,
) -> tuple[Floats, Floats, Floats]:
    """Weights w (starts, P), and for each its own two moons: x (starts, n, 2), y (starts, n).

    >>> w, x, y = moon_problems(Network((2, 8, 1)), 5, 40, rng=np.random.default_rng(0))
    >>> w.shape, x.shape, y.shape
    ((5, 33), (5, 40, 2), (5, 40))
    """
    w = random_weights(net, whole("starts", starts), rng=rng, gain=gain)
    x = np.zeros((starts, n, 2))
    y = np.zeros((starts, n))
    for k in range(starts):
        x[k], y[k] = two_moons(n, rng=rng)
    return w, x, y


def learning_times(
    net: Network,
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
    without: Literal["start", "current"] | None = None,
) -> Race:
    """The race of each start on its own dots, from what the unshifted twin computes with w.

    `without` keeps each hidden unit's mean out of the next layer's gradient: the mean that it has
    at the start, or the one that it has at each step. Gradients are rounded.

    >>> net, rng = Network((2, 8, 1)), np.random.default_rng(0)
    >>> w, x, y = moon_problems(net, 3, 20, rng=rng)
    >>> learning_times(net, w, x, y, rates=[1.0, 2.0], target=0.3, limit=99).time.shape
    (3,)
    """
    starts = absorbed(net, w)
    dots = batch("x", x)
    labels = vectors("y", y)
    races = []
    for start, seen, answers in zip(starts, dots, labels, strict=True):
        centring = None
        if without == "start":
            centring = starting_means(net, start, seen)
        elif without == "current":
            centring = current_means
        objective = rounded(
            partial(loss_and_gradient, net, x=seen, y=answers, centring=centring),
        )
        races.append(race(objective, start, rates=rates, target=target, limit=limit))
    return Race(
        steps=np.array([one.steps for one in races]),
        time=np.array([one.time for one in races]),
        rate=np.array([one.rate for one in races]),
        loss=np.array([one.loss for one in races]),
        edge=np.array([one.edge for one in races]),
    )


def paired(times: ArrayLike, others: ArrayLike) -> Floats:
    """How many times as long the first take as the others, start by start: 10 %, median, 90 %.

    >>> print(paired([2.0, 8.0, 9.0], [1.0, 2.0, 1.0]).round(1))
    [2.4 4.  8. ]
    """
    ratios = positive("times", times) / positive("others", others)
    return np.asarray(np.quantile(ratios, [0.1, 0.5, 0.9]))


def median_error(times: ArrayLike, others: ArrayLike) -> float:
    """The standard error of the median of these ratios (k,), as a share of it.

    It takes their logarithms for numbers from a bell.

    >>> rng = np.random.default_rng(0)
    >>> round(median_error(np.exp(rng.normal(size=400)), np.ones(400)), 2)   # 1.2533 / 20
    0.06
    """
    ratios = vectors("times", positive("times", times) / positive("others", others))
    spread = np.log(ratios).std(ddof=1)
    return float(spread * math.sqrt(math.pi / 2 / len(ratios)))
