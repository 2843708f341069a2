"""A race is won at its best rate; what a mean costs a real little network."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from zigzag import data, descent, reading
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.network import loss_and_gradient
from zigzag.race import best_common_rate, race

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


def test_at_the_best_common_rate_three_quarters_of_the_starts_arrive_first():
    rng = np.random.default_rng(3)
    starts, rates = rng.normal(size=(13, 2)), np.array([0.02, 0.1, 0.19, 0.5])
    best = best_common_rate(bowl, starts, rates=rates, target=1e-6, limit=500)
    alone = [best_common_rate(bowl, starts, rates=[rate], target=1e-6, limit=500) for rate in rates]
    upper = [one.quartiles[2] for one in alone]
    assert best.place == np.argmin(upper) == 2 and not best.edge
    np.testing.assert_allclose(best.quartiles, alone[2].quartiles)
    assert (best.steps < 500).sum() == 10  # nobody waits for the slowest quarter
    assert alone[0].edge and (alone[3].steps == 500).all()  # a rate that diverges


def test_an_arrival_lies_between_the_two_steps_about_it():
    starts, rate = np.array([[3.0, 0.0], [1.0, 0.0]]), 0.1
    best = best_common_rate(bowl, starts, rates=[rate], target=0.01, limit=99)
    # along one direction ln L falls by the same at every step, so the line is exact
    np.testing.assert_allclose(best.steps, np.log(0.02 / starts[:, 0] ** 2) / np.log(0.81), 1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_steps_at_a_common_rate_do_not_hang_on_the_last_bit(seed):
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
    here = best_common_rate(objective, starts, **settings)
    there = best_common_rate(on_another_processor, starts, **settings)
    np.testing.assert_allclose(here.steps, there.steps, rtol=1e-9)


def test_small_shifts_are_free_and_large_ones_grow_dear():
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
