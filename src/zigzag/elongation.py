r"""How long a valley is, and how much of it a mean makes, by the moments of its inputs.

Inputs that are many and correlated, as in a language model, have a smallest eigenvalue that says
more about the sample than about them. So the length is taken from the steepest direction to a
typical one: the largest eigenvalue over the median.

| symbol | shape | meaning |
|---|---|---|
| m | (..., d) | mean of the inputs |
| H | (..., d, d) | second moment, E[xxᵀ] = Σ + mmᵀ |
| Σ | (..., d, d) | covariance |
| λ | (..., d) | eigenvalues of H, or of Σ, ascending |

Source: that the eigenvalues of Σ and of H interlace is Weyl's theorem on a change of rank one. The
length by the median is this site's own measure.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, positive, vectors
from zigzag.curvature import eigenvalues


@dataclass(frozen=True, slots=True)
class Spread:
    """What is kept of inputs: their mean m, the eigenvalues of H (`raw`) and of Σ (`centred`).

    `cosine`: that of the angle between m and the steepest direction, the top eigenvector of H.
    """

    mean: Floats
    raw: Floats
    centred: Floats
    cosine: Floats


def spread(h: ArrayLike, mean: ArrayLike) -> Spread:
    """How inputs spread, with their mean and without, from their moments H (..., d, d), m (..., d).

    >>> found = spread([[5.0, 4.0], [4.0, 5.0]], [2.0, 2.0])
    >>> found.raw.round(12).tolist(), found.centred.round(12).tolist()
    ([1.0, 9.0], [1.0, 1.0])
    """
    m = vectors("mean", mean)
    size = positive("length of the mean", np.linalg.norm(m, axis=-1))
    raw = eigenvalues(h)
    moment = batch("h", h, dimension=m.shape[-1])
    covariance = moment - m[..., :, None] * m[..., None, :]
    centred = eigenvalues(covariance)
    _, axes = np.linalg.eigh(moment)
    along = np.abs(np.vecdot(axes[..., :, -1], m))
    return Spread(m, raw, centred, along / size)


def elongation(values: ArrayLike) -> Floats:
    """Largest eigenvalue over the median: how long the valley is, to a typical direction, (...).

    >>> float(elongation([1.0, 2.0, 8.0]))
    4.0
    """
    spectrum = vectors("values", values)
    middle = positive("median of values", np.median(spectrum, axis=-1))
    return np.asarray(spectrum.max(axis=-1) / middle)


def moment_ratio(mean: ArrayLike, centred: ArrayLike) -> Floats:
    """q = |m|²/tr Σ: squared mean over variance, summed over the inputs, (...).

    >>> float(moment_ratio([1.0, 1.0], [0.5, 0.5]))
    2.0
    """
    m = vectors("mean", mean)
    variances = vectors("centred", centred, dimension=m.shape[-1])
    total = positive("sum of centred", variances.sum(axis=-1))
    return np.asarray(np.vecdot(m, m) / total)


def largest_share(mean: ArrayLike) -> Floats:
    """The largest coordinate of the mean as a share of its length: 1 where one input has it all.

    >>> float(largest_share([0.0, -3.0, 4.0]))
    0.8
    """
    m = vectors("mean", mean)
    size = positive("length of the mean", np.linalg.norm(m, axis=-1))
    return np.asarray(np.abs(m).max(axis=-1) / size)
