r"""How steep the loss is in each direction, and how long gradient descent takes for that.

For a linear neuron with squared loss the Hessian is the second moment of its inputs,
$H = E[xx^{\mathsf T}] = \Sigma + \mu\mu^{\mathsf T}$: the mean adds one steep direction, its own.

| symbol | shape | meaning |
|---|---|---|
| x | (..., n, d) | inputs |
| H | (..., d, d) | second moment, or any symmetric positive definite Hessian |
| λ | (..., d) | eigenvalues, ascending; λ₁ is the largest |
| κ | (...) | condition number, largest over smallest eigenvalue |
| ρ | (...) | contraction: what is left of the error after one step at the best rate |
| γ | scalar | N/P, inputs over samples |

Sources: H, η < 2/λ₁ and "a nonzero mean in the input variables creates a very large eigenvalue":
LeCun et al., "Efficient BackProp" (1998), sections 5.1 and 5.3. The bulk is Marchenko and Pastur's;
the spike is derived here from the spiked model of Benaych-Georges and Nadakuditi (2012). That the
softmax has the same condition number is derived here; the effect: Wiesler and Ney (2011).
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, finite, positive, whole, within
from zigzag.penalty import iid_condition_number

__all__ = ["best_rate", "bulk_edges", "condition_number", "contraction", "eigenvalues"]
__all__ += ["iid_condition_number", "schur_complement", "second_moment", "softmax_hessian"]
__all__ += ["spike", "steps_to"]


def second_moment(x: ArrayLike) -> Floats:
    """E[xxᵀ] over the batch, not centred, shape (..., d, d).

    >>> print(second_moment([[1.0, 2.0], [1.0, 0.0]]))
    [[1. 1.]
     [1. 2.]]
    """
    x = batch("x", x)
    return np.asarray(np.swapaxes(x, -1, -2) @ x / x.shape[-2])


def eigenvalues(h: ArrayLike) -> Floats:
    """The eigenvalues of a symmetric matrix in ascending order, shape (..., d)."""
    matrix = batch("h", h)
    transposed, rounding = np.swapaxes(matrix, -1, -2), 1e-9 * np.abs(matrix).max()
    if matrix.shape != transposed.shape or (np.abs(matrix - transposed) > rounding).any():
        raise ValueError(f"h of shape {matrix.shape}: must be symmetric")
    return np.asarray(np.linalg.eigvalsh(matrix))


def _extremes(h: ArrayLike, flat: int = 0) -> tuple[Floats, Floats]:
    """The least eigenvalue, `flat` directions left out, and the largest."""
    spectrum = eigenvalues(h)
    least, largest = spectrum[..., whole("flat", flat, least=0)], spectrum[..., -1]
    if (least <= largest * 1e-14 * spectrum.shape[-1]).any():
        raise ValueError(f"h has eigenvalue {least.min():g}: must be positive definite")
    return least, largest


def condition_number(h: ArrayLike, *, flat: int = 0) -> Floats:
    """κ = λ₁/λ_d, shape (...). `flat` eigenvalues, known to be zero, are left out.

    >>> print(condition_number(np.diag([1.0, 4.0])), condition_number(np.diag([0, 1, 4]), flat=1))
    4.0 4.0
    """
    least, largest = _extremes(h, flat)
    return np.asarray(largest / least)


def best_rate(h: ArrayLike) -> Floats:
    """η = 2/(λ₁ + λ_d): the fixed rate that serves the steepest and flattest directions alike."""
    least, largest = _extremes(h)
    return np.asarray(2 / (largest + least))


def contraction(h: ArrayLike) -> Floats:
    """ρ = (κ − 1)/(κ + 1): the factor by which the error shrinks in a step at the best rate.

    For two iid inputs ρ = q/(1 + q), the cosine between two samples.
    """
    least, largest = _extremes(h)
    return np.asarray((largest - least) / (largest + least))


def steps_to(tolerance: ArrayLike, contraction: ArrayLike) -> Floats:
    """ln ε/ln ρ: steps until a share ε of the error is left; a real number, at least 1.

    >>> print(steps_to(1e-6, 0.75).round(1))             # two inputs, uniform on (0, 1)
    48.0
    """
    share = within("tolerance", tolerance, 0.0, 1.0, ends="()")
    rho = within("contraction", contraction, 0.0, 1.0, ends="[)")
    with np.errstate(divide="ignore"):
        return np.asarray(np.maximum(np.log(share) / np.log(rho), 1.0))


def schur_complement(h: ArrayLike) -> Floats:
    """What is left of H when its last weight, the bias, is always at its best: (..., d − 1, d − 1).

    For inputs with a bias this is E[xxᵀ] − μμᵀ = Σ: an exact bias does centre the inputs, which
    plain gradient descent with a bias does not. Derived here.
    """
    matrix = batch("h", h)
    positive("last diagonal entry of h", matrix[..., -1, -1])
    column = matrix[..., :-1, -1:]
    return np.asarray(
        matrix[..., :-1, :-1] - column * np.swapaxes(column, -1, -2) / matrix[..., -1:, -1:]
    )


def bulk_edges(aspect: float, variance: float) -> tuple[float, float]:
    """v(1 ∓ √γ)²: between these lie all eigenvalues of H but the mean's, for many iid inputs."""
    gamma, v = float(positive("aspect", aspect)), float(positive("variance", variance))
    return v * (1 - gamma**0.5) ** 2, v * (1 + gamma**0.5) ** 2


def spike(dimension: int, samples: int, mean: float, variance: float) -> float:
    """λ₁ = Nm² + v(1 + γ) + γv²/(Nm²): the eigenvalue of the mean, far outside the bulk.

    `ValueError` unless Nm² > v√γ; below that the mean is lost in the bulk.

    >>> round(spike(100, 400, 0.5, 1 / 12), 3)
    25.104
    """
    n, v = whole("dimension", dimension), float(positive("variance", variance))
    gamma = n / whole("samples", samples)
    strength = n * float(finite("mean", mean)) ** 2
    if strength <= v * gamma**0.5:
        raise ValueError(f"mean = {mean}: N·mean² must exceed {v * gamma**0.5:g} to leave the bulk")
    return strength + v * (1 + gamma) + gamma * v**2 / strength


def softmax_hessian(x: ArrayLike, classes: int) -> Floats:
    """(I/K − 11ᵀ/K²) ⊗ E[xxᵀ]: Hessian of softmax regression at zero weights, (K·d, K·d).

    Its d flat directions move all classes alike; on the others κ is that of E[xxᵀ]. Derived here.
    """
    k = whole("classes", classes, least=2)
    return np.asarray(np.kron(np.eye(k) / k - np.ones((k, k)) / k**2, second_moment(x)))
