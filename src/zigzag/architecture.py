r"""The shape of a little network, and all its weights as one vector.

| symbol | shape | meaning |
|---|---|---|
| w | (..., P) | all weights and biases; leading axes are an ensemble |
| W, b | (..., m, n), (..., n) | one layer's weights (inputs in rows) and biases, views of w |
| c | scalar | the shift of every hidden output, h = a(hW + b) + c |

Source: that a shift is a re-parametrisation of the same functions: Melchior, Fischer and Wiskott
(2016).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, finite, positive, vectors, whole
from zigzag.activations import Activation, named
from zigzag.slopes import Slope


@dataclass(frozen=True, slots=True)
class Network:
    """The shape of a network: its widths from input to output, its activation, its shift.

    An activation that has no name comes with its slope, a function of z and a(z).

    >>> Network((2, 32, 32, 1), "logistic", shift=-0.5).size
    1185
    """

    widths: tuple[int, ...]
    activation: str | Activation = "tanh"
    shift: float = 0.0
    slope: Slope | None = None

    def __post_init__(self) -> None:
        named(self.activation)
        finite("shift", self.shift)
        if len(self.widths) < 2:
            raise ValueError(f"widths = {self.widths}: must be at least those of input and output")
        for width in self.widths:
            whole("widths", width)
        if self.slope is None and not isinstance(self.activation, str):
            raise ValueError("slope = None: an activation without a name needs its slope")

    @property
    def size(self) -> int:
        """P, how many weights and biases it has."""
        return sum((m + 1) * n for m, n in pairwise(self.widths))


def layers(net: Network, w: Floats) -> list[tuple[Floats, Floats]]:
    """Each layer's weights (..., m, n) and biases (..., n), as views of w.

    >>> [(weights.shape, b.shape) for weights, b in layers(Network((2, 3, 1)), np.zeros((9, 13)))]
    [((9, 2, 3), (9, 3)), ((9, 3, 1), (9, 1))]
    """
    parts = []
    start = 0
    for m, n in pairwise(net.widths):
        middle = start + m * n
        end = middle + n
        weights = w[..., start:middle].reshape(*w.shape[:-1], m, n)
        biases = w[..., middle:end]
        parts.append((weights, biases))
        start = end
    return parts


def random_weights(
    net: Network,
    *members: int,
    rng: np.random.Generator,
    gain: float = 1.0,
) -> Floats:
    """Weights N(0, gain²/inputs), biases zero, shape (*members, P).

    >>> random_weights(Network((2, 3, 1)), 9, rng=np.random.default_rng(0)).shape
    (9, 13)
    """
    gain = float(positive("gain", gain))
    w = np.zeros((*members, net.size))
    for weights, _ in layers(net, w):
        inputs = weights.shape[-2]
        weights[...] = rng.normal(scale=gain / inputs**0.5, size=weights.shape)
    return w


def absorbed(net: Network, w: ArrayLike) -> Floats:
    """The weights with which `net` computes what its unshifted twin computes with w.

    Each next bias takes back what the shift adds: b − c·ΣW. Same functions, another geometry.

    >>> print(absorbed(Network((1, 2, 1), shift=0.5), [1, 1, 0, 0, 2, 4, 0]))
    [ 1.  1.  0.  0.  2.  4. -3.]
    """
    w = np.array(vectors("w", w, dimension=net.size))
    for weights, biases in layers(net, w)[1:]:
        biases[...] -= net.shift * weights.sum(axis=-2)
    return w


def on_other_inputs(
    net: Network,
    w: ArrayLike,
    *,
    mean: ArrayLike,
    scale: float = 1.0,
) -> Floats:
    """The weights with which `net` computes of (x − mean)/scale what it computes with w of x.

    The first weights grow by the scale, and the first bias takes the mean back.

    >>> print(on_other_inputs(Network((1, 1)), [3.0, 1.0], mean=[2.0], scale=10.0))
    [30.  7.]
    """
    w = np.array(vectors("w", w, dimension=net.size))
    weights, biases = layers(net, w)[0]
    biases[...] += vectors("mean", mean, dimension=net.widths[0]) @ weights
    weights[...] *= positive("scale", scale)
    return w
