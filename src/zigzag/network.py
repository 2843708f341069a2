r"""A little fully connected network, all its weights in one vector, with its exact gradient.

Hidden layers compute $h = a(hW + b) + c$ with a constant shift c: with $a = \tanh$ or the logistic
function, c moves the mean of what the next layer receives, and nothing else. The last layer is
linear; one output is a logit (logistic loss), several are softmax logits.

| symbol | shape | meaning |
|---|---|---|
| w | (..., P) | all weights and biases; leading axes are an ensemble |
| W, b | (..., m, n), (..., n) | one layer's weights (inputs in rows) and biases, views of w |
| x | (n, d) | inputs |
| y | (n,) | labels 0, 1, …, as numbers |
| c | scalar | the shift of every hidden output |

Source: backpropagation, Rumelhart, Hinton and Williams (1986). That a shift is a re-parametrisation
of the same functions: Melchior, Fischer and Wiskott (2016).
"""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, batch, data_set, positive, vectors
from zigzag.activations import named
from zigzag.architecture import Network, absorbed, layers
from zigzag.descent import gradient_descent
from zigzag.log_loss import log_loss
from zigzag.race import Race, best_common_rate, race
from zigzag.reading import path
from zigzag.slopes import SLOPES
from zigzag.tuning import Tuned

_BLOCK = 6000  # numbers in an array that stays in the cache: three times faster than all at once


def _forward(
    net: Network,
    w: Floats,
    x: Floats,
) -> tuple[list[Floats], list[Floats]]:
    """Pre-activations z and inputs h of each layer; the last z are the network's outputs."""
    activation = named(net.activation)
    h = x
    hs: list[Floats] = []
    zs: list[Floats] = []
    for weights, biases in layers(net, w):
        if zs:
            h = activation(zs[-1]) + net.shift
        hs.append(h)
        zs.append(h @ weights + biases[..., None, :])
    return zs, hs


def outputs(
    net: Network,
    w: ArrayLike,
    x: ArrayLike,
) -> Floats:
    """The logits, shape (..., n, outputs).

    >>> outputs(Network((2, 8, 3)), np.zeros((5, 51)), np.ones((7, 2))).shape
    (5, 7, 3)
    """
    w = vectors("w", w, dimension=net.size)
    x = batch("x", x, dimension=net.widths[0])
    zs, _ = _forward(net, w, x)
    return zs[-1]


def hidden_q(
    net: Network,
    w: ArrayLike,
    x: ArrayLike,
) -> Floats:
    """q of what each hidden layer hands on: |mean|² over the sum of the variances, (layers, ...).

    >>> from zigzag.architecture import random_weights
    >>> net = Network((2, 8, 8, 1), shift=0.5)
    >>> w = random_weights(net, 5, rng=np.random.default_rng(0))
    >>> hidden_q(net, w, [[0.0, 1.0], [1.0, 0.0]]).shape
    (2, 5)
    """
    w = vectors("w", w, dimension=net.size)
    x = batch("x", x, dimension=net.widths[0])
    _, (_, *hidden) = _forward(net, w, x)
    means = [h.mean(axis=-2) for h in hidden]
    squares = np.array([(mean**2).sum(axis=-1) for mean in means])
    variances = np.array([h.var(axis=-2).sum(axis=-1) for h in hidden])
    return np.asarray(squares / positive("variance of the outputs", variances))


def _backward(
    net: Network,
    w: Floats,
    x: Floats,
    y: Floats,
) -> tuple[Floats, Floats]:
    """Loss and gradient of one block of networks."""
    slope = net.slope or SLOPES[str(net.activation)]
    zs, hs = _forward(net, w, x)
    value, delta = log_loss(zs[-1], y)
    g = np.empty_like(w)
    parameters = layers(net, w)
    gradients = layers(net, g)
    for i in reversed(range(len(zs))):
        weights, _ = parameters[i]
        weight_gradient, bias_gradient = gradients[i]
        weight_gradient[...] = hs[i].mT @ delta
        bias_gradient[...] = delta.sum(axis=-2)
        if i > 0:
            back = delta @ weights.mT
            delta = back * slope(zs[i - 1], hs[i] - net.shift)
    return value, g


