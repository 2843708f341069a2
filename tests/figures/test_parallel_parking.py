"""The car in the picture drives as a car drives, and every number is the data's."""

import numpy as np
import pytest
from manim import config
from stage import corners, marks, played

from inks.car import WHEELS
from inks.motions.lettering import Number, Words
from inks.motions.street import Drive
from inks.motions.walkers import Walker
from zigzag import body, track
from zigzag.car import Car


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("parallel_parking", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


@pytest.fixture(scope="module")
def film(motion):
    """All rows as drawn: hubs (rows, 4, 2) on the screen, wheels' axes, the car's, counters."""
    scene, data = motion
    (drive,), numbers = marks(scene, Drive), marks(scene, Number)
    rows = []
    for row in range(len(data["poses"])):
        scene.at(row)
        tyres = [corners(drive.car.parts[name]) for name in WHEELS]
        hubs = np.array([tyre.mean(axis=0) for tyre in tyres])
        forward = (hubs[1] + hubs[2] - hubs[0] - hubs[3]) / 2
        axes = np.array(
            [np.linalg.svd(tyre - hub)[2][0] for tyre, hub in zip(tyres, hubs, strict=True)]
        )
        axes *= np.sign(axes @ forward)[:, None]
        rows.append((hubs, axes, forward, [number.get_value() for number in numbers]))
    return [np.array(column) for column in zip(*rows, strict=True)]


@pytest.fixture(scope="module")
def rolling(motion):
    """Rows from which the car rolls on along one arc, not standing before or after."""
    _, data = motion
    ahead = np.diff(data["driven"]) > 1e-3
    same = np.abs(np.diff(data["angles"], axis=0)).max(axis=1) == 0
    rows = np.flatnonzero(ahead & same)
    assert len(rows) > 150
    return rows


def bearing(vectors):
    return np.arctan2(vectors[..., 1], vectors[..., 0])


def between(a, b):
    """The angle from b to a, in (−π, π]."""
    return np.angle(np.exp(1j * (a - b)))


def test_front_wheels_stand_at_the_arctangent_of_wheelbase_times_curvature(film, rolling):
    """Left and right lie about it as Ackermann asks: cotangents average to the bicycle's."""
    hubs, axes, forward, _ = film
    wheelbase = np.linalg.norm(forward, axis=-1)
    turned = between(bearing(forward[rolling + 1]), bearing(forward[rolling]))
    axle = hubs[:, [0, 3]].mean(axis=1)
    step = axle[rolling + 1] - axle[rolling]
    backwards = np.sign((step * forward[rolling]).sum(axis=-1))
    arc = backwards * np.linalg.norm(step, axis=-1) / np.sinc(turned / (2 * np.pi))
    bicycle = np.arctan(wheelbase[rolling] * turned / arc)
    drawn = between(bearing(axes[rolling][:, [1, 2]]), bearing(forward[rolling])[:, None])
    cotangent = (1 / np.tan(drawn)).mean(axis=1)
    np.testing.assert_allclose(np.arctan(1 / cotangent), bicycle, atol=1e-6)
    assert np.abs(bicycle).max() > 0.7


def test_drawn_wheels_stand_as_the_core_says(motion, film):
    _, data = motion
    _, axes, forward, _ = film
    drawn = between(bearing(axes), bearing(forward)[:, None])
    np.testing.assert_allclose(drawn, data["angles"], atol=1e-6)


def test_no_wheel_slips(film, rolling):
    """Each hub moves, from row to row, along the mean of its wheel's bearings: a circle's chord."""
    hubs, axes, _, _ = film
    way = hubs[rolling + 1] - hubs[rolling]
    mean = axes[rolling + 1] + axes[rolling]
    across = way[..., 0] * mean[..., 1] - way[..., 1] * mean[..., 0]
    assert np.abs(across / np.linalg.norm(way, axis=-1)).max() < 1e-6


def test_the_rear_axle_moves_only_along_the_heading(film, rolling):
    hubs, _, forward, _ = film
    axle = hubs[:, [0, 3]].mean(axis=1)
    heading = bearing(forward[rolling] + forward[rolling + 1])
    slip = between(bearing(axle[rolling + 1] - axle[rolling]), heading)
    assert np.abs(np.sin(slip)).max() < 1e-6


def test_wheels_turn_only_while_the_car_stands(motion):
    _, data = motion
    steers = np.abs(np.diff(data["angles"], axis=0)).max(axis=1) > 1e-12
    rolls = np.diff(data["driven"]) > 1e-12
    assert steers.any() and rolls.any()
    assert (steers & rolls).sum() <= len(data["poses"]) // 20  # rows in which one ends, one begins


def test_tyre_tracks_are_the_wheels_own_paths(motion, film):
    scene, data = motion
    scene.at(len(data["poses"]) - 1)
    (drive,) = marks(scene, Drive)
    own = parking_wheels(data)
    for i, trail in enumerate(drive.tyres):
        np.testing.assert_allclose(trail.path[:, :2], film[0][:, i], atol=1e-6)
        np.testing.assert_allclose(trail.path[:, :2], drive.car.view(own[:, i])[:, :2], atol=1e-9)
        np.testing.assert_allclose(corners(trail)[:-1], film[0][:-1, i], atol=1e-6)


def parking_wheels(data):
    """Where the core sees the wheels, (rows, 4, 2)."""
    hubs = data["car"][1]
    car = Car(2.49, 0.49, 0.52, 1.665, turning_radius=2.7)
    np.testing.assert_array_equal(hubs, body.wheels(car, np.zeros(3)))
    return body.wheels(car, data["poses"])


def test_every_counter_shows_its_row_of_the_data(motion, film):
    _, data = motion
    names = ("runs", "driven", "walk_runs", "walked")
    np.testing.assert_array_equal(film[3], np.column_stack([data[name] for name in names]))


def test_the_last_frame_shows_the_totals(motion, film):
    _, data = motion
    totals = [data[name] for name in ("moves", "metres", "walk_moves", "walk_length")]
    np.testing.assert_allclose(film[3][-1], totals)
    np.testing.assert_array_equal(film[3][0], 0)


def test_a_move_is_a_run_between_reversals_for_both(motion):
    _, data = motion
    assert data["moves"] == track.reversals(data["poses"][:, :2]) + 1
    assert data["walk_moves"] == track.reversals(data["walk"]) + 1


def test_both_have_the_same_distance_slack_and_speed(motion):
    _, data = motion
    assert np.ptp(data["poses"][:, 0]) == pytest.approx(data["slack"], abs=1e-9)
    assert data["poses"][0, 1] - data["poses"][-1, 1] == pytest.approx(data["sideways"])
    assert np.ptp(data["walk"][:, 0]) <= data["slack"]
    assert np.ptp(data["walk"][:, 1]) == pytest.approx(data["sideways"])
    under_way = data["walked"] < data["walk_length"]
    np.testing.assert_array_equal(data["walked"][under_way], data["driven"][under_way])


def test_each_step_of_the_walker_stays_in_its_cone(motion):
    scene, data = motion
    (walker,) = marks(scene, Walker)
    steps = np.diff(walker.trail.path[:, :2], axis=0)
    off = np.abs(np.sin(bearing(steps) - np.pi / 4))
    assert off.max() <= np.sin(np.radians(data["half_angle"])) + 1e-9


def test_the_car_touches_nothing(motion):
    _, data = motion
    assert data["clearance"] > 0.04


def test_what_moves_and_what_is_read_stays_inside_the_frame(motion):
    scene, data = motion
    reach = np.array([config.frame_width, config.frame_height]) / 2
    for row in range(0, len(data["poses"]), 10):
        scene.at(row)
        for mark in (*marks(scene, (Drive, Walker)), *marks(scene, Words), *marks(scene, Number)):
            low, high = mark.get_corner([-1, -1, 0])[:2], mark.get_corner([1, 1, 0])[:2]
            assert (low > -reach).all() and (high < reach).all(), (row, mark)


def test_car_and_walker_keep_to_their_halves(motion):
    scene, data = motion
    for row in range(0, len(data["poses"]), 10):
        scene.at(row)
        (drive,), (walker,) = marks(scene, Drive), marks(scene, Walker)
        assert drive.get_right()[0] < walker.get_left()[0]
