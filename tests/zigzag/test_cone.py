"""The cone of allowed moves: detours as norms, and against a linear programme."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from strategies import dimensions, generators, half_angles, nonzero, vectors

from zigzag import cone, track
from zigzag.activations import ACTIVATIONS, moments


@given(vectors())
def test_the_detour_costs_between_nothing_and_a_factor_root_two(t):
    length = np.linalg.norm(t)
    assert length * (1 - 1e-12) <= cone.detour(t) <= np.sqrt(2) * length * (1 + 1e-12)


@given(dimensions, generators(), st.floats(-5, 5))
def test_the_detour_is_a_norm(d, rng, factor):
    s, t = rng.normal(size=(2, d))
    assert cone.detour(factor * t) == pytest.approx(abs(factor) * cone.detour(t))
    assert cone.detour(s + t) <= cone.detour(s) + cone.detour(t) + 1e-12


@given(vectors(2))
def test_in_the_plane_it_is_round_on_two_sides_and_a_diamond_on_the_other_two(t):
    a, b = t
    expected = np.hypot(a, b) if a * b >= 0 else abs(a) + abs(b)
    assert cone.detour(t) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("d", "mean"), [(2, 1.137), (3, 1.213), (5, 1.292), (10, 1.357), (100, 1.409), (1000, 1.4137)]
)
def test_random_goals_pay_more_the_more_weights_there_are(d, mean):
    t = np.random.default_rng(d).normal(size=(20_000, d))
    ratio = cone.detour(t) / np.linalg.norm(t, axis=1)
    assert abs(ratio.mean() - mean) < 4 * ratio.std() / np.sqrt(len(t)) + 6e-4  # 6e-4: rounding


def shortest_walk(t, axis, half_angle, rays=4000):
    """The cone's detour in the plane by linear programming over many steps ±ray."""
    towards = np.arctan2(axis[1], axis[0]) + np.linspace(-half_angle, half_angle, rays + 1)
    steps = np.stack([np.cos(towards), np.sin(towards)])
    return linprog(np.ones(2 * rays + 2), A_eq=np.hstack([steps, -steps]), b_eq=t).fun


@pytest.mark.parametrize("half_angle", np.radians([5, 22.6, 45, 80]))
@pytest.mark.parametrize("goal", np.radians([0, 30, 60, 90]))
def test_the_cone_formula_agrees_with_a_linear_programme(half_angle, goal):
    axis = np.array([2.0, 1.0])
    towards = np.arctan2(1.0, 2.0) + goal
    t = 3 * np.array([np.cos(towards), np.sin(towards)])
    # 4000 rays are at most φ/4000 apart: the programme is too long by less than 1e-6
    expected = shortest_walk(t, axis, half_angle)
    assert cone.cone_detour(t, axis, half_angle) == pytest.approx(expected, rel=1e-6)


@given(nonzero(st.just(4)), nonzero(st.just(4)), half_angles)
def test_the_walk_stays_in_the_cone_and_is_as_long_as_the_formula_says(t, axis, half_angle):
    walk = cone.cone_walk(t, axis, half_angle)
    steps, u = np.diff(walk, axis=0), axis / np.linalg.norm(axis)
    across = np.linalg.norm(steps - (steps @ u)[:, None] * u, axis=1)
    tolerance = 1e-9 * cone.cone_detour(t, axis, half_angle)
    assert (across <= np.sin(half_angle) * np.linalg.norm(steps, axis=1) + tolerance).all()
    assert np.array_equal(walk[-1], t)
    assert track.path_length(walk) == pytest.approx(cone.cone_detour(t, axis, half_angle), rel=1e-9)


@given(nonzero(st.just(4)), nonzero(st.just(4)), half_angles)
def test_a_narrower_cone_never_shortens_a_walk(t, axis, half_angle):
    narrow, wide = cone.cone_detour(t, axis, np.array([half_angle / 2, half_angle]))
    assert narrow >= wide >= np.linalg.norm(t) * (1 - 1e-12)


def test_across_the_mean_the_detour_is_the_root_of_one_plus_q():
    for name, factor in {"logistic": 2.60, "softplus": 1.84, "relu": 1.21, "tanh": 1.0}.items():
        across = cone.cone_detour([1.0, -1.0], [1.0, 1.0], moments(name).half_angle) / np.sqrt(2)
        assert across == pytest.approx(np.sqrt(1 + moments(name).q))
        assert across == pytest.approx(factor, abs=0.006)


@given(nonzero())
def test_any_goal_is_two_moves_and_one_reversal_away(t):
    walk = np.array([0 * t, np.maximum(t, 0), t])
    assert cone.one_signed(np.diff(walk, axis=0)).all()
    assert track.path_length(walk) == pytest.approx(cone.detour(t))
    assert track.reversals(walk) == (0 if cone.one_signed(t) else 1)


def test_a_corridor_costs_moves_in_inverse_proportion_to_its_width():
    assert cone.corridor_moves(1, [0.5, 0.1, 0.01], np.pi / 4).tolist() == [2, 10, 100]
    assert cone.corridor_moves(1, [0.5, 0.1, 0.01], np.radians(22.6)).tolist() == [5, 25, 241]
    assert cone.corridor_moves(2, 0.1, np.radians([45, 22.6])).tolist() == [20, 49]


