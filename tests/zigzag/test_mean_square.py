"""The exact recursion of the mean square against all samples there are, and against walks."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators

from zigzag import data, descent, gradients, mean_square, penalty, reading, trials
from zigzag.activations import ACTIVATIONS, moments

UNIFORM = np.array([1 / 2, 1 / 3, 1 / 4, 1 / 5])
COIN = np.array([0.0, 1.0, 0.0, 1.0])


@st.composite
def laws(draw):
    """An input that takes two or three values: the values and their chances."""
    count = draw(st.integers(2, 3))
    rng = draw(generators())
    return rng.normal(size=count), rng.dirichlet(np.ones(count))


def every_sample(values, chances, d):
    """All samples of d such inputs, (k, d), and the chance of each, (k,)."""
    x = np.array(list(product(values, repeat=d)))
    chance = np.prod(list(product(chances, repeat=d)), axis=1)
    return x, chance


def parts(errors):
    """The squares along and across (1, …, 1) of errors (..., d), (..., 2)."""
    d = errors.shape[-1]
    along = errors.sum(axis=-1) ** 2 / d
    return np.stack([along, (errors**2).sum(axis=-1) - along], axis=-1)


@given(laws(), st.integers(2, 3), st.sampled_from([1, 2]), st.floats(0, 2), generators())
def test_the_mean_square_after_a_step_is_its_sum_over_all_batches_there_are(
    law, d, size, rate, rng
):
    x, chance = every_sample(*law, d)
    error = rng.normal(size=d)
    after = np.zeros(2)
    for batch in product(range(len(x)), repeat=size):
        chosen = x[list(batch)]
        moved = error - rate * (chosen @ error) @ chosen / size
        after += chance[list(batch)].prod() * parts(moved)
    values, chances = law
    powers = [chances @ values**k for k in range(1, 5)]
    m = mean_square.step_map(powers, d, rate, size)
    np.testing.assert_allclose(m @ parts(error), after, rtol=1e-9, atol=1e-12)


@given(laws(), st.integers(2, 6), st.floats(0, 2), generators())
def test_an_endless_batch_is_descent_on_the_second_moment(law, d, rate, rng):
    values, chances = law
    powers = [chances @ values**k for k in range(1, 5)]
    h = powers[0] ** 2 + (powers[1] - powers[0] ** 2) * np.eye(d)
    error = rng.normal(size=d)
    m = mean_square.step_map(powers, d, rate, np.inf)
    np.testing.assert_allclose(m @ parts(error), parts(error - rate * h @ error), atol=1e-9)


@pytest.mark.parametrize("kind", ["uniform", "centred", "relu", "logistic"])
@pytest.mark.parametrize("size", [1, 4])
def test_walks_shrink_in_the_mean_square_as_the_recursion_says(kind, size):
    d, walkers, steps = 12, 20_000, 12
    rng = np.random.default_rng(3)
    powers = data.powers(kind)
    rate = 0.7 * mean_square.fastest_rate(powers, d, size)
    goal = trials.zero_sum(d, rng=rng)

    def fresh():
        while True:
            x = data.inputs(kind, walkers, size, d, rng=rng)
            yield x, x @ goal

    walk = descent.gradient_descent(
        gradients.on_batches(fresh()), np.zeros((walkers, d)), rate=float(rate)
    )
    walked = parts(reading.path(walk, steps=steps)[-1] - goal)
    expected = np.linalg.matrix_power(mean_square.step_map(powers, d, rate, size), steps)
    expected = expected @ parts(goal)
    noise = walked.std(axis=0) / np.sqrt(walkers)
    assert (np.abs(walked.mean(axis=0) - expected) < 4 * noise).all()


KINDS = ("uniform", "centred", "relu", "logistic", "gelu", "tanh")


@given(
    st.sampled_from(KINDS), st.integers(2, 400), st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1)
)
def test_what_a_step_leaves_is_convex_in_the_rate(kind, d, size, low, high):
    powers = data.powers(kind)
    limit = 2 / ((powers[1] - powers[0] ** 2) + d * powers[0] ** 2)
    ends = limit * np.array([low, high])
    rho = mean_square.remainder(powers, d, np.array([*ends, ends.mean()]), size)
    assert rho[2] <= rho[:2].mean() * (1 + 1e-12)


@given(st.sampled_from(KINDS), st.integers(2, 400), st.floats(1, 1e6), st.floats(0, 2))
def test_no_rate_leaves_less_than_the_best_one(kind, d, size, share):
    powers = data.powers(kind)
    rate = mean_square.fastest_rate(powers, d, size)
    least = mean_square.remainder(powers, d, rate, size)
    assert least <= mean_square.remainder(powers, d, share * rate, size) * (1 + 1e-12)


def test_inputs_of_plus_and_minus_one_lose_one_part_of_d_in_each_step():
    d = np.array([2, 10, 100])
    assert mean_square.fastest_rate(COIN, d) == pytest.approx(1 / d, rel=1e-6)
    assert mean_square.remainder(COIN, d, 1 / d) == pytest.approx(1 - 1 / d)
    assert mean_square.fold_steps(COIN, d) == pytest.approx(-2 / np.log(1 - 1 / d))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_earns_less_the_more_there_are_and_half_in_the_half_pay_batch(kind):
    powers = data.powers(kind)
    sizes = np.geomspace(1, 1e5, 60)
    pay = mean_square.pay(powers, 64, sizes)
    assert pay[0] == pytest.approx(1) and (np.diff(pay) < 0).all()
    half = mean_square.exact_half_pay(powers, 64)
    assert mean_square.pay(powers, 64, half) == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "share"), [("uniform", 0.92), ("relu", 0.92), ("logistic", 0.94), ("centred", 0.70)]
)
def test_at_the_critical_size_a_sample_still_earns_far_more_than_half(kind, share):
    size = penalty.critical_batch(data.law(kind).q, 50)
    assert mean_square.pay(data.powers(kind), 50, size) == pytest.approx(share, abs=0.006)


@pytest.mark.parametrize("kind", ["uniform", "relu", "logistic", "gelu", "elu"])
def test_for_many_inputs_the_half_pay_batch_depends_on_q_alone(kind):
    limit = penalty.half_pay_batch(data.law(kind).q)
    assert mean_square.exact_half_pay(data.powers(kind), 1e6) == pytest.approx(limit, rel=1e-3)


def test_the_half_pay_batches_of_the_sites_inputs():
    quoted = {"logistic": 3.5, "uniform": 4.4, "relu": 15, "gelu": 28}  # by other code
    for kind, size in quoted.items():
        q = data.law(kind).q
        half = penalty.half_pay_batch(q)
        assert half == pytest.approx(size, rel=0.035)
        assert 0.7 < (1 + penalty.batch_ceiling(q)) / half < 1  # the rule of thumb
    assert penalty.half_pay_batch(0.0) == np.inf
    tiny = 1e-7
    assert penalty.half_pay_batch(tiny) == pytest.approx((4 + 2 * np.sqrt(2)) / tiny, rel=1e-2)


@given(st.floats(0.23, 1e6))
def test_one_more_than_the_ceiling_is_a_rule_of_thumb_for_half_pay(q):
    ratio = (1 + penalty.batch_ceiling(q)) / penalty.half_pay_batch(q)
    assert 2 / 3 < ratio <= 1 + 1e-9


@given(st.floats(0.05, 100), st.floats(0.05, 1.95))
def test_for_many_inputs_the_best_rate_fits_the_batch(q, t):
    size = penalty.batch_for_rate(q, t)
    if size < 1:
        return
    m = np.sqrt(q)
    powers = [m, q + 1, m**3 + 3 * m, q**2 + 6 * q + 3]  # normal inputs
    d = 1e6
    rate = mean_square.fastest_rate(powers, d, size)
    assert rate * d * q == pytest.approx(t, rel=1e-3)


@pytest.mark.parametrize("kind", [*data.UNIFORM, *ACTIVATIONS])
def test_the_powers_of_an_input_are_the_means_over_many_draws(kind):
    x = data.inputs(kind, 400_000, rng=np.random.default_rng(11))
    powers = data.powers(kind)
    for order, power in enumerate(powers, 1):
        noise = (x**order).std() / np.sqrt(x.size)
        assert abs((x**order).mean() - power) < 4.5 * noise + 1e-12
    assert powers[0] == pytest.approx(data.law(kind).mean, abs=1e-12)
    assert powers[1] - powers[0] ** 2 == pytest.approx(data.law(kind).variance)


def test_the_powers_of_relu_have_closed_forms():
    assert data.powers("relu") == pytest.approx(
        [1 / np.sqrt(2 * np.pi), 1 / 2, np.sqrt(2 / np.pi), 3 / 2], rel=1e-10
    )
    assert moments("relu").mean == pytest.approx(data.powers("relu")[0])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: mean_square.step_map([1.0, 1.0, 1.0, 1.0], 3, 0.1), "an input that varies"),
        (lambda: mean_square.step_map([0.0, 1.0, 0.0, 0.5], 3, 0.1), "an input that varies"),
        (lambda: mean_square.step_map(UNIFORM[:3], 3, 0.1), "4 entries"),
        (lambda: mean_square.step_map(UNIFORM, 1, 0.1), "dimension = 1"),
        (lambda: mean_square.step_map(UNIFORM, 3, -0.1), "rate = -0.1"),
        (lambda: mean_square.pay(UNIFORM, 3, 0.5), "size = 0.5"),
        (lambda: penalty.half_pay_batch(-1.0), "q = -1"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
