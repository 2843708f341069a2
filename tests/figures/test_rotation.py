"""The signs come unlocked, the steps stay: in the plane as drawn, and with twenty inputs."""

import numpy as np
import pytest
from experiments import measured
from manim import config
from stage import marks, played

from inks.motions.counters import Counters, Table
from inks.motions.lettering import Number, Words
from inks.motions.walkers import Walker
from inks.palette import LIGHT
from zigzag import cone


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("rotation", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


def drawn_cloud(scene):
    """The middles of the dots of gradients, from the crossing of their axes, on the screen."""
    (cloud,) = (m for m in marks(scene) if len(m.points) == 400 * 8 * 4)
    assert cloud.get_fill_color().to_hex().lower() == LIGHT.raw
    return cloud.points.reshape(400, -1, 3).mean(axis=1)[:, :2] - (-4.8, 2.0)


def test_steps_and_shares_are_near_the_storyboard_s(motion):
    """Medians of 24 data sets; the science gives one data set: 313 and 880, 5 and 342."""
    _, data = motion
    assert list(data["signs"]) == [100, 0, 0]
    assert data["batch"][0] == data["batch"][1] and data["single"][0] == data["single"][1]
    np.testing.assert_allclose(data["steepest"][:2], 20 / 4 + 1 / 12, rtol=0.01)  # s² + dμ²
    np.testing.assert_allclose(data["batch"], [313, 313, 5], rtol=0.05)
    np.testing.assert_allclose(data["single"], [880, 880, 342], rtol=0.05)


def test_the_table_agrees_with_the_still(motion):
    _, data = motion
    still = measured("rotation_test")
    for kind in ("batch", "single"):
        cases = [still[f"{case}_{kind}"] for case in ("given", "rotated", "centred")]
        np.testing.assert_allclose(data[kind], cases, atol=0.5)  # a median may lie between two


def test_in_the_plane_all_gradients_are_locked_before_and_half_of_them_after(motion):
    _, data = motion
    assert data["locked"][0] == 100
    assert abs(data["locked"][-1] - 50) < 4 * 50 / np.sqrt(data["samples"])
    assert (np.diff(data["locked"]) <= 0).all()


def test_the_share_on_the_screen_is_that_of_the_dots_on_the_screen(motion):
    scene, data = motion
    locked, _ = marks(scene, Counters)
    for row in range(0, len(data["angles"]), 20):
        scene.at(row)
        share = 100 * cone.one_signed(drawn_cloud(scene)).mean()
        assert locked.numbers[0].get_value() == pytest.approx(share, abs=0.51)


def test_cloud_and_valley_turn_by_the_angle_of_the_data(motion):
    scene, data = motion
    (walker,) = marks(scene, Walker)
    for row in (40, 110, 230):
        scene.at(row)
        angle = data["angles"][row]
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        np.testing.assert_allclose(drawn_cloud(scene), 1.6 * data["cloud"] @ turn, atol=1e-5)
        corners = walker.trail.get_start_anchors()[:, :2] - (2.1, 2.0)
        walk = 1.6 * data["walk"] @ turn
        np.testing.assert_allclose(corners[:4], walk[:4], atol=1e-5)


def test_the_turned_walk_is_that_of_the_turned_loss_and_takes_as_many_steps(motion):
    _, data = motion
    assert list(data["steps"]) == [49, 49]
    turn = np.array([[1, 1], [-1, 1]]) / np.sqrt(2)
    np.testing.assert_allclose(data["after"], data["walk"] @ turn, atol=1e-12)


def test_every_number_is_its_row_of_the_data(motion):
    scene, data = motion
    locked, steps = marks(scene, Counters)
    (table,) = marks(scene, Table)
    for row in range(0, len(data["angles"]), 6):
        scene.at(row)
        assert locked.numbers[0].get_value() == data["locked"][row]
        assert steps.numbers[0].get_value() == np.ceil(data["done"][row])
        lines = 1 + (row >= 235) + (row >= 265)
        shown = [number.get_value() for number in marks(table_scene(table), Number)]
        expected = np.column_stack([data[key] for key in ("signs", "batch", "single")])[:lines]
        np.testing.assert_array_equal(np.reshape(shown, (-1, 3)), expected)
    assert steps.numbers[0].get_value() == data["steps"][1]


def table_scene(table):
    """A table alone, as a scene to look through."""
    return type("Alone", (), {"mobjects": [table]})


def test_what_moves_and_what_is_read_stays_inside_the_frame(motion):
    scene, data = motion
    reach = np.array([config.frame_width, config.frame_height]) / 2
    for row in range(0, len(data["angles"]), 30):
        scene.at(row)
        for mark in (*marks(scene, Walker), *marks(scene, Words), *marks(scene, Number)):
            low, high = mark.get_corner([-1, -1, 0])[:2], mark.get_corner([1, 1, 0])[:2]
            assert (low > -reach).all() and (high < reach).all(), (row, mark)
        assert (np.abs(drawn_cloud(scene) + (-4.8, 2.0)) < reach).all()
