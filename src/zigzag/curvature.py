r"""How steep the loss is in each direction, and how long gradient descent takes for that.

For a linear neuron with squared loss the Hessian is the second moment of its inputs,
$H = E[xx^{\mathsf T}] = \Sigma + mm^{\mathsf T}$: the mean adds one steep direction, its own.

| symbol | shape | meaning |
|---|---|---|
| x | (..., n, d) | inputs |
| H | (..., d, d) | second moment, or any symmetric positive definite Hessian |
| λ | (..., d) | eigenvalues, ascending; λ₁ is the largest |
| κ | (...) | condition number, largest over smallest eigenvalue |
| ρ | (...) | contraction: what is left of the error after one step at the best rate |

Sources: H, η < 2/λ₁ and "a nonzero mean in the input variables creates a very large eigenvalue":
LeCun et al., "Efficient BackProp" (1998), sections 5.1 and 5.3. What κ is for independent inputs
stands in `zigzag.penalty`, what samples make of it in `zigzag.spectrum`.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, positive, whole, within


def second_moment(x: ArrayLike) -> Floats:
    """E[xxᵀ] over the batch, not centred, shape (..., d, d).

    >>> print(second_moment([[1.0, 2.0], [1.0, 0.0]]))
    [[1. 1.]
     [1. 2.]]
    """
    x = batch("x", x)
    samples = x.shape[-2]
    return np.asarray(x.mT @ x / samples)


def eigenvalues(h: ArrayLike) -> Floats:
    """The eigenvalues of a symmetric matrix in ascending order, shape (..., d).

    >>> print(eigenvalues([[2.0, 1.0], [1.0, 2.0]]).round(12))
    [1. 3.]
    """
    return np.asarray(np.linalg.eigvalsh(_symmetric(h)))


def _symmetric(h: ArrayLike) -> Floats:
    """The matrices, if each is symmetric, up to rounding of its own largest entry."""
    matrix = batch("h", h)
    rows, columns = matrix.shape[-2:]
    good = rows == columns
    if good:
        rounding = 1e-9 * np.abs(matrix).max(axis=(-2, -1))
        apart = np.abs(matrix - matrix.mT).max(axis=(-2, -1))
        good = bool((apart <= rounding).all())
    if not good:
        raise ValueError(f"h of shape {matrix.shape}: must be symmetric")
    return matrix


def _extremes(h: ArrayLike, flat: int = 0) -> tuple[Floats, Floats]:
    """The least eigenvalue, `flat` directions left out, and the largest."""
    spectrum = eigenvalues(h)
    dimension = spectrum.shape[-1]
    left_out = whole("flat", flat, least=0)
    within("flat", left_out, 0, dimension - 1)
    least = spectrum[..., left_out]
    largest = spectrum[..., -1]
    rounding = largest * 1e-14 * dimension
    if (least <= rounding).any():
        raise ValueError(f"h has eigenvalue {least.min():g}: must be positive definite")
    return least, largest


def condition_number(h: ArrayLike, *, flat: int = 0) -> Floats:
    """κ = λ₁/λ_d, shape (...). `flat` eigenvalues, known to be zero, are left out.

    >>> print(condition_number(np.diag([1.0, 4.0])), condition_number(np.diag([0, 1, 4]), flat=1))
    4.0 4.0
    """
    least, largest = _extremes(h, flat)
    return np.asarray(largest / least)


def best_rate(h: ArrayLike, *, flat: int = 0) -> Floats:
    """η = 2/(λ₁ + λ_d): the fixed rate that serves the steepest and flattest directions alike.

    `flat` eigenvalues, known to be zero, are left out.

    >>> print(best_rate(np.diag([1.0, 3.0])), best_rate(np.diag([0.0, 1.0, 3.0]), flat=1))
    0.5 0.5
    """
    least, largest = _extremes(h, flat)
    return np.asarray(2 / (largest + least))


def polyak(h: ArrayLike) -> tuple[Floats, Floats]:
    """Rate (2/(√λ₁ + √λ_d))² and momentum ((√κ − 1)/(√κ + 1))²: the heavy ball's best, both (...).

    Source: Polyak (1964).

    >>> print(*polyak(np.diag([1.0, 9.0])))
    0.25 0.25
    """
    least, largest = map(np.sqrt, _extremes(h))
    total = largest + least
    rate = (2 / total) ** 2
    momentum = ((largest - least) / total) ** 2
    return rate, momentum


def contraction(h: ArrayLike) -> Floats:
    """ρ = (κ − 1)/(κ + 1): the factor by which the error shrinks in a step at the best rate.

    For two iid inputs ρ = q/(1 + q), the cosine between two samples.

    >>> print(contraction(np.diag([1.0, 3.0])))
    0.5
    """
    least, largest = _extremes(h)
    difference = largest - least
    total = largest + least
    return np.asarray(difference / total)


def steps_to(tolerance: ArrayLike, contraction: ArrayLike) -> Floats:
    """ln ε/ln ρ: steps until a share ε of the error is left; a real number, at least 1.

    >>> print(steps_to(1e-6, 0.75).round(1))             # two inputs, uniform on (0, 1)
    48.0
    """
    share = within("tolerance", tolerance, 0.0, 1.0, ends="()")
    rho = within("contraction", contraction, 0.0, 1.0, ends="[)")
    with np.errstate(divide="ignore"):
        steps = np.log(share) / np.log(rho)
    return np.asarray(np.maximum(steps, 1.0))


def schur_complement(h: ArrayLike) -> Floats:
    """What is left of H when its last weight, the bias, is always at its best: (..., d − 1, d − 1).

    For inputs with a bias this is E[xxᵀ] − mmᵀ = Σ: an exact bias does centre the inputs, which
    plain gradient descent with a bias does not. Source: the theorem of Frisch and Waugh (1933) and
    Lovell (1963) on partial regression.

    >>> print(schur_complement([[4.25, 2.0], [2.0, 1.0]]))          # one input, of mean 2
    [[0.25]]
    """
    matrix = _symmetric(h)
    column = matrix[..., :-1, -1:]
    corner = matrix[..., -1:, -1:]
    positive("last diagonal entry of h", corner)
    weights = matrix[..., :-1, :-1]
    return np.asarray(weights - column * column.mT / corner)