def loss_and_gradient(
    net: Network,
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> tuple[Floats, Floats]:
    """The mean log loss (...) and its exact gradient (..., P), by backpropagation.

    >>> from zigzag.architecture import random_weights
    >>> net, rng = Network((2, 8, 1)), np.random.default_rng(0)
    >>> loss, g = loss_and_gradient(net, random_weights(net, 5, rng=rng), [[1.0, 2.0]], [1.0])
    >>> loss.shape, g.shape
    ((5,), (5, 33))
    """
    w = vectors("w", w, dimension=net.size)
    x, y = data_set(vectors("x", x, dimension=net.widths[0]), y)
    members = w.reshape(-1, net.size)
    values = np.empty(len(members))
    gradients = np.empty_like(members)
    largest_layer = len(x) * max(net.widths)
    size = max(1, _BLOCK // largest_layer)
    for start in range(0, len(members), size):
        block = slice(start, start + size)
        values[block], gradients[block] = _backward(net, members[block], x, y)
    return values.reshape(w.shape[:-1]), gradients.reshape(w.shape)


def learning(
    net: Network,
    start: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
) -> Race:
    """The race of a network from what its unshifted twin computes with `start` (..., P).

    Networks that differ in nothing but their shift so begin as the same functions.

    >>> from zigzag.architecture import random_weights
    >>> net, rng = Network((1, 4, 1), shift=1.0), np.random.default_rng(0)
    >>> start, x, y = random_weights(net, 3, rng=rng), [[-1.0], [1.0]], [0, 1]
    >>> learning(net, start, x, y, rates=[0.1, 1.0], target=0.1, limit=99).steps.shape
    (3,)
    """
    objective = partial(loss_and_gradient, net, x=x, y=y)
    return race(objective, absorbed(net, start), rates=rates, target=target, limit=limit)


def learning_at_common_rate(
    net: Network,
    starts: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    rates: ArrayLike,
    target: float,
    limit: int,
) -> Tuned:
    """As `learning`, with one rate that is best for all of the starts (k, P).

    >>> from zigzag.architecture import random_weights
    >>> net, rng = Network((1, 4, 1), shift=1.0), np.random.default_rng(0)
    >>> starts, x, y = random_weights(net, 3, rng=rng), [[-1.0], [1.0]], [0, 1]
    >>> rates = [0.01, 0.1, 1.0]
    >>> learning_at_common_rate(net, starts, x, y, rates=rates, target=0.1, limit=99).steps.shape
    (3,)
    """
    objective = partial(loss_and_gradient, net, x=x, y=y)
    w = absorbed(net, starts)
    return best_common_rate(objective, w, rates=rates, target=target, limit=limit)


def training(
    net: Network,
    start: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    rate: ArrayLike,
    steps: Integers,
) -> tuple[Floats, Floats]:
    """Whole-batch descent: losses (most steps + 1, members), and each member after its own steps.

    >>> from zigzag.architecture import random_weights
    >>> net, x, y = Network((1, 4, 1)), [[-1.0], [1.0]], [0, 1]
    >>> start = random_weights(net, 3, rng=np.random.default_rng(0))
    >>> losses, ends = training(net, start, x, y, rate=0.5, steps=np.array([2, 5, 3]))
    >>> losses.shape, ends.shape
    ((6, 3), (3, 13))
    """

    def gradient(w: Floats) -> Floats:
        _, g = loss_and_gradient(net, w, x, y)
        return g

    walk = gradient_descent(gradient, start, rate=rate)
    positions = path(walk, steps=int(np.max(steps)))
    losses, _ = loss_and_gradient(net, positions, x, y)
    members = np.arange(len(steps))
    return losses, positions[steps, members]
