"""A whole layer: how many sign patterns it has, and the one extra step that positivity costs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from strategies import generators

from zigzag import layer


@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 2), (2, 3), (3, 3)])
def test_the_sign_patterns_are_those_that_enumeration_finds(m, n):
    deltas = list(product([-1, 1], repeat=m))
    inputs = list(product([-1, 1], repeat=n))
    positive = {np.outer(d, np.ones(n)).tobytes() for d in deltas}
    centred = {np.outer(d, x).tobytes() for d in deltas for x in inputs}
    assert layer.sign_patterns(m, n, centred=False) == len(positive)
    assert layer.sign_patterns(m, n, centred=True) == len(centred)


def has_positive_vector(rows) -> bool:
    """Whether some combination of the rows is ≥ 1 everywhere: a linear programme decides."""
    free, ones = np.zeros(len(rows)), np.ones(rows.shape[1])
    return linprog(free, A_ub=-rows.T, b_ub=-ones, bounds=(None, None)).status == 0


@given(st.integers(1, 5), st.integers(1, 5), st.booleans(), generators())
def test_positivity_costs_a_layer_one_step_or_none(m, n, shifted, rng):
    rank = int(rng.integers(1, min(m, n) + 1))
    rows = rng.normal(size=(rank, n)) + shifted
    target = rng.normal(size=(m, rank)) @ rows
    delta, x = layer.rank_one_steps(target)
    assert (x > 0).all()
    np.testing.assert_allclose(delta.T @ x, target, atol=1e-8 * np.abs(target).max())
    assert len(x) == (rank if has_positive_vector(rows) else rank + 1)


def test_no_change_takes_no_step():
    delta, x = layer.rank_one_steps(np.zeros((3, 2)))
    assert len(delta) == len(x) == 0


@pytest.mark.parametrize(("m", "n"), [(0, 2), (2, 0), (2.5, 2), (2, np.inf), (np.nan, 2)])
def test_bad_input_is_named(m, n):
    with pytest.raises(ValueError, match="must be a whole number"):
        layer.sign_patterns(m, n, centred=True)
    with pytest.raises(ValueError, match="target has shape"):
        layer.rank_one_steps(np.zeros(3))
