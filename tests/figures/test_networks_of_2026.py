"""What an orthogonalised step does with the valley, and what a language model's layers read."""

import numpy as np
import pytest
from experiments import measured, rendered
from matplotlib.colors import to_hex
from test_stills import drawn

from inks.palette import LIGHT
from zigzag import curvature, orthogonal, trials
from zigzag import data as sets


def test_one_neuron_gains_nothing_from_muon_and_two_units_nearly_all():
    data = measured("orthogonal")
    assert data["alone"] > 0.9 * data["descent_steps"][0]
    assert data["pair"] < data["alone"] / 7
    assert (data["muon_steps"][1:] < data["pair"] * 1.01).all()
    assert data["muon_price"] < 4 and data["descent_price"] > 50 and data["alone_price"] > 50


def test_the_steps_are_those_of_the_science():
    """Science 2.3: Muon for a layer of 32 takes 40 raw and 20 centred, on a grid of powers of two;
    a descent centred or with centralised gradients 10 at most.
    """
    data = measured("orthogonal")
    assert 20 < data["muon"] <= 40 and 10 < data["muon_centred"] <= 20
    assert data["descent_centred"] < 10 and data["centralised"] < 10
    assert data["kappa"] > 1 + data["inputs"] * data["q"]


@pytest.mark.parametrize(("units", "place"), [(2, 1), (8, 3)])
def test_singular_vectors_in_place_of_the_iteration_arrive_after_about_as_many_steps(units, place):
    data = measured("orthogonal")
    rng = np.random.default_rng(17)
    middle = np.sqrt(data["q"] / 3)
    x = sets.uniform(6, data["samples"], data["inputs"], rng=rng, low=middle - 1, high=middle + 1)
    goal = trials.zero_sum(6, units, data["inputs"], rng=rng)
    h = curvature.second_moment(x)
    lengths = np.array([16, 32, 64, 128])
    reach = np.geomspace(1, 16, 8) * np.sqrt(data["inputs"])

    def left(grid, length):
        return orthogonal.left_by(orthogonal.orthogonal_factor, h, goal, rates=grid, steps=length)

    steps = orthogonal.fewest_steps(
        left, rates=reach / lengths[:, None], lengths=lengths, tolerance=data["tolerance"]
    )
    ratio = np.median(steps) / data["muon_steps"][place]
    assert 1 / 2 < ratio < 2


def test_the_lines_are_the_medians_and_raw_is_solid():
    fig, data = drawn("orthogonal")
    lines = [line for line in fig.axes[0].lines if len(line.get_xdata()) == len(data["units"])]
    shown = {(to_hex(line.get_color()), tuple(line.get_ydata())) for line in lines}
    for name in ("muon", "descent"):
        assert (LIGHT.raw, tuple(data[f"{name}_steps"])) in shown
        assert (LIGHT.centred, tuple(data[f"{name}_centred_steps"])) in shown
        for kind in ("", "_centred"):
            low, high = data[f"{name}{kind}_span"]
            median = data[f"{name}{kind}_steps"]
            assert (low <= median).all() and (median <= high).all()
    assert all(line.is_dashed() == (to_hex(line.get_color()) == LIGHT.centred) for line in lines)


def test_after_every_layer_norm_the_mean_is_steepest_and_a_longer_valley_is_left():
    data = measured("language_model")
    assert len(data["norm_cosine"]) == 12 and data["norm_cosine_least"] >= 0.9
    assert 1.3 < data["norm_factor_least"] < data["norm_factor_most"] < 4
    assert data["norm_centred_least"] > 10 * data["norm_factor_most"]


def test_behind_gelu_the_opening_mark_hides_the_mean_in_the_first_three_layers():
    data = measured("language_model")
    assert data["hidden_opening_cosine"][:3].min() > 0.9 > data["hidden_opening_cosine"][3:].max()
    assert data["hidden_cosine"][:3].max() < 0.5 < data["hidden_cosine"][3:].min()
    assert data["hidden_early_most"] < 1.05
    assert data["hidden_words_cosine_least"] > 0.7 and data["hidden_words_factor_least"] > 1.2


@pytest.mark.parametrize(
    ("group", "layer", "q", "raw", "centred"),
    [
        ("feed", 1, 0.21, 484, 353),
        ("feed", 3, 0.36, 615, 289),
        ("feed", 5, 0.46, 1117, 426),
        ("attention", 6, 0.21, 376, 130),
        ("mixing", 4, 0.27, 389, 90),
    ],
)
def test_another_text_gives_nearly_the_same(group, layer, q, raw, centred):
    """Science 2.4, taken with another program on another text."""
    data = measured("language_model")
    assert data[f"{group}_q"][layer - 1] == pytest.approx(q, rel=0.35)
    assert data[f"{group}_raw"][layer - 1] == pytest.approx(raw, rel=0.35)
    assert data[f"{group}_centred"][layer - 1] == pytest.approx(centred, rel=0.35)


def test_a_product_with_a_symmetric_branch_has_no_mean():
    data = measured("language_model")
    assert data["gated_q"] < 25 / data["draws"]  # five standard deviations, squared
    assert data["squared_relu_q"] == pytest.approx((1 / 2) ** 2 / (3 / 2 - 1 / 4))
    assert data["relu_q"] == pytest.approx(1 / (np.pi - 1))


def test_the_picture_depends_on_the_file_of_moments():
    assert any("figures/data/minilm.npz" in name for name in rendered("language_model").inputs)


def test_the_dots_are_what_was_measured():
    fig, data = drawn("language_model")
    upper, lower = fig.axes
    shown = [list(line.get_ydata()) for line in upper.lines]
    for group in ("attention", "feed", "mixing", "hidden"):
        assert list(data[f"{group}_raw"]) in shown and list(data[f"{group}_centred"]) in shown
        assert list(data[f"{group}_cosine"]) in [list(line.get_ydata()) for line in lower.lines]
    top, bottom = upper.get_ylim()[::-1]
    assert all(bottom < value < top for values in shown for value in values)
