r"""Training as a race: from one start, all rates run together until the first of them arrives.

The fair question to two inputs, activations or optimisers is how many steps each takes *at its own
best rate*. In a `race` every start has a best rate of its own, and ends with its winner. That may
be a rate so large that the walk is chaotic: `rounded` gradients make it the same walk on all
machines.

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

Objective = Callable[[Floats], tuple[Floats, Floats]]
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
    `time` is a real number of steps: between the two about an arrival ln L is taken as a straight
    line. `edge`: does the rate stand at an end of the ascending ones? Then they may span too
    little.
    """

    steps: Integers
    time: Floats
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
    time = np.zeros(members)
    rate = np.zeros(members)
    loss = np.zeros(members)
    for member in np.ndindex(members):
        winner = _winner(objective, w[member], eta, goal, most, optimiser)
        steps[member], time[member], rate[member], loss[member] = winner
    return Race(steps, time, rate, loss, edge=np.isin(rate, eta[[0, -1]]))


def _winner(
    objective: Objective,
    start: Floats,
    rates: Floats,
    target: float,
    limit: int,
    optimiser: Optimiser,
) -> tuple[int, float, float, float]:
    """Steps, time, rate and loss of the first to arrive.

    A step asks for the gradient where it begins. So step k + 1 tells the losses after k steps, and
    no loss is computed only to be looked at.
    """
    losses: list[Floats] = []

    def gradient(w: Floats) -> Floats:
        value, g = objective(w)
        losses.append(np.nan_to_num(value, nan=np.inf))
        return g

    walk = optimiser(gradient, start, rate=rates)
    steps = -1
    for _ in islice(walk, 1, limit + 2):
        steps += 1
        if losses[-1].min() <= target:
            break
    now = losses[-1]
    first = int(now.argmin())
    before = float(losses[-2][first]) if steps > 0 else np.inf
    time = _crossing(before, float(now[first]), target, steps)
    return steps, time, float(rates[first]), float(now[first])


def _crossing(
    before: float,
    now: float,
    target: float,
    steps: int,
) -> float:
    """Where ln L, a straight line over the last of these steps, crosses the target.

    At the last step, where it does not, or where the line would begin at infinity.
    """
    if now > target or before == np.inf:
        return float(steps)
    fallen = math.log(before / max(now, _TINY))
    share = math.log(before / target) / fallen
    return steps - 1 + share


def rounded(objective: Objective) -> Objective:
    """The same loss, and its gradient (..., P) as `rounded_gradient` has it.

    >>> loss, g = rounded(lambda w: ((w**2).sum(axis=-1) / 2, w))(np.array([1.0, 1e-5, 1 / 3]))
    >>> print(g.round(4))
    [0.9999 0.     0.3332]
    """

    def roughly(w: Floats) -> tuple[Floats, Floats]:
        value, g = objective(w)
        return value, rounded_gradient(g)

    return roughly


def rounded_gradient(gradient: Floats) -> Floats:
    """A gradient (..., P) to within one in 5,000 of its largest entry.

    Processors differ in the last bits of a sum. A walk at a large rate would enlarge that at every
    step, and arrive at another time on another machine. The unit is irrational, for a tie to be
    rounded either way could come from an exact fraction.
    """
    highest = gradient.max(axis=-1, keepdims=True)
    lowest = gradient.min(axis=-1, keepdims=True)
    _, exponent = np.frexp(np.maximum(highest, -lowest))
    unit = np.ldexp(_UNIT, exponent)
    units = gradient / unit
    np.round(units, out=units)
    units *= unit
    return np.asarray(units)
