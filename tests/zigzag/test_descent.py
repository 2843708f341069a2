"""The optimisers against their papers, and the walks that the site tells of."""

import warnings
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators, nonzero, spectra

from zigzag import cone, curvature, descent
from zigzag.reading import diverged

NORTHWEST = np.array([-1.0, 1.0])


def rays(half_angle):
    """Two unit inputs on the edges of a cone about northeast."""
    towards = np.radians([45 - half_angle, 45 + half_angle])
    return np.stack([np.cos(towards), np.sin(towards)], axis=1)


@given(spectra(), generators())
def test_gradient_descent_is_powers_of_a_matrix(h, rng):
    start, goal = rng.normal(size=(2, len(h)))
    walk = descent.path(
        descent.gradient_descent(descent.quadratic(h, goal), start, rate=0.15), steps=7
    )
    expected = goal + np.linalg.matrix_power(np.eye(len(h)) - 0.15 * h, 7) @ (start - goal)
    np.testing.assert_allclose(walk[-1], expected, atol=1e-12)


@given(spectra(), generators())
def test_without_momentum_the_heavy_ball_is_gradient_descent(h, rng):
    start, goal = rng.normal(size=(2, len(h)))
    g = descent.quadratic(h, goal)
    ball = descent.path(descent.heavy_ball(g, start, rate=0.1, momentum=0.0), steps=9)
    plain = descent.path(descent.gradient_descent(g, start, rate=0.1), steps=9)
    np.testing.assert_allclose(ball, plain, atol=1e-12)


@given(generators())
def test_adam_does_not_see_the_scale_of_the_loss(rng):
    start, goal = rng.normal(size=(2, 3))
    once, thousandfold = (
        descent.adam(descent.quadratic(s * np.eye(3), goal), start, rate=0.1, epsilon=0.0)
        for s in (1.0, 1000.0)
    )
    np.testing.assert_allclose(
        descent.path(once, steps=20), descent.path(thousandfold, steps=20), atol=1e-9
    )


def test_the_first_step_of_adam_is_a_step_of_sign_descent():
    g = descent.quadratic(np.eye(3), [1.0, -2.0, 0.0])
    first = descent.path(descent.adam(g, np.zeros(3), rate=0.1), steps=1)[1]
    signs = descent.path(descent.sign_descent(g, np.zeros(3), rate=0.1), steps=1)[1]
    np.testing.assert_allclose(first, signs, atol=1e-8)


@given(nonzero(3), nonzero(3), st.floats(0.1, 1.9))
def test_a_one_sample_step_leaves_one_minus_r_of_the_samples_error(x, start, relaxation):
    walk = descent.kaczmarz([(x, 1.0)], start, relaxation=relaxation)
    before, after = descent.path(walk, steps=5) @ x - 1.0
    assert after == pytest.approx((1 - relaxation) * before, rel=1e-9, abs=1e-9)


def test_a_sample_of_zeros_is_skipped():
    walk = descent.kaczmarz([(np.zeros(2), 1.0), (np.ones(2), 1.0)], np.zeros(2))
    assert descent.path(walk, steps=9).tolist() == [[0, 0], [0, 0], [0.5, 0.5]]


@pytest.mark.parametrize(
    ("half_angle", "steps"), [(45, 2), (30, 21), (22.6, 41), (20, 53), (10, 223), (5, 904)]
)
def test_a_closing_angle_costs_length_mildly_and_steps_dearly(half_angle, steps):
    x, start = rays(half_angle), np.zeros(2)

    def walk():
        return descent.kaczmarz(cycle(zip(x, x @ NORTHWEST, strict=True)), start)

    arrival = descent.arrival(walk(), NORTHWEST, tolerance=1e-6, limit=2000)
    assert arrival.arrived and arrival.steps == steps
    path = descent.path(walk(), steps=steps)
    detour = cone.path_length(path) / np.sqrt(2)
    # the walk stops a millionth short of the goal, and so does its length
    assert detour == pytest.approx(1 / np.sin(np.radians(half_angle)), rel=2e-6)
    assert cone.reversals(path) == steps - 1


