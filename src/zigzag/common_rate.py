r"""The one rate that is best for all starts: a race whose winner serves the whole ensemble.

In a `race` every start has a best rate of its own, which may be so large that the walk is chaotic
and arrives by luck. Here all starts walk at every rate, and the rate wins at which a share of them
has arrived first; `narrowed` finds it in rounds, on a grid that grows finer. Any optimiser may
walk, and a loss that costs more than a step need not be looked at after every step.

| symbol | shape | meaning |
|---|---|---|
| w | (k, P) | starts |
| η | (rates,) | the grid of rates |
| L | (rates, k) | loss of a walker |

The protocol is this site's own.
"""

import math
from collections.abc import Callable
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, positive, vectors, whole, within
from zigzag.descent import Walk, gradient_descent
from zigzag.gradients import Gradient
from zigzag.race import Objective, Optimiser, rounded_gradient
from zigzag.tuning import Tuned

_LOST = 1e300  # the loss of a walker that diverges
_TINY = 1e-300  # its logarithm is finite


def at_common_rate(
    objective: Objective,
    starts: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
    optimiser: Optimiser = gradient_descent,
    share: float = 0.75,
    every: int = 1,
) -> Tuned:
    """Steps until the loss is at most `target`, at the one rate that is best for all.

    `starts` (k, P) walk at every rate, until at some rate a share of them, three quarters, have
    arrived: that rate is the best. Steps (k,) are real numbers: between the two looks about an
    arrival ln L is taken as a straight line. The slowest quarter counts with the limit. So do all,
    where no rate brings three quarters home: then no rate is best, and `edge` is false.

    Where a loss costs more than a step, as with small batches, let the objective compute it on
    every tenth call, the first included, and hold it in between: `every` is then 10.

    >>> def bowl(w):
    ...     return (w**2).sum(axis=-1), 2 * w
    >>> starts = [[1.0, 1.0], [2.0, 2.0], [9.0, 9.0]]
    >>> best = at_common_rate(bowl, starts, rates=[0.01, 0.2, 0.9], target=0.01, limit=99)
    >>> best.place, best.steps.round(2).tolist()
    (1, [5.19, 6.54, 9.49])
    """
    w = vectors("starts", starts)
    eta = vectors("rates", positive("rates", rates))
    most = whole("limit", limit)
    part = float(within("share", share, 0.0, 1.0))
    everywhere = np.stack([w] * len(eta))
    losses: list[Floats] = []
    gradient = _recorded(objective, losses, rounded=optimiser is gradient_descent)
    walk = optimiser(gradient, everywhere, rate=eta[:, None])
    goal = float(positive("target", target))
    times = _arrival_times(walk, losses, goal, most, part, whole("every", every))
    upper = np.quantile(times, part, axis=1)
    times[upper >= most] = most
    place = int(upper.argmin())
    decided = upper[place] < most
    at_an_end = place in (0, len(eta) - 1)
    return Tuned(place, times[place], edge=bool(decided and at_an_end))


def narrowed(
    race: Callable[[Floats, Floats], Tuned],
    starts: ArrayLike,
    rates: ArrayLike,
    *,
    scouts: int,
    judges: int,
    near: int = 5,
) -> tuple[float, Tuned]:
    """The best rate of a wide grid, narrowed down by a few of the starts, and all starts at it.

    `race(starts, rates)` is a `at_common_rate`. The first `scouts` of the starts (k, P) race at
    rates that grow by one factor, then the first `judges` at as many as `near` rates between the
    neighbours of the best, then all at the best of these. `edge` is that of the wide grid.

    >>> def bowl(w):
    ...     return (w**2).sum(axis=-1), 2 * w
    >>> def race(starts, rates):
    ...     settings = {"target": 1e-3, "limit": 99, "share": 1.0}
    ...     return at_common_rate(bowl, starts, rates=rates, **settings)
    >>> rate, won = narrowed(race, [[1.0], [2.0], [9.0]], [0.1, 0.3, 0.9], scouts=1, judges=2)
    >>> round(rate, 2), won.steps.round(1).tolist(), won.edge
    (0.43, [1.7, 2.1, 2.8], False)
    """
    w = vectors("starts", starts)
    eta = vectors("rates", positive("rates", rates))
    factor = eta[1] / eta[0]
    inner = np.arange(1, near + 1) / (near + 1)
    scouted = race(w[:scouts], eta)
    around = eta[scouted.place] * factor ** (2 * inner - 1)
    judged = race(w[:judges], around)
    rate = float(around[judged.place])
    won = race(w, np.array([rate]))
    return rate, Tuned(scouted.place, won.steps, scouted.edge)


def _recorded(
    objective: Objective,
    losses: list[Floats],
    *,
    rounded: bool,
) -> Gradient:
    """The gradient of an objective whose losses are put on a list; rounded for descent alone.

    Adam enlarges the small entries that rounding would take away.
    """

    def gradient(w: Floats) -> Floats:
        value, g = objective(w)
        losses.append(np.nan_to_num(value, nan=_LOST, posinf=_LOST))
        return rounded_gradient(g) if rounded else g

    return gradient


def _arrival_times(
    walk: Walk,
    losses: list[Floats],
    target: float,
    limit: int,
    share: float,
    every: int,
) -> Floats:
    """When each walker (rates, k) arrives, until this share of them are there at some rate.

    As in a race, each step tells the losses of where it begins.
    """
    start = next(walk)
    times = np.full(start.shape[:-1], float(limit))
    walking = np.ones(times.shape, dtype=bool)
    last = math.ceil(share * (start.shape[-2] - 1))  # who completes the share
    for step, _ in enumerate(islice(walk, limit + 1)):
        there = walking & (losses[-1] <= target)
        passed = _crossing(losses[-2:], target)
        crossing = max(step - every, 0) + passed * min(step, every)
        times = np.where(there, crossing, times)
        walking = walking & ~there
        arrived = np.count_nonzero(~walking, axis=-1)
        if arrived.max() > last:
            break
    return times


def _crossing(losses: list[Floats], target: float) -> Floats:
    """How far between two losses ln L, a straight line, crosses the target; a share, (...)."""
    before = np.log(losses[0] / target)
    now = np.log(np.maximum(losses[-1] / target, _TINY))
    fallen = np.where(before > now, before - now, 1.0)
    return np.asarray(np.minimum(before / fallen, 1.0))
