"""A whole layer: how many sign patterns it has."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import approx_fprime

from zigzag import cone, layer
from zigzag.log_loss import log_loss


@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 2), (2, 3), (3, 3)])
def test_the_sign_patterns_are_those_that_enumeration_finds(m, n):
    deltas = list(product([-1, 1], repeat=m))
    inputs = list(product([-1, 1], repeat=n))
    positive = {np.outer(d, np.ones(n)).tobytes() for d in deltas}
    centred = {np.outer(d, x).tobytes() for d in deltas for x in inputs}
    assert layer.sign_patterns(m, n, centred=False) == len(positive)
    assert layer.sign_patterns(m, n, centred=True) == len(centred)


@pytest.mark.parametrize(("k", "d"), [(2, 1), (2, 3), (3, 2), (4, 2), (5, 3)])
def test_behind_a_softmax_the_sign_patterns_are_those_that_enumeration_finds(k, d):
    deltas = 1 - 2 * np.eye(k)  # the right class is too low, all others are too high
    inputs = list(product([-1, 1], repeat=d))
    positive = {np.outer(delta, np.ones(d)).tobytes() for delta in deltas}
    centred = {np.outer(delta, x).tobytes() for delta in deltas for x in inputs}
    assert layer.sign_patterns(k, d, centred=False, softmax=True) == len(positive) == k
    assert layer.sign_patterns(k, d, centred=True, softmax=True) == len(centred)


@given(arrays(float, (4, 3), elements=st.floats(-3, 3)), st.integers(0, 3))
def test_one_positive_sample_lifts_the_row_of_its_class_and_lowers_all_others(weights, label):
    """The gradient is differences of the loss, so the softmax is not asked about itself."""
    x = np.array([0.3, 1.0, 0.6])

    def loss(w):
        return log_loss((w.reshape(4, 3) @ x)[None], np.array([float(label)]))[0]

    gradient = approx_fprime(weights.ravel(), loss, 1e-6).reshape(4, 3)
    assert cone.strictly_one_signed(gradient).all()
    assert (gradient[:, 0] < 0).tolist() == [row == label for row in range(4)]


def test_a_softmax_of_one_output_has_no_error():
    with pytest.raises(ValueError, match="outputs = 1: must be at least 2"):
        layer.sign_patterns(1, 2, centred=False, softmax=True)


@pytest.mark.parametrize(("m", "n"), [(0, 2), (2, 0), (2.5, 2), (2, np.inf), (np.nan, 2)])
def test_bad_input_is_named(m, n):
    with pytest.raises(ValueError, match="must be a whole number"):
        layer.sign_patterns(m, n, centred=True)
