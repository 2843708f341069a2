"""A whole layer: how many sign patterns it has."""

from itertools import product

import numpy as np
import pytest

from zigzag import layer


@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 2), (2, 3), (3, 3)])
def test_the_sign_patterns_are_those_that_enumeration_finds(m, n):
    deltas = list(product([-1, 1], repeat=m))
    inputs = list(product([-1, 1], repeat=n))
    positive = {np.outer(d, np.ones(n)).tobytes() for d in deltas}
    centred = {np.outer(d, x).tobytes() for d in deltas for x in inputs}
    assert layer.sign_patterns(m, n, centred=False) == len(positive)
    assert layer.sign_patterns(m, n, centred=True) == len(centred)


@pytest.mark.parametrize(("m", "n"), [(0, 2), (2, 0), (2.5, 2), (2, np.inf), (np.nan, 2)])
def test_bad_input_is_named(m, n):
    with pytest.raises(ValueError, match="must be a whole number"):
        layer.sign_patterns(m, n, centred=True)
