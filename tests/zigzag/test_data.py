"""Inputs to try things on, and the walk that does not notice that they were turned."""

import numpy as np
import pytest
from hypothesis import given
from strategies import dimensions, generators

from zigzag import cone, curvature, data, descent, gradients, reading


@given(dimensions, generators())
def test_a_rotation_keeps_all_lengths_and_angles(d, rng):
    q = data.rotation(d, rng=rng)
    np.testing.assert_allclose(q @ q.T, np.eye(d), atol=1e-12)


def test_rotations_have_no_favourite_direction():
    rng = np.random.default_rng(0)
    first = np.array([data.rotation(3, rng=rng)[:, 0] for _ in range(2000)])
    # a coordinate of a random direction in space is uniform on (−1, 1): mean 0, variance ⅓
    assert np.abs(first.mean(axis=0)).max() < 4 * np.sqrt(1 / 3 / 2000)
    assert np.abs((first**2).mean(axis=0) - 1 / 3).max() < 4 * np.sqrt(4 / 45 / 2000)


def rotation_test(d, n, seed):
    """Locked share, κ, GD steps and Kaczmarz steps: raw, rotated, centred; to 1e-4."""
    rng = np.random.default_rng(seed)
    x, goal, order = data.uniform(n, d, rng=rng), rng.normal(size=d), rng.integers(n, size=30_000)
    goal -= goal.mean()
    turn = data.rotation(d, rng=rng)
    rows = []
    for inputs, w in ((x, goal), (x @ turn.T, turn @ goal), (x - x.mean(axis=0), goal)):
        h, start = curvature.second_moment(inputs), np.zeros(d)
        walks = (
            descent.gradient_descent(gradients.quadratic(h, w), start, rate=curvature.best_rate(h)),
            descent.kaczmarz(zip(inputs[order], inputs[order] @ w, strict=True), start),
        )
        steps = [reading.arrival(k, w, tolerance=1e-4, limit=5000).steps.item() for k in walks]
        rows.append((cone.one_signed(inputs).mean(), curvature.condition_number(h).item(), *steps))
    return rows


def test_a_rotation_unlocks_every_sign_and_saves_no_step():
    raws, centred_rows = [], []
    for seed in range(8):
        raw, turned, centred = rotation_test(20, 2000, seed)
        assert raw[0] == 1 and turned[0] < 0.002
        assert turned[1] == pytest.approx(raw[1])
        assert abs(turned[2] - raw[2]) <= 1 and abs(turned[3] - raw[3]) <= 1  # rounding at the end
        raws.append(raw)
        centred_rows.append(centred)
    # quoted for one seed: κ 74.09, steps 313 and 847; centred 1.39, 5 and 342
    for rows, quoted in ((raws, (74.09, 313, 847)), (centred_rows, (1.39, 5, 342))):
        measured = np.array(rows)[:, 1:]
        spread = measured.std(axis=0, ddof=1)
        assert (np.abs(measured.mean(axis=0) - quoted) < 4 * spread + 0.5).all()


def test_turning_the_plane_by_45_degrees_unlocks_half_the_samples():
    x = data.uniform(4000, 2, rng=np.random.default_rng(1))
    turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    share = cone.one_signed(x @ turn.T).mean()
    assert abs(share - 0.5) < 4 * np.sqrt(0.25 / 4000)
    quarter = np.array([[0, -1], [1, 0]])
    assert (x @ quarter.T @ quarter >= -1).all() and cone.one_signed(x @ quarter.T).mean() == 0
    mean = turn @ x.mean(axis=0)
    assert ((x @ turn.T) @ mean > 0).all()  # what no rotation removes


def test_moons_are_two_half_circles():
    x, y = data.two_moons(200, rng=np.random.default_rng(2), noise=0.0)
    assert (y == 0).sum() == (y == 1).sum() == 100
    middle = np.where(y[:, None] == 1, [1.0, 0.5], [0.0, 0.0])
    np.testing.assert_allclose(np.linalg.norm(x - middle, axis=1), 1)


def test_classes_sit_at_their_centres():
    x, y = data.gaussian_classes(4000, rng=np.random.default_rng(3))
    for label, sign in ((1, 1), (0, -1)):
        error = x[y == label].mean(axis=0) - sign * np.array([0.4, 0.8])
        assert np.abs(error).max() < 4 * 0.19 / np.sqrt(2000)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda rng: data.uniform(3, rng=rng, low=1, high=0), "low = 1"),
        (lambda rng: data.uniform(3, rng=rng, high=np.inf), "high = inf"),
        (lambda rng: data.two_moons(1, rng=rng), "n = 1"),
        (lambda rng: data.gaussian_classes(9, rng=rng, std=0), "std = 0"),
        (lambda rng: data.rotation(0, rng=rng), "dimension = 0"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call(np.random.default_rng())
