"""Over the samples, centring errors is centring inputs; over the inputs it is another thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import generators, nonnegative_inputs, numbers, samples

from zigzag import (
    centring,
    cone,
    curvature,
    data,
    descent,
    gradients,
    neuron,
    normalise,
    reading,
    trials,
)

one_signed_samples = arrays(np.float64, (6, 3), elements=nonnegative_inputs)


def batches(rng, *, sets=(), n=40, d=5):
    """Inputs with a mean of its own for each, and weights to find."""
    x = rng.normal(size=(*sets, n, d)) + 3 * rng.normal(size=(*sets, 1, d))
    return x, rng.normal(size=(*sets, d))


@given(samples(), generators())
def test_to_centre_the_errors_is_to_centre_the_inputs(sample, rng):
    _, x, _ = sample
    delta = rng.normal(size=len(x)) * 10
    centred_errors = (delta - delta.mean()) @ x / len(x)
    centred_inputs = delta @ (x - x.mean(axis=0)) / len(x)
    np.testing.assert_allclose(centred_errors, centred_inputs, atol=1e-9 * (1 + np.abs(x).max()))


@given(samples())
def test_the_gradient_with_centred_errors_is_the_sum_over_samples_with_centred_inputs(sample):
    w, x, y = sample
    mean = sum(x) / len(x)
    errors = [w @ one - target for one, target in zip(x, y, strict=True)]
    expected = sum(e * (one - mean) for e, one in zip(errors, x, strict=True)) / len(x)
    scale = 1 + np.abs(errors).max() * np.abs(x).max()
    found = centring.centred_errors(x, y)(w)
    np.testing.assert_allclose(found, expected, atol=1e-10 * scale)


def test_an_exact_bias_a_batch_norm_behind_and_centred_inputs_are_one_cure():
    rng = np.random.default_rng(1)
    x, w = batches(rng)
    y = rng.normal(size=40)
    delta = neuron.error_signal(w, x, y)
    by_centred_inputs = delta @ normalise.centre(x)
    exact_bias = -delta.mean()  # what makes the squared error least for these weights
    np.testing.assert_allclose((delta + exact_bias) @ x, by_centred_inputs)
    back = normalise.batch_norm_gradient(delta[:, None], x @ w[:, None])[:, 0]
    np.testing.assert_allclose(back @ x, back @ normalise.centre(x), atol=1e-10)


@given(samples(), st.integers(0, 2**32 - 1))
def test_random_signs_change_no_gradient_no_lock_and_no_curvature(sample, seed):
    w, x, y = sample
    signed = centring.random_signs(x, rng=np.random.default_rng(seed))
    signs = centring.random_signs(np.ones((len(x), 1)), rng=np.random.default_rng(seed))[:, 0]
    assert set(np.abs(signs)) == {1.0}
    np.testing.assert_array_equal(signed, signs[:, None] * x)
    np.testing.assert_array_equal(
        neuron.sample_gradients(w, signed, signs * y), neuron.sample_gradients(w, x, y)
    )
    np.testing.assert_array_equal(cone.one_signed(signed), cone.one_signed(x))
    np.testing.assert_array_equal(curvature.second_moment(signed), curvature.second_moment(x))


@given(generators())
def test_random_signs_change_no_step_of_any_walk(rng):
    x, goal = trials.uniform_problems(2, 50, 4, rng=rng)
    signed = centring.random_signs(x, rng=rng)
    order = rng.integers(50, size=400)
    for walk in (
        lambda x: trials.batch_steps(x, goal, tolerance=1e-3, limit=900),
        lambda x: trials.single_steps(x, goal, order, tolerance=1e-2),
    ):
        np.testing.assert_array_equal(walk(signed), walk(x))

    def adam(x):
        taken = np.moveaxis(x[:, order], 1, 0)
        gradient = gradients.on_samples((one, np.vecdot(one, goal)) for one in taken)
        return reading.path(descent.adam(gradient, np.zeros((2, 4)), rate=0.1), steps=50)

    np.testing.assert_array_equal(adam(signed), adam(x))


def test_with_a_bias_random_signs_do_change_the_valley():
    """The constant input does not turn: what the mean shares with it is gone."""
    rng = np.random.default_rng(9)
    x, _ = trials.uniform_problems(1, 4000, 6, rng=rng)
    kappas = []
    for seen in (x[0], centring.random_signs(x[0], rng=rng)):
        with_bias = np.pad(seen, [(0, 0), (0, 1)], constant_values=1.0)
        kappas.append(curvature.condition_number(curvature.second_moment(with_bias)))
    alone = curvature.condition_number(curvature.second_moment(x[0]))
    assert kappas[0] > 2 * kappas[1]
    assert kappas[1] == pytest.approx(alone, rel=0.05)


def test_random_signs_leave_no_mean_and_nothing_for_centring_to_gain():
    rng = np.random.default_rng(2)
    x, goal = trials.uniform_problems(24, 2000, 20, rng=rng)
    signed = centring.random_signs(x, rng=rng)
    mean = signed.mean(axis=1)  # of 2000 signs times numbers below 1: σ = √(1/3/2000)
    assert np.abs(mean).max() < 5 * np.sqrt(1 / 3 / 2000)
    assert centring.mean_ratio(x).min() > 2.8 and centring.mean_ratio(signed).max() < 0.01
    settings = {"tolerance": 1e-4, "limit": 900}
    steps, then_centred, centred = (
        trials.batch_steps(seen, goal, **settings)
        for seen in (signed, normalise.centre(signed), normalise.centre(x))
    )
    np.testing.assert_allclose(then_centred, steps, rtol=0.02)
    assert centred.max() < 10 < 200 < steps.min()


@given(one_signed_samples)
def test_positive_inputs_make_the_second_moment_uneven(x):
    """E xᵢxⱼ > 0 for some i ≠ j, so that H is no multiple of 1: steepest above flattest."""
    h = curvature.second_moment(x)
    overlap = h[~np.eye(3, dtype=bool)].max()
    values = curvature.eigenvalues(h)
    assert overlap >= 0
    # along (1, …, 1) the curvature is the mean one plus what the entries off the diagonal add
    assert values[-1] >= (h.sum() / 3) * (1 - 1e-12)
    assert values[-1] - values[0] >= overlap * (1 - 1e-9)


def test_two_classes_about_opposite_points_have_no_mean_and_a_valley():
    x, y = data.gaussian_classes(200_000, rng=np.random.default_rng(3), std=0.19)
    assert centring.mean_ratio(x) < 1e-4
    formula = 1 + (0.4**2 + 0.8**2) / 0.19**2
    kappa = curvature.condition_number(curvature.second_moment(x))
    assert kappa == pytest.approx(formula, rel=0.02)
    signed = x * (2 * y[:, None] - 1)  # turned to one side, they have a mean and the same valley
    assert centring.mean_ratio(signed) > 5
    assert curvature.condition_number(curvature.second_moment(signed)) == pytest.approx(kappa)


@given(generators(), st.integers(2, 7))
def test_what_lies_across_is_what_the_projection_leaves(rng, d):
    u, v = rng.normal(size=(2, d))
    projection = np.eye(d) - np.outer(u, u) / (u @ u)
    np.testing.assert_allclose(centring.across(v, u), projection @ v, atol=1e-12)
    np.testing.assert_allclose(centring.across(v, np.ones(d)), v - v.mean(), atol=1e-12)
    h = np.diag(np.arange(1.0, d + 1))
    np.testing.assert_allclose(centring.across_both(h, u), projection @ h @ projection, atol=1e-11)


@given(generators(), st.floats(0.1, 5), st.floats(-5, 5), st.integers(2, 9))
def test_with_equal_means_the_centralised_gradient_is_that_of_the_bowl(rng, spread, mean, d):
    """H = s²I + μ²11ᵀ: PHe = s²Pe."""
    ones, e = np.ones(d), rng.normal(size=d)
    h = spread**2 * np.eye(d) + mean**2 * np.outer(ones, ones)
    slope = centring.centralised(gradients.quadratic(h, np.zeros(d)), ones)
    scale = spread**2 + d * mean**2
    np.testing.assert_allclose(slope(e), spread**2 * (e - e.mean()), atol=1e-12 * scale)


@given(generators())
def test_across_the_mean_any_inputs_have_the_gradient_of_centred_ones(rng):
    """P(Σ + mmᵀ)e = PΣe for P across m: no matter how the inputs vary."""
    x, e = batches(rng, n=30, d=4)
    m = x.mean(axis=0)
    raw, centred = curvature.second_moment(x), np.cov(x.T, bias=True)
    np.testing.assert_allclose(
        centring.across(raw @ e, m), centring.across(centred @ e, m), atol=1e-9
    )


def test_across_another_direction_than_the_mean_it_is_not():
    x, e = batches(np.random.default_rng(4))
    raw, centred = curvature.second_moment(x), np.cov(x.T, bias=True)
    apart = centring.across(raw @ e, np.ones(5)) - centring.across(centred @ e, np.ones(5))
    assert np.abs(apart).max() > 0.1


def test_no_centralised_step_changes_the_sum_of_the_weights():
    rng = np.random.default_rng(5)
    x, goal = batches(rng)
    start = rng.normal(size=5)
    raw = gradients.quadratic(curvature.second_moment(x), goal)
    slope = centring.centralised(raw, np.ones(5))
    walk = reading.path(descent.gradient_descent(slope, start, rate=0.01), steps=50)
    np.testing.assert_allclose(walk.sum(axis=1), start.sum())
    assert np.abs(walk[-1] - start).max() > 0.1


@pytest.fixture(scope="module")
def problems():
    rng = np.random.default_rng(6)
    x, goal = trials.uniform_problems(5, 300, 6, rng=rng)
    anywhere = rng.normal(size=goal.shape)
    unequal = x - 0.5 + rng.uniform(0, 2, size=(5, 1, 6))
    off_mean = centring.across(anywhere, unequal.mean(axis=1))
    return {"across": (x, goal), "anywhere": (x, anywhere), "unequal": (unequal, off_mean)}


@pytest.mark.parametrize("problem", ["across", "anywhere", "unequal"])
def test_each_of_the_four_centrings_walks_by_the_powers_of_its_own_matrix(problems, problem):
    """An independent oracle: e ← (1 − ηM)e with M = H, Σ, PH or P′H, P′ across the mean."""
    inputs, goals = problems[problem]
    found = centring.four_centrings(inputs, goals, tolerance=1e-3, limit=700)
    ones = np.ones(6)
    for i, (x, goal) in enumerate(zip(inputs, goals, strict=True)):
        m = x.mean(axis=0)
        h, sigma = x.T @ x / len(x), np.cov(x.T, bias=True)
        off = {name: np.eye(6) - np.outer(u, u) / (u @ u) for name, u in (("1", ones), ("m", m))}
        turns = {"raw": h, "inputs": sigma, "errors": sigma}
        turns |= {"gradient": off["1"] @ h, "weights": off["1"] @ h, "mean": off["m"] @ h}
        for name, turn in turns.items():
            values = np.linalg.eigvals(turn).real
            seen = values[values > 1e-9 * values.max()]
            step = np.eye(6) - 2 / (seen.max() + seen.min()) * turn
            k = found[name].steps[i]
            left = np.linalg.norm(np.linalg.matrix_power(step, k) @ goal) / np.linalg.norm(goal)
            assert found[name].left[i] == pytest.approx(left, rel=1e-6), name
            assert (left <= 1e-3) or k == 700, name
            assert found[name].kappa[i] == pytest.approx(seen.max() / seen.min(), rel=1e-6)


def test_over_the_samples_it_is_one_cure_and_over_the_inputs_another(problems):
    for inputs, goals in problems.values():
        found = centring.four_centrings(inputs, goals, tolerance=1e-3, limit=700)
        for one, other in ("inputs", "errors"), ("gradient", "weights"):
            np.testing.assert_array_equal(found[one].steps, found[other].steps)
            np.testing.assert_allclose(found[one].left, found[other].left, rtol=1e-6)


def test_a_goal_partly_along_the_ones_is_never_reached_and_that_part_is_left():
    rng = np.random.default_rng(7)
    x, _ = trials.uniform_problems(3, 200_000, 6, rng=rng)
    goal = rng.normal(size=(3, 6))
    found = centring.four_centrings(x, goal, tolerance=1e-4, limit=100)["gradient"]
    along = np.abs(goal.sum(axis=1)) / np.sqrt(6) / np.linalg.norm(goal, axis=1)
    # in samples the means are not quite equal, and the part across ends a little off
    np.testing.assert_allclose(found.left, along, rtol=0.02)


@given(numbers)
def test_the_ratio_of_a_mean_is_that_of_its_definition(shift):
    x = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 8.0]]) + shift
    expected = (x.mean(axis=0) ** 2).sum() / np.trace(np.cov(x.T, bias=True))
    assert centring.mean_ratio(x) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: centring.random_signs([1.0], rng=np.random.default_rng(0)), "x has shape"),
        (lambda: centring.mean_ratio(np.ones((3, 2))), "variance of x"),
        (lambda: centring.across([1.0, 2.0], [0.0, 0.0]), "squared length of the direction"),
        (lambda: centring.across([1.0, 2.0], [1.0]), "v has shape"),
        (lambda: centring.centred_errors([[1.0, np.nan]], [1.0]), "x = "),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
