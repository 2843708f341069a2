r"""The cures: what each normaliser does to one layer's outputs, and to what comes back through it.

Rows are samples, columns are units. A batch norm works down the columns, over the batch; a layer
norm and an RMS norm work along each row, over the units.

| symbol | shape | meaning |
|---|---|---|
| x | (..., n, d) | n samples of d units |
| δ | (..., n, d) | error signals at the normaliser's output, ∂L/∂(output) |
| ε | scalar | added to the variance, so that a silent unit stays finite |
| c | (...) | cosine between two samples; c′ after one more layer |

Sources: batch norm: Ioffe and Szegedy (2015); layer norm: Ba, Kiros and Hinton (2016); RMS norm:
Zhang and Sennrich (2019); the arc-cosine recursion: Cho and Saul (2009). That a batch norm *behind*
a layer centres the layer's inputs as seen by its gradient is the centring lemma of
`zigzag.centring`: its errors add up to zero.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, positive, whole, within
from zigzag.activations import Activation, named

_EPSILON = 1e-5


def centre(x: ArrayLike) -> Floats:
    """x − x̄, the mean over the batch, column by column.

    >>> print(centre([[1.0, 5.0], [3.0, 9.0]]))
    [[-1. -2.]
     [ 1.  2.]]
    """
    x = batch("x", x)
    return np.asarray(x - x.mean(axis=-2, keepdims=True))


def _root_mean_square(
    x: Floats,
    axis: int,
    epsilon: float,
) -> Floats:
    """The root mean square along the axis, with ε added under the root."""
    epsilon = float(within("epsilon", epsilon, 0.0, np.inf))
    power = (x**2).mean(axis=axis, keepdims=True) + epsilon
    return np.asarray(np.sqrt(positive("spread of x, or epsilon,", power)))


def batch_norm(x: ArrayLike, *, epsilon: float = _EPSILON) -> Floats:
    """(x − x̄)/√(s² + ε), with mean and variance over the batch, column by column.

    >>> print(batch_norm([[1.0, 5.0], [3.0, 9.0]], epsilon=0.0))
    [[-1. -1.]
     [ 1.  1.]]
    """
    centred = centre(x)
    return np.asarray(centred / _root_mean_square(centred, -2, epsilon))


def batch_norm_gradient(
    delta: ArrayLike,
    x: ArrayLike,
    *,
    epsilon: float = _EPSILON,
) -> Floats:
    """∂L/∂x from δ = ∂L/∂(batch_norm(x)); each of its columns sums to zero.

    So a layer followed by a batch norm has the batch gradient Σδₚxₚ = Σδₚ(xₚ − x̄) in its weights:
    that of centred inputs, whatever the inputs are.

    >>> g = batch_norm_gradient([[1.0], [2.0], [4.0]], [[1.0], [0.0], [5.0]])
    >>> bool(abs(g.sum()) < 1e-12)
    True
    """
    x = batch("x", x)
    delta = batch("delta", delta)
    normed = batch_norm(x, epsilon=epsilon)
    variance = x.var(axis=-2, keepdims=True) + epsilon
    along = (delta * normed).mean(axis=-2, keepdims=True)
    across = centre(delta) - normed * along
    return np.asarray(across / np.sqrt(variance))


def layer_norm(x: ArrayLike, *, epsilon: float = _EPSILON) -> Floats:
    """Each row less its mean, over its standard deviation: a row never has one sign.

    >>> print(layer_norm([[5.0, 9.0]], epsilon=0.0))
    [[-1.  1.]]
    """
    x = batch("x", x)
    centred = x - x.mean(axis=-1, keepdims=True)
    return np.asarray(centred / _root_mean_square(centred, -1, epsilon))


def rms_norm(x: ArrayLike, *, epsilon: float = _EPSILON) -> Floats:
    """Each row over its root mean square: signs and directions stay as they are.

    >>> print(rms_norm([[7.0, 1.0]], epsilon=0.0))
    [[1.4 0.2]]
    """
    x = batch("x", x)
    return np.asarray(x / _root_mean_square(x, -1, epsilon))


def arc_cosine(cosine: ArrayLike) -> Floats:
    """c′ = (√(1 − c²) + (π − arccos c)c)/π: cosine after one more wide, random ReLU layer.

    >>> print(arc_cosine(0.0) == 1 / np.pi)
    True
    """
    c = within("cosine", cosine, -1.0, 1.0)
    angle = np.arccos(c)
    sine = np.sqrt(1 - c**2)
    return np.asarray((sine + (np.pi - angle) * c) / np.pi)


def mean_cosine(x: ArrayLike) -> Floats:
    """The mean cosine over all pairs of distinct samples in the batch, shape (...).

    >>> print(mean_cosine([[1.0, 0.0], [2.0, 0.0], [0.0, 3.0]]).round(6))
    0.333333
    """
    x = batch("x", x)
    n = whole("samples in x", x.shape[-2], least=2)
    lengths = np.linalg.norm(x, axis=-1, keepdims=True)
    units = x / positive("lengths of x", lengths)
    total = units.sum(axis=-2)
    all_pairs = (total**2).sum(axis=-1)  # each sample with itself as well
    return np.asarray((all_pairs - n) / (n * (n - 1)))


def cosines_by_depth(
    activation: str | Activation,
    layers: int,
    *,
    rng: np.random.Generator,
    width: int = 512,
    samples: int = 256,
    gain: float = 1.0,
    normalised: bool = False,
) -> Floats:
    """Simulation: mean cosine of the outputs of each of the layers, shape (layers,).

    Inputs are standard normal, weights N(0, gain²/width); gain √2 is He's choice for ReLU. A batch
    norm stands before each activation, if `normalised`.

    >>> print(cosines_by_depth("tanh", 3, rng=np.random.default_rng(0)).round(1) + 0)
    [0. 0. 0.]
    """
    a = named(activation)
    h = rng.normal(size=(samples, width))
    scale = gain / width**0.5
    cosines = []
    for _ in range(whole("layers", layers)):
        z = h @ rng.normal(scale=scale, size=(width, width))
        h = a(batch_norm(z) if normalised else z)
        cosines.append(mean_cosine(h))
    return np.array(cosines)
