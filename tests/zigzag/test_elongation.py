"""With the mean and without: eigenvalues interlace, traces add up, and scales do not count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators

from zigzag import curvature, elongation


def moments(rng, d):
    x = rng.normal(size=(3 * d, d)) @ rng.normal(size=(d, d)) + rng.normal(size=d)
    return x, curvature.second_moment(x), x.mean(axis=0)


@given(generators(), st.integers(2, 7))
def test_the_spread_is_that_of_numpy_s_covariance(rng, d):
    x, h, mean = moments(rng, d)
    found = elongation.spread(h, mean)
    covariance = np.cov(x.T, bias=True)
    scale = found.raw.max()
    np.testing.assert_allclose(found.centred, np.linalg.eigvalsh(covariance), atol=1e-9 * scale)
    top = np.linalg.svd(x, full_matrices=False)[2][0]
    cosine = abs(top @ mean) / np.linalg.norm(mean)
    np.testing.assert_allclose(found.cosine, cosine, atol=1e-6)


@given(generators(), st.integers(2, 7))
def test_a_mean_raises_every_eigenvalue_up_to_the_next_and_the_trace_by_its_square(rng, d):
    _, h, mean = moments(rng, d)
    found = elongation.spread(h, mean)
    slack = 1e-9 * found.raw.max()
    assert (found.centred <= found.raw + slack).all()
    assert (found.raw[:-1] <= found.centred[1:] + slack).all()
    assert found.raw.sum() - found.centred.sum() == pytest.approx(mean @ mean)
    q = elongation.moment_ratio(mean, found.centred)
    assert q == pytest.approx(mean @ mean / (np.trace(h) - mean @ mean))


@given(generators(), st.integers(2, 7), st.floats(0.01, 100))
def test_no_ratio_depends_on_the_unit(rng, d, unit):
    _, h, mean = moments(rng, d)
    one = elongation.spread(h, mean)
    other = elongation.spread(unit**2 * h, unit * mean)
    np.testing.assert_allclose(other.cosine, one.cosine)
    np.testing.assert_allclose(elongation.elongation(other.raw), elongation.elongation(one.raw))
    share = elongation.largest_share(mean)
    np.testing.assert_allclose(elongation.largest_share(unit * mean), share)
    assert share == pytest.approx(np.abs(mean).max() / np.linalg.norm(mean))


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: elongation.spread(np.eye(2), [0.0, 0.0]), "length of the mean"),
        (lambda: elongation.spread(np.eye(3), [1.0, 0.0]), "h has shape"),
        (lambda: elongation.elongation([0.0, 0.0, 1.0]), "median"),
        (lambda: elongation.moment_ratio([1.0], [0.0]), "centred"),
    ],
)
def test_bad_input_is_named(call, word):
    with pytest.raises(ValueError, match=word):
        call()
