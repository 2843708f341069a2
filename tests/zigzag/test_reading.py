"""Three readings of one walk agree, and a walk that diverges says so."""

import warnings

import numpy as np

from zigzag import descent, gradients, reading
from zigzag.reading import typical

NORTHWEST = np.array([-1.0, 1.0])


def rays(half_angle):
    """Two unit inputs on the edges of a cone about northeast."""
    towards = np.radians([45 - half_angle, 45 + half_angle])
    return np.stack([np.cos(towards), np.sin(towards)], axis=1)


def test_every_reading_tells_the_same_story():
    g, start, goal = gradients.quadratic(np.diag([1.0, 3.0]), NORTHWEST), [4.0, 4.0], NORTHWEST
    rate = np.array([0.2, 0.5])
    path = reading.path(descent.gradient_descent(g, start, rate=rate), steps=60)
    errors = reading.errors(descent.gradient_descent(g, start, rate=rate), goal, steps=60)
    arrival = reading.arrival(
        descent.gradient_descent(g, start, rate=rate), goal, tolerance=1e-3, limit=60
    )
    distances = np.linalg.norm(path - goal, axis=-1)
    np.testing.assert_allclose(errors, distances / distances[0])
    assert arrival.steps.tolist() == (errors <= 1e-3).argmax(axis=0).tolist()
    np.testing.assert_allclose(arrival.error, errors[arrival.steps, [0, 1]])


def test_divergence_is_reported_and_leaves_the_others_alone():
    g, rates = gradients.quadratic(np.eye(2), NORTHWEST), [0.5, 2.5, 1e300]

    def walk():
        return descent.gradient_descent(g, np.zeros(2), rate=rates)

    with warnings.catch_warnings(action="error"):
        arrival = reading.arrival(walk(), NORTHWEST, tolerance=1e-6, limit=5000)
        path = reading.path(walk(), steps=5000)
    assert arrival.arrived.tolist() == [True, False, False]
    assert arrival.diverged.tolist() == [False, True, True]
    assert np.isfinite(path).all() and np.isfinite(arrival.error).all()
    assert arrival.steps.max() < 100  # nobody walks on once all have arrived or diverged


def test_who_diverges_does_not_depend_on_who_walks_beside():
    """A start far out has a far horizon, and nobody else has."""
    g, goal = gradients.quadratic(np.eye(2), NORTHWEST), NORTHWEST
    near, far = np.zeros(2), np.full(2, 1e9)

    def end(start):
        walk = descent.gradient_descent(g, start, rate=3.0)  # twice as far out at every step
        return reading.arrival(walk, goal, tolerance=1e-6, limit=99)

    both = end(np.stack([near, far]))
    assert both.steps.tolist() == [end(near).steps, end(far).steps]
    assert both.diverged.all()


def test_a_path_is_as_long_as_asked_for_and_starts_at_the_start():
    walk = descent.gradient_descent(lambda w: w, np.ones(3), rate=[[0.1], [0.2]])
    path = reading.path(walk, steps=4)
    assert path.shape == (5, 2, 1, 3) and (path[0] == 1).all()


def test_one_start_may_serve_a_whole_ensemble():
    x, rng = rays(30), np.random.default_rng(5)
    drawn = gradients.draws(x, x @ NORTHWEST, rng=rng, walkers=(4,))
    batches = [next(drawn) for _ in range(3)]
    one = reading.path(descent.kaczmarz(batches, np.zeros(2)), steps=3)
    four = reading.path(descent.kaczmarz(batches, np.zeros((4, 2))), steps=3)
    np.testing.assert_array_equal(one, four)


def test_the_typical_walk_takes_the_median_number_of_steps_and_ends_there():
    factors = np.array([0.9, 0.5, 0.7, 0.2, 0.6])[:, None]
    which, (walk,) = typical((factors**k for k in range(99)), [0.0], tolerance=0.01, limit=90)
    assert which == 4 and walk[-1] <= 0.01 < walk[-2]


def test_one_walker_is_typical_of_both_kinds():
    both = np.array([[0.5, 0.6, 0.7], [0.3, 0.2, 0.1]])[..., None]
    which, walks = typical((both**k for k in range(99)), [0.0], tolerance=0.01, limit=90)
    assert which == 1 and [len(walk) - 1 for walk in walks] == [10, 3]
