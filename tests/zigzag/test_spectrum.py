"""The spectrum of samples: a bulk, and the mean's spike."""

import numpy as np
import pytest

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
