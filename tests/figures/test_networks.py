"""Part 3, the walkers and the networks: what optimisers hide, and what a mean costs a network."""

import numpy as np
import pytest
from test_stills import drawn

from zigzag import activations
from zigzag.network import Network, absorbed, outputs, random_weights

NAMES = ("optimisers", "dose_response", "shifted_sigmoid", "saturation", "digits")


@pytest.fixture(scope="module")
def measured():
    return {name: drawn(name) for name in NAMES}


def test_optimisers_take_the_steps_of_the_science(measured):
    _, data = measured["optimisers"]
    quoted = {"gd": 312, "gd_centred": 5, "adam": 157, "adam_centred": 164}
    quoted |= {"sgd": 845, "sgd_centred": 359}
    for name, steps in quoted.items():
        assert data[name] == pytest.approx(steps, rel=0.12), name
    # Polyak's formula: the contraction of a step is (√κ − 1)/(√κ + 1), as for κ in descent
    assert np.sqrt(data["gd"] / np.log(1e4) * 2) == pytest.approx(
        data["ball"] / np.log(1e4) * 2, rel=0.35
    )


def test_adam_pays_nothing_for_the_mean_and_descent_pays_dearly(measured):
    _, data = measured["optimisers"]
    assert data["adam_price"] == pytest.approx(1, abs=0.1)
    assert data["gd_price"] > 50 and 1.2 < data["adam_one_price"] < data["sgd_price"] < 3


def test_sign_descent_never_leaves_its_line_until_the_inputs_are_centred(measured):
    _, data = measured["optimisers"]
    assert data["sign_left"] == pytest.approx(1, abs=1e-9)  # the goal lies exactly across it
    assert data["sign_left_centred"] < 0.02


def test_small_shifts_are_free_and_large_ones_dear(measured):
    _, data = measured["dose_response"]
    assert max(data["quarter"], data["half"]) < 1.3 * data["none"]
    assert 2 < data["price"] < 5 and 2 < data["dearer"] < 6
    assert data["edges"] == 0


def test_the_sigmoids_mean_costs_a_small_factor(measured):
    _, data = measured["shifted_sigmoid"]
    assert 1.3 < data["logistic_least"] <= data["logistic_most"] < 5
    assert data["relu_mean"] == pytest.approx(1 / np.sqrt(2 * np.pi))
    assert data["edges"] == 0


def test_shifted_networks_start_as_the_same_function():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 2))
    for name, shift in (("logistic", -0.5), ("relu", -activations.moments("relu").mean)):
        plain, moved = Network((2, 8, 8, 1), name), Network((2, 8, 8, 1), name, shift=shift)
        w = random_weights(plain, 3, rng=rng, gain=4.0)
        np.testing.assert_allclose(
            outputs(plain, w, x), outputs(moved, absorbed(moved, w), x), atol=1e-12
        )


def test_the_mean_costs_most_where_saturation_costs_least(measured):
    _, data = measured["saturation"]
    price = data["raw"][:, 1] / data["centred"][:, 1]
    assert price[0] > 2 and (price[:3] > 1.3).all()
    assert data["raw"][-1, 1] > 3 * data["best"]
    assert data["centred"][-1, 1] > 3 * data["best_centred"]


def test_raw_digits_take_several_times_as_long_and_read_as_well(measured):
    _, data = measured["digits"]
    assert data["train"] + data["held"] == data["all"] == 1797
    assert data["faster"] > 4 and data["raw_edges"] == data["centred_edges"] == 0
    assert data["raw_most"] / data["raw_least"] < 1.5
    assert min(data["raw_right"], data["centred_right"]) > 0.9
    for kind in ("raw", "centred"):
        arrived = data[f"{kind}_losses"].min(axis=0)
        assert (arrived <= data["target"]).all()
    raw, centred = data["raw_losses"][0], data["centred_losses"][0]
    np.testing.assert_allclose(raw, centred, rtol=1e-9)  # the same functions at the start


def test_raw_is_solid_and_centred_dashed(measured):
    for name in ("saturation", "digits"):
        fig, _ = measured[name]
        looks = {line.get_linestyle() for line in fig.axes[0].lines}
        assert {"-", "--"} <= looks, name