@given(st.floats(0.5, 3.0), st.floats(0.05, 1.0), st.floats(0.05, 1.5))
def test_the_corridors_walk_stays_inside_and_is_as_long_in_any_width(distance, width, half_angle):
    walk = cone.corridor_walk(distance, width, half_angle)
    assert len(walk) == cone.corridor_moves(distance, width, half_angle) + 1
    assert walk[:, 0].min() >= 0 and walk[:, 0].max() <= width * (1 + 1e-9)
    assert walk[-1, 1] == pytest.approx(distance)
    assert track.path_length(walk) == pytest.approx(distance / np.sin(half_angle))
    steps = np.diff(walk, axis=0)
    assert np.abs(steps[:, 1] / steps[:, 0]) == pytest.approx(np.tan(half_angle))
    assert (np.sign(steps[1:, 0]) == -np.sign(steps[:-1, 0])).all()


@pytest.mark.parametrize(
    ("cosine", "d", "expected"),
    [
        (0.75, 2, 0.7699),
        (0.75, 10, 0.4003),
        (moments("logistic").cosine, 50, 0.3577),
        (1 / np.pi, 50, 0.0048),
    ],
)
def test_endless_batches_stay_locked_as_often_as_the_table_says(cosine, d, expected):
    assert cone.locked_probability(cosine, d) == pytest.approx(expected, abs=5.1e-5)


@given(st.floats(0.0, 0.999999))
def test_in_the_plane_the_lock_of_endless_batches_is_an_arc_sine(cosine):
    expected = 0.5 + np.arcsin(cosine) / np.pi
    assert cone.locked_probability(cosine, 2) == pytest.approx(expected, abs=1e-9)


def test_uncorrelated_components_lock_by_chance_alone():
    assert cone.locked_probability(0.0, 5) == pytest.approx(2**-4)
    assert cone.locked_probability(1.0, 5) == 1


@pytest.mark.parametrize(("offset", "least"), [(0.5, 0.94), (1.0, 0.999)])
def test_while_the_output_is_off_whole_batches_are_locked(offset, least):
    rng = np.random.default_rng(0)
    x, delta = rng.uniform(size=(4000, 32, 10)), rng.normal(offset, size=(4000, 1, 32))
    assert cone.one_signed((delta @ x)[:, 0]).mean() > least  # quoted: 96 % and 100 %


@pytest.mark.parametrize(
    ("batch", "expected"), [(1, 1.0), (2, 0.613), (8, 0.431), (32, 0.405), (128, 0.408)]
)
def test_batches_of_uniform_inputs_unlock_some_gradients_and_no_more(batch, expected):
    rng, n = np.random.default_rng(batch), 8000
    x, delta = rng.uniform(size=(n, batch, 10)), rng.normal(size=(n, 1, batch))
    share = cone.one_signed((delta @ x)[:, 0]).mean()
    # ours and the quoted number each come from some thousand trials: four standard errors of both
    assert abs(share - expected) <= 4 * np.sqrt(2 * expected * (1 - expected) / n)


def test_the_share_of_locked_samples_is_one_for_positive_inputs_and_halves_with_each_weight():
    rng, n = np.random.default_rng(0), 40_000
    for d in (2, 3, 5):
        z = rng.normal(size=(n, d))
        assert cone.strictly_one_signed(1 / (1 + np.exp(-z))).all()
        assert cone.one_signed(np.maximum(z, 0)).all()
        for share, p in [
            (cone.strictly_one_signed(np.maximum(z, 0)).mean(), 2.0**-d),
            (cone.one_signed(np.tanh(z)).mean(), 2.0 ** (1 - d)),
        ]:
            assert abs(share - p) < 4 * np.sqrt(p * (1 - p) / n)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: cone.detour(np.zeros((3, 0))), "t has shape"),
        (lambda: cone.cone_detour([1, 0], [0, 0], 1.0), "axis.*positive"),
        (lambda: cone.cone_detour([1, 0], [1, 0], 2.0), "half_angle = 2"),
        (lambda: cone.cone_walk([1, 0], [0, 0], 1.0), "axis.*positive"),
        (lambda: cone.cone_walk([1, 0, 0], [1, 0], 1.0), "t has shape"),
        (lambda: cone.corridor_moves(1, 0, 1), "width = 0"),
        (lambda: cone.corridor_moves(1e30, 1e-30, 1), "moves = .* fewer than"),
        (lambda: cone.locked_probability(1.5, 2), "cosine = 1.5"),
        (lambda: cone.locked_probability(0.5, 0), "dimension = 0"),
        (lambda: track.reversals([1.0, 2.0]), "path has shape"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()


@pytest.mark.parametrize(
    ("activation", "batch", "expected"),
    [("logistic", 2, 0.618), ("logistic", 8, 0.408), ("logistic", 32, 0.359)]
    + [("relu", 2, 0.502), ("relu", 4, 0.128), ("relu", 8, 0.020), ("relu", 32, 0.007)],
)
def test_batches_unlock_relu_outputs_and_not_those_of_the_logistic(activation, batch, expected):
    rng, n = np.random.default_rng(batch), 4000
    x = ACTIVATIONS[activation](rng.normal(size=(n, batch, 50)))
    g = np.vecmat(rng.normal(size=(n, batch)), x)
    error = np.sqrt(2 * expected * (1 - expected) / n)  # ours, and as much again for the table's
    assert abs(cone.one_signed(g).mean() - expected) < 4 * error
