"""A real little network: its exact gradient, checked from outside."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators

from zigzag import data
from zigzag.activations import moments
from zigzag.architecture import Network, absorbed, layers, random_weights
from zigzag.network import (
    current_means,
    hidden_q,
    loss_and_gradient,
    outputs,
    starting_means,
)
from zigzag.race import race


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


def test_any_function_may_be_an_activation_if_its_slope_comes_with_it():
    rng = np.random.default_rng(4)
    net = Network((2, 5, 1), np.sin, slope=lambda z, _: np.cos(z))
    x, y = data.two_moons(20, rng=rng)
    objective = partial(loss_and_gradient, net, x=x, y=y)
    assert directional_error(objective, random_weights(net, rng=rng), rng) < 1e-6


def test_a_wide_layer_that_reads_noise_has_the_q_of_its_activation():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(2000, 50))
    for activation, shift in (("logistic", 0.0), ("relu", 0.0), ("tanh", 0.5)):
        net, law = Network((50, 1000, 1), activation, shift), moments(activation)
        expected = (law.mean + shift) ** 2 / law.variance  # by quadrature
        assert hidden_q(net, random_weights(net, rng=rng), x) == pytest.approx(expected, rel=0.05)


def test_one_positive_sample_locks_whole_columns_and_centring_unlocks_them():
    """The weights into a unit, for a single sample: logistic hidden layers, and less their mean."""
    rng = np.random.default_rng(6)
    for activation, shift, locked in (("logistic", 0.0, True), ("logistic", -0.5, False)):
        net = Network((2, 32, 32, 1), activation, shift)
        g = loss_and_gradient(net, random_weights(net, rng=rng), [[0.3, -0.8]], [1.0])[1]
        for weights, _ in layers(net, g)[1:]:
            one_signed = (weights > 0).all(axis=0) | (weights < 0).all(axis=0)
            assert one_signed.all() if locked else not one_signed.any()


def stepped(net, w, x, y, rate, **settings):
    """The weights after one step of descent."""
    return w - rate * loss_and_gradient(net, w, x, y, **settings)[1]


@given(
    generators(),
    st.sampled_from(["logistic", "relu", "tanh"]),
    st.floats(-2, 2),
    st.floats(0.01, 3),
)
def test_to_keep_a_constant_out_is_the_step_of_the_shifted_twin(rng, activation, mean, rate):
    widths = (2, 5, 4, 3)
    net, twin = Network(widths, activation), Network(widths, activation, shift=-mean)
    x, y = data.two_moons(12, rng=rng)
    w = random_weights(net, rng=rng) + 0.1 * rng.normal(size=net.size)
    theirs = stepped(twin, absorbed(twin, w), x, y, rate)
    ours = stepped(net, w, x, y, rate, centring=lambda layer, _: np.full(widths[layer + 1], mean))
    np.testing.assert_allclose(outputs(net, ours, x), outputs(twin, theirs, x), atol=1e-9)


@given(generators(), st.floats(-2, 2))
def test_who_keeps_the_current_mean_out_does_not_notice_a_shift(rng, shift):
    """Two networks that differ in a shift, and keep every mean out, stay the same function."""
    net, shifted = Network((2, 5, 4, 1), "logistic"), Network((2, 5, 4, 1), "logistic", shift)
    x, y = data.two_moons(12, rng=rng)
    w = random_weights(net, rng=rng, gain=4.0)
    v = absorbed(shifted, w)
    for _ in range(3):
        w = stepped(net, w, x, y, 2.0, centring=current_means)
        v = stepped(shifted, v, x, y, 2.0, centring=current_means)
    np.testing.assert_allclose(outputs(net, w, x), outputs(shifted, v, x), atol=1e-7)


def test_what_is_kept_out_is_the_mean_of_each_unit_over_the_samples():
    """The last layer by hand: centred inputs for the weights, and a bias that makes up for it."""
    rng = np.random.default_rng(5)
    net = Network((2, 6, 1), "relu")
    x, y = data.two_moons(30, rng=rng)
    w = random_weights(net, 3, rng=rng)
    (first, bias), (last, last_bias) = layers(net, w)
    h = np.maximum(x @ first + bias[:, None], 0)
    f = (h @ last)[..., 0] + last_bias
    delta = (1 / (1 + np.exp(-f)) - y) / len(x)
    mean = h.mean(axis=1)
    expected = np.einsum("kn,knj->kj", delta, h - mean[:, None])
    _, g = loss_and_gradient(net, w, x, y, centring=current_means)
    weights, biases = layers(net, g)[1]
    np.testing.assert_allclose(weights[..., 0], expected, atol=1e-15)
    # along this step the mean output moves by the bias of the centred layer alone
    moved = (mean * weights[..., 0]).sum(axis=-1) + biases[:, 0]
    np.testing.assert_allclose(moved, delta.sum(axis=1), atol=1e-15)
    for k in range(3):  # at the start, the starting mean is the current one
        fixed = starting_means(net, w[k], x)
        np.testing.assert_allclose(
            loss_and_gradient(net, w[k], x, y, centring=fixed)[1], g[k], atol=1e-15
        )


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: Network((2, 0, 1)), "widths = 0"),
        (lambda: Network((2,)), r"widths = \(2,\)"),
        (lambda: Network((2, 1), "sigmoid"), "activation = 'sigmoid'"),
        (lambda: Network((2, 1), np.sin), "slope = None"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(4), [[1, 2]], [1]), "w has shape"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(3), [[1, 2]], [1, 2]), "x, y have"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(3), [[1, 2]], [5]), "labels y"),
        (lambda: loss_and_gradient(Network((2, 1)), np.zeros(3), [[1, 2]], [0.5]), "labels y"),
        (lambda: loss_and_gradient(Network((2, 3)), np.zeros(9), [[1, 2]], [3]), "labels y"),
        (lambda: loss_and_gradient(Network((2, 3)), np.zeros(9), [[1, 2]], [1.5]), "labels y"),
        (
            lambda: random_weights(Network((2, 1)), rng=np.random.default_rng(), gain=np.nan),
            "gain = nan",
        ),
        (lambda: hidden_q(Network((2, 3, 1)), np.zeros(13), [[1, 2]]), "variance of the outputs"),
        (lambda: outputs(Network((2, 1)), np.zeros(3), [[1, 2, 3]]), "x has shape"),
        (lambda: race(lambda w: (w, w), [1.0], rates=[0], target=1, limit=1), "rates = "),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
