"""One logit or several: the same loss, at any size."""

import numpy as np
import pytest

from zigzag.log_loss import log_loss


def test_two_softmax_logits_say_what_one_logit_says():
    rng = np.random.default_rng(5)
    f, y = rng.normal(size=(9, 1)), (rng.random(9) < 0.5) * 1.0
    one, delta = log_loss(f, y)
    two, deltas = log_loss(np.hstack([0 * f, f]), y)
    assert one == pytest.approx(two)
    np.testing.assert_allclose(deltas, np.hstack([-delta, delta]), atol=1e-15)


@pytest.mark.parametrize("outputs", [1, 2, 3])
@pytest.mark.parametrize("label", [-1.0, 0.5, 5.0, np.nan])
def test_a_label_that_no_class_has_is_refused(outputs, label):
    with pytest.raises(ValueError, match="labels y = "):
        log_loss(np.zeros((2, outputs)), np.array([1.0, label]))


@pytest.mark.parametrize("outputs", [1, 3])
def test_labels_are_one_for_each_sample(outputs):
    with pytest.raises(ValueError, match=r"labels y have shape \(1,\)"):
        log_loss(np.zeros((2, outputs)), np.array([1.0]))


def test_huge_logits_neither_overflow_nor_lose_the_loss():
    with np.errstate(all="raise", under="ignore"):
        assert log_loss(np.array([[-1e5]]), np.array([1.0]))[0] == 1e5
        assert log_loss(np.array([[1e5, 0.0]]), np.array([1.0]))[0] == 1e5
