"""Part 3, the end: what a mean costs a little network."""

import numpy as np
import pytest
from test_stills import drawn

NAMES = ("dose_response", "shifted_sigmoid", "saturation")


@pytest.fixture(scope="module")
def measured():
    return {name: drawn(name) for name in NAMES}


def test_every_best_rate_stands_inside_its_grid(measured):
    for name in NAMES:
        assert measured[name][1]["edges"] == 0, name


def test_the_bars_of_the_sigmoids_are_the_medians(measured):
    fig, data = measured["shifted_sigmoid"]
    rows = ["logistic_8_", "logistic_32_", "relu_8_", "relu_32_"]
    cases = [row + kind for row in rows for kind in ("raw", "centred")]
    bars = fig.axes[0].patches
    assert [bar.get_width() for bar in bars] == [data[case] for case in cases]
    assert [bar.get_fill() for bar in bars] == [True, False] * len(rows)
    for case in cases:
        low, high = data[f"{case}_span"]
        assert low <= data[case] <= high


def test_a_small_shift_is_free_and_a_large_one_is_dear(measured):
    fig, data = measured["dose_response"]
    assert np.array_equal(
        fig.axes[0].lines[0].get_xydata().T, [data["shifts"], data["steps"][:, 1]]
    )
    quoted = np.array([36, 31, 32, 110, 444])  # another draw of the start: up to a third apart
    assert (np.abs(np.log(data["steps"][:, 1] / quoted)) < np.log(4 / 3)).all()
    low, middle, high = data["steps"].T
    assert (middle[1:3] <= middle[0]).all()
    assert low[3] > high[:3].max() and low[4] > high[3]
    assert 2 < data["dearer"] < 5  # four, if the square were the whole of it


def test_the_mean_costs_a_sigmoid_a_small_factor_not_hundreds(measured):
    _, data = measured["shifted_sigmoid"]
    assert 1 < data["relu_least"] < data["relu_most"] < data["logistic_most"] < 6
    assert 1.5 < data["logistic_least"] < data["logistic_most"]
    for width in 8, 32:  # what the page says: no luck among the sigmoids
        low, _ = data[f"logistic_{width}_raw_span"]
        assert data[f"logistic_{width}_centred_span"][1] < low


def test_the_sigmoids_hand_on_more_mean_than_tanh_and_one_half(measured):
    (_, shifts), (_, sigmoids) = measured["dose_response"], measured["shifted_sigmoid"]
    assert (shifts["half_q"] < sigmoids["logistic_32_q"]).all()
    assert shifts["price"] > 2  # of tanh and one, whose q are the sigmoids', up to a factor of two
    assert (np.abs(np.log2(shifts["one_q"] / sigmoids["logistic_32_q"])) < 1).all()


def test_at_small_scales_the_mean_costs_more_and_at_large_ones_saturation(measured):
    fig, data = measured["saturation"]
    for line, kind in zip(fig.axes[0].lines[1:], ("raw", "centred"), strict=True):
        assert np.array_equal(line.get_ydata(), data[kind][:, 1])
    raw, centred = data["raw"], data["centred"]
    assert (raw[-1] == data["limit"]).all() and (centred[-1] == data["limit"]).all()
    assert (centred[:-1, 1] < raw[:-1, 1]).all()
    assert centred[0, 2] < raw[0, 0]  # the middle halves do not even touch
    assert data["limit"] / data["best_centred"] > data["small_price"] > 2
