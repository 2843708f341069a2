r"""Training as a race: from one start, all rates run together until the first of them arrives.

The fair question to two inputs, activations or optimisers is how many steps each takes *at its own
best rate*. In a `race` every start has a best rate of its own, and ends with its winner. That may
be a rate so large that the walk is chaotic and arrives by luck. `best_common_rate` asks instead for
one rate that serves three quarters of the starts.

| symbol | shape | meaning |
|---|---|---|
| w | (..., P) | starts |
| η | (k,) | the grid of rates |
| L | (...) | loss of a walker |

The protocol is this site's own.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Booleans, Floats, Integers, positive, vectors, whole
from zigzag.descent import Walk, gradient_descent
from zigzag.gradients import Gradient
from zigzag.tuning import Tuned

Objective = Callable[[Floats], tuple[Floats, Floats]]
_LOST = 1e300  # the loss of a walker that diverges
_TINY = 1e-300  # its logarithm is finite
_UNIT = math.sqrt(2) / 8192


class Optimiser(Protocol):
    """An optimiser of `zigzag.descent`, or `partial(heavy_ball, momentum=0.9)`."""

    def __call__(
        self,
        gradient: Gradient,
        start: ArrayLike,
        *,
        rate: ArrayLike,
    ) -> Walk: ...


@dataclass(frozen=True, slots=True)
class Race:
    """The winner of each race; fields have the shape of the ensemble of starts.

    Where no rate arrives, `steps` is the limit, and the winner is the rate with the lowest loss.
    `edge`: does it stand at an end of the ascending rates? Then they may span too little.
    """

    steps: Integers
    rate: Floats
    loss: Floats
    edge: Booleans

    @property
    def span(self) -> Floats:
        """The least, the median and the most steps of all starts, (3,)."""
        return np.asarray(np.quantile(self.steps, [0, 0.5, 1]))


def race(
    objective: Objective,
    starts: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
    optimiser: Optimiser = gradient_descent,
) -> Race:
    """Steps until the loss is at most `target`, at the best of the rates, for every start.

    `objective` gives loss and gradient at w (k, P): for one sample at a time, or a batch, let it
    give the loss of the whole and the gradient of the part.

    >>> def bowl(w):
    ...     return (w**2).sum(axis=-1), 2 * w
    >>> race(bowl, [[1.0, 1.0], [9.0, 9.0]], rates=[0.01, 0.4, 0.9], target=0.01, limit=99).steps
    array([2, 4])
    """
    w = vectors("starts", starts)
    eta = vectors("rates", positive("rates", rates))
    goal = float(positive("target", target))
    most = whole("limit", limit)
    members = w.shape[:-1]
    steps = np.zeros(members, dtype=np.int64)
    rate = np.zeros(members)
    loss = np.zeros(members)
    for member in np.ndindex(members):
        winner = _winner(objective, w[member], eta, goal, most, optimiser)
        steps[member], rate[member], loss[member] = winner
    return Race(steps, rate, loss, edge=np.isin(rate, eta[[0, -1]]))


def _winner(
    objective: Objective,
    start: Floats,
    rates: Floats,
    target: float,
    limit: int,
    optimiser: Optimiser,
) -> tuple[int, float, float]:
    """Steps, rate and loss of the first to arrive.

    A step asks for the gradient where it begins. So step k + 1 tells the losses after k steps, and
    no loss is computed only to be looked at.
    """
    losses: list[Floats] = []

    def gradient(w: Floats) -> Floats:
        value, g = objective(w)
        losses[:] = [np.where(np.isnan(value), np.inf, value)]
        return g

    walk = optimiser(gradient, start, rate=rates)
    steps = -1
    for _ in islice(walk, 1, limit + 2):
        steps += 1
        if losses[0].min() <= target:
            break
    first = int(losses[0].argmin())
    return steps, float(rates[first]), float(losses[0][first])


def best_common_rate(
    objective: Objective,
    starts: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
) -> Tuned:
    """Steps of descent until the loss is at most `target`, at the one rate that is best for all.

    `starts` (k, P) walk at every rate, until at some rate three quarters of them have arrived: that
    rate is the best. Steps (k,) are real numbers: between the two steps about an arrival ln L is
    taken as a straight line. The slowest quarter counts with the limit. So do all, where no rate
    brings three quarters home: then no rate is best, and `edge` is false.

    >>> def bowl(w):
    ...     return (w**2).sum(axis=-1), 2 * w
    >>> starts = [[1.0, 1.0], [2.0, 2.0], [9.0, 9.0]]
    >>> best = best_common_rate(bowl, starts, rates=[0.01, 0.2, 0.9], target=0.01, limit=99)
    >>> best.place, best.steps.round(2).tolist()
    (1, [5.19, 6.54, 9.49])
    """
    w = vectors("starts", starts)
    eta = vectors("rates", positive("rates", rates))
    goal = float(positive("target", target))
    most = whole("limit", limit)
    everywhere = np.stack([w] * len(eta))
    times = _arrival_times(objective, everywhere, eta[:, None], goal, most)
    upper = np.quantile(times, 0.75, axis=1)
    times[upper >= most] = most
    place = int(upper.argmin())
    decided = upper[place] < most
    at_an_end = place in (0, len(eta) - 1)
    return Tuned(place, times[place], edge=bool(decided and at_an_end))


def _arrival_times(
    objective: Objective,
    start: Floats,
    rate: Floats,
    target: float,
    limit: int,
) -> Floats:
    """When each walker (rates, k, P) arrives, until three quarters are there at some rate.

    As in a race, each step tells the losses of where it begins.
    """
    losses: list[Floats] = []

    def gradient(w: Floats) -> Floats:
        value, g = objective(w)
        losses.append(np.nan_to_num(value, nan=_LOST, posinf=_LOST))
        return _rounded(g)

    walk = gradient_descent(gradient, start, rate=rate)
    times = np.full(start.shape[:-1], float(limit))
    walking = np.ones(times.shape, dtype=bool)
    last = math.ceil(0.75 * (start.shape[-2] - 1))  # who completes the three quarters
    for step, _ in enumerate(islice(walk, 1, limit + 2)):
        there = walking & (losses[-1] <= target)
        crossing = _crossing(losses[-2:], target, step)
        times = np.where(there, crossing, times)
        walking = walking & ~there
        arrived = np.count_nonzero(~walking, axis=-1)
        if arrived.max() > last:
            break
    return times


def _rounded(gradient: Floats) -> Floats:
    """The gradient (..., P), rounded to within one in 5,000 of its largest entry.

    Processors differ in the last bits of a sum. A walk at a large rate would enlarge that at every
    step, and arrive at another time on another machine. The unit is irrational, for a tie to be
    rounded either way could come from an exact fraction.
    """
    largest = np.abs(gradient).max(axis=-1, keepdims=True)
    _, exponent = np.frexp(largest)
    unit = np.ldexp(_UNIT, exponent)
    return np.asarray(np.round(gradient / unit) * unit)


def _crossing(
    losses: list[Floats],
    target: float,
    step: int,
) -> Floats:
    """Where ln L, a straight line over the last step, crosses the target; (...)."""
    before = np.log(losses[0] / target)
    now = np.log(np.maximum(losses[-1] / target, _TINY))
    fallen = np.where(before > now, before - now, 1.0)
    share = np.minimum(before / fallen, 1.0)
    return np.asarray(max(step - 1, 0) + share)
