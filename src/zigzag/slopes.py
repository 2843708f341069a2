r"""The derivatives of the activations, in the form that is cheapest beside the activation itself.

| symbol | shape | meaning |
|---|---|---|
| z | (...) | pre-activation |
| a | (...) | a(z), already computed; at kinks the slope is that of the left side |

Source: calculus; the tests compare each with central differences.
"""

from collections.abc import Callable, Mapping

import numpy as np

from zigzag._checks import Floats
from zigzag._gaussian import density, distribution
from zigzag.activations import ACTIVATIONS, LEAK, SELU_ALPHA, SELU_SCALE

Slope = Callable[[Floats, Floats], Floats]
_logistic = ACTIVATIONS["logistic"]


def _leaky_relu(z: Floats, _: Floats) -> Floats:
    return np.where(z > 0, 1.0, LEAK)


def _selu(z: Floats, a: Floats) -> Floats:
    below = a + SELU_SCALE * SELU_ALPHA
    return np.where(z > 0, SELU_SCALE, below)


def _silu(z: Floats, a: Floats) -> Floats:
    s = _logistic(z)
    return s + a * (1 - s)


def _gelu(z: Floats, _: Floats) -> Floats:
    return distribution(z) + z * density(z)


def _mish(z: Floats, _: Floats) -> Floats:
    t = np.tanh(np.logaddexp(0.0, z))
    return np.asarray(t + z * (1 - t**2) * _logistic(z))


SLOPES: Mapping[str, Slope] = {
    "logistic": lambda _, a: a * (1 - a),
    "tanh": lambda _, a: 1 - a**2,
    "relu": lambda z, _: np.where(z > 0, 1.0, 0.0),
    "leaky_relu": _leaky_relu,
    "softplus": lambda z, _: _logistic(z),
    "elu": lambda z, a: np.where(z > 0, 1.0, a + 1),
    "selu": _selu,
    "gelu": _gelu,
    "silu": _silu,
    "mish": _mish,
    "softsign": lambda _, a: (1 - np.abs(a)) ** 2,
    "arctan": lambda z, _: 1 / (1 + z**2),
    "identity": lambda z, _: np.ones_like(z),
}
"""a′(z) by the name of the activation, as a function of z and a(z)."""
