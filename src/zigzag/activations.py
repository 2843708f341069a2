r"""Thirteen activation functions, and what a layer of them hands to the next one.

Behind every claim of the site stands one number of an activation's output,
$q = \mu^2 / s^2$: squared mean over variance. For pre-activations $z$ that are Gaussian,
$\mu = E\,a(z)$ and $s^2 = \mathrm{Var}\, a(z)$ are integrals; `moments` does them to nine digits.

| symbol | shape | meaning |
|---|---|---|
| z | (...) | pre-activation |
| a | (...) | output of the activation, elementwise |
| μ, s² | scalars | mean and variance of a(z) for z ~ N(mean, std²) |
| q | scalar | μ²/s² |
| c | scalar | q/(1 + q): typical cosine between two samples, for many inputs |
| φ | scalar, radians | arctan(1/√q): half-angle of the cone that the samples fill |

Sources: the logistic function's mean as a defect: LeCun et al., "Efficient BackProp" (1998),
section 4.3; ELU: Clevert, Unterthiner and Hochreiter (2016). q, c and φ are this site's measures.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from zigzag._checks import Floats, finite, positive
from zigzag._gaussian import distribution, quadrature

Activation = Callable[[Floats], Floats]
SELU_SCALE = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772
LEAK = 0.1  # slope of the leaky ReLU below zero


def _logistic(z: Floats) -> Floats:
    against = np.minimum(-z, 700.0)  # beyond, the power would overflow
    return np.asarray(1 / (1 + np.exp(against)))


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0.0)


def _leaky_relu(z: Floats) -> Floats:
    return np.where(z > 0, z, LEAK * z)


def _softplus(z: Floats) -> Floats:
    return np.logaddexp(0.0, z)


def _elu(z: Floats) -> Floats:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _selu(z: Floats) -> Floats:
    below = SELU_ALPHA * np.expm1(np.minimum(z, 0.0))
    return SELU_SCALE * np.where(z > 0, z, below)


def _gelu(z: Floats) -> Floats:
    return z * distribution(z)


def _silu(z: Floats) -> Floats:
    return z * _logistic(z)


def _mish(z: Floats) -> Floats:
    return np.asarray(z * np.tanh(_softplus(z)))


def _softsign(z: Floats) -> Floats:
    return np.asarray(z / (1 + np.abs(z)))


def _identity(z: Floats) -> Floats:
    return np.array(z, dtype=np.float64)


ACTIVATIONS: Mapping[str, Activation] = {
    "logistic": _logistic,
    "tanh": np.tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "softplus": _softplus,
    "elu": _elu,
    "selu": _selu,
    "gelu": _gelu,
    "silu": _silu,
    "mish": _mish,
    "softsign": _softsign,
    "arctan": np.arctan,
    "identity": _identity,
}
"""The activations by name; each takes and returns arrays, elementwise."""


def named(activation: str | Activation) -> Activation:
    """The function of that name; a callable is returned as it is.

    >>> print(named("relu")(np.array([-1.0, 2.0])))
    [0. 2.]
    """
    if callable(activation):
        return activation
    if activation not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        raise ValueError(f"activation = {activation!r}: must be callable or one of {known}")
    return ACTIVATIONS[activation]


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of one input, and what follows from them for a neuron with many of these.

    >>> uniform = Moments(mean=0.5, variance=1 / 12)
    >>> round(uniform.q, 12), round(math.degrees(uniform.half_angle), 12)
    (3.0, 30.0)
    """

    mean: float
    variance: float

    def __post_init__(self) -> None:
        finite("mean", self.mean)
        positive("variance", self.variance)

    @property
    def q(self) -> float:
        """μ²/s²: zero for centred inputs, and the measure of all that follows."""
        return self.mean**2 / self.variance

    @property
    def cosine(self) -> float:
        """c = q/(1 + q): cosine of the angle between two samples, in the limit of many inputs."""
        return self.mean**2 / (self.mean**2 + self.variance)

    @property
    def half_angle(self) -> float:
        """φ = arctan(1/√q) in radians: angle between a sample and the mean, for many inputs."""
        return math.atan2(math.sqrt(self.variance), abs(self.mean))


def moments(
    activation: str | Activation,
    *,
    mean: float = 0.0,
    std: float = 1.0,
) -> Moments:
    """Mean and variance of a(z) for a Gaussian pre-activation z ~ N(mean, std²).

    `activation` is a name from `ACTIVATIONS` or any elementwise function; kinks and jumps may lie
    anywhere. Raises `ValueError` for an unknown name, std ≤ 0, or a function that is constant.

    >>> relu = moments("relu")                     # in closed form q = 1/(π − 1)
    >>> abs(relu.q * (math.pi - 1) - 1) < 1e-12
    True
    """
    centre = float(finite("mean", mean))
    spread = float(positive("std", std))
    f = named(activation)
    z, weights = quadrature(f, mean=centre, std=spread)
    a = f(z)
    average = float(weights @ a)
    variance = float(weights @ (a - average) ** 2)
    if variance <= 1e-28 * average**2:  # nothing but rounding
        raise ValueError(f"activation = {activation!r}: must vary, and is constant")
    return Moments(average, variance)


def raw_moments(activation: str | Activation) -> Floats:
    """E a(z), E a(z)², E a(z)³ and E a(z)⁴ for z ~ N(0, 1), (4,).

    >>> print(raw_moments("identity").round(9) + 0)
    [0. 1. 0. 3.]
    """
    f = named(activation)
    z, weights = quadrature(lambda z: f(z) ** 2, mean=0.0, std=1.0)  # good to the fourth power
    a = f(z)
    return np.array([weights @ a**power for power in range(1, 5)])
