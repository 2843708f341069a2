"""Experiments agree with the walks and closed forms that they are made of."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zigzag import cone, curvature, data, descent, gradients, normalise, reading, trials, tuning
from zigzag.placement import PLACEMENTS, curvature_and_lock, effective_inputs, kinds_of_sums
from zigzag.rotation import plane_turns, rotation_test, turned_walks


@pytest.fixture(scope="module")
def sample():
    rng = np.random.default_rng(3)
    return data.uniform(4, 300, 5, rng=rng), trials.zero_sum(4, 5, rng=rng)


def test_batch_steps_are_the_first_power_of_the_iteration_that_is_small_enough(sample):
    x, goal = sample
    steps = trials.batch_steps(x, goal, tolerance=1e-3, limit=999)
    for inputs, w, k in zip(x, goal, steps, strict=True):
        h = inputs.T @ inputs / len(inputs)
        values = np.linalg.eigvalsh(h)
        turn = np.eye(5) - 2 / (values[0] + values[-1]) * h
        left = [np.linalg.norm(np.linalg.matrix_power(turn, n) @ w) for n in (k - 1, k)]
        assert left[1] <= 1e-3 * np.linalg.norm(w) < left[0]


def test_single_steps_are_projections_one_after_another(sample):
    x, goal = sample
    order = np.random.default_rng(5).integers(300, size=400)
    steps = trials.single_steps(x, goal, order, tolerance=0.01)
    for inputs, w, k in zip(x, goal, steps, strict=True):
        off = -w
        for n, i in enumerate(order[:k], 1):
            off = off - inputs[i] * (inputs[i] @ off) / (inputs[i] @ inputs[i])
            assert (np.linalg.norm(off) <= 0.01 * np.linalg.norm(w)) == (n == k)


def test_single_steps_may_be_counted_until_the_loss_is_small(sample):
    x, goal = sample
    order = np.random.default_rng(5).integers(300, size=400)
    steps = trials.single_steps(x, goal, order, tolerance=0.01, in_loss=True)
    for inputs, w, k in zip(x, goal, steps, strict=True):
        off = -w
        first = (inputs @ off) @ (inputs @ off)
        for n, i in enumerate(order[:k], 1):
            off = off - inputs[i] * (inputs[i] @ off) / (inputs[i] @ inputs[i])
            assert ((inputs @ off) @ (inputs @ off) <= 1e-4 * first) == (n == k)


def fresh(**settings):
    """Steps of forty walkers on fresh samples with twelve inputs in (0, 1), and their goals."""
    goal = trials.zero_sum(40, 12, rng=np.random.default_rng(1))
    rng = np.random.default_rng(2)
    return trials.fresh_steps("uniform", goal, tolerance=1e-2, limit=9999, rng=rng, **settings)


def test_a_bias_is_one_more_weight_and_its_input_is_always_one():
    goal = trials.zero_sum(40, 12, rng=np.random.default_rng(1))
    rng = np.random.default_rng(2)
    full = np.hstack([goal, np.ones((40, 1))])
    off = -full
    steps = np.zeros(40, dtype=int)
    for _ in range(2000):
        x = np.hstack([rng.uniform(size=(40, 12)), np.ones((40, 1))])
        walking = np.linalg.norm(off, axis=1) > 1e-2 * np.linalg.norm(full, axis=1)
        steps += walking
        parts = (x * off).sum(axis=1) / (x**2).sum(axis=1)
        off = np.where(walking[:, None], off - parts[:, None] * x, off)
    assert not walking.any()
    assert np.abs(fresh(bias=1.0) - steps).max() <= 1  # rounding may shift an arrival


def test_a_bias_to_learn_costs_single_samples_more_than_any_of_its_cures():
    learnt = np.median(fresh(bias=1.0))
    cures = [{}, {"bias": 0.0}, {"bias": 1.0, "constant": np.sqrt(1 / 12 + 3)}]
    for settings in (*cures, {"bias": 1.0, "centred": True}):
        assert np.median(fresh(**settings)) < 0.85 * learnt, settings


@given(st.integers(1, 4), st.floats(-3, 3), st.integers(0, 2**32 - 1))
def test_to_start_the_bias_at_the_mean_target_is_to_centre_the_targets(d, bias, seed):
    rng = np.random.default_rng(seed)
    x, goal = rng.uniform(size=(30, d)), rng.normal(size=d)
    y = x @ goal + bias
    begun, plain = np.append(np.zeros(d), y.mean()), np.zeros(d + 1)
    seen = trials.with_bias(x)
    walks = [
        reading.path(descent.kaczmarz(zip(seen, targets, strict=True), start), steps=30)
        for targets, start in ((y, begun), (y - y.mean(), plain))
    ]
    np.testing.assert_allclose(walks[0] - begun, walks[1], atol=1e-9)


@given(st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_a_zero_sum_goal_lies_across_the_mean_of_like_inputs(d, seed):
    w = trials.zero_sum(3, d, rng=np.random.default_rng(seed))
    assert np.abs(w @ np.ones(d)).max() < 1e-12


def test_the_typical_walks_are_those_of_the_samples_and_stay_in_the_cone_or_leave_it():
    x, goal = np.random.default_rng(0).uniform(size=(50, 200, 2)), np.array([-1.0, 1.0])
    which, (raw, centred) = trials.typical_walks(x, goal)
    assert cone.one_signed(np.diff(raw, axis=0)).all()
    assert not cone.one_signed(np.diff(centred, axis=0)).all()
    samples = zip(x[which], x[which] @ goal, strict=True)
    walk = reading.path(descent.kaczmarz(samples, np.zeros(2)), steps=len(raw) - 1)
    np.testing.assert_allclose(walk, raw)


def test_an_exact_bias_sees_the_covariance_alone():
    rng = np.random.default_rng(1)
    x = rng.normal(3.0, 1.0, size=(400, 4))
    apart, kappa = trials.exact_bias(x, rng.normal(size=400))
    assert apart < 1e-10
    assert kappa == pytest.approx(np.linalg.cond(np.cov(x.T)))


def test_the_best_rate_is_the_one_whose_walkers_take_fewest_steps_in_the_median():
    slope, start = gradients.quadratic(np.diag([1.0, 9.0]), [1.0, 1.0]), np.zeros((5, 1, 2))
    rates = np.array([0.05, 0.1, 0.2, 0.21, 0.3])[:, None]
    best = tuning.tuned(
        descent.gradient_descent(slope, start, rate=rates), [1.0, 1.0], tolerance=1e-4, limit=500
    )
    assert best.place == 2 and not best.edge  # 2/(λ₁ + λ_d) = 0.2
    edge = tuning.tuned(
        descent.gradient_descent(slope, start[:3], rate=rates[:3]),
        [1, 1],
        tolerance=1e-4,
        limit=500,
    )
    assert edge.place == 2 and edge.edge


def test_who_does_not_arrive_counts_with_the_limit():
    still = (np.ones((1, 3, 1)) for _ in range(99))
    assert tuning.tuned(still, [0.0], tolerance=0.1, limit=20).steps.tolist() == [20, 20, 20]


def test_larger_batches_take_fewer_steps():
    def race(size):
        rng = np.random.default_rng(2)
        settings = {"rates": np.geomspace(0.01, 2, 12), "walkers": 3}
        return tuning.stochastic(
            lambda: rng.normal(size=(3, size, 4)), np.ones(4), tolerance=1e-2, limit=500, **settings
        )

    assert race(16).median < race(4).median < race(1).median


def test_a_rotation_changes_signs_and_no_step():
    cases = rotation_test(4, 300, 6, tolerance=1e-3, limit=900, rng=np.random.default_rng(8))
    given_, rotated, centred = cases.values()
    assert (given_.batch == rotated.batch).all() and (given_.single == rotated.single).all()
    assert given_.locked == 1 and rotated.locked < 0.2
    assert (centred.batch < given_.batch).all()
    kappa = curvature.condition_number(given_.h)
    np.testing.assert_allclose(kappa, curvature.condition_number(rotated.h))


@given(st.floats(-7, 7), st.floats(-7, 7))
def test_turns_of_the_plane_add_up(a, b):
    first, second, both = plane_turns([a, b, a + b])
    np.testing.assert_allclose(first @ second, both, atol=1e-12)


def test_a_turned_valley_is_walked_by_the_turned_walk():
    turns = plane_turns([0.0, 1.0])
    walk, after = turned_walks(np.diag([1, 7]), [1.0, 0.4], turns, tolerance=1e-6, limit=99)
    np.testing.assert_allclose(after, walk @ turns[1], atol=1e-12)


def test_the_heavy_ball_at_polyaks_settings_contracts_like_the_root_of_its_momentum():
    h = np.diag([1.0, 4.0, 25.0])
    rate, momentum = curvature.polyak(h)
    for value in np.diag(h):
        turn = np.array([[1 + momentum - rate * value, -momentum], [1, 0]])
        radius = np.abs(np.linalg.eigvals(turn)).max()
        assert radius == pytest.approx(np.sqrt(momentum), abs=1e-6)


def test_a_unit_behind_a_batch_norm_sees_centred_inputs_less_its_own_direction():
    rng = np.random.default_rng(4)
    x, w = rng.uniform(size=(500, 3)), np.array([1.0, -2.0, 0.5])
    unit = normalise.batch_norm(x @ w[:, None], epsilon=0.0)
    centred = x - x.mean(axis=0)
    expected = centred - unit * (centred * unit).mean(axis=0)
    np.testing.assert_allclose(effective_inputs(x, w), expected, atol=1e-4)
    np.testing.assert_allclose(effective_inputs(x, w) @ w, 0, atol=1e-4)  # its scale is of no use


def test_each_kind_of_sums_differs_from_the_equal_ones_in_one_thing():
    z = np.random.default_rng(1).normal(size=(20_000, 16))
    sums = kinds_of_sums(z, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(sums["equal"], z)
    np.testing.assert_allclose(sums["up"] - 1, sums["down"] + 1)
    offsets = sums["means"] - z
    np.testing.assert_allclose(offsets, offsets[:1].repeat(len(z), axis=0), atol=1e-12)
    scales = sums["spreads"] / z
    np.testing.assert_allclose(scales, scales[:1].repeat(len(z), axis=0))
    assert 0.3 <= scales.min() < 0.9 and 1.1 < scales.max() <= 3.3
    off = np.corrcoef(sums["correlated"].T)[~np.eye(16, dtype=bool)]
    assert np.abs(off).max() > 0.3 and np.abs(np.corrcoef(z.T) - np.eye(16)).max() < 0.03
    # weights of He's scale keep the mean square: E relu² = ½ for each of 16 inputs, times 2/16
    assert (sums["correlated"] ** 2).mean() == pytest.approx(1, rel=0.4)


def test_signs_and_valley_are_two_things():
    rng = np.random.default_rng(6)
    z, w = rng.normal(size=(2048, 8)), rng.normal(size=(8, 8))
    delta = rng.uniform(0.1, 1, size=(64, 32, 8))
    found = {}
    for row in ("raw", "before", "rms", "after"):
        x = PLACEMENTS[row](z)
        found[row] = curvature_and_lock(x, w, delta, behind=False)
    assert found["raw"][2] == found["before"][2] == found["rms"][2] == 1
    assert found["after"][2] < 0.05
    assert found["raw"][0] == pytest.approx(1 + 8 / (np.pi - 1), rel=0.3)
    behind = curvature_and_lock(PLACEMENTS["raw"](z), w, delta, behind=True)
    assert behind[2] < 0.05 and behind[0] < found["raw"][0]


@pytest.mark.parametrize("kind", ["uniform", "centred", "relu", "logistic"])
def test_inputs_of_a_kind_have_the_moments_of_its_law(kind):
    x, law = data.inputs(kind, 200_000, rng=np.random.default_rng(7)), data.law(kind)
    assert x.mean() == pytest.approx(law.mean, abs=0.005)
    assert x.var() == pytest.approx(law.variance, rel=0.01)


def test_an_unknown_kind_of_inputs_is_named():
    with pytest.raises(ValueError, match="relu"):
        data.inputs("rleu", 5, rng=np.random.default_rng(0))


def test_samples_come_in_turn_with_what_their_own_goal_says(sample):
    x, goal = sample
    order = [7, 0, 7]
    for turn, (inputs, y) in zip(order, trials.samples_in_turn(x, goal, order), strict=True):
        np.testing.assert_allclose(inputs, x[:, turn])
        np.testing.assert_allclose(y, [x[k, turn] @ goal[k] for k in range(4)])


def test_falling_signs_take_the_steps_of_the_best_pair_of_each_data_set(sample):
    x, goal = sample
    h, rates, falls = curvature.second_moment(x), [0.1, 0.5], [0.9, 0.8, 0.5]
    steps = trials.falling_sign_steps(h, goal, rates=rates, falls=falls, tolerance=0.05, limit=60)
    for k in range(4):
        taken = []
        for rate, fall in itertools.product(rates, falls):
            w = np.zeros(5)
            off = [np.linalg.norm(goal[k])]
            for n in range(60):
                w = w - rate * fall**n * np.sign(h[k] @ (w - goal[k]))
                off.append(np.linalg.norm(w - goal[k]))
            there = np.array(off) <= 0.05 * off[0]
            taken.append(there.argmax() if there.any() else 60)
        assert steps[k] == min(taken)


def test_the_fastest_of_an_optimisers_rates_is_that_of_the_walkers_median():
    goals = np.random.default_rng(3).normal(size=(5, 4))
    h = np.diag([1.0, 2.0, 3.0, 4.0])
    rates = np.array([0.1, 0.3, 0.4, 0.49])[:, None]
    bowl = gradients.quadratic(h, goals)
    best = tuning.fastest(
        descent.gradient_descent, bowl, goals, rates=rates, tolerance=1e-3, limit=400
    )
    steps = np.array(
        [
            [
                next(
                    n
                    for n in range(400)
                    if np.linalg.norm((1 - eta * np.diag(h)) ** n * goal)
                    <= 1e-3 * np.linalg.norm(goal)
                )
                for goal in goals
            ]
            for eta in rates.ravel()
        ]
    )
    place = np.median(steps, axis=1).argmin()
    assert best.place == place and best.steps.tolist() == steps[place].tolist()
