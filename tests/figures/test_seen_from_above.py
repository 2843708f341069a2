"""Three walks down one valley: who zig-zags, who creeps, and every number is the data's."""

import numpy as np
import pytest
from manim import config
from stage import marks, played

from inks.motions.counters import Table
from inks.motions.lettering import Number, Words
from inks.motions.walkers import Walker
from zigzag import track

NAMES = ("two", "half", "best")


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("seen_from_above", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


def test_steps_are_those_of_the_storyboard(motion):
    _, data = motion
    assert [data[name] for name in NAMES] == [2, 90, 49]
    assert data["kappa"] == pytest.approx(7)


def test_at_the_best_rate_every_step_turns_back_and_at_half_the_limit_none_does(motion):
    _, data = motion
    assert track.reversals(data["best_walk"]) == data["best"] - 1
    assert track.reversals(data["half_walk"]) == track.reversals(data["two_walk"]) == 0
    up = data["best_walk"] @ [1, 1]
    np.testing.assert_allclose(up[1:20] / up[:19], -0.75)  # from wall to wall, by ρ
    along = data["half_walk"] @ [1, -1]
    np.testing.assert_allclose(along[1:20] / along[:19], 6 / 7)
    assert np.abs(data["half_walk"][1:] @ [1, 1]).max() < 1e-12  # on the floor


def test_the_start_counts_as_many_steps_as_one_in_the_flat_direction(motion):
    """Storyboard: 49 and 90 from the slow direction; theory: ln ε / ln of the factor a step."""
    _, data = motion
    assert data["best"] == np.ceil(np.log(1e-6) / np.log(0.75))
    assert data["half"] == np.ceil(np.log(1e-6) / np.log(6 / 7))


def test_lines_of_equal_loss_are_that(motion):
    scene, data = motion
    star = marks(scene, Walker)[0].trail.path[-1]
    ellipses = scene.mobjects[0].submobjects
    assert len(ellipses) == 5
    for ellipse in ellipses:
        w = (ellipse.get_start_anchors() - star)[:, :2]
        losses = np.vecdot(w, w @ data["h"])
        assert np.ptp(losses) / losses.mean() < 1e-3


def test_every_counter_shows_the_steps_of_its_walker(motion):
    scene, data = motion
    (table,) = marks(scene, Table)
    for row in range(0, len(data["two_done"]), 5):
        scene.at(row)
        shown = [number.get_value() for (number,) in table.numbers]
        assert shown == [np.ceil(data[f"{name}_done"][row]) for name in NAMES]
        for walker, name in zip(marks(scene, Walker), NAMES, strict=True):
            done = data[f"{name}_done"][row]
            path, steps = walker.trail.path, np.arange(data[name] + 1)
            place = [np.interp(done, steps, axis) for axis in path.T]
            np.testing.assert_allclose(walker.trail.points[-1], place, atol=1e-5)


def test_walkers_are_told_apart_without_colour(motion):
    scene, _ = motion
    corners = [len(walker.dot.get_start_anchors()) for walker in marks(scene, Walker)]
    assert corners == [3, 4, 16]


def test_what_is_read_stays_inside_the_frame_and_off_the_walks(motion):
    scene, data = motion
    reach = np.array([config.frame_width, config.frame_height]) / 2
    scene.at(len(data["two_done"]) - 1)
    for mark in (*marks(scene, Walker), *marks(scene, Words), *marks(scene, Number)):
        low, high = mark.get_corner([-1, -1, 0])[:2], mark.get_corner([1, 1, 0])[:2]
        assert (low > -reach).all() and (high < reach).all(), mark
    (table,) = marks(scene, Table)
    right = max(walker.trail.path[:, 0].max() for walker in marks(scene, Walker))
    assert table.get_left()[0] - 0.6 > right
