"""The spectrum of samples: a bulk, and the mean's spike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zigzag import curvature, data, spectrum


@pytest.mark.parametrize(
    ("n", "p", "mean", "variance", "top", "spread", "edges"),
    [
        (100, 400, 0.5, 1 / 12, 25.121, 0.151, (0.0208, 0.1875)),
        (200, 1000, 0.5, 1.0, 50.99, 0.41, (0.306, 2.094)),
    ],
)
def test_the_mean_is_one_spike_far_outside_the_bulk(n, p, mean, variance, top, spread, edges):
    low, high = spectrum.bulk_edges(n / p, variance)
    assert (low, high) == pytest.approx(edges, rel=2e-3)
    rng, half = np.random.default_rng(n), np.sqrt(3 * variance)
    x = data.uniform(12, p, n, rng=rng, low=mean - half, high=mean + half)
    spectra = curvature.eigenvalues(curvature.second_moment(x))
    expected = spectrum.spike(n, p, mean, variance)
    error = spectra[:, -1].std(ddof=1) / np.sqrt(12)
    assert abs(spectra[:, -1].mean() - expected) < 4 * error
    assert abs(top - expected) < 4 * spread / np.sqrt(20)
    # the bulk fills its interval, up to its edges' own fluctuations of order P^(−2/3)
    assert low * 0.95 < spectra[:, 0].min() and spectra[:, -2].max() < high * 1.05


@given(st.integers(2, 400), st.integers(2, 4000), st.floats(0.1, 9.0), st.floats(1.01, 1e4))
def test_the_spike_is_that_of_the_spiked_covariance(dimension, samples, variance, over):
    """ℓ(1 + γ/(ℓ − 1)), for covariances with one eigenvalue ℓ and all others 1."""
    gamma = dimension / samples
    dq = over * gamma**0.5
    mean = (variance * dq / dimension) ** 0.5
    largest = 1 + dq
    seen = largest * (1 + gamma / (largest - 1))
    spike = spectrum.spike(dimension, samples, mean, variance)
    assert spike == pytest.approx(variance * seen)
    assert spike > spectrum.bulk_edges(gamma, variance)[1]


def test_a_mean_and_a_variance_of_the_same_strength_make_the_same_spike():
    n, p, dq = 100, 400, 3.0
    rng = np.random.default_rng(7)
    noise = rng.normal(size=(12, p, n))
    u = np.full(n, n**-0.5)
    own = rng.normal(size=(12, p, 1))
    tops = [
        curvature.eigenvalues(curvature.second_moment(noise + dq**0.5 * share * u))[:, -1]
        for share in (1.0, own)
    ]
    expected = spectrum.spike(n, p, (dq / n) ** 0.5, 1.0)
    for top in tops:
        assert abs(top.mean() - expected) < 4 * top.std(ddof=1) / np.sqrt(12)
