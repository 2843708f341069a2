"""The stills of the mean: the valley, the rotation test, q and the spike."""

import numpy as np
import pytest
from test_stills import drawn

from inks.palette import LIGHT
from zigzag import activations


@pytest.fixture(scope="module")
def measured():
    names = "valley", "condition_number", "rotation_test", "cones", "activations", "spectrum"
    return {name: drawn(name) for name in (*names, "unit_bias")}


def test_a_mean_squeezes_the_bowl_along_itself_and_nowhere_else(measured):
    _, data = measured["valley"]
    along, across = np.ones(2) / np.sqrt(2), np.array([1, -1]) / np.sqrt(2)
    raw, centred = data["raw"], data["centred"]
    assert np.isclose(across @ raw @ across, across @ centred @ across)
    assert np.isclose(along @ raw @ along, 7 * along @ centred @ along)
    assert np.isclose(data["kappa"], 7) and data["steps"] == 49


def test_a_hundred_added_to_two_inputs_costs_hundreds_of_thousands_of_steps(measured):
    _, data = measured["valley"]
    assert np.isclose(data["hinton"], 40_005.9, atol=0.1)
    assert data["hinton_centred"] == data["hinton_centred_steps"] == 1
    # for large κ: κ/2 · ln(1/ε)
    assert np.isclose(data["hinton_steps"], data["hinton"] / 2 * np.log(1e6), rtol=1e-4)


def test_the_valleys_contours_are_of_one_length_in_both_landscapes(measured):
    fig, _ = measured["valley"]
    contours = [ax.collections[-1].get_paths()[-1].vertices for ax in fig.axes]
    circle, ellipse = (np.linalg.norm(vertices, axis=1) for vertices in contours)
    assert np.allclose(circle, circle.max(), rtol=1e-3)
    assert np.isclose(ellipse.max(), circle.max(), rtol=1e-2)
    assert np.isclose(ellipse.min(), circle.max() / np.sqrt(7), rtol=1e-2)


def test_measured_condition_numbers_lie_on_the_line_or_a_little_above(measured):
    fig, data = measured["condition_number"]
    lines = iter(fig.axes[0].lines)
    for name in ("logistic", "uniform", "relu", "tanh"):
        line, dots = data[f"{name}_lines"], data[f"{name}_dots"]
        assert np.array_equal(line, 1 + data["d"] * data[f"{name}_q"])
        # the bulk of a finite sample begins at (1 − √γ)² and ends at (1 + √γ)²
        gamma = data["d"] / data["samples"]
        edge = ((1 + np.sqrt(gamma)) if name == "tanh" else 1) / (1 - np.sqrt(gamma))
        assert (dots / line > 0.97).all() and (dots / line < 1.03 * edge**2).all()
        assert np.array_equal(next(lines).get_ydata(), line)
        assert np.array_equal(next(lines).get_ydata(), dots)


def test_a_rotation_unlocks_all_signs_and_changes_no_step(measured):
    _, data = measured["rotation_test"]
    assert data["given_locked"] == 1 and data["rotated_locked"] < 0.01
    for kind in ("batch", "single"):
        assert data[f"given_{kind}"] == data[f"rotated_{kind}"]
        assert np.array_equal(data[f"given_{kind}_span"], data[f"rotated_{kind}_span"])
    assert np.isclose(data["given_kappa"], data["rotated_kappa"], rtol=1e-9)


def test_taking_the_mean_away_shortens_both_walks(measured):
    _, data = measured["rotation_test"]
    assert 290 < data["given_batch"] < 320 and data["centred_batch"] in (5, 6)
    assert 70 < data["given_kappa"] < 80 and data["centred_kappa"] < 1.6
    assert abs(data["single_ratio"] - (1 + 3 / 2)) < 0.25


def test_the_bars_of_the_rotation_test_are_the_measured_numbers(measured):
    fig, data = measured["rotation_test"]
    for ax, kind in zip(fig.axes, ("locked", "batch", "single"), strict=True):
        widths = [bar.get_width() for bar in ax.patches]
        assert widths == [data[f"{case}_{kind}"] for case in ("given", "rotated", "centred")]
        assert [bar.get_fill() for bar in ax.patches] == [True, True, False]


def test_the_cones_open_in_the_order_of_q(measured):
    fig, data = measured["cones"]
    names = [str(name) for name in data["order"]]
    q = np.array([data[f"{name}_q"] for name in names])
    assert (np.diff(q) < 0).all() and q[-1] == 0
    drawn_half = [(wedge.theta2 - wedge.theta1) / 2 for wedge in fig.axes[0].patches[: len(q)]]
    with np.errstate(divide="ignore"):
        assert np.allclose(drawn_half, np.degrees(np.arctan(1 / np.sqrt(q))))
    left_out = set(activations.ACTIVATIONS) - set(names)
    assert all(data[f"{name}_q"] == 0 for name in left_out)


def test_the_table_of_q_has_its_closed_forms(measured):
    _, data = measured["cones"]
    assert np.isclose(data["relu_q"], 1 / (np.pi - 1)) and np.isclose(
        data["relu_batch"], 14.99, atol=0.01
    )
    assert np.isclose(data["gelu_mean"], 1 / (2 * np.sqrt(np.pi)))
    expected = {
        "logistic": 2951.7,
        "uniform": 1537,
        "relu": 240,
        "gelu": 119,
        "silu": 71,
        "tanh": 1,
    }
    for name, kappa in expected.items():
        assert np.isclose(data[f"{name}_kappa_512"], kappa, rtol=0.005), name
        length, phi = data[f"{name}_length"], np.radians(data[f"{name}_phi"])
        assert np.isclose(length, 1 / np.sin(phi))


def test_a_logistic_neuron_of_small_inputs_is_almost_all_mean(measured):
    fig, data = measured["activations"]
    q = [data[f"q_at_{i}"] for i in range(4)]
    assert np.allclose(q, [66, 17.9, 2.54, 1.57], rtol=0.01)
    assert np.allclose([data["q"], data["kappa"], data["online"]], [5.763, 369.8, 3.88], rtol=1e-3)
    shown = [text.get_text() for ax in fig.axes for text in ax.texts]
    assert {"5.76", "370", "3.88", "3.4"} <= set(shown)


def test_the_mean_is_one_spike_where_the_formula_puts_it(measured):
    fig, data = measured["spectrum"]
    error = data["deviation"] / np.sqrt(data["runs"])
    assert abs(data["measured"] - data["predicted"]) < 4 * error
    assert np.isclose(data["predicted"], 25.104, atol=1e-3)
    assert data["bulk"].size == data["runs"] * (data["inputs"] - 1)
    assert data["bulk"].max() < 1.1 * data["high"] and data["bulk"].min() > 0.9 * data["low"]
    law = np.trapezoid(data["density"], data["law"])
    assert np.isclose(law, 1, atol=1e-3)
    assert fig.axes[0].lines[0].get_color() == LIGHT.text


def test_a_bias_alone_takes_the_rate_past_its_limit(measured):
    _, data = measured["unit_bias"]
    assert abs(data["limit"] - 2.38) < 0.05 and abs(data["limit_bias"] - 2.0) < 0.02
    assert data["limit_bias"] < data["rate"] < data["limit"]
    assert (data["errors"][-1] < 0.1).all() and (data["errors_bias"][-1] > 10).all()
