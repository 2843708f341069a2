"""One long valley: the condition number, the rate it allows, the spike, the bias, the cures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators, spectra

from zigzag import curvature, data, descent, gradients, normalise, penalty, reading, spectrum
from zigzag.activations import moments

qs = st.floats(0.0, 100.0)


def iid_second_moment(q, d, variance=1.0, *, bias=False):
    """The exact E[xxᵀ] of d iid inputs, with a last input that is always 1 if there is a bias."""
    mean = np.full(d, np.sqrt(q * variance))
    h = variance * np.eye(d) + np.outer(mean, mean)
    return np.block([[h, mean[:, None]], [mean[None, :], np.ones((1, 1))]]) if bias else h


@given(qs, st.integers(1, 40), st.booleans(), st.floats(0.05, 5.0))
def test_the_formula_is_the_ratio_of_eigenvalues(q, d, bias, variance):
    expected = curvature.condition_number(iid_second_moment(q, d, variance, bias=bias))
    formula = penalty.iid_condition_number(q, d, bias=bias, variance=variance)
    assert formula == pytest.approx(expected, rel=1e-6)


@given(qs, st.integers(2, 40), st.floats(0.05, 5.0))
def test_a_bias_makes_it_worse_and_an_exact_bias_makes_it_one(q, d, variance):
    h = iid_second_moment(q, d, variance, bias=True)
    assert curvature.condition_number(h) >= penalty.iid_condition_number(q, d) * (1 - 1e-9)
    np.testing.assert_allclose(curvature.schur_complement(h), variance * np.eye(d), atol=1e-9)


@given(generators())
def test_centring_an_exact_bias_and_the_natural_gradient_are_one_thing(rng):
    n, d = 40, 4
    x, y = rng.normal(size=(n, d)) + rng.normal(size=d), rng.normal(size=n)
    extended = np.column_stack([x, np.ones(n)])
    h, centred = curvature.second_moment(extended), normalise.centre(x)
    sigma, g = curvature.second_moment(centred), -extended.T @ y / n
    np.testing.assert_allclose(curvature.schur_complement(h), sigma, atol=1e-12)
    natural = np.linalg.solve(h, g)  # of the weights and the bias, from zero
    weights = np.linalg.solve(sigma, -centred.T @ (y - y.mean()) / n)
    np.testing.assert_allclose(natural[:-1], weights, atol=1e-12)
    assert natural[-1] == pytest.approx(-y.mean() - x.mean(axis=0) @ weights, abs=1e-12)
    # and one step on centred inputs is one raw step, preconditioned by PPᵀ
    p = np.block([[np.eye(d), np.zeros((d, 1))], [-x.mean(axis=0)[None, :], np.ones((1, 1))]])
    on_centred = np.append(-centred.T @ y, -y.sum()) / n
    np.testing.assert_allclose(p @ p.T @ g, p @ on_centred, atol=1e-12)


@pytest.mark.parametrize(
    ("activation", "kappas"),
    [("relu", (30.9, 240)), ("logistic", (369.8, 2951.7)), ("leaky_relu", (22.9, 177))]
    + [("gelu", (15.7, 119)), ("silu", (9.7, 71)), ("elu", (3.7, 22)), ("tanh", (1, 1))],
)
def test_the_table_of_condition_numbers_comes_out(activation, kappas):
    ours = penalty.iid_condition_number(moments(activation).q, [64, 512])
    assert ours == pytest.approx(kappas, abs=0.51, rel=2e-3)


@pytest.mark.parametrize(
    ("activation", "variance", "kappa"),
    [("relu", None, 387.8), ("logistic", None, 6694), ("uniform", 1 / 12, 3500)],
)
def test_the_table_with_a_bias_comes_out(activation, variance, kappa):
    m = None if variance else moments(activation)
    q, v = (3.0, variance) if m is None else (m.q, m.variance)
    assert penalty.iid_condition_number(q, 64, bias=True, variance=v) == pytest.approx(
        kappa, rel=2e-4
    )
    if activation == "logistic":  # even the best rate of its own for the bias
        scale = np.append(np.ones(64), np.sqrt(v * (1 + 64 * q)))
        h = iid_second_moment(q, 64, v, bias=True) * np.outer(scale, scale)
        assert curvature.condition_number(h) == pytest.approx(1477, rel=1e-3)


def test_a_bias_to_learn_takes_six_times_the_steps_and_centring_a_fifth():
    """Steps to 1e-4, d = 20: zero-sum weights, and a bias of 1; medians over 8 data sets."""
    kinds, goals = [], []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        x, goal = data.uniform(2000, 20, rng=rng), rng.normal(size=20)
        centred, ones = normalise.centre(x), np.ones((2000, 1))
        standardised = centred / centred.std(axis=0)
        with_bias = [np.hstack([inputs, ones]) for inputs in (x, centred, standardised)]
        kinds.append([curvature.second_moment(inputs) for inputs in (x, *with_bias)])
        goals.append(np.append(goal - goal.mean(), 1.0))
    rows = []
    for hs in map(np.array, zip(*kinds, strict=True)):  # all data sets at once
        w = np.array(goals)[:, : hs.shape[-1]]
        slope, rate = gradients.quadratic(hs, w), curvature.best_rate(hs)
        walk = descent.gradient_descent(slope, 0 * w, rate=rate)
        rows.append(reading.arrival(walk, w, tolerance=1e-4, limit=3000).steps)
    # raw without a bias, raw, centred, standardised: quoted for one data set each
    medians, spread = np.median(rows, axis=1), np.std(rows, axis=1, ddof=1)
    assert (np.abs(medians - (313, 1731, 63, 5)) < 4 * spread + 1).all()


@pytest.mark.parametrize(
    ("q", "d", "steps", "theory"),
    [(3.0, 2, 49, 48.0), (3.0, 10, 215, 214.1), (3.0, 64, 1334, 1333.2)]
    + [(5.763152524, 2, 87, 86.3), (5.763152524, 64, 2555, 2554.7), (0.0, 64, 1, 1.0)],
)
def test_descent_takes_as_many_steps_as_the_condition_number_says(q, d, steps, theory):
    h, start = iid_second_moment(q, d), np.random.default_rng(d).normal(size=d)
    assert curvature.steps_to(1e-6, curvature.contraction(h)) == pytest.approx(theory, abs=0.1)
    walk = descent.gradient_descent(
        gradients.quadratic(h, np.zeros(d)), start, rate=curvature.best_rate(h)
    )
    arrival = reading.arrival(walk, np.zeros(d), tolerance=1e-6, limit=5000)
    # every component shrinks by exactly ρ, so the start does not matter; one step for κ = 1
    assert abs(arrival.steps - steps) <= 1


def test_a_rate_of_one_over_the_steepest_does_not_zigzag_and_is_twice_as_slow():
    h, slow, zero = iid_second_moment(3.0, 2, 1 / 12), np.array([1.0, -1.0]), np.zeros(2)
    top = curvature.eigenvalues(h)[-1]
    g = gradients.quadratic(h, zero)
    walk = descent.gradient_descent(g, slow, rate=1 / top)
    assert reading.arrival(walk, zero, tolerance=1e-6, limit=999).steps == 90
    start = np.array([1.0, -0.4])
    fast = reading.path(descent.gradient_descent(g, start, rate=curvature.best_rate(h)), steps=30)
    directions = np.sign(np.diff(fast, axis=0).sum(axis=1))
    assert (directions[1:] == -directions[:-1]).all()
    calm = reading.path(descent.gradient_descent(g, start, rate=1 / top), steps=30)
    steps = np.diff(calm, axis=0)
    assert (np.vecdot(steps[1:], steps[:-1]) > 0).all()


def test_two_chosen_steps_finish():
    h, start = iid_second_moment(3.0, 5, 1 / 12), np.arange(5.0)
    least, top = curvature.eigenvalues(h)[[0, -1]]
    once = start - h @ start / top
    assert np.linalg.norm(once - h @ once / least) < 1e-12


@pytest.mark.parametrize(("d", "kappa"), [(2, 6.976), (10, 31.17), (50, 154.0)])
def test_samples_have_the_condition_number_of_the_formula(d, kappa):
    n = 100_000
    x = data.uniform(n, d, rng=np.random.default_rng(d))
    measured = curvature.condition_number(curvature.second_moment(x))
    # sampling spreads the flat directions by √(d/n) each way, which can only raise κ
    assert measured == pytest.approx(1 + 3 * d, rel=2 * np.sqrt(d / n) + 0.01)
    assert measured == pytest.approx(kappa, rel=2 * np.sqrt(d / n) + 0.01)


@given(generators())
def test_rotating_the_inputs_changes_no_eigenvalue_and_no_step(rng):
    x, goal = data.uniform(50, 4, rng=rng), rng.normal(size=4)
    turn = data.rotation(4, rng=rng)
    h, turned = curvature.second_moment(x), curvature.second_moment(x @ turn.T)
    np.testing.assert_allclose(curvature.eigenvalues(turned), curvature.eigenvalues(h), atol=1e-12)
    plain, rotated = (
        reading.path(
            descent.gradient_descent(
                gradients.quadratic(m, g), np.zeros(4), rate=curvature.best_rate(h)
            ),
            steps=20,
        )
        for m, g in ((h, goal), (turned, turn @ goal))
    )
    np.testing.assert_allclose(rotated, plain @ turn.T, atol=1e-10)


def test_efficient_backprops_example_has_its_eigenvalues_and_a_catch():
    spectra = []
    for seed in range(40):
        x, _ = data.gaussian_classes(100, rng=np.random.default_rng(seed))
        spectra.append(curvature.eigenvalues(curvature.second_moment(x)))
    least, top = np.mean(spectra, axis=0)
    assert (least, top) == pytest.approx((0.036, 0.84), rel=0.05)
    assert 2 / top == pytest.approx(2.38, rel=0.03)
    with_bias = curvature.second_moment(np.column_stack([x, np.ones(100)]))
    assert 2 / curvature.eigenvalues(with_bias)[-1] == pytest.approx(2.0, rel=0.02)
    for h, rate, diverges in [(with_bias[:2, :2], 2.2, False), (with_bias, 2.2, True)] + [
        (with_bias, 1.5, False),
        (with_bias, 2.5, True),
    ]:
        goal = np.zeros(len(h))
        walk = descent.gradient_descent(gradients.quadratic(h, goal), goal + 1.0, rate=rate)
        end = reading.arrival(walk, goal, tolerance=1e-4, limit=3000)
        assert (bool(end.diverged), bool(end.arrived)) == (diverges, not diverges)


@given(spectra())
def test_the_best_rate_is_best(h):
    def worst(rate):
        return np.abs(1 - rate * curvature.eigenvalues(h)).max()

    best = curvature.best_rate(h)
    assert worst(best) == pytest.approx(curvature.contraction(h), abs=1e-12)
    assert worst(best) <= min(worst(best * 1.01), worst(best / 1.01))


def test_a_large_matrix_does_not_excuse_the_one_beside_it():
    lopsided = np.array([[1.0, 0.5], [0.0, 1.0]])
    both = np.stack([1e12 * np.eye(2), lopsided])
    for function in (curvature.condition_number, curvature.eigenvalues, curvature.schur_complement):
        with pytest.raises(ValueError, match="symmetric"):
            function(both)
    tiny = np.stack([np.eye(2), 1e-12 * np.eye(2) + 1e-24 * lopsided])  # rounding of its own
    assert curvature.condition_number(tiny) == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: curvature.condition_number(np.zeros((2, 2))), "positive definite"),
        (lambda: curvature.condition_number([[1.0, 2.0], [0.0, 1.0]]), "symmetric"),
        (lambda: curvature.condition_number(np.ones((2, 3))), "symmetric"),
        (lambda: curvature.second_moment(np.empty((0, 2))), "x has shape"),
        (lambda: penalty.iid_condition_number(-1, 2), "q = -1"),
        (lambda: penalty.iid_condition_number(1, 0), "dimension = 0"),
        (lambda: penalty.iid_condition_number(1, 2, bias=True, variance=0), "variance = 0"),
        (lambda: spectrum.spike(100, 400, 0.01, 1.0), "mean = 0.01"),
        (lambda: curvature.steps_to(1e-6, 1.0), "contraction = 1"),
        (lambda: curvature.schur_complement(np.zeros((2, 2))), "last diagonal entry"),
        (lambda: curvature.schur_complement(np.ones((2, 3))), "symmetric"),
        (lambda: curvature.condition_number(np.eye(2), flat=2), "flat = 2"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
