"""The optimisers against their papers."""

from functools import partial
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators, nonzero, spectra

from zigzag import descent, gradients, reading, tuning

NORTHWEST = np.array([-1.0, 1.0])


def rays(half_angle):
    """Two unit inputs on the edges of a cone about northeast."""
    towards = np.radians([45 - half_angle, 45 + half_angle])
    return np.stack([np.cos(towards), np.sin(towards)], axis=1)


@given(spectra(), generators())
def test_gradient_descent_is_powers_of_a_matrix(h, rng):
    start, goal = rng.normal(size=(2, len(h)))
    walk = reading.path(
        descent.gradient_descent(gradients.quadratic(h, goal), start, rate=0.15), steps=7
    )
    expected = goal + np.linalg.matrix_power(np.eye(len(h)) - 0.15 * h, 7) @ (start - goal)
    np.testing.assert_allclose(walk[-1], expected, atol=1e-12)


@given(spectra(), generators())
def test_without_momentum_the_heavy_ball_is_gradient_descent(h, rng):
    start, goal = rng.normal(size=(2, len(h)))
    g = gradients.quadratic(h, goal)
    ball = reading.path(descent.heavy_ball(g, start, rate=0.1, momentum=0.0), steps=9)
    plain = reading.path(descent.gradient_descent(g, start, rate=0.1), steps=9)
    np.testing.assert_allclose(ball, plain, atol=1e-12)


@given(generators())
def test_adam_does_not_see_the_scale_of_the_loss(rng):
    start, goal = rng.normal(size=(2, 3))
    once, thousandfold = (
        descent.adam(gradients.quadratic(s * np.eye(3), goal), start, rate=0.1, epsilon=0.0)
        for s in (1.0, 1000.0)
    )
    np.testing.assert_allclose(
        reading.path(once, steps=20), reading.path(thousandfold, steps=20), atol=1e-9
    )


def test_the_first_step_of_adam_is_a_step_of_sign_descent():
    g = gradients.quadratic(np.eye(3), [1.0, -2.0, 0.0])
    first = reading.path(descent.adam(g, np.zeros(3), rate=0.1), steps=1)[1]
    signs = reading.path(descent.sign_descent(g, np.zeros(3), rate=0.1), steps=1)[1]
    np.testing.assert_allclose(first, signs, atol=1e-8)


@given(nonzero(3), nonzero(3), st.floats(0.1, 1.9))
def test_a_one_sample_step_leaves_one_minus_r_of_the_samples_error(x, start, relaxation):
    walk = descent.kaczmarz([(x, 1.0)], start, relaxation=relaxation)
    before, after = reading.path(walk, steps=5) @ x - 1.0
    assert after == pytest.approx((1 - relaxation) * before, rel=1e-9, abs=1e-9)


def test_a_sample_of_zeros_is_skipped():
    walk = descent.kaczmarz([(np.zeros(2), 1.0), (np.ones(2), 1.0)], np.zeros(2))
    assert reading.path(walk, steps=9).tolist() == [[0, 0], [0, 0], [0.5, 0.5]]


def test_sign_descent_on_positive_samples_never_leaves_its_line():
    rng = np.random.default_rng(3)
    x, goal = rng.uniform(size=(500, 20)), rng.normal(size=20)
    goal -= goal.mean()
    gradient = gradients.on_samples(gradients.draws(x, x @ goal, rng=rng))
    walk = descent.sign_descent(gradient, np.zeros(20), rate=[0.1, 0.01, 0.001])
    positions = reading.path(walk, steps=300)
    np.testing.assert_allclose(positions, positions[..., :1] * np.ones(20), atol=1e-12)
    assert np.linalg.norm(positions - goal, axis=-1).min() >= np.linalg.norm(goal) * (1 - 1e-12)


@given(nonzero(3), st.floats(0.3, 1.0))
def test_sign_descent_goes_as_far_as_its_falling_rate_allows(goal, fall):
    """|wᵢ − w₀ᵢ| ≤ η(1 + f + f² + …), and every step is η·fᵏ in each weight that is not right."""
    walk = descent.sign_descent(
        gradients.quadratic(np.eye(3), goal), np.zeros(3), rate=1, fall=fall
    )
    steps = np.abs(np.diff(reading.path(walk, steps=8), axis=0))
    expected = fall ** np.arange(8)
    wrong = np.abs(steps - expected[:, None]) > 1e-9 * (1 + np.abs(goal).max())
    assert (steps[wrong] == 0).all()


def test_a_fixed_rate_leaves_sign_descent_in_circles_and_a_falling_one_lets_it_arrive():
    goal = np.array([0.3, -0.7])
    gradient = gradients.quadratic(np.diag([1.0, 3.0]), goal)
    left = {
        fall: reading.errors(
            descent.sign_descent(gradient, np.zeros(2), rate=0.5, fall=fall), goal, steps=99
        )[-1]
        for fall in (1.0, 0.8)
    }
    assert left[0.8] < 1e-8 < 0.1 < left[1.0]


@given(spectra(), st.floats(0.0, 0.99), st.floats(0.01, 9.0))
def test_momentum_forgets_no_faster_than_its_own_root(h, momentum, rate):
    """One eigenvalue: the roots of z² − (1 + m − ηλ)z + m have the product m, so one is ≥ √m."""
    for value in np.linalg.eigvalsh(h):
        roots = np.roots([1, -(1 + momentum - rate * value), momentum])
        assert np.abs(roots).max() >= np.sqrt(momentum) * (1 - 1e-6)


