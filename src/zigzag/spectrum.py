r"""The eigenvalues that samples really have: a bulk, and far outside it one spike, the mean's.

| symbol | shape | meaning |
|---|---|---|
| d, n | scalars | number of inputs, number of samples |
| γ | scalar | d/n |
| μ, s² | scalars | mean and variance of each of the iid inputs |
| λ₁ | scalar | the largest eigenvalue of the second moment of the n samples |

Sources: the bulk is Marchenko and Pastur's (1967). The spike is that of the spiked covariance,
ℓ(1 + γ/(ℓ − 1)) with ℓ = 1 + dμ²/s² (Baik, Ben Arous and Péché 2005; Paul 2007); with a mean in
place of a variance it is a signal of rank one (Benaych-Georges and Nadakuditi 2012). Le Cun, Kanter
and Solla (1991) compare "centered versus biased" inputs by such a spectrum. Both are limits for
many inputs and samples.
"""

from zigzag._checks import finite, positive, whole


def bulk_edges(aspect: float, variance: float) -> tuple[float, float]:
    """s²(1 ∓ √γ)²: between these lie all eigenvalues of H but the mean's; many iid inputs, γ ≤ 1.

    >>> [round(edge, 4) for edge in bulk_edges(1 / 4, 1 / 12)]
    [0.0208, 0.1875]
    """
    root = float(positive("aspect", aspect)) ** 0.5
    v = float(positive("variance", variance))
    low = (1 - root) ** 2
    high = (1 + root) ** 2
    return v * low, v * high


def spike(
    dimension: int,
    samples: int,
    mean: float,
    variance: float,
) -> float:
    """λ₁ = dμ² + s²(1 + γ) + γs⁴/(dμ²): the eigenvalue of the mean, outside the bulk.

    `ValueError` unless dμ² > s²√γ; below that the mean is lost in the bulk.

    >>> round(spike(100, 400, 0.5, 1 / 12), 3)
    25.104
    """
    d = whole("dimension", dimension)
    gamma = d / whole("samples", samples)
    v = float(positive("variance", variance))
    strength = d * float(finite("mean", mean)) ** 2
    threshold = v * gamma**0.5
    if strength <= threshold:
        raise ValueError(f"mean = {mean}: d·mean² must exceed {threshold:g} to leave the bulk")
    bulk = v * (1 + gamma)
    return strength + bulk + gamma * v**2 / strength
