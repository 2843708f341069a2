"""Random signs take the mean and leave the valley; of four centrings, two and two are one."""

import numpy as np
import pytest
from experiments import measured
from test_stills import drawn

from zigzag import trials


@pytest.fixture(scope="module")
def flip():
    return drawn("sign_flip")


@pytest.fixture(scope="module")
def four():
    return drawn("four_centrings")


def test_random_signs_take_the_mean_away_and_change_nothing_else(flip):
    _, data = flip
    assert data["given_q"] == pytest.approx(3, rel=0.02) and data["signed_q"] < 0.001
    for number in ("locked", "kappa", "kappa_span", "steps", "steps_span"):
        assert np.array_equal(data[f"given_{number}"], data[f"signed_{number}"]), number
    assert data["given_locked"] == 1


def test_centring_after_that_gains_nothing_and_alone_it_gains_all(flip):
    _, data = flip
    assert data["both_steps"] == pytest.approx(data["given_steps"], rel=0.01)
    assert data["both_kappa"] == pytest.approx(data["given_kappa"], rel=0.01)
    assert data["centred_steps"] < 7 and data["centred_kappa"] < 1.6


def test_the_signs_turn_on_the_data_of_the_rotation_test(flip):
    _, data = flip
    rotation = measured("rotation_test")
    for one, other in ("given", "given"), ("centred", "centred"):
        assert data[f"{one}_steps"] == rotation[f"{other}_batch"]
        assert data[f"{one}_kappa"] == rotation[f"{other}_kappa"]
        assert data[f"{one}_locked"] == rotation[f"{other}_locked"]


def test_two_opposite_classes_make_the_quoted_valley(flip):
    _, data = flip
    assert data["classes_kappa"] == pytest.approx(24, rel=0.05)
    unit_bias = measured("unit_bias")  # the same two classes, one hundred samples of them
    assert data["classes_kappa"] == pytest.approx(
        unit_bias["largest"] / unit_bias["least"], rel=0.05
    )


def test_the_bars_and_clouds_of_the_sign_flip_are_the_measured_ones(flip):
    fig, data = flip
    rows = ("given", "signed", "both", "centred")
    clouds = fig.axes[:4]
    for ax, row in zip(clouds, rows, strict=True):
        dots = np.asarray(ax.collections[0].get_offsets())
        assert np.array_equal(dots, data[f"{row}_cloud"])
        assert f"$q$ = {data[f'{row}_q']:.2f}" in [text.get_text() for text in ax.texts]
    signs = data["signed_cloud"] / data["given_cloud"]
    assert set(signs.round(9).ravel()) == {1, -1} and (signs[:, 0] == signs[:, 1]).all()
    for ax, kind in zip(fig.axes[4:], ("locked", "kappa", "steps"), strict=True):
        assert [bar.get_width() for bar in ax.patches] == [data[f"{row}_{kind}"] for row in rows]


def test_errors_are_as_good_as_inputs_and_weights_as_gradients(four):
    _, data = four
    for problem in ("across", "anywhere", "unequal"):
        for one, other in ("inputs", "errors"), ("gradient", "weights"):
            for number in ("", "_span", "_kappa"):
                first, second = (data[f"{problem}_{name}{number}"] for name in (one, other))
                np.testing.assert_allclose(first, second, rtol=1e-9)
        assert data[f"{problem}_inputs"] < 7 < 250 < data[f"{problem}_raw"]


def test_over_the_inputs_it_helps_for_equal_means_and_a_goal_across_them_only(four):
    _, data = four
    assert data["across_raw"] == measured("bias")["bare"]
    assert data["across_gradient"] == data["across_inputs"]
    for problem in ("anywhere", "unequal"):
        assert data[f"{problem}_gradient"] == data["limit"]
        assert data[f"{problem}_gradient_left"] > 0.05
    assert data["anywhere_gradient_kappa"] < 1.6 and data["unequal_gradient_kappa"] > 50
    assert data["unequal_mean"] == data["unequal_inputs"]


def test_the_quoted_steps_of_one_data_set_lie_among_the_measured(four):
    _, data = four
    for name, steps in {"across_raw": 313, "anywhere_raw": 323, "unequal_raw": 1605}.items():
        low, high = data[f"{name}_span"]
        assert 0.95 * low < steps < 1.05 * high, name
    assert data["unequal_gradient_kappa"] == pytest.approx(93, rel=0.1)


def test_what_is_left_is_what_weights_of_a_fixed_sum_cannot_fit(four):
    """The walk ends at the least squares of inputs across (1, …, 1), found here by another way."""
    _, data = four
    rng = np.random.default_rng(data["seed"])
    sets, samples, inputs = (int(data[name]) for name in ("sets", "samples", "inputs"))
    x, _ = trials.uniform_problems(sets, samples, inputs, rng=rng)
    goals = rng.normal(size=(sets, inputs))
    shares = []
    for seen, goal in zip(x, goals, strict=True):
        fit = np.linalg.lstsq(seen - seen.mean(axis=1, keepdims=True), seen @ goal, rcond=None)[0]
        assert abs(fit.sum()) < 1e-9
        shares.append(np.linalg.norm(fit - goal) / np.linalg.norm(goal))
    assert data["anywhere_gradient_left"] == pytest.approx(np.median(shares), rel=1e-6)
    # the part along the ones is left in full; in samples the means differ a little, and more is
    along = np.abs(goals.sum(axis=1)) / np.sqrt(inputs) / np.linalg.norm(goals, axis=1)
    assert (np.array(shares) > along).all()


def test_a_bias_takes_all_of_that_part_but_one_over_one_plus_dq():
    data = measured("four_centrings")
    assert data["bias_leaves"] == pytest.approx(1 / 61, rel=0.05)
    x = np.random.default_rng(8).uniform(size=(20_000, 20))
    y = x.sum(axis=1)
    seen = np.column_stack([x - x.mean(axis=1, keepdims=True), np.ones(len(x))])  # Px, and a bias
    left = y - seen @ np.linalg.lstsq(seen, y, rcond=None)[0]
    assert (left**2).sum() / (y**2).sum() == pytest.approx(1 / 61, rel=0.05)


def test_a_bar_that_never_arrives_leaves_its_panel_and_says_so(four):
    fig, data = four
    for ax, problem in zip(fig.axes, ("across", "anywhere", "unequal"), strict=True):
        edge = ax.get_xlim()[1]
        endless = [bar for bar in ax.patches if bar.get_width() == edge]
        assert len(endless) == (0 if problem == "across" else 2)
        words = [text.get_text() for text in ax.texts]
        for name in ("gradient", "weights"):
            left = f"never: {data[f'{problem}_{name}_left']:.0%} left"
            assert (left in words) == (problem != "across")