def test_hintons_example_takes_forty_thousand_times_longer_before_the_shift():
    x, goal = np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([0.3, -0.7])
    assert np.linalg.cond(x.T @ x) == pytest.approx(1)
    y = np.array([2.0, 0.0])
    goal = np.linalg.solve(x, y)
    walk = descent.kaczmarz(cycle(zip(x, y, strict=True)), np.zeros(2))
    assert descent.arrival(walk, goal, tolerance=1e-6, limit=9).steps == 1
    shifted = x + 100
    assert np.linalg.cond(shifted.T @ shifted) == pytest.approx(40_005.9, abs=0.1)
    # 276 325 steps would take seconds: the first thousand already show the factor of each step
    goal = np.linalg.solve(shifted, y)
    walk = descent.kaczmarz(cycle(zip(shifted, y, strict=True)), np.zeros(2))
    errors = descent.errors(walk, goal, steps=1001)
    factor = (errors[1001] / errors[1]) ** (1 / 1000)
    assert np.log(1e-6) / np.log(factor) == pytest.approx(276_324.03, rel=1e-6)


def start_page(rng, *, centred, one_sample, walkers=2001):
    """Median steps to 1 % of the start's distance, inputs uniform in the unit square."""
    x = rng.uniform(size=(50_000, 2)) - (0.5 if centred else 0.0)
    samples = descent.draws(x, x @ NORTHWEST, rng=rng, walkers=(walkers,))
    arrival = descent.arrival(one_sample(samples), NORTHWEST, tolerance=0.01, limit=5000)
    assert arrival.arrived.all()
    return np.median(arrival.steps)


# Twenty seeds give 23.9 ± 0.4 and 7.2 ± 0.4, then 105.7, 106.9 (± 0.9) and 49.2, 51.9 (± 0.5).
def test_with_normalised_steps_centred_inputs_walk_home_three_times_sooner():
    rng = np.random.default_rng(1)

    def normalised(samples):
        return descent.kaczmarz(samples, np.zeros(2))

    assert abs(start_page(rng, centred=False, one_sample=normalised) - 24) <= 2
    assert abs(start_page(rng, centred=True, one_sample=normalised) - 7) <= 1


@pytest.mark.parametrize(("rate", "raw", "centred"), [(0.5, 106, 107), (1.0, 49, 52)])
def test_at_one_small_fixed_rate_centring_gains_nothing(rate, raw, centred):
    rng = np.random.default_rng(2)

    def plain(samples):
        return descent.gradient_descent(descent.on_samples(samples), np.zeros(2), rate=rate)

    assert abs(start_page(rng, centred=False, one_sample=plain) - raw) <= 4
    assert abs(start_page(rng, centred=True, one_sample=plain) - centred) <= 4


def test_sign_descent_on_positive_samples_never_leaves_its_line():
    rng = np.random.default_rng(3)
    x, goal = rng.uniform(size=(500, 20)), rng.normal(size=20)
    goal -= goal.mean()
    gradient = descent.on_samples(descent.draws(x, x @ goal, rng=rng))
    walk = descent.sign_descent(gradient, np.zeros(20), rate=[0.1, 0.01, 0.001])
    positions = descent.path(walk, steps=300)
    np.testing.assert_allclose(positions, positions[..., :1] * np.ones(20), atol=1e-12)
    assert np.linalg.norm(positions - goal, axis=-1).min() >= np.linalg.norm(goal) * (1 - 1e-12)


@pytest.mark.parametrize("size", [None, 3])
def test_an_ensemble_over_starts_and_rates_is_its_members_in_a_row(size):
    rng = np.random.default_rng(4)
    x, starts, rates = rng.normal(size=(30, 2)), rng.normal(size=(2, 3, 2)), np.array([0.1, 0.5, 1])
    drawn = descent.draws(x, x @ NORTHWEST, rng=rng, size=size, walkers=(2, 3))
    batches = [next(drawn) for _ in range(15)]

    def walks(batches, start, rate):
        g = descent.on_samples if size is None else descent.on_batches
        yield descent.gradient_descent(g(batches), start, rate=rate)
        yield descent.heavy_ball(g(batches), start, rate=rate, momentum=0.5)
        yield descent.adam(g(batches), start, rate=rate)
        yield descent.sign_descent(g(batches), start, rate=rate)
        if size is None:
            yield descent.kaczmarz(batches, start, relaxation=rate)

    together = [descent.path(w, steps=15) for w in walks(batches, starts, rates)]
    for i, j in np.ndindex(2, 3):
        own = [(x[i, j], y[i, j]) for x, y in batches]
        alone = [descent.path(w, steps=15) for w in walks(own, starts[i, j], rates[j])]
        for a, b in zip(together, alone, strict=True):
            np.testing.assert_allclose(a[:, i, j], b, rtol=1e-12, atol=1e-12)


