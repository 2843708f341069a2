r"""Inputs to try things on: activations, uniform numbers, two moons, Gaussian classes, rotations.

| symbol | shape | meaning |
|---|---|---|
| x | (*shape, d) or (n, 2) | inputs |
| y | (n,) | labels 0 or 1 |
| Q | (d, d) | orthogonal matrix |

Sources: the two moons are a customary test; the classes: LeCun et al. (1998); the rotations:
Mezzadri (2007).
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, finite, positive, vectors, whole, within
from zigzag.activations import Moments, moments, named, raw_moments

UNIFORM = {
    "uniform": Moments(0.5, 1 / 12),
    "centred": Moments(0.0, 1 / 12),
}
"""The kinds of inputs that no activation makes, and their laws."""


def uniform(
    *shape: int,
    rng: np.random.Generator,
    low: float = 0.0,
    high: float = 1.0,
) -> Floats:
    """Independent numbers between low and high, of this shape; between 0 and 1 q is 3.

    >>> uniform(5, 2, rng=np.random.default_rng(0)).shape
    (5, 2)
    """
    finite("low", low)
    finite("high", high)
    if low >= high:
        raise ValueError(f"low = {low}: must be below high = {high}")
    return rng.uniform(low, high, size=shape)


def inputs(
    kind: str,
    *shape: int,
    rng: np.random.Generator,
) -> Floats:
    """Inputs of a kind: outputs of an activation for z ~ N(0, 1), `uniform`, or `centred`.

    Uniform ones lie between 0 and 1, centred ones are the same less ½.

    >>> inputs("relu", 5, 2, rng=np.random.default_rng(0)).min() >= 0
    np.True_
    """
    if kind in UNIFORM:
        centred = uniform(*shape, rng=rng) - 0.5
        return centred + UNIFORM[kind].mean
    activation = named(kind)
    return activation(rng.normal(size=shape))


def law(kind: str) -> Moments:
    """Mean and variance of each of the `inputs` of this kind.

    >>> law("uniform").mean, round(law("centred").q, 12)
    (0.5, 0.0)
    """
    return UNIFORM.get(kind) or moments(kind)


def powers(kind: str) -> Floats:
    """E x, E x², E x³ and E x⁴ of each of the `inputs` of this kind, (4,).

    >>> print(powers("uniform") * [2, 3, 4, 5])
    [1. 1. 1. 1.]
    """
    if kind in UNIFORM:
        middle = UNIFORM[kind].mean
        ends = np.array([middle - 0.5, middle + 0.5])
        orders = np.arange(2, 6)
        return np.asarray((ends[1] ** orders - ends[0] ** orders) / orders)
    return raw_moments(kind)


def two_moons(
    n: int,
    *,
    rng: np.random.Generator,
    noise: float = 0.1,
) -> tuple[Floats, Floats]:
    """Two interleaving half circles of radius 1, with Gaussian noise: x (n, 2) and labels y (n,).

    The upper moon (label 0) is centred on the origin, the lower one on (1, ½).

    >>> x, y = two_moons(4, rng=np.random.default_rng(0))
    >>> x.shape, y.tolist()
    ((4, 2), [0.0, 1.0, 0.0, 1.0])
    """
    y = _alternating(n)
    spread = float(within("noise", noise, 0.0, np.inf, ends="[)"))
    angle = rng.uniform(0.0, np.pi, size=n)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.array([1.0, 0.5]) - upper
    x = np.where(y[:, None] == 1, lower, upper)
    return x + spread * rng.normal(size=(n, 2)), y


def _alternating(n: int) -> Floats:
    """The labels 0, 1, 0, …, (n,)."""
    samples = np.arange(whole("n", n, least=2))
    return np.asarray(samples % 2, dtype=np.float64)


def gaussian_classes(
    n: int,
    *,
    rng: np.random.Generator,
    centre: ArrayLike = (0.4, 0.8),
    std: float = 0.19,
) -> tuple[Floats, Floats]:
    """Two round Gaussian classes about ±centre: x (n, d) and labels y (n,), half of each.

    The example of LeCun et al., "Efficient BackProp" (1998), section 5.2 (figures 10 to 12): 100
    points about ±(0.4, 0.8). The paper does not give the spread; 0.19 reproduces its eigenvalues.

    >>> x, y = gaussian_classes(100, rng=np.random.default_rng(0))
    >>> print(x[y == 1].mean(axis=0).round(1))
    [0.4 0.8]
    """
    y = _alternating(n)
    middle = vectors("centre", centre)
    spread = positive("std", std)
    centres = (2 * y[:, None] - 1) * middle
    return centres + spread * rng.normal(size=centres.shape), y


def rotation(dimension: int, *, rng: np.random.Generator) -> Floats:
    """A random orthogonal matrix Q (d, d), uniform over all of them (Mezzadri, 2007).

    Turn inputs by x @ Q.T; the weights that say the same are Q @ w.

    >>> q = rotation(3, rng=np.random.default_rng(0))
    >>> bool(np.allclose(q @ q.T, np.eye(3)))
    True
    """
    d = whole("dimension", dimension)
    q, r = np.linalg.qr(rng.normal(size=(d, d)))
    signs = np.sign(np.diag(r))  # else the factorisation would favour some directions
    return np.asarray(q * signs)
