"""A race is won at its best rate; what a mean costs a real little network."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from strategies import generators

from zigzag import data, descent, reading
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.network import loss_and_gradient
from zigzag.race import race, rounded

RATES = np.geomspace(0.01, 30, 18)


def steps_to_fit(net, w, x, y, *, limit=1500, **options):
    shifted_start = absorbed(net, w)
    objective = partial(loss_and_gradient, net, x=x, y=y)
    return race(objective, shifted_start, rates=RATES, target=0.05, limit=limit, **options)


def test_the_race_is_won_at_the_best_of_its_rates():
    rng = np.random.default_rng(7)
    net = Network((2, 8, 1))
    x, y = data.two_moons(100, rng=rng)
    w = random_weights(net, 2, rng=rng)
    objective = partial(loss_and_gradient, net, x=x, y=y)
    result = race(objective, w, rates=RATES, target=0.3, limit=300)
    for start, steps, rate in zip(w, result.steps, result.rate, strict=True):
        path = reading.path(
            descent.gradient_descent(lambda w: objective(w)[1], start, rate=rate), steps=int(steps)
        )
        losses = objective(path)[0]
        assert losses[-1] <= 0.3 < losses[-2]
        alone = race(objective, start, rates=[rate], target=0.3, limit=300)
        assert alone.steps == steps and alone.loss == pytest.approx(losses[-1])


def test_a_race_that_nobody_wins_ends_at_its_limit():
    net, rng = Network((2, 4, 1)), np.random.default_rng(8)
    x, y = data.two_moons(40, rng=rng)
    w = random_weights(net, rng=rng)
    result = race(
        partial(loss_and_gradient, net, x=x, y=y), w, rates=[1e-6, 1e-5], target=1e-3, limit=7
    )
    assert result.steps == 7 and result.loss > 1e-3 and result.rate == 1e-5


def bowl(w):
    """Two directions, one nine times as steep: (loss, gradient)."""
    steepness = np.array([1.0, 9.0])
    return (steepness * w**2).sum(axis=-1) / 2, steepness * w


def test_a_time_lies_between_the_two_steps_about_the_arrival():
    starts, rate = np.array([[3.0, 0.0], [1.0, 0.0], [0.1, 0.0]]), 0.1
    won = race(bowl, starts, rates=[rate], target=0.01, limit=99)
    # along one direction ln L falls by the same at every step, so the line is exact
    expected = np.log(0.02 / starts[:, 0] ** 2) / np.log(0.81)
    np.testing.assert_allclose(won.time[:2], expected[:2])
    np.testing.assert_array_equal(np.ceil(won.time[:2]), won.steps[:2])
    assert won.steps[2] == won.time[2] == 0  # it was there before the first step


def test_who_does_not_arrive_has_the_time_of_the_limit():
    won = race(bowl, [[1.0, 1.0]], rates=[1e-4, 0.5], target=1e-9, limit=7)
    assert won.time == won.steps == 7


@given(generators())
def test_a_rounded_gradient_is_near_the_true_one_and_never_on_a_simple_fraction(rng):
    g = rng.normal(size=(3, 40)) * 10.0 ** rng.integers(-8, 8, size=(3, 1))
    loss, rough = rounded(lambda w: (w.sum(axis=-1), w))(g)
    largest = np.abs(g).max(axis=-1, keepdims=True)
    assert (np.abs(rough - g) <= largest / 5000).all() and (loss == g.sum(axis=-1)).all()
    assert len(np.unique(np.round(rough / largest, 12))) > 60  # and not much coarser than that
    assert not rounded(lambda w: (0.0, w))(np.zeros(4))[1].any()


@pytest.mark.parametrize("seed", range(3))
def test_times_by_rounded_gradients_do_not_hang_on_the_last_bit(seed):
    """Gradients wrong by as much as processors differ: at large rates a plain race would notice."""
    rng, noise = np.random.default_rng(9), np.random.default_rng(seed)
    x, y = data.two_moons(60, rng=rng)
    net = Network((2, 8, 8, 1))
    starts = random_weights(net, 5, rng=rng, gain=4.0)

    def objective(w):
        return loss_and_gradient(net, w, x, y)

    def on_another_processor(w):
        loss, g = objective(w)
        return loss, g * (1 + 3e-16 * noise.normal(size=g.shape))

    settings = {"rates": np.geomspace(2, 50, 5), "target": 0.03, "limit": 200}
    here = race(rounded(objective), starts, **settings)
    there = race(rounded(on_another_processor), starts, **settings)
    np.testing.assert_allclose(here.time, there.time, rtol=1e-9)
    plain = race(objective, starts, **settings).time
    assert not np.array_equal(plain, race(on_another_processor, starts, **settings).time)


def test_small_shifts_are_free_and_large_ones_cost_more_and_more():
    """Dose and response: tanh(z) + c, the same functions and the same start, for 3 networks."""
    rng = np.random.default_rng(9)
    x, y = data.two_moons(200, rng=rng)
    w = random_weights(Network((2, 32, 32, 1)), 3, rng=rng)
    none, small, large = (
        steps_to_fit(Network((2, 32, 32, 1), shift=c), w, x, y).steps.mean() for c in (0, 0.5, 1)
    )
    # quoted 36, 32, 110; networks spread by a third, so three of them by a fifth
    assert none == pytest.approx(36, rel=0.6) and small == pytest.approx(32, rel=0.6)
    assert large == pytest.approx(110, rel=0.6) and large > 2 * max(none, small)


@pytest.mark.parametrize("width", [8, 32])
def test_the_sigmoids_mean_costs_a_small_factor_in_a_real_network(width):
    rng = np.random.default_rng(10)
    x, y = data.two_moons(200, rng=rng)
    net = Network((2, width, width, 1), "logistic")
    w = random_weights(net, 3, rng=rng, gain=4.0)
    raw = steps_to_fit(net, w, x, y).steps
    centred = steps_to_fit(replace(net, shift=-0.5), w, x, y).steps
    assert 1.1 < np.median(raw / centred) < 6
