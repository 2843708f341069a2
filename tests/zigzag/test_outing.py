"""An outing is what a driver does: steer at rest, drive each arc, straighten the wheels."""

import numpy as np
import pytest

from zigzag import car, parking, track
from zigzag.body import on_car
from zigzag.outing import SMALL, outing, smooth, stop_and_go

ARCS = np.array([[0.2, -3.0], [-0.2, -1.0], [0.1, 2.0]])


@pytest.fixture(scope="module")
def seen():
    return outing(SMALL, parking.park(SMALL, sideways=2.4, slack=3.0), rows=271)


def test_it_begins_and_ends_at_rest_with_straight_wheels(seen):
    assert not seen.angles[[0, -1]].any() and seen.driven[0] == 0
    assert np.ptp(seen.driven[-10:]) == 0


def test_a_run_lies_between_two_reversals(seen):
    assert seen.runs[-1] == track.reversals(seen.poses[:, :2]) + 1
    assert (np.diff(seen.runs) >= 0).all() and seen.runs[0] == 0


def test_the_car_stands_where_the_manoeuvre_ends_and_touched_nothing(seen):
    plan = parking.park(SMALL, sideways=2.4, slack=3.0)
    end, _ = parking.travel(plan.start, plan.arcs, parking.travel_length(plan.arcs))
    np.testing.assert_allclose(seen.poses[-1], end)
    assert parking.clearance(parking.outline(SMALL, seen.poses), plan.slot).min() > 0.04
    np.testing.assert_array_equal(seen.car[0], parking.outline(SMALL, np.zeros(3)))


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
    np.testing.assert_array_equal(smooth(np.array([-1, 0, 0.5, 1, 2])), [0, 0, 0.5, 1, 1])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: stop_and_go([[0.2, 3.0, 1.0]], 0.5), "arcs has shape"),
        (lambda: car.travel_length([[0.2, 3.0, 1.0]]), "arcs has shape"),
        (lambda: on_car([[np.nan, 0.0]], [0.0, 0.0, 0.0]), "points = "),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
