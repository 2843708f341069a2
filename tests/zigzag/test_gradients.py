"""Where gradients come from: batches and samples against the neuron's own gradient."""

from itertools import cycle

import numpy as np
import pytest
from hypothesis import given
from strategies import generators

from zigzag import curvature, descent, gradients, neuron, reading


@given(generators())
def test_a_batch_gives_the_neurons_gradient_and_a_sample_its_share(rng):
    x, y, w = rng.normal(size=(5, 3)), rng.normal(size=5), rng.normal(size=3)
    np.testing.assert_allclose(gradients.on_batches([(x, y)])(w), neuron.gradient(w, x, y))
    shares = gradients.on_samples([(x, y)])(np.tile(w, (5, 1)))
    np.testing.assert_allclose(shares, neuron.sample_gradients(w, x, y))


@given(generators())
def test_without_noise_the_full_batch_is_a_quadratic(rng):
    x, goal, w = rng.normal(size=(9, 3)), rng.normal(size=3), rng.normal(size=3)
    bowl = gradients.quadratic(curvature.second_moment(x), goal)
    np.testing.assert_allclose(bowl(w), neuron.gradient(w, x, x @ goal), atol=1e-12)


@given(generators())
def test_a_spike_is_the_quadratic_of_equal_variances_and_a_mean(rng):
    goal, w, mean = rng.normal(size=(2, 4)), rng.normal(size=(7, 2, 4)), rng.normal(size=4)
    h = 0.3 * np.eye(4) + np.outer(mean, mean)
    ours = gradients.spiked(mean, 0.3, goal)(w)
    np.testing.assert_allclose(ours, gradients.quadratic(h, goal)(w), atol=1e-12)


@pytest.mark.parametrize(("size", "walkers"), [(None, ()), (None, (4,)), (3, ()), (3, (2, 4))])
def test_draws_are_samples_of_the_data_fresh_for_each_walker(size, walkers):
    x = np.arange(12.0).reshape(6, 2)
    drawn = gradients.draws(x, x[:, 0], rng=np.random.default_rng(0), size=size, walkers=walkers)
    a, y = next(drawn)
    shape = walkers + (() if size is None else (size,))
    assert a.shape == (*shape, 2) and y.shape == shape
    assert (a[..., 0] == y).all() and (a[..., 1] == y + 1).all()
    again, _ = next(drawn)
    assert shape == () or (again != a).any()


def test_the_same_generator_draws_the_same_samples():
    x = np.arange(12.0).reshape(6, 2)
    one, two = (gradients.draws(x, x[:, 0], rng=np.random.default_rng(7)) for _ in "ab")
    assert all((next(one)[0] == next(two)[0]).all() for _ in range(20))


def test_single_samples_are_not_mistaken_for_a_batch():
    x, y = np.ones((4, 2)), np.ones(4)
    with pytest.raises(ValueError, match=r"x has shape \(4, 2\), like w"):
        gradients.on_batches([(x, y)])(np.zeros((4, 2)))
    shared = gradients.on_batches([(x[None], y[None])])(np.zeros((4, 2)))
    np.testing.assert_allclose(shared, -np.ones((4, 2)))


@given(generators())
def test_a_normalised_step_on_one_sample_is_kaczmarz(rng):
    x, goal, rate = rng.uniform(size=(7, 3)), rng.normal(size=3), rng.uniform(0.1, 1.9)
    samples = gradients.normalised(gradients.cycled(x, x @ goal))
    walk = reading.path(descent.gradient_descent(samples, np.zeros(3), rate=rate), steps=9)
    one_by_one = cycle(list(zip(x, x @ goal, strict=True)))
    kaczmarz = reading.path(descent.kaczmarz(one_by_one, np.zeros(3), relaxation=rate), steps=9)
    np.testing.assert_allclose(walk, kaczmarz, atol=1e-12)


def test_a_batch_of_zeros_moves_nobody():
    assert not gradients.normalised([(np.zeros((2, 3)), np.ones(2))])(np.ones(3)).any()


def test_cycled_batches_keep_the_datas_order_for_ever():
    batches = gradients.cycled(np.arange(10.0).reshape(5, 2), np.arange(5.0), size=3)
    seen = np.concatenate([next(batches)[1] for _ in range(5)])
    assert seen.tolist() == [0, 1, 2, 3, 4] * 3


def test_cycled_batches_need_one_value_a_sample():
    with pytest.raises(ValueError, match=r"x, y have shapes \(3, 2\), \(2,\)"):
        gradients.cycled(np.zeros((3, 2)), np.zeros(2))
