r"""One linear neuron: what it says, how wrong it is, and how its weights would like to move.

The neuron says $f = w \cdot x$ and pays $L = \frac12 (f - y)^2$. Its error signal is
$\delta = \partial L/\partial f = f - y$, and the chain rule gives the whole subject in one line:
$\partial L/\partial w_i = \delta\, x_i$. If every $x_i$ is positive, every component of the
gradient has the sign of $\delta$.

| symbol | shape | meaning |
|---|---|---|
| w | (..., d) | weights; leading axes are an ensemble of neurons |
| x | (n, d), (..., n, d) or (d,) | a batch of inputs, one batch per neuron, or one input |
| y | (n,), (..., n) or () | what the neuron should say |
| δ | like the prediction | error signal |

Source: LeCun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.3: weights "are
updated by an amount proportional to δx". Every function raises `ValueError` for shapes that do not
fit, an empty batch, or a number that is not finite.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, finite, vectors


def predict(w: ArrayLike, x: ArrayLike) -> Floats:
    """The output f = w·x of each neuron for each input, shape (..., n), or (...) for one input.

    >>> print(predict([1.0, 2.0], [[3.0, 4.0], [0.5, 0.0]]))
    [11.   0.5]
    """
    x = vectors("x", x)
    w = vectors("w", w, dimension=x.shape[-1])
    if x.ndim == 1:
        return np.asarray(w @ x)
    return np.asarray(np.matvec(batch("x", x), w))


def error_signal(
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Floats:
    """δ = ∂L/∂f = f − y: positive where the neuron says too much, negative where too little.

    >>> print(error_signal([1.0, 2.0], [[3.0, 4.0], [0.5, 0.0]], [10.0, 1.0]))
    [ 1.  -0.5]
    """
    f = predict(w, x)
    y = finite("y", y)
    if y.ndim and y.shape[-1:] != f.shape[-1:]:
        raise ValueError(f"y has shape {y.shape}: must give one value to each of x's samples")
    return f - y


def loss(
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Floats:
    """The loss L = ½δ², averaged over the batch, shape (...).

    >>> print(loss([1.0, 2.0], [[3.0, 4.0], [0.5, 0.0]], [10.0, 1.0]))
    0.3125
    """
    half_squares = 0.5 * error_signal(w, x, y) ** 2
    if np.ndim(x) == 1:
        return half_squares
    return np.asarray(half_squares.mean(axis=-1))


def sample_gradients(
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Floats:
    """The gradient δx that each sample alone would give, shape (..., n, d).

    Positive inputs leave two quadrants out of four (the sign lemma, derived in one line above):

    >>> print(sample_gradients([1.0, 2.0], [[3.0, 4.0], [0.5, 0.0]], [10.0, 1.0]))
    [[ 3.    4.  ]
     [-0.25 -0.  ]]
    """
    delta = error_signal(w, x, y)
    return delta[..., None] * finite("x", x)


def gradient(
    w: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Floats:
    """The gradient of the batch loss: the mean of the samples' gradients δx, shape (..., d).

    >>> print(gradient([1.0, 2.0], [[3.0, 4.0], [0.5, 0.0]], [10.0, 1.0]))
    [1.375 2.   ]
    """
    delta = error_signal(w, x, y)
    x = finite("x", x)
    if x.ndim == 1:
        return delta[..., None] * x
    samples = x.shape[-2]
    return np.asarray(np.vecmat(delta, x) / samples)
