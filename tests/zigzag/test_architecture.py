"""One function in many parametrisations."""

from dataclasses import replace

import numpy as np
import pytest

from zigzag.architecture import Network, absorbed, on_other_inputs, random_weights
from zigzag.network import outputs


@pytest.mark.parametrize("shift", [-0.5, 0.25, 2.0])
def test_a_shift_absorbed_in_the_biases_changes_no_output(shift):
    rng = np.random.default_rng(3)
    net = Network((2, 8, 8, 1), "logistic")
    w, x = random_weights(net, rng=rng), rng.normal(size=(9, 2))
    shifted = replace(net, shift=shift)
    moved = outputs(shifted, absorbed(shifted, w), x)
    np.testing.assert_allclose(moved, outputs(net, w, x), atol=1e-12)


def test_other_inputs_of_the_same_thing_give_the_same_outputs():
    rng = np.random.default_rng(4)
    net = Network((3, 8, 2))
    w, x, mean = random_weights(net, 5, rng=rng), rng.normal(size=(9, 3)), np.array([1.0, 0, -9])
    begin = on_other_inputs(net, w, mean=mean, scale=16.0)
    np.testing.assert_allclose(outputs(net, begin, (x - mean) / 16), outputs(net, w, x), atol=1e-12)
    assert (on_other_inputs(net, w, mean=0 * mean) == w).all()
