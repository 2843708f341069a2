"""The car drives into its gap, the raw walk stays locked, the centred one goes home."""

import numpy as np
import pytest
from experiments import measured
from manim import config
from stage import marks, played

from inks.motions.counters import Counters
from inks.motions.lettering import Number, Words
from inks.motions.street import Drive
from inks.motions.walkers import Walker
from zigzag import body, cone, parking, track
from zigzag.car import Car
from zigzag.slot import clearance


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("parking_or_walking", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


def test_the_car_comes_in_with_as_many_runs_as_counted_and_touches_nothing(motion):
    _, data = motion
    assert data["moves"] == track.reversals(data["poses"][:, :2]) + 1 == data["runs"][-1]
    car = Car(2.49, 0.49, 0.52, 1.665, turning_radius=2.7)
    slot = parking.park(car, sideways=2.4, slack=3.0).slot
    assert clearance(body.outline(car, data["poses"]), slot).min() > 0.04


def test_no_raw_step_leaves_the_two_quadrants_and_some_centred_steps_do(motion):
    _, data = motion
    assert cone.one_signed(np.diff(data["raw_walk"], axis=0)).all()
    assert not cone.one_signed(np.diff(data["centred_walk"], axis=0)).all()


def test_the_walks_are_those_of_the_still(motion):
    """Storyboard: medians of about 24 and 7 steps."""
    _, data = motion
    still = measured("redrawn_zigzag")
    for kind, low, high in (("raw", 22, 26), ("centred", 6, 9)):
        np.testing.assert_array_equal(data[f"{kind}_walk"], still[f"{kind}_walk"])
        assert low <= data[f"{kind}_steps"] <= high
        left = np.linalg.norm(data[f"{kind}_walk"] - data["goal"], axis=1) / np.sqrt(2)
        assert left[-1] <= 0.01 < left[-2]


def test_both_walkers_are_always_at_the_same_step_until_one_is_home(motion):
    _, data = motion
    under_way = data["centred_done"] < data["centred_steps"]
    np.testing.assert_array_equal(data["raw_done"][under_way], data["centred_done"][under_way])


def test_every_counter_shows_its_row_of_the_data_and_walkers_stand_there(motion):
    scene, data = motion
    runs, steps = marks(scene, Counters)
    home, walker = marks(scene, Walker)
    for row in range(0, len(data["runs"]), 5):
        scene.at(row)
        done = [data["raw_done"][row], data["centred_done"][row]]
        assert [number.get_value() for number in steps.numbers] == list(np.ceil(done))
        assert runs.numbers[0].get_value() == data["runs"][row]
        for mark, now in zip((walker, home), done, strict=True):
            path = mark.trail.path
            place = [np.interp(now, np.arange(len(path)), axis) for axis in path.T]
            np.testing.assert_allclose(mark.dot.get_center(), place, atol=1e-6)


def test_the_centred_walk_is_told_apart_without_colour(motion):
    scene, data = motion
    scene.at(len(data["runs"]) - 1)
    home, walker = marks(scene, Walker)
    assert home.trail.dash > 0 == walker.trail.dash
    assert len(home.trail.get_subpaths()) > 20 and len(walker.trail.get_subpaths()) == 1
    assert len(home.dot.get_start_anchors()) != len(walker.dot.get_start_anchors())


def test_what_moves_and_what_is_read_stays_inside_the_frame_and_apart(motion):
    scene, data = motion
    reach = np.array([config.frame_width, config.frame_height]) / 2
    for row in range(0, len(data["runs"]), 15):
        scene.at(row)
        (drive,), walkers = marks(scene, Drive), marks(scene, Walker)
        for mark in (drive, *walkers, *marks(scene, Words), *marks(scene, Number)):
            low, high = mark.get_corner([-1, -1, 0])[:2], mark.get_corner([1, 1, 0])[:2]
            assert (low > -reach).all() and (high < reach).all(), (row, mark)
        assert drive.get_right()[0] < min(walker.get_left()[0] for walker in walkers)
