r"""The derivatives of the activations, in the form that is cheapest beside the activation itself.

| symbol | shape | meaning |
|---|---|---|
| z | (...) | pre-activation |
| a | (...) | a(z), already computed; at kinks the slope is that of the left side |

Source: calculus; the tests compare each with central differences.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from zigzag._checks import Floats
from zigzag._gaussian import distribution
from zigzag.activations import _LEAK, _SELU_ALPHA, _SELU_SCALE, ACTIVATIONS

Slope = Callable[[Floats, Floats], Floats]
_SELU_STEP = _SELU_SCALE * _SELU_ALPHA


def _silu(z: Floats, a: Floats) -> Floats:
    s = ACTIVATIONS["logistic"](z)
    return s + a * (1 - s)


def _gelu(z: Floats, _: Floats) -> Floats:
    return np.asarray(distribution(z) + z * np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi))


def _mish(z: Floats, _: Floats) -> Floats:
    t = np.tanh(np.logaddexp(0.0, z))
    return np.asarray(t + z * (1 - t**2) * ACTIVATIONS["logistic"](z))


SLOPES: Mapping[str, Slope] = {
    "logistic": lambda _, a: a * (1 - a),
    "tanh": lambda _, a: 1 - a**2,
    "relu": lambda z, _: np.where(z > 0, 1.0, 0.0),
    "leaky_relu": lambda z, _: np.where(z > 0, 1.0, _LEAK),
    "softplus": lambda z, _: ACTIVATIONS["logistic"](z),
    "elu": lambda z, a: np.where(z > 0, 1.0, a + 1),
    "selu": lambda z, a: np.where(z > 0, _SELU_SCALE, a + _SELU_STEP),
    "gelu": _gelu,
    "silu": _silu,
    "mish": _mish,
    "softsign": lambda _, a: (1 - np.abs(a)) ** 2,
    "arctan": lambda z, _: 1 / (1 + z**2),
    "identity": lambda z, _: np.ones_like(z),
}
"""a′(z) by the name of the activation, as a function of z and a(z)."""
