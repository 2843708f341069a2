"""One neuron: the sign lemma in its five forms, and a gradient checked from outside."""

import numpy as np
import pytest
from hypothesis import given
from strategies import generators, negative_inputs, nonnegative_inputs, positive_inputs, samples

from zigzag import neuron


@given(samples(positive_inputs))
def test_positive_inputs_give_every_component_the_sign_of_the_error(sample):
    g, delta = neuron.sample_gradients(*sample), neuron.error_signal(*sample)
    assert (np.sign(g) == np.sign(delta)[:, None]).all()


@given(samples(nonnegative_inputs))
def test_zeros_in_the_input_give_zeros_in_the_gradient_and_no_other_sign(sample):
    g, delta = neuron.sample_gradients(*sample), neuron.error_signal(*sample)
    assert (delta[:, None] * g >= 0).all()
    assert (g[sample[1] == 0] == 0).all()


@given(samples(negative_inputs))
def test_negative_inputs_lock_the_signs_just_as_well(sample):
    g, delta = neuron.sample_gradients(*sample), neuron.error_signal(*sample)
    assert (np.sign(g) == -np.sign(delta)[:, None]).all()


@given(samples(positive_inputs), generators())
def test_constant_signs_are_a_relabelling_of_positive_ones(sample, rng):
    w, x, y = sample
    flips = rng.choice([-1.0, 1.0], size=len(w))
    flipped = neuron.sample_gradients(w * flips, x * flips, y)
    np.testing.assert_array_equal(flipped * flips, neuron.sample_gradients(w, x, y))


@given(samples(), generators())
def test_inputs_in_a_half_space_lock_the_projection_on_its_normal(sample, rng):
    w, x, y = sample
    u = rng.normal(size=len(w))
    x = x * np.where(x @ u < 0, -1.0, 1.0)[:, None]
    g, delta = neuron.sample_gradients(w, x, y), neuron.error_signal(w, x, y)
    assert (delta * (g @ u) >= 0).all()


def test_a_bias_joins_the_lock_because_its_input_is_one():
    x = np.array([[0.3, 0.8, 1.0]])
    assert (neuron.gradient([1.0, -2.0, 0.5], x, [3.0]) < 0).all()


def test_two_examples_may_already_disagree():
    g = neuron.gradient([0.0, 0.0], [[1.0, 0.1], [0.1, 1.0]], [1.0, -1.0])
    assert g[0] < 0 < g[1]


def directional_error(gradient, w, x, y, rng) -> float:
    """|claimed − measured| slope along one random direction, as a share of the larger."""
    v = rng.normal(size=w.shape)
    h = 1e-5 * (1 + np.abs(w).max())
    measured = (neuron.loss(w + h * v, x, y) - neuron.loss(w - h * v, x, y)) / (2 * h)
    claimed = gradient(w, x, y) @ v
    return abs(claimed - measured) / max(abs(claimed), abs(measured))


def test_the_gradient_agrees_with_central_differences():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        w, x, y = rng.normal(size=5), rng.normal(size=(7, 5)), rng.normal(size=7)
        assert directional_error(neuron.gradient, w, x, y, rng) < 1e-6


def test_a_gradient_wrong_by_half_a_per_mille_is_caught():
    def wrong(w, x, y):
        return neuron.gradient(w, x, y) * 1.0005

    for seed in range(20):
        rng = np.random.default_rng(seed)
        w, x, y = rng.normal(size=5), rng.normal(size=(7, 5)), rng.normal(size=7)
        assert directional_error(wrong, w, x, y, rng) > 1e-4


@given(samples())
def test_the_batch_gradient_is_the_mean_of_the_samples(sample):
    g = neuron.sample_gradients(*sample)
    np.testing.assert_allclose(
        neuron.gradient(*sample), g.mean(axis=0), rtol=1e-9, atol=1e-9 * np.abs(g).max(initial=1)
    )


@given(generators())
def test_an_ensemble_is_its_members_in_a_row(rng):
    w, x, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 6, 3)), rng.normal(size=(4, 6))
    for whole in (neuron.predict, neuron.loss, neuron.gradient, neuron.sample_gradients):
        arguments = (w, x) if whole is neuron.predict else (w, x, y)
        one_by_one = [whole(*member) for member in zip(*arguments, strict=True)]
        np.testing.assert_allclose(whole(*arguments), one_by_one, rtol=1e-12, atol=1e-12)


def test_one_input_needs_no_batch_around_it():
    assert neuron.predict([1.0, 2.0], [3.0, 4.0]) == 11
    assert neuron.gradient([1.0, 2.0], [3.0, 4.0], 10.0).tolist() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("w", "x", "y", "names"),
    [
        ([1.0, 2.0, 3.0], [[1.0, 2.0]], [1.0], "w has shape"),
        ([1.0, 2.0], np.empty((0, 2)), [], "x has shape"),
        ([1.0, 2.0], [[1.0, np.nan]], [1.0], "x = .*finite"),
        ([1.0, 2.0], [[1.0, 2.0]], [1.0, 2.0], "y has shape"),
        ([1.0, np.inf], [[1.0, 2.0]], [1.0], "w = .*finite"),
    ],
)
def test_bad_input_is_named(w, x, y, names):
    with pytest.raises(ValueError, match=names):
        neuron.gradient(w, x, y)
