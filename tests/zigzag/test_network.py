"""A real little network: exact gradients, one function in many parametrisations, and their cost."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from zigzag import data, descent
from zigzag.activations import ACTIVATIONS
from zigzag.log_loss import log_loss
from zigzag.network import (
    Network,
    absorbed,
    layers,
    loss_and_gradient,
    outputs,
    race,
    random_weights,
)
from zigzag.slopes import SLOPES


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_slope_agrees_with_central_differences(activation):
    a, slope = ACTIVATIONS[activation], SLOPES[activation]
    z = np.array([-30.0, -3.1, -0.7, -0.01, 0.01, 0.4, 2.3, 30.0])
    measured = (a(z + 1e-6) - a(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(slope(z, a(z)), measured, atol=1e-7)


def directional_error(objective, w, rng) -> float:
    """|claimed − measured| slope along one random direction, as a share of the larger."""
    v, h = rng.normal(size=w.shape), 1e-6
    measured = (objective(w + h * v)[0] - objective(w - h * v)[0]) / (2 * h)
    claimed = objective(w)[1] @ v
    return abs(claimed - measured) / max(abs(claimed), abs(measured))


@pytest.mark.parametrize("widths", [(2, 1), (2, 5, 1), (2, 6, 4, 1), (2, 6, 6, 3)])
@pytest.mark.parametrize("activation", ["tanh", "logistic", "gelu", "softsign"])
def test_backpropagation_agrees_with_central_differences(widths, activation):
    rng = np.random.default_rng(0)
    net = Network(widths, activation, shift=0.7)
    x, y = data.two_moons(20, rng=rng)
    objective = partial(loss_and_gradient, net, x=x, y=y)
    w = random_weights(net, rng=rng) + 0.1 * rng.normal(size=net.size)
    assert directional_error(objective, w, rng) < 1e-6


def test_a_gradient_wrong_by_half_a_per_mille_is_caught():
    rng = np.random.default_rng(1)
    net = Network((2, 6, 1))
    x, y = data.two_moons(20, rng=rng)

    def wrong(w):
        loss, g = loss_and_gradient(net, w, x, y)
        return loss, g * 1.0005

    for _ in range(10):
        assert directional_error(wrong, random_weights(net, rng=rng), rng) > 1e-4


def test_an_ensemble_is_its_members_in_a_row():
    rng = np.random.default_rng(2)
    net = Network((2, 40, 40, 1), "relu")  # wide enough for several blocks
    x, y = data.two_moons(100, rng=rng)
    w = random_weights(net, 2, 3, rng=rng)
    losses, gradients = loss_and_gradient(net, w, x, y)
    for i in np.ndindex(2, 3):
        loss, g = loss_and_gradient(net, w[i], x, y)
        assert losses[i] == pytest.approx(loss)
        np.testing.assert_allclose(gradients[i], g, atol=1e-14)


@pytest.mark.parametrize("shift", [-0.5, 0.25, 2.0])
def test_a_shift_absorbed_in_the_biases_changes_no_output(shift):
    rng = np.random.default_rng(3)
    net = Network((2, 8, 8, 1), "logistic")
    w, x = random_weights(net, rng=rng), rng.normal(size=(9, 2))
    shifted = replace(net, shift=shift)
    moved = outputs(shifted, absorbed(shifted, w), x)
    np.testing.assert_allclose(moved, outputs(net, w, x), atol=1e-12)


def test_any_function_may_be_an_activation_if_its_slope_comes_with_it():
    rng = np.random.default_rng(4)
    net = Network((2, 5, 1), np.sin, slope=lambda z, _: np.cos(z))
    x, y = data.two_moons(20, rng=rng)
    objective = partial(loss_and_gradient, net, x=x, y=y)
    assert directional_error(objective, random_weights(net, rng=rng), rng) < 1e-6


def test_two_softmax_logits_say_what_one_logit_says():
    rng = np.random.default_rng(5)
    f, y = rng.normal(size=(9, 1)), (rng.random(9) < 0.5) * 1.0
    one, delta = log_loss(f, y)
    two, deltas = log_loss(np.hstack([0 * f, f]), y)
    assert one == pytest.approx(two)
    np.testing.assert_allclose(deltas, np.hstack([-delta, delta]), atol=1e-15)


def test_huge_logits_neither_overflow_nor_lose_the_loss():
    with np.errstate(all="raise", under="ignore"):
        assert log_loss(np.array([[-1e5]]), np.array([1.0]))[0] == 1e5
        assert log_loss(np.array([[1e5, 0.0]]), np.array([1.0]))[0] == 1e5


def test_one_positive_sample_locks_whole_columns_and_centring_unlocks_them():
    """The weights into a unit, for a single sample: logistic hidden layers, and less their mean."""
    rng = np.random.default_rng(6)
    for activation, shift, locked in (("logistic", 0.0, True), ("logistic", -0.5, False)):
        net = Network((2, 32, 32, 1), activation, shift)
        g = loss_and_gradient(net, random_weights(net, rng=rng), [[0.3, -0.8]], [1.0])[1]
        for weights, _ in layers(net, g)[1:]:
            one_signed = (weights > 0).all(axis=0) | (weights < 0).all(axis=0)
            assert one_signed.all() if locked else not one_signed.any()


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
        path = descent.path(
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


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: Network((2, 0, 1)), "widths = 0"),
        (lambda: Network((2,)), "layers = 0"),
        (lambda: Network((2, 1), "sigmoid"), "activation = 'sigmoid'"),
        (lambda: Network((2, 1), np.sin), "slope = None"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(4), [[1, 2]], [1]), "w has shape"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(3), [[1, 2]], [1, 2]), "x, y have"),
        (lambda: outputs(Network((2, 1)), np.zeros(3), [[1, 2, 3]]), "x has shape"),
        (lambda: race(lambda w: (w, w), [1.0], rates=[0], target=1, limit=1), "rates = "),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