@pytest.mark.parametrize("momentum", [0.5, 0.8, 0.9, 0.95])
def test_in_a_bowl_adam_takes_about_as_long_as_its_momentum_alone_would(momentum):
    goal = np.random.default_rng(5).normal(size=(9, 20))
    rates = np.geomspace(0.02, 2, 24)[:, None]
    adam = partial(descent.adam, decays=(momentum, 0.999))
    bowl = gradients.quadratic(np.eye(20), goal)
    best = tuning.fastest(adam, bowl, goal, rates=rates, tolerance=1e-4, limit=500)
    alone = np.log(1e-4) / np.log(np.sqrt(momentum))
    assert alone * 0.85 < best.median < alone * 1.15 + 15


def falling_adam(goal, rate, fall, steps):
    """Adam's path in the bowl g = w − w*, while its rate falls by the same share at every step."""
    w, m, v = np.zeros((3, *goal.shape))
    path = []
    for k in range(1, steps + 1):
        g = w - goal
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        eta = rate * fall**k * np.sqrt(1 - 0.999**k) / (1 - 0.9**k)
        w = w - eta * m / np.sqrt(v)
        path.append(w)
    return np.array(path)


def test_a_rate_that_falls_hardly_lowers_adams_floor():
    goal = np.random.default_rng(5).normal(size=(9, 20))
    medians = []
    for rate in np.geomspace(0.1, 4, 10):
        for fall in 1 - np.geomspace(0.003, 0.4, 8):
            off = np.linalg.norm(falling_adam(goal, rate, fall, 175) - goal, axis=-1)
            there = off <= 1e-4 * np.linalg.norm(goal, axis=-1)
            steps = np.where(there.any(axis=0), there.argmax(axis=0) + 1, 175)
            medians.append(np.median(steps))
    assert min(medians) > 125


@pytest.mark.parametrize("size", [None, 3])
def test_an_ensemble_over_starts_and_rates_is_its_members_in_a_row(size):
    rng = np.random.default_rng(4)
    x, starts, rates = rng.normal(size=(30, 2)), rng.normal(size=(2, 3, 2)), np.array([0.1, 0.5, 1])
    drawn = gradients.draws(x, x @ NORTHWEST, rng=rng, size=size, walkers=(2, 3))
    batches = [next(drawn) for _ in range(15)]

    def walks(batches, start, rate):
        g = gradients.on_samples if size is None else gradients.on_batches
        yield descent.gradient_descent(g(batches), start, rate=rate)
        yield descent.heavy_ball(g(batches), start, rate=rate, momentum=0.5)
        yield descent.adam(g(batches), start, rate=rate)
        yield descent.sign_descent(g(batches), start, rate=rate, fall=0.7)
        if size is None:
            yield descent.kaczmarz(batches, start, relaxation=rate)

    together = [reading.path(w, steps=15) for w in walks(batches, starts, rates)]
    for i, j in np.ndindex(2, 3):
        own = [(x[i, j], y[i, j]) for x, y in batches]
        alone = [reading.path(w, steps=15) for w in walks(own, starts[i, j], rates[j])]
        for a, b in zip(together, alone, strict=True):
            np.testing.assert_allclose(a[:, i, j], b, rtol=1e-12, atol=1e-12)


def test_arguments_are_left_as_they_were():
    start, x = np.ones(2), rays(30)
    for walk in (
        descent.gradient_descent(lambda w: w, start, rate=0.1),
        descent.heavy_ball(lambda w: w, start, rate=0.1, momentum=0.9),
        descent.adam(lambda w: w, start, rate=0.1),
        descent.kaczmarz(cycle(zip(x, x @ NORTHWEST, strict=True)), start),
    ):
        reading.path(walk, steps=3)
    assert start.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: descent.gradient_descent(lambda w: w, [1.0], rate=0.0), "rate = 0"),
        (lambda: descent.gradient_descent(lambda w: w, [np.nan], rate=1.0), "start = "),
        (lambda: descent.heavy_ball(lambda w: w, [1.0], rate=1, momentum=1), "momentum = 1"),
        (
            lambda: descent.sign_descent(lambda w: w, [1.0], rate=1, fall=1.1),
            r"fall = 1.1.*\(0, 1\]",
        ),
        (lambda: descent.kaczmarz([], [1.0], relaxation=2.0), r"relaxation = 2.*\(0, 2\)"),
        (lambda: gradients.quadratic(np.eye(3), [1.0]), "h has shape"),
        (
            lambda: gradients.draws(np.ones((2, 2)), [1.0], rng=np.random.default_rng()),
            "x, y have shapes",
        ),
        (
            lambda: reading.arrival(iter([np.ones(2)]), [1.0, 1.0], tolerance=0.1, limit=9),
            "distance from start to goal = 0",
        ),
        (
            lambda: reading.path(
                descent.gradient_descent(lambda w: w * np.nan, [1.0], rate=1), steps=2
            ),
            "gradient .* must be finite",
        ),
        (lambda: descent.adam(abs, [1.0], rate=1, epsilon=np.nan), "epsilon = nan"),
        (lambda: reading.path(descent.kaczmarz([([np.nan], 1.0)], [1.0]), steps=1), "samples"),
        (lambda: reading.path(iter([]), steps=9), "walk is empty"),
        (lambda: reading.arrival(iter([]), [1.0], tolerance=0.1, limit=9), "walk is empty"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
