"""What a mean costs little networks on two moons, start by start."""

from functools import partial

import numpy as np
import pytest
from test_stills import drawn

from zigzag import data as sets
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.network import loss_and_gradient
from zigzag.race import rounded

NAMES = ("dose_response", "shifted_sigmoid", "saturation")
CASES = [f"{name}_{width}" for name in ("logistic", "relu") for width in (8, 32, 128)]


@pytest.fixture(scope="module")
def measured():
    return {name: drawn(name) for name in NAMES}


def test_nearly_every_best_rate_stands_inside_its_grid(measured):
    for name, races in (("dose_response", 100), ("shifted_sigmoid", 552), ("saturation", 150)):
        assert measured[name][1]["edges"] <= 0.03 * races, name


def test_every_network_factor_comes_from_a_dozen_starts_or_more(measured):
    assert all(measured[name][1]["starts"] >= 12 for name in NAMES)
    _, data = measured["shifted_sigmoid"]
    assert data["wide_starts"] >= 12
    assert [len(data[case]) for case in CASES] == [24, 24, 12] * 2


def arrival(net, w, x, y, rate, target, limit):
    """Steps of plain descent, written out: nothing interpolated."""
    objective = rounded(partial(loss_and_gradient, net, x=x, y=y))
    for step in range(limit):
        loss, g = objective(w)
        if loss <= target:
            return step
        w = w - rate * g
    return limit


def test_the_first_start_learns_as_fast_by_plain_descent(measured):
    """Each rate by itself for the first of the starts: the ratio is that of whole steps."""
    _, data = measured["shifted_sigmoid"]
    rng = np.random.default_rng(data["seed"])
    net = Network((2, 8, 8, 1), "logistic")
    w = random_weights(net, data["starts"], rng=rng, gain=data["logistic_gain"])[0]
    x, y = sets.two_moons(data["points"], rng=rng)
    steps = {}
    for kind, shift, (low, high) in (("raw", 0.0, (2.4, 34)), ("centred", -0.5, (6, 60))):
        shifted = Network(net.widths, "logistic", shift=shift)
        start = absorbed(shifted, w)
        rates = np.geomspace(low, high, data["rates"])
        with np.errstate(over="ignore", invalid="ignore"):
            found = [arrival(shifted, start, x, y, rate, data["target"], 250) for rate in rates]
        steps[kind] = min(found)
    raw, centred = steps["raw"], steps["centred"]
    assert (raw - 1) / centred <= data["logistic_8"][0] <= raw / (centred - 1)


def test_the_quoted_factors_are_the_quantiles_of_the_starts(measured):
    _, data = measured["shifted_sigmoid"]
    for case in CASES:
        quantiles = np.quantile(data[case], [0.1, 0.5, 0.9])
        assert np.allclose(data[f"{case}_constant"], quantiles)
    for name in ("logistic", "relu"):
        cases = [case for case in CASES if case.startswith(name)]
        medians = [data[f"{case}_{kind}"][1] for case in cases for kind in ("constant", "current")]
        assert data[f"{name}_least"] == min(medians) and data[f"{name}_most"] == max(medians)


def test_the_mean_costs_a_small_factor_not_hundreds_at_any_width(measured):
    """Held against an independent measurement of the same, within its error and ours."""
    _, data = measured["shifted_sigmoid"]
    quoted = {"logistic_8": 1.85, "logistic_32": 3.0, "logistic_128": 2.9, "relu_32": 1.7}
    for case, factor in quoted.items():
        assert data[f"{case}_constant"][1] == pytest.approx(factor, rel=3 * data["error"]), case
        assert data[f"{case}_constant"][0] > 1, case
    assert data["logistic_most"] < 6 and data["error"] < 0.2
    grown = data["logistic_128_constant"][1] / data["logistic_32_constant"][1]
    assert grown < 2 < data["kappa"][2] / data["kappa"][1] == pytest.approx(4, rel=0.02)


def test_the_current_mean_is_worth_more_to_relu_than_its_constant(measured):
    _, data = measured["shifted_sigmoid"]
    for case in CASES[3:]:  # which leaves much of the mean in the second layer
        assert 0.3 < data[f"{case}_left"][1] < data[f"{case}_q"][1]
    assert data["relu_32_further"][1] > 1.2
    assert all(data[f"{case}_further"][1] > 1 for case in CASES)


def test_the_control_refutes_the_mean_at_the_start_for_the_sigmoid_only(measured):
    _, data = measured["shifted_sigmoid"]
    assert data["control"] == 48 and data["control_slower"] > 0.6 * data["control"]
    for width in (8, 32):
        assert data[f"logistic_{width}_start"][1] < data[f"logistic_{width}_constant"][1]
        assert data[f"relu_{width}_start"][1] > data[f"relu_{width}_constant"][1]


def test_the_marks_stand_at_the_factors(measured):
    fig, data = measured["shifted_sigmoid"]
    drawn_at = [tuple(line.get_xdata()) for line in fig.axes[0].lines]
    for case in CASES:
        assert tuple(data[case]) in drawn_at
        for kind in ("constant", "current"):
            low, middle, high = data[f"{case}_{kind}"]
            assert (low, high) in drawn_at and (middle,) in drawn_at
    left, right = fig.axes[0].get_xlim()
    assert all(left < value < right for case in CASES for value in data[case])


def test_a_small_shift_is_free_and_a_large_one_is_not(measured):
    fig, data = measured["dose_response"]
    assert np.array_equal(
        fig.axes[0].lines[0].get_xydata().T, [data["shifts"], data["steps"][:, 1]]
    )
    quoted = np.array([36, 31, 32, 110, 444])  # of other starts: up to a half apart
    assert (np.abs(np.log(data["steps"][:, 1] / quoted)) < np.log(1.6)).all()
    for small in ("quarter_price", "half_price"):
        low, middle, high = data[small]
        assert low < 1 < high and abs(np.log(middle)) < 3 * data["error"]
    assert data["price"][0] > 1.5 and data["dearer"][0] > 1.5
    assert 2 < data["dearer"][1] < 5  # four, if the square were the whole of it


def test_the_sigmoid_costs_what_a_shift_of_one_costs_tanh(measured):
    (_, shifts), (_, sigmoids) = measured["dose_response"], measured["shifted_sigmoid"]
    apart = np.log(shifts["price"][1] / sigmoids["logistic_32_constant"][1])
    assert abs(apart) < 2 * np.hypot(shifts["error"], sigmoids["error"])


def test_the_mean_costs_while_weights_start_small_and_large_ones_seldom_arrive(measured):
    fig, data = measured["saturation"]
    for line, kind in zip(fig.axes[0].lines[1:], ("raw", "centred"), strict=True):
        assert np.array_equal(line.get_ydata(), data[kind][:, 1])
    assert (data["prices"][:, 0] > 1).all() and data["prices"][0, 1] > 2
    assert data["raw_home"] < data["starts"] and data["centred_home"] < data["starts"]
    assert (data["raw"][:-1, 2] < data["limit"]).all()  # at smaller scales nearly all arrive
    assert data["saturated"][1] > 2
