"""A driver steers at rest, drives each arc, and straightens the wheels."""

import numpy as np
import pytest

from zigzag import body, parking, track
from zigzag.body import on_car
from zigzag.car import travel, travel_length
from zigzag.slot import clearance
from zigzag.trajectory import SMALL, smoothstep, stop_and_go, trajectory

ARCS = np.array([[0.2, -3.0], [-0.2, -1.0], [0.1, 2.0]])


@pytest.fixture(scope="module")
def driven():
    return trajectory(SMALL, parking.park(SMALL, sideways=2.4, slack=3.0), rows=271)


def test_it_begins_and_ends_at_rest_with_straight_wheels(driven):
    assert not driven.angles[[0, -1]].any() and driven.driven[0] == 0
    assert np.ptp(driven.driven[-10:]) == 0


def test_a_run_lies_between_two_reversals(driven):
    assert driven.runs[-1] == track.reversals(driven.poses[:, :2]) + 1
    assert (np.diff(driven.runs) >= 0).all() and driven.runs[0] == 0


def test_the_car_stands_where_the_manoeuvre_ends_and_touched_nothing(driven):
    plan = parking.park(SMALL, sideways=2.4, slack=3.0)
    end, _ = travel(plan.start, plan.arcs, travel_length(plan.arcs))
    np.testing.assert_allclose(driven.poses[-1], end)
    assert clearance(body.outline(SMALL, driven.poses), plan.slot).min() > 0.04
    np.testing.assert_array_equal(driven.car[0], body.outline(SMALL, np.zeros(3)))


def test_the_driver_steers_at_rest_and_drives_each_arc_on_its_curvature():
    beats = np.linspace(0, len(ARCS) + 1, 4001)
    metres, curvature = stop_and_go(ARCS, beats)
    rolls = np.diff(metres) > 0
    assert np.abs(np.diff(curvature))[rolls].max() < 1e-12
    assert (np.diff(metres) >= 0).all() and metres[-1] == np.abs(ARCS[:, 1]).sum()
    assert curvature[0] == curvature[-1] == 0
    arc = np.searchsorted(np.cumsum(np.abs(ARCS[:, 1])), metres[:-1][rolls], side="right")
    np.testing.assert_allclose(curvature[:-1][rolls], ARCS[arc, 0])


def test_a_smooth_start_and_stop():
    np.testing.assert_array_equal(smoothstep(np.array([-1, 0, 0.5, 1, 2])), [0, 0, 0.5, 1, 1])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: stop_and_go([[0.2, 3.0, 1.0]], 0.5), "arcs has shape"),
        (lambda: travel_length([[0.2, 3.0, 1.0]]), "arcs has shape"),
        (lambda: on_car([[np.nan, 0.0]], [0.0, 0.0, 0.0]), "points = "),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