def test_every_reading_tells_the_same_story():
    g, start, goal = descent.quadratic(np.diag([1.0, 3.0]), NORTHWEST), [4.0, 4.0], NORTHWEST
    rate = np.array([0.2, 0.5])
    path = descent.path(descent.gradient_descent(g, start, rate=rate), steps=60)
    errors = descent.errors(descent.gradient_descent(g, start, rate=rate), goal, steps=60)
    arrival = descent.arrival(
        descent.gradient_descent(g, start, rate=rate), goal, tolerance=1e-3, limit=60
    )
    distances = np.linalg.norm(path - goal, axis=-1)
    np.testing.assert_allclose(errors, distances / distances[0])
    assert arrival.steps.tolist() == (errors <= 1e-3).argmax(axis=0).tolist()
    np.testing.assert_allclose(arrival.error, errors[arrival.steps, [0, 1]])


def test_divergence_is_reported_and_leaves_the_others_alone():
    g, rates = descent.quadratic(np.eye(2), NORTHWEST), [0.5, 2.5, 1e300]

    def walk():
        return descent.gradient_descent(g, np.zeros(2), rate=rates)

    with warnings.catch_warnings(action="error"):
        arrival = descent.arrival(walk(), NORTHWEST, tolerance=1e-6, limit=5000)
        path = descent.path(walk(), steps=5000)
    assert arrival.arrived.tolist() == [True, False, False]
    assert arrival.diverged.tolist() == diverged(path).tolist() == [False, True, True]
    assert np.isfinite(path).all() and np.isfinite(arrival.error).all()
    assert arrival.steps.max() < 100  # nobody walks on once all have arrived or diverged


def test_a_path_is_as_long_as_asked_for_and_starts_at_the_start():
    walk = descent.gradient_descent(lambda w: w, np.ones(3), rate=[[0.1], [0.2]])
    path = descent.path(walk, steps=4)
    assert path.shape == (5, 2, 1, 3) and (path[0] == 1).all()


def test_arguments_are_left_as_they_were():
    start, x = np.ones(2), rays(30)
    for walk in (
        descent.gradient_descent(lambda w: w, start, rate=0.1),
        descent.heavy_ball(lambda w: w, start, rate=0.1, momentum=0.9),
        descent.adam(lambda w: w, start, rate=0.1),
        descent.kaczmarz(cycle(zip(x, x @ NORTHWEST, strict=True)), start),
    ):
        descent.path(walk, steps=3)
    assert start.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: descent.gradient_descent(lambda w: w, [1.0], rate=0.0), "rate = 0"),
        (lambda: descent.gradient_descent(lambda w: w, [np.nan], rate=1.0), "start = "),
        (lambda: descent.heavy_ball(lambda w: w, [1.0], rate=1, momentum=1), "momentum = 1"),
        (lambda: descent.kaczmarz([], [1.0], relaxation=2.0), r"relaxation = 2.*\(0, 2\)"),
        (lambda: descent.quadratic(np.eye(3), [1.0]), "h has shape"),
        (
            lambda: descent.draws(np.ones((2, 2)), [1.0], rng=np.random.default_rng()),
            "x, y have shapes",
        ),
        (
            lambda: descent.arrival(iter([np.ones(2)]), [1.0, 1.0], tolerance=0.1, limit=9),
            "distance from start to goal = 0",
        ),
        (
            lambda: descent.path(
                descent.gradient_descent(lambda w: w * np.nan, [1.0], rate=1), steps=2
            ),
            "gradient = nan",
        ),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()


def test_one_start_may_serve_a_whole_ensemble():
    x, rng = rays(30), np.random.default_rng(5)
    drawn = descent.draws(x, x @ NORTHWEST, rng=rng, walkers=(4,))
    batches = [next(drawn) for _ in range(3)]
    one = descent.path(descent.kaczmarz(batches, np.zeros(2)), steps=3)
    four = descent.path(descent.kaczmarz(batches, np.zeros((4, 2))), steps=3)
    np.testing.assert_array_equal(one, four)


