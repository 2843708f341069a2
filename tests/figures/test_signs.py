"""Part 1: where the lock holds, what it costs, and who said northeast."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, Wedge
from test_stills import drawn

from inks.palette import LIGHT
from zigzag import cone, track


def test_one_sample_is_always_locked_and_a_batch_ends_where_the_closed_form_says():
    fig, data = drawn("locked_share")
    limits = {"uniform": 0.7699, "centred": 0.5, "logistic": 0.3576, "relu": 0.0048}
    for kind, limit in limits.items():
        assert data[kind][0] == pytest.approx(0.5 if kind == "centred" else 1, abs=0.02)
        assert data[f"{kind}_limit"] == pytest.approx(limit, abs=1.1e-4)
        # at 32 samples the share is still up to 0.012 above its limit
        assert abs(data[kind][-1] - limit) < 0.012 + 4 * data["error"]
        assert any(np.array_equal(line.get_ydata(), data[kind]) for line in fig.axes[0].lines)
    quoted = {"logistic": (1, 0.618, 0.464, 0.408), "relu": (1, 0.502, 0.128, 0.020)}
    for kind, shares in quoted.items():
        assert data[kind][:4] == pytest.approx(shares, abs=0.022)  # 4 standard errors of both


def test_errors_that_agree_keep_whole_batches_locked():
    _, data = drawn("locked_share")
    assert data["agreed"] > 0.9 and data["relu"][-1] < 0.02


def test_of_sixteen_boards_four_are_solid_and_four_more_dashed():
    fig, data = drawn("sign_board")
    frames = [patch for patch in fig.axes[0].patches if isinstance(patch, Rectangle)]
    edges = [to_hex(frame.get_edgecolor()) for frame in frames]
    assert [edges.count(colour) for colour in (LIGHT.raw, LIGHT.centred, LIGHT.muted)] == [4, 4, 8]
    assert [data[f"{kind}_3"] for kind in ("positive", "centred", "all")] == [8, 32, 512]


def test_samples_show_every_pattern_that_theory_counts_and_rows_are_locked():
    _, data = drawn("sign_board")
    for m in (2, 3):
        for kind in ("positive", "centred"):
            seen = data[f"{kind}_{m}_seen"].reshape(-1, m, m)
            assert len(seen) == data[f"{kind}_{m}"]
            assert (np.linalg.matrix_rank(seen) == 1).all()
        assert cone.strictly_one_signed(data[f"positive_{m}_seen"].reshape(-1, m)).all()
    assert (data["rows_4"], data["softmax_4"]) == (16, 4)


def test_the_ball_is_round_on_two_sides_and_a_diamond_on_the_other_two():
    fig, data = drawn("detour_ball")
    ball, locked = data["ball"], cone.one_signed(data["circle"].round(12))
    assert np.linalg.norm(ball[locked], axis=1) == pytest.approx(1)
    assert np.abs(ball[~locked]).sum(axis=1) == pytest.approx(1)
    assert any(np.array_equal(line.get_xydata(), ball) for line in fig.axes[0].lines)


def test_no_random_goal_pays_more_than_the_root_of_two():
    _, data = drawn("detour_ball")
    assert (data["largest"] <= np.sqrt(2) * (1 + 1e-12)).all()
    assert data["worst"] == pytest.approx(np.sqrt(2))
    assert (abs(data["mean"] - [1.137, 1.357, 1.409, 1.4137]) < 4 * data["error"] + 5e-4).all()


def test_the_walk_across_the_cone_runs_along_its_edges():
    fig, data = drawn("cone")
    turns = np.degrees(np.arctan2(*np.diff(data["walk"], axis=0).T[::-1])) % 180
    assert turns == pytest.approx([45 + data["half_angle"], 45 - data["half_angle"]])
    assert data["detour"] == pytest.approx(1 / np.sin(np.radians(data["half_angle"])))
    assert data["detour"] == pytest.approx(track.path_length(data["walk"]))
    assert data["quadrant"] == pytest.approx(track.path_length(data["corner"]))
    wedge = next(patch for patch in fig.axes[0].patches if isinstance(patch, Wedge))
    assert (wedge.theta1, wedge.theta2) == pytest.approx((turns[1], turns[0]))
    assert data["sigmoid"] == pytest.approx(22.6, abs=0.05)


def test_the_time_line_shows_every_copy_once_in_its_row():
    fig, data = drawn("northeast_or_northwest")
    dots = [line for line in fig.axes[0].lines if line.get_marker() in "oD"][-data["copies"] :]
    for dot, year, row in zip(dots, data["years"], data["rows"], strict=True):
        assert (dot.get_xdata(), dot.get_ydata()) == ([year], [row])
        assert dot.get_marker() == "oD"[int(row)]
    assert (data["northeast"], data["northwest"]) == (4, 2)


def test_the_answer_was_changed_after_the_last_dated_northeast_and_before_the_first_northwest():
    fig, data = drawn("northeast_or_northwest")
    dated = data["years"] < 2025
    shaded = fig.axes[0].patches[0].get_extents().transformed(fig.axes[0].transData.inverted())
    last = data["years"][dated & (data["rows"] == 0)].max()
    assert (shaded.x0, shaded.x1) == pytest.approx(
        (last, data["years"][dated & (data["rows"] == 1)].min())
    )
    dots = [line for line in fig.axes[0].lines if line.get_marker() in "oD"][-data["copies"] :]
    filled = [dot.get_markerfacecolor() == dot.get_color() for dot in dots]
    assert sum(filled) == data["both"] == data["copies"] - 1


def test_a_boat_sails_the_same_length_in_any_channel_and_tacks_like_one_over_its_width():
    fig, data = drawn("sailing")
    assert data["wide_length"] == pytest.approx(data["narrow_length"])
    assert data["wide_length"] == pytest.approx(data["distance"] * np.sqrt(2))
    assert data["narrow_tacks"] * data["narrow_width"] == data["wide_tacks"] * data["wide_width"]
    for ax, name in zip(fig.axes, ("wide", "narrow"), strict=True):
        path = next(line.get_xydata() for line in ax.lines if len(line.get_xdata()) > 2)
        assert (path[:, 0] >= 0).all() and (path[:, 0] <= data[f"{name}_width"] + 1e-12).all()
        steps = np.diff(path, axis=0)
        upwind = np.degrees(np.arctan2(np.abs(steps[:, 0]), steps[:, 1]))
        assert np.allclose(upwind, data["closest"])  # never closer to the wind


def test_the_car_pays_the_square_and_the_walker_does_not():
    _, data = drawn("manoeuvres")
    assert data["car_tight"] == 4000 and data["metres_tight"] == pytest.approx(400, abs=0.1)
    assert (data["wide_tight"], data["narrow_tight"]) == (20, 49)
    assert data["car_slope"] == pytest.approx(-2, abs=0.02)
    assert data["walk_slope"] == pytest.approx(-1, abs=0.05)
    assert data["blackburn"] == pytest.approx(1.63, abs=0.005)
