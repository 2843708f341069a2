"""Orthogonalised steps are what algebra says, and walks what their powers say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators

from zigzag import curvature, orthogonal, trials

shapes = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(generators(), st.integers(1, 9), shapes)
def test_a_layer_s_gradient_is_the_mean_of_rank_one_matrices(rng, n, shape):
    k, d = shape
    delta = rng.normal(size=(n, k))
    x = rng.normal(size=(n, d))
    outer = [np.outer(a, b) for a, b in zip(delta, x, strict=True)]
    np.testing.assert_allclose(orthogonal.layer_gradient(delta, x), np.mean(outer, axis=0))


@given(generators())
def test_a_linear_layer_s_gradient_is_its_distance_times_the_second_moment(rng):
    x = rng.uniform(size=(50, 4))
    off = rng.normal(size=(3, 4))
    delta = x @ off.T
    expected = off @ curvature.second_moment(x)
    np.testing.assert_allclose(orthogonal.layer_gradient(delta, x), expected, atol=1e-12)


@given(generators(), shapes)
def test_an_orthogonal_factor_has_all_singular_values_one_and_the_same_directions(rng, shape):
    g = rng.normal(size=shape)
    factor = orthogonal.orthogonal_factor(g)
    np.testing.assert_allclose(np.linalg.svd(factor, compute_uv=False), 1)
    root = factor.T @ g if shape[0] >= shape[1] else g @ factor.T
    np.testing.assert_allclose(root, root.T, atol=1e-9)  # what is left of g is symmetric,
    assert np.linalg.eigvalsh(root).min() > -1e-9  # and turns nothing round


@given(generators(), shapes)
def test_a_shampoo_step_without_memory_is_the_orthogonal_factor(rng, shape):
    g = np.linalg.qr(rng.normal(size=(6, 6)))[0][: shape[0], : shape[1]] + 2 * np.eye(*shape)

    def power(square):
        values, axes = np.linalg.eigh(square)
        large = values > 1e-9 * values.max()
        return (axes[:, large] * values[large] ** -0.25) @ axes[:, large].T

    step = power(g @ g.T) @ g @ power(g.T @ g)
    np.testing.assert_allclose(step, orthogonal.orthogonal_factor(g), atol=1e-6)


@given(generators(), shapes)
def test_newton_and_schulz_move_singular_values_by_their_polynomial_and_turn_nothing(rng, shape):
    g = rng.normal(size=shape)
    u, values, v = np.linalg.svd(g, full_matrices=False)
    values = values / np.linalg.norm(values)
    for _ in range(5):
        values = 3.4445 * values - 4.7750 * values**3 + 2.0315 * values**5
    np.testing.assert_allclose(orthogonal.newton_schulz(g), (u * values) @ v, atol=1e-9)


def test_five_steps_bring_all_but_tiny_singular_values_near_one():
    values = np.geomspace(0.01, 1, 500)
    for _ in range(5):
        values = 3.4445 * values - 4.7750 * values**3 + 2.0315 * values**5
    assert 0.67 < values.min() < values.max() < 1.21
    g = np.diag([1.0, 0.3, 0.1, 0.03])
    apart = orthogonal.newton_schulz(g) - orthogonal.orthogonal_factor(g)
    assert np.abs(apart).max() < 0.34


def test_a_gradient_of_zero_stays_zero():
    assert not orthogonal.newton_schulz(np.zeros((2, 3))).any()


@given(generators(), st.integers(1, 3))
def test_the_step_of_one_neuron_keeps_the_direction_of_its_gradient(rng, n):
    g = rng.normal(size=(n, 1, 5))
    step = orthogonal.newton_schulz(g)
    cosine = np.vecdot(step, g) / np.linalg.norm(step, axis=-1) / np.linalg.norm(g, axis=-1)
    np.testing.assert_allclose(cosine, 1)


@given(generators())
def test_the_input_factor_with_the_constant_one_centres_the_inputs(rng):
    x = rng.normal(3.0, 1.0, size=(80, 4))
    delta = rng.normal(size=(80, 3))
    seen = np.pad(x, [(0, 0), (0, 1)], constant_values=1.0)
    gradient = orthogonal.layer_gradient(delta, seen)
    step = orthogonal.by_input_factor(gradient, curvature.second_moment(seen))
    centred = x - x.mean(axis=0)
    expected = orthogonal.layer_gradient(delta, centred) @ np.linalg.inv(np.cov(x.T, bias=True))
    np.testing.assert_allclose(step[:, :-1], expected, atol=1e-9)


@pytest.fixture(scope="module")
def problem():
    rng = np.random.default_rng(2)
    x = rng.uniform(0.2, 2.0, size=(3, 60, 5))
    return curvature.second_moment(x), trials.zero_sum(3, 2, 5, rng=rng)


def test_descent_in_closed_form_is_descent_step_by_step(problem):
    h, goal = problem
    settings = {"rates": np.array([0.05, 0.2]), "steps": 30}
    walked = orthogonal.left_by(lambda g: g, h, goal, **settings)
    np.testing.assert_allclose(orthogonal.left_by_descent(h, goal, **settings), walked, rtol=1e-4)


def test_a_walk_that_diverges_is_large_and_warns_nobody(problem):
    h, goal = problem
    assert (orthogonal.left_by_descent(h, goal, rates=[9.0], steps=900) > 1e9).all()
    steps = orthogonal.fewest_steps(
        lambda grid, length: orthogonal.left_by_descent(h, goal, rates=grid, steps=length),
        rates=np.full((2, 1), 90.0),
        lengths=[300, 900],
        tolerance=0.1,
    )
    assert (steps == 900).all()


def test_the_fewest_steps_lie_between_two_lengths_where_the_best_rate_crosses():
    def left(grid, length):
        return grid[:, None] * np.array([[1.0, 4.0]]) / length

    grids = np.tile([3.0, 1.0], (5, 1))
    steps = orthogonal.fewest_steps(left, rates=grids, lengths=[2, 8, 32, 128, 512], tolerance=0.1)
    np.testing.assert_allclose(steps, [10, 40])


def test_who_does_not_arrive_counts_with_the_longest_walk():
    def left(grid, length):
        return np.array([[0.12, 0.5, 1 / length]]) * grid[:, None]

    steps = orthogonal.fewest_steps(left, rates=np.ones((3, 1)), lengths=[2, 4, 8], tolerance=0.1)
    np.testing.assert_allclose(steps, [8, 8, 8])


def test_one_neuron_keeps_the_valley_and_two_units_lose_it():
    rng = np.random.default_rng(0)
    x = rng.uniform(0.2, 2.0, size=(4, 200, 12))
    goal = trials.zero_sum(4, 2, 12, rng=rng)
    h = curvature.second_moment(x)
    lengths = 2 ** np.arange(2, 10)
    rates = np.geomspace(1, 16, 10) * np.sqrt(12) / lengths[:, None]
    taken = {}
    for units in 1, 2:

        def left(grid, length, units=units):
            walk = orthogonal.orthogonal_factor
            return orthogonal.left_by(walk, h, goal[:, :units], rates=grid, steps=length)

        found = orthogonal.fewest_steps(left, rates=rates, lengths=lengths, tolerance=0.01)
        taken[units] = np.median(found)
    assert taken[1] > 2 * taken[2]


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: orthogonal.layer_gradient(np.ones((2, 1)), np.ones((3, 1))), "one row a sample"),
        (lambda: orthogonal.newton_schulz(np.ones(3)), "gradient"),
        (lambda: orthogonal.left_by_descent(np.eye(2), [[1.0, 2.0]], rates=[1], steps=2), "sets"),
    ],
)
def test_bad_input_is_named(call, word):
    with pytest.raises(ValueError, match=word):
        call()


@given(generators(), st.integers(1, 4))
def test_a_rotation_of_the_inputs_rotates_the_step_and_nothing_else(rng, units):
    g = rng.normal(size=(units, 5))
    turn = np.linalg.qr(rng.normal(size=(5, 5)))[0]
    for step in (orthogonal.newton_schulz, orthogonal.orthogonal_factor):
        np.testing.assert_allclose(step(g @ turn), step(g) @ turn, atol=1e-8)
