"""The walks that the site tells of, with the numbers it tells."""

from itertools import cycle

import numpy as np
import pytest

from zigzag import curvature, descent, gradients, reading, track

NORTHWEST = np.array([-1.0, 1.0])


def rays(half_angle):
    """Two unit inputs on the edges of a cone about northeast."""
    towards = np.radians([45 - half_angle, 45 + half_angle])
    return np.stack([np.cos(towards), np.sin(towards)], axis=1)


@pytest.mark.parametrize(
    ("half_angle", "steps"), [(45, 2), (30, 21), (22.6, 41), (20, 53), (10, 223), (5, 904)]
)
def test_a_closing_angle_costs_length_mildly_and_steps_dearly(half_angle, steps):
    x, start = rays(half_angle), np.zeros(2)

    def walk():
        return descent.kaczmarz(cycle(zip(x, x @ NORTHWEST, strict=True)), start)

    arrival = reading.arrival(walk(), NORTHWEST, tolerance=1e-6, limit=2000)
    assert arrival.arrived and arrival.steps == steps
    path = reading.path(walk(), steps=steps)
    detour = track.path_length(path) / np.sqrt(2)
    # the walk stops a millionth short of the goal, and so does its length
    assert detour == pytest.approx(1 / np.sin(np.radians(half_angle)), rel=2e-6)
    assert track.reversals(path) == steps - 1


def test_hintons_example_takes_forty_thousand_times_longer_before_the_shift():
    x, goal = np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([0.3, -0.7])
    assert np.linalg.cond(x.T @ x) == pytest.approx(1)
    y = np.array([2.0, 0.0])
    goal = np.linalg.solve(x, y)
    walk = descent.kaczmarz(cycle(zip(x, y, strict=True)), np.zeros(2))
    assert reading.arrival(walk, goal, tolerance=1e-6, limit=9).steps == 1
    shifted = x + 100
    assert np.linalg.cond(shifted.T @ shifted) == pytest.approx(40_005.9, abs=0.1)
    # 276 325 steps would take seconds: the first thousand already show the factor of each step
    goal = np.linalg.solve(shifted, y)
    walk = descent.kaczmarz(cycle(zip(shifted, y, strict=True)), np.zeros(2))
    errors = reading.errors(walk, goal, steps=1001)
    factor = (errors[1001] / errors[1]) ** (1 / 1000)
    assert np.log(1e-6) / np.log(factor) == pytest.approx(276_324.03, rel=1e-6)


def start_page(rng, *, centred, one_sample, walkers=2001):
    """Median steps to 1 % of the start's distance, inputs uniform in the unit square."""
    x = rng.uniform(size=(50_000, 2)) - (0.5 if centred else 0.0)
    samples = gradients.draws(x, x @ NORTHWEST, rng=rng, walkers=(walkers,))
    arrival = reading.arrival(one_sample(samples), NORTHWEST, tolerance=0.01, limit=5000)
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
        return descent.gradient_descent(gradients.on_samples(samples), np.zeros(2), rate=rate)

    assert abs(start_page(rng, centred=False, one_sample=plain) - raw) <= 4
    assert abs(start_page(rng, centred=True, one_sample=plain) - centred) <= 4


# The optimisers' table: d = 20, inputs uniform on (0, 1), zero-sum goal, steps to 1e-4, best rates.
@pytest.fixture(scope="module")
def linear_unit():
    rng = np.random.default_rng(0)
    x, goal = rng.uniform(size=(2000, 20)), rng.normal(size=20)
    return x, goal - goal.mean()


def fewest(walk, goal, limit):
    """Steps of the best of an ensemble of rates and settings."""
    arrival = reading.arrival(walk, goal, tolerance=1e-4, limit=limit)
    return np.where(arrival.arrived, arrival.steps, limit + 1).min()


