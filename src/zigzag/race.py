r"""Training as a race: from one start, all rates run together until the first of them arrives.

The fair question to two inputs, activations or optimisers is how many steps each takes *at its own
best rate*. So every start is one race over a grid of rates, and ends with its winner.

| symbol | shape | meaning |
|---|---|---|
| w | (..., P) | starts; each is a race of its own |
| η | (k,) | the grid of rates |

The protocol is this site's own.
"""

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


class Optimiser(Protocol):
    """An optimiser of `zigzag.descent`, or `partial(heavy_ball, momentum=0.9)`."""

    def __call__(self, gradient: Gradient, start: ArrayLike, *, rate: ArrayLike) -> Walk: ...


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
    w, eta = vectors("starts", starts), vectors("rates", positive("rates", rates))
    goal, most = float(positive("target", target)), whole("limit", limit)
    each = w.reshape(-1, w.shape[-1])
    winners = [_winner(objective, start, eta, goal, most, optimiser) for start in each]
    columns = zip(*winners, strict=True)
    steps, rate, loss = (np.array(column).reshape(w.shape[:-1]) for column in columns)
    return Race(steps, rate, loss, np.isin(rate, eta[[0, -1]]))


def _winner(
    objective: Objective,
    start: Floats,
    rates: Floats,
    target: float,
    limit: int,
    optimiser: Optimiser,
) -> tuple[int, float, float]:
    """Steps, rate and loss of the first to arrive; the walk asks for one gradient a step."""
    losses: list[Floats] = []

    def gradient(w: Floats) -> Floats:
        value, slope = objective(w)
        losses[:] = [np.where(np.isnan(value), np.inf, value)]
        return slope

    walk = optimiser(gradient, start, rate=rates)
    steps = -1
    for _ in islice(walk, 1, limit + 2):
        steps += 1
        if losses[0].min() <= target:
            break
    first = int(losses[0].argmin())
    return steps, float(rates[first]), float(losses[0][first])
