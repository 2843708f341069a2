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
| m | (..., n) | a mean for each unit of a hidden layer, to keep out of the next one's gradient |

Sources: backpropagation, Rumelhart, Hinton and Williams (1986). That a shift is a
re-parametrisation of the same functions: Melchior, Fischer and Wiskott (2016). Hidden units whose
mean is kept out while they learn: Schraudolph (1998), Montavon and Müller (2012).
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, batch, data_set, positive, vectors
from zigzag.activations import named
from zigzag.architecture import Network, absorbed, layers
from zigzag.descent import gradient_descent
from zigzag.log_loss import log_loss
from zigzag.race import Race, race
from zigzag.reading import path
from zigzag.slopes import SLOPES

Centring = Callable[[int, Floats], Floats]
"""From the place 0, 1, … of a hidden layer and its outputs (..., samples, n) to the means m."""

_BLOCK = 13_000  # numbers in an array that stays in the cache: three times faster than all at once


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
            h = activation(zs[-1])
            if net.shift:
                h = h + net.shift
        hs.append(h)
        z = h @ weights
        z += biases[..., None, :]
        zs.append(z)
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


def current_means(_: int, outputs: Floats) -> Floats:
    """The mean of each unit over the samples, as it is now.

    >>> print(current_means(0, np.array([[1.0, 5.0], [3.0, 5.0]])))
    [2. 5.]
    """
    return np.asarray(outputs.mean(axis=-2))


def starting_means(
    net: Network,
    start: ArrayLike,
    x: ArrayLike,
) -> Centring:
    """The mean of each hidden unit over the samples x (n, d) at the start (P,), for ever after.

    >>> fixed = starting_means(Network((1, 2, 1), "relu"), [1, -1, 0, 0, 1, 1, 0], [[1.0], [3.0]])
    >>> print(fixed(0, np.zeros((9, 2, 2))))
    [2. 0.]
    """
    w = vectors("start", start, dimension=net.size)
    x = batch("x", x, dimension=net.widths[0])
    _, (_, *hidden) = _forward(net, w, x)
    means = [h.mean(axis=-2) for h in hidden]

    def fixed(layer: int, _: Floats) -> Floats:
        return np.asarray(means[layer])

    return fixed


def _backward(
    net: Network,
    w: Floats,
    x: Floats,
    y: Floats,
    centring: Centring | None,
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
        np.matmul(hs[i].mT, delta, out=weight_gradient)
        bias_gradient[...] = delta.sum(axis=-2)
        if i > 0 and centring is not None:
            _keep_out(centring(i - 1, hs[i]), weight_gradient, bias_gradient)
        if i > 0:
            back = delta @ weights.mT
            delta = back * slope(zs[i - 1], hs[i] - net.shift)
    return value, g


def _keep_out(
    mean: Floats,
    weight_gradient: Floats,
    bias_gradient: Floats,
) -> None:
    """Turn the gradient of a layer that reads h into that of its twin that reads h − m, in place.

    The twin has the same W, and the bias b' = b + Wᵀm. Its gradients are g_W − m g_bᵀ and g_b; as
    b = b' − Wᵀm, the original's bias moves by what the twin's does, and by −(ΔW)ᵀm.
    """
    weight_gradient -= mean[..., :, None] * bias_gradient[..., None, :]
    bias_gradient -= np.vecmat(mean, weight_gradient)


def loss_and_gradient(
    net: Network,
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    centring: Centring | None = None,
) -> tuple[Floats, Floats]:
    """The mean log loss (...) and its exact gradient (..., P), by backpropagation.

    With a `centring`, the step that the network would take if each layer read the hidden outputs
    minus these means, said in the weights that it has.

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
        values[block], gradients[block] = _backward(net, members[block], x, y, centring)
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