def test_adam_hides_a_short_valley_and_the_heavy_ball_shortens_it(linear_unit):
    x, goal = linear_unit
    for inputs, plain, adam in ((x, 312, 157), (x - x.mean(axis=0), 5, 164)):
        h, start = curvature.second_moment(inputs), np.zeros(20)
        g = gradients.quadratic(h, goal)
        walk = descent.gradient_descent(g, start, rate=curvature.best_rate(h))
        assert abs(fewest(walk, goal, 500) - plain) <= 1
        rates = np.geomspace(0.01, 1, 30)
        assert fewest(descent.adam(g, start, rate=rates), goal, 500) == pytest.approx(adam, rel=0.1)
    h = curvature.second_moment(x)
    least, top = np.sqrt(curvature.eigenvalues(h)[[0, -1]])
    ball = descent.heavy_ball(
        gradients.quadratic(h, goal),
        np.zeros(20),
        rate=4 / (top + least) ** 2,  # Polyak's choice: √κ instead of κ
        momentum=((top - least) / (top + least)) ** 2,
    )
    assert fewest(ball, goal, 500) == pytest.approx(48, abs=5)


@pytest.mark.parametrize(("mean", "quoted"), [(1.0, 175), (2.0, 453)])
def test_adam_pays_in_a_long_valley(linear_unit, mean, quoted):
    x, goal = linear_unit
    g = gradients.quadratic(curvature.second_moment(x + mean - 0.5), goal)
    rates = np.geomspace(0.01, 1, 40)
    steps = fewest(descent.adam(g, np.zeros(20), rate=rates), goal, 900)
    assert steps == pytest.approx(quoted, rel=0.4)  # data sets differ by a third


def test_one_sample_at_a_time_the_mean_costs_a_factor_near_two(linear_unit):
    x, goal = linear_unit
    steps = {}
    for kind, inputs in (("raw", x), ("centred", x - x.mean(axis=0))):
        rng, rates = np.random.default_rng(1), np.geomspace(0.3, 1.5, 12)
        samples = gradients.draws(inputs, inputs @ goal, rng=rng, walkers=(8, 1))
        walk = descent.gradient_descent(
            gradients.on_samples(samples), np.zeros(20), rate=rates / (inputs**2).sum(axis=1).mean()
        )
        arrival = reading.arrival(walk, goal, tolerance=1e-4, limit=2000)
        steps[kind] = np.median(np.where(arrival.arrived, arrival.steps, 10**9), axis=0).min()
    # a median of eight runs, each spread by a tenth: 4 standard errors are 18 %
    assert steps["raw"] == pytest.approx(845, rel=0.18)
    assert steps["centred"] == pytest.approx(359, rel=0.18)


def test_sign_descent_gets_within_a_hundredth_once_inputs_are_centred(linear_unit):
    x, goal = linear_unit
    inputs, rng = x - x.mean(axis=0), np.random.default_rng(2)
    gradient = gradients.on_samples(gradients.draws(inputs, inputs @ goal, rng=rng))
    walk = descent.sign_descent(gradient, np.zeros(20), rate=np.geomspace(1e-3, 0.1, 6))
    assert reading.errors(walk, goal, steps=3000).min() < 0.02


def test_small_steps_follow_the_smooth_curve_and_are_no_shorter():
    """The staircase paradox: length over displacement → E[|x·t||x|]/E[(x·t)²], not 1."""
    t, walkers = NORTHWEST, 40
    for shift, limit in ((0.0, 2.287), (0.5, 1.218)):
        rng = np.random.default_rng(3)
        x = rng.uniform(size=(200_000, 2)) - shift
        along = x @ t / np.linalg.norm(t)
        expected = (np.abs(along) * np.linalg.norm(x, axis=1)).mean() / (along**2).mean()
        assert expected == pytest.approx(limit, rel=3e-3)
        samples = gradients.draws(x, x @ t, rng=rng, walkers=(walkers,))
        walk = descent.gradient_descent(gradients.on_samples(samples), np.zeros(2), rate=3e-3)
        path = reading.path(walk, steps=300)
        ratio = track.path_length(path) / np.linalg.norm(path[-1] - path[0], axis=1)
        assert abs(ratio.mean() - expected) < 4 * ratio.std() / np.sqrt(walkers)
