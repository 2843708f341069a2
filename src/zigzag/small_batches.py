r"""A network that learns from small batches, and how its loss on the whole data set falls.

| symbol | shape | meaning |
|---|---|---|
| w | (..., P) | all weights and biases; leading axes are an ensemble |
| x | (n, d) | inputs |
| y | (n,) | labels 0, 1, …, as numbers |

Source: stochastic gradients as in `zigzag.gradients`, the network of `zigzag.network`.
"""

from itertools import cycle

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, data_set, vectors, whole
from zigzag.architecture import Network
from zigzag.gradients import draws
from zigzag.log_loss import log_loss
from zigzag.network import loss_and_gradient, outputs
from zigzag.race import Objective


def sampled_objective(
    net: Network,
    x: ArrayLike,
    y: ArrayLike,
    *,
    size: int,
    every: int,
    rng: np.random.Generator,
) -> Objective:
    """Loss of the whole data set, and gradient of a random batch, a new one at every call.

    All members of an ensemble get the same batch. The loss is computed at every so many calls, the
    first included, and held in between: of a small batch it would cost more than the gradient.

    >>> net, x, y = Network((1, 4, 1)), np.array([[-1.0], [1.0]]), np.array([0.0, 1.0])
    >>> rng = np.random.default_rng(0)
    >>> objective = sampled_objective(net, x, y, size=1, every=10, rng=rng)
    >>> loss, g = objective(np.zeros((5, 13)))
    >>> loss.shape, g.shape
    ((5,), (5, 13))
    """
    inputs, labels = data_set(vectors("x", x, dimension=net.widths[0]), y)
    batches = draws(inputs, labels, rng=rng, size=size)
    turns = cycle(range(whole("every", every)))
    losses = np.empty(0)

    def objective(w: Floats) -> tuple[Floats, Floats]:
        nonlocal losses
        if next(turns) == 0:
            losses, _ = log_loss(outputs(net, w, inputs), labels)
        part, part_labels = next(batches)
        _, g = loss_and_gradient(net, w, part, part_labels)
        return losses, g

    return objective
