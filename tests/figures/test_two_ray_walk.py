"""The closing angle: steps and length as the theorem says, and the table is the data's."""

import numpy as np
import pytest
from manim import config
from stage import marks, played

from inks.motions.lettering import Number, Words
from inks.motions.reels import Relay
from inks.motions.walkers import Walker
from zigzag import curvature


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("two_ray_walk", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


def test_steps_are_those_of_the_storyboard_and_of_the_factor_cos_two_phi(motion):
    _, data = motion
    assert list(data["steps"]) == [2, 21, 41, 223, 904]
    phi = np.radians(data["angles"][1:])
    # the first step leaves cos φ of the way, each further one cos 2φ
    further = curvature.steps_to(1e-6 / np.cos(phi), np.cos(2 * phi))
    np.testing.assert_array_equal(data["steps"][1:], 1 + np.ceil(further))


def test_the_length_is_one_over_the_sine(motion):
    _, data = motion
    expected = 1 / np.sin(np.radians(data["angles"]))
    np.testing.assert_allclose(data["lengths"], expected, rtol=2e-5)
    np.testing.assert_allclose(expected.round(2), [1.41, 2, 2.60, 5.76, 11.47])


def test_every_step_goes_along_one_of_the_two_samples(motion):
    _, data = motion
    for i, half in enumerate(data["angles"]):
        steps = np.diff(data[f"walk_{i}"], axis=0)[:30]
        off = np.degrees(np.arctan2(steps[:, 1], steps[:, 0])) % 180 - 45
        np.testing.assert_allclose(off[0::2], half, atol=1e-6)
        np.testing.assert_allclose(off[1::2], -half, atol=1e-6)


def test_walks_are_drawn_one_after_another_each_to_its_end(motion):
    scene, data = motion
    for row in range(0, len(data["turns"]), 6):
        scene.at(row)
        (relay,), (walker,) = marks(scene, Relay), marks(scene, Walker)
        turn = data["turns"][row]
        assert walker is relay.reels[turn]
        length = np.linalg.norm(np.diff(walker.trail.get_anchors(), axis=0), axis=1).sum()
        scale = np.linalg.norm(walker.trail.path[-1] - walker.trail.path[0])
        assert length / scale == pytest.approx(data["walked"][row, turn], abs=1e-4)
    for last in np.append(marks(scene, Relay)[0].since[1:], len(data["turns"])) - 1:
        turn = data["turns"][last]
        assert data["counted"][last, turn] == data["steps"][turn]


def test_every_number_of_the_table_is_its_row_of_the_data(motion):
    scene, data = motion
    for row in range(0, len(data["turns"]), 6):
        scene.at(row)
        lines = data["turns"][row] + 1
        shown = np.reshape([number.get_value() for number in marks(scene, Number)], (-1, 2))
        data_now = np.column_stack([data["counted"][row], data["walked"][row]])[:lines]
        np.testing.assert_array_equal(shown, data_now)


def test_the_table_names_the_angles_and_stays_off_the_plane(motion):
    scene, data = motion
    scene.at(len(data["turns"]) - 1)
    words = {mark.typst_code for mark in marks(scene, Words)}
    assert {"45°", "30°", "22.6°", "10°", "5°"} <= words
    (walker,) = marks(scene, Walker)
    edge = min(mark.get_left()[0] for mark in marks(scene, Words) if "°" in mark.typst_code)
    assert walker.trail.path[:, 0].max() + 0.2 < edge


def test_what_moves_and_what_is_read_stays_inside_the_frame(motion):
    scene, data = motion
    reach = np.array([config.frame_width, config.frame_height]) / 2
    for row in range(0, len(data["turns"]), 20):
        scene.at(row)
        for mark in (*marks(scene, Walker), *marks(scene, Words), *marks(scene, Number)):
            low, high = mark.get_corner([-1, -1, 0])[:2], mark.get_corner([1, 1, 0])[:2]
            assert (low > -reach).all() and (high < reach).all(), (row, mark)
