"""Every activation's slope, checked from outside."""

import numpy as np
import pytest

from zigzag.activations import ACTIVATIONS
from zigzag.slopes import SLOPES


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_slope_agrees_with_central_differences(activation):
    a, slope = ACTIVATIONS[activation], SLOPES[activation]
    z = np.array([-30.0, -3.1, -0.7, -0.01, 0.01, 0.4, 2.3, 30.0])
    measured = (a(z + 1e-6) - a(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(slope(z, a(z)), measured, atol=1e-7)
