r"""The best of some rates: what a race is for losses, for walks to a goal that is known.

| symbol | shape | meaning |
|---|---|---|
| w | (rates, walkers, d) | positions: every rate, and for each some walkers that differ by chance |

The protocol is this site's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, positive, vectors, whole
from zigzag.descent import Walk, gradient_descent
from zigzag.gradients import Batch, Gradient, on_batches
from zigzag.reading import arrival


@dataclass(frozen=True, slots=True)
class Tuned:
    """The best of some rates: its place among them, the steps of its walkers, (walkers,).

    `edge` says that only an end of the grid, of three rates or more, is best: it is too narrow.
    """

    place: int
    steps: Integers | Floats
    edge: bool

    @property
    def median(self) -> float:
        """The median of the steps."""
        return float(np.median(self.steps))

    @property
    def span(self) -> Floats:
        """Where the middle four fifths of the steps lie, (2,)."""
        return np.asarray(np.quantile(self.steps, [0.1, 0.9]))

    @property
    def quartiles(self) -> Floats:
        """Where the quarters of the steps end, (3,): the middle one is the median."""
        return np.asarray(np.quantile(self.steps, [0.25, 0.5, 0.75]))


def tuned(
    walk: Iterator[Floats],
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
) -> Tuned:
    """The best rate of an ensemble (rates, walkers, d): the fewest steps in the walkers' median.

    Who does not arrive counts with the limit. A single rate has no edges.

    >>> walks = (np.array([[[0.9], [0.9]], [[0.5], [0.4]]]) ** k for k in range(99))
    >>> best = tuned(walks, [0.0], tolerance=0.1, limit=50)
    >>> best.place, best.median
    (1, 3.5)
    """
    end = arrival(walk, goal, tolerance=tolerance, limit=whole("limit", limit))
    steps = np.where(end.arrived, end.steps, limit)
    middle = np.median(steps, axis=1)
    inner = middle[1:-1] if len(middle) > 2 else middle
    place = int(middle.argmin())
    return Tuned(place, steps[place], bool(middle[place] < inner.min()))


def fastest(
    optimiser: Callable[..., Walk],
    gradient: Gradient,
    goal: ArrayLike,
    *,
    rates: ArrayLike,
    tolerance: float,
    limit: int,
) -> Tuned:
    """The best rate of an optimiser from zero, one that suits the median of the walkers.

    Goals (walkers, d), one for each walker; rates (k, 1), or (k, walkers) if each has its own.

    >>> from zigzag.descent import gradient_descent
    >>> from zigzag.gradients import quadratic
    >>> goals = [[1.0, 1.0], [1.0, 0.0]]
    >>> bowl = quadratic(np.diag([1.0, 3.0]), goals)
    >>> settings = {"rates": [[0.1], [0.5], [0.6]], "tolerance": 1e-3, "limit": 99}
    >>> best = fastest(gradient_descent, bowl, goals, **settings)
    >>> best.place, best.steps.tolist()
    (1, [10, 10])
    """
    w = vectors("goal", goal)
    eta = vectors("rates", positive("rates", rates))
    start = np.zeros((len(eta), *w.shape))
    walk = optimiser(gradient, start, rate=eta)
    return tuned(walk, w, tolerance=tolerance, limit=limit)


def stochastic(
    draw: Callable[[], Floats],
    goal: ArrayLike,
    *,
    rates: ArrayLike,
    walkers: int,
    tolerance: float,
    limit: int,
) -> Tuned:
    """The best rate for stochastic descent from zero, every batch a new draw() (walkers, B, d).

    All rates see the same batches; targets are noiseless, y = w*·x.

    >>> rng = np.random.default_rng(0)
    >>> settings = {"rates": [0.1, 1.0], "walkers": 3, "tolerance": 0.1, "limit": 99}
    >>> stochastic(lambda: rng.normal(size=(3, 8, 2)), [1.0, 1.0], **settings).place
    1
    """
    w = vectors("goal", goal)
    eta = vectors("rates", positive("rates", rates))
    start = np.zeros((len(eta), walkers, len(w)))
    gradient = on_batches(fresh_samples(draw, w))
    walk = gradient_descent(gradient, start, rate=eta[:, None])
    return tuned(walk, w, tolerance=tolerance, limit=limit)


def fresh_samples(draw: Callable[[], Floats], goal: ArrayLike) -> Iterator[Batch]:
    """Endless new samples or batches x = draw(), and what the goal says of them.

    >>> x, y = next(fresh_samples(lambda: np.ones((5, 2)), [1.0, 2.0]))
    >>> print(y)
    [3. 3. 3. 3. 3.]
    """
    w = vectors("goal", goal)
    while True:
        x = draw()
        yield x, x @ w