# The optimisers' table: d = 20, inputs uniform on (0, 1), zero-sum goal, steps to 1e-4, best rates.
@pytest.fixture(scope="module")
def linear_unit():
    rng = np.random.default_rng(0)
    x, goal = rng.uniform(size=(2000, 20)), rng.normal(size=20)
    return x, goal - goal.mean()


def fewest(walk, goal, limit):
    """Steps of the best of an ensemble of rates and settings."""
    arrival = descent.arrival(walk, goal, tolerance=1e-4, limit=limit)
    return np.where(arrival.arrived, arrival.steps, limit + 1).min()


def test_adam_hides_the_valley_and_the_heavy_ball_shortens_it(linear_unit):
    x, goal = linear_unit
    for inputs, plain, adam in ((x, 312, 157), (x - x.mean(axis=0), 5, 164)):
        h, start = curvature.second_moment(inputs), np.zeros(20)
        g = descent.quadratic(h, goal)
        walk = descent.gradient_descent(g, start, rate=curvature.best_rate(h))
        assert abs(fewest(walk, goal, 500) - plain) <= 1
        rates = np.geomspace(0.01, 1, 30)
        assert fewest(descent.adam(g, start, rate=rates), goal, 500) == pytest.approx(adam, rel=0.1)
    h = curvature.second_moment(x)
    least, top = np.sqrt(curvature.eigenvalues(h)[[0, -1]])
    ball = descent.heavy_ball(
        descent.quadratic(h, goal),
        np.zeros(20),
        rate=4 / (top + least) ** 2,  # Polyak's choice: √κ instead of κ
        momentum=((top - least) / (top + least)) ** 2,
    )
    assert fewest(ball, goal, 500) == pytest.approx(48, abs=5)


def test_one_sample_at_a_time_the_mean_costs_a_factor_near_two(linear_unit):
    x, goal = linear_unit
    steps = {}
    for kind, inputs in (("raw", x), ("centred", x - x.mean(axis=0))):
        rng, rates = np.random.default_rng(1), np.geomspace(0.3, 1.5, 12)
        samples = descent.draws(inputs, inputs @ goal, rng=rng, walkers=(8, 1))
        walk = descent.gradient_descent(
            descent.on_samples(samples), np.zeros(20), rate=rates / (inputs**2).sum(axis=1).mean()
        )
        arrival = descent.arrival(walk, goal, tolerance=1e-4, limit=2000)
        steps[kind] = np.median(np.where(arrival.arrived, arrival.steps, 10**9), axis=0).min()
    # a median of eight runs, each spread by a tenth: 4 standard errors are 18 %
    assert steps["raw"] == pytest.approx(845, rel=0.18)
    assert steps["centred"] == pytest.approx(359, rel=0.18)


def test_sign_descent_gets_within_a_hundredth_once_inputs_are_centred(linear_unit):
    x, goal = linear_unit
    inputs, rng = x - x.mean(axis=0), np.random.default_rng(2)
    gradient = descent.on_samples(descent.draws(inputs, inputs @ goal, rng=rng))
    walk = descent.sign_descent(gradient, np.zeros(20), rate=np.geomspace(1e-3, 0.1, 6))
    assert descent.errors(walk, goal, steps=3000).min() < 0.02


def test_small_steps_follow_the_smooth_curve_and_are_no_shorter():
    """The staircase paradox: length over displacement → E[|x·t||x|]/E[(x·t)²], not 1."""
    t, walkers = NORTHWEST, 40
    for shift, limit in ((0.0, 2.287), (0.5, 1.218)):
        rng = np.random.default_rng(3)
        x = rng.uniform(size=(200_000, 2)) - shift
        along = x @ t / np.linalg.norm(t)
        expected = (np.abs(along) * np.linalg.norm(x, axis=1)).mean() / (along**2).mean()
        assert expected == pytest.approx(limit, rel=3e-3)
        samples = descent.draws(x, x @ t, rng=rng, walkers=(walkers,))
        walk = descent.gradient_descent(descent.on_samples(samples), np.zeros(2), rate=3e-3)
        path = descent.path(walk, steps=300)
        ratio = cone.path_length(path) / np.linalg.norm(path[-1] - path[0], axis=1)
        assert abs(ratio.mean() - expected) < 4 * ratio.std() / np.sqrt(walkers)
