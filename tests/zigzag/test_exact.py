"""Steps in a quadratic bowl without walking it, against walks and exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_wine

from zigzag import curvature, descent, exact, gradients, reading

seeds = st.integers(0, 2**32 - 1)


def problem(seed, samples=30, inputs=4):
    """Inputs with a mean, targets with noise, and the best weights by numpy's own least squares."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0.7, size=(samples, inputs))
    y = rng.normal(size=samples)
    best, *_ = np.linalg.lstsq(x, y)
    return x, y, best


def walked(x, best, rate, tolerance):
    """Steps of a walk that is really taken."""
    h = curvature.second_moment(x)
    walk = descent.gradient_descent(gradients.quadratic(h, best), np.zeros_like(best), rate=rate)
    return reading.arrival(walk, best, tolerance=tolerance, limit=10_000).steps


@given(seeds, st.sampled_from([0.3, 0.01, 1e-4]), st.floats(0.1, 1.9))
def test_the_weights_arrive_when_a_walk_does(seed, tolerance, share):
    x, y, best = problem(seed)
    eigenvalues, missing = exact.least_squares(x, y)
    rate = share / eigenvalues[-1]
    steps = exact.steps_in_weights(eigenvalues, missing, rate=rate, tolerance=tolerance)
    assert abs(steps - walked(x, best, rate, tolerance)) <= 1, "but for rounding at the threshold"


@given(seeds, st.sampled_from([0.3, 0.01, 1e-4]))
def test_the_loss_arrives_when_the_loss_of_a_walk_does(seed, tolerance):
    x, y, best = problem(seed)
    eigenvalues, missing = exact.least_squares(x, y)
    rate = 1 / eigenvalues[-1]
    steps = int(exact.steps_in_loss(eigenvalues, missing, rate=rate, tolerance=tolerance))
    h = curvature.second_moment(x)
    walk = descent.gradient_descent(gradients.quadratic(h, best), np.zeros_like(best), rate=rate)
    path = reading.path(walk, steps=steps + 1)
    excess = ((path @ x.T - x @ best) ** 2).mean(axis=1)
    share = excess / excess[0]
    assert share[steps + 1] < tolerance and (steps < 2 or share[steps - 2] > tolerance)


@given(seeds)
def test_eigenvalues_and_best_weights_are_those_of_the_second_moment(seed):
    x, y, best = problem(seed)
    eigenvalues, missing = exact.least_squares(x, y)
    assert np.allclose(eigenvalues, curvature.eigenvalues(curvature.second_moment(x)))
    assert np.isclose(np.linalg.norm(missing), np.linalg.norm(best))


def test_a_table_with_a_very_long_valley_has_the_condition_number_of_exact_fractions():
    """Wine, with a bias: the eigenvalues differ by a factor of 10⁸, and no digit is lost."""
    x, y = load_wine(return_X_y=True)
    seen = np.pad(x, [(0, 0), (0, 1)], constant_values=1.0)
    eigenvalues, _ = exact.least_squares(seen, y.astype(float))
    inverse = np.array(inverted(seen), dtype=float)
    largest = np.linalg.eigvalsh(seen.T @ seen)[-1]
    kappa = largest * np.linalg.eigvalsh(inverse)[-1]  # 1/λ of the flattest is large, so accurate
    assert eigenvalues[-1] / eigenvalues[0] == pytest.approx(kappa, rel=1e-6)


def inverted(x):
    """The inverse of xᵀx in fractions, by Gauss and Jordan."""
    columns = [[Fraction(entry) for entry in column] for column in x.T.tolist()]
    size = len(columns)
    rows = []
    for i, left in enumerate(columns):
        gram = [sum(a * b for a, b in zip(left, right, strict=True)) for right in columns]
        rows.append(gram + [Fraction(i == j) for j in range(size)])
    for i in range(size):
        pivot = rows[i][i]
        rows[i] = [entry / pivot for entry in rows[i]]
        for j in range(size):
            if j != i:
                factor = rows[j][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]


def test_a_column_that_follows_from_the_others_is_refused():
    x = np.ones((9, 2))
    with pytest.raises(ValueError, match="a column follows from the others, leave it out"):
        exact.least_squares(x, np.ones(9))


def test_a_rate_at_which_descent_diverges_is_refused():
    with pytest.raises(ValueError, match="rate"):
        exact.steps_in_weights([1.0, 4.0], [1.0, 1.0], rate=0.5, tolerance=0.1)
