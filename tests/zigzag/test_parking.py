"""The shuffle against its own arithmetic, and the whole manœuvre against kerb and neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cars, poses, turns

from zigzag import body, parking
from zigzag.car import Car, drive, travel, travel_length
from zigzag.slot import Slot, clearance, extra_slot_length, kerb_swing

FAMILY_CAR = Car(2.62, 0.85, 0.83, 1.8, turning_radius=3.88)


@given(cars(), turns, st.sampled_from([-1.0, 1.0]))
def test_a_run_moves_by_its_slack_and_its_shift(car, turn, way):
    radius, arc = car.turning_radius, way * turn * car.turning_radius
    pose = drive(drive([0, 0, 0], -1 / radius, arc), 1 / radius, arc)
    slack = 2 * radius * np.sin(turn)
    shift = 2 * radius * (1 - np.cos(turn))
    np.testing.assert_allclose(pose, [way * slack, -shift, 0], atol=1e-12)
    assert parking.run_shift(slack, radius) == pytest.approx(shift, rel=1e-6)


def test_half_the_slack_takes_four_times_the_moves():
    slack = np.array([4, 2, 1, 0.5, 0.25, 0.1])
    assert parking.moves_to_shift(2.0, slack, 5.0).tolist() == [3, 10, 40, 160, 640, 4000]
    metres = [travel_length(parking.shuffle(2.0, h, 5.0)) for h in slack]
    assert metres[-1] == pytest.approx(400, rel=1e-3)
    narrow = slice(2, None)  # the exponents are those of small slack
    log = np.log
    moves = parking.moves_to_shift(2.0, slack, 5.0)
    assert np.polyfit(log(slack[narrow]), log(moves[narrow]), 1)[0] == pytest.approx(-2, abs=0.01)
    assert np.polyfit(log(slack[narrow]), log(metres[narrow]), 1)[0] == pytest.approx(-1, abs=0.01)


@given(poses(), st.floats(0.1, 4), st.floats(0.3, 12), st.floats(3, 8), st.sampled_from([-1, 1]))
def test_the_shuffle_ends_exactly_beside_its_start(start, distance, slack, radius, side):
    arcs = parking.shuffle(side * distance, slack, radius)
    assert len(arcs) == 2 * parking.moves_to_shift(distance, slack, radius)
    end, _ = travel(start, arcs, travel_length(arcs))
    leftwards = np.array([-np.sin(start[2]), np.cos(start[2])])
    assert (end[:2] - start[:2]) @ leftwards == pytest.approx(side * distance, abs=1e-9)
    assert end[2] == pytest.approx(start[2], abs=1e-9)
    assert (np.sign(arcs[::2, 1]) == np.sign(arcs[1::2, 1])).all()
    assert (np.sign(arcs[2::2, 1]) == -np.sign(arcs[:-2:2, 1])).all()


@given(cars(), st.floats(1.5, 2.5), st.floats(0.3, 3.0), st.floats(0.01, 0.3))
def test_parking_touches_neither_kerb_nor_neighbours(car, sideways, slack, margin):
    plan = parking.park(car, sideways=sideways, slack=slack, margin=margin)
    s = np.linspace(0, travel_length(plan.arcs), 4000)
    all_poses, _ = travel(plan.start, plan.arcs, s)
    outlines = body.outline(car, all_poses)
    assert clearance(outlines, plan.slot).min() > margin - 1e-9
    # and no farther from the kerb than it must be; a corner moves some two metres a metre driven
    assert outlines[..., 1].min() == pytest.approx(margin, abs=0.002 + 2 * s[1])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: Car(2.6, 0.9, 0.8, 1.8, 0.5), "turning_radius = 0.5"),
        (lambda: Car(2.6, 0.9, -0.8, 1.8, 5.0), "rear_overhang = -0.8"),
        (lambda: drive([0, 0], 0, 1), "pose has shape"),
        (lambda: parking.moves_to_shift(2, 0, 5), "slack = 0"),
        (lambda: parking.shuffle(0.0, 1, 5), "sideways"),
        (lambda: travel([0, 0, 0], [[0.0, 1.0]], 2.0), r"s = 2.*\[0, 1"),
        (lambda: extra_slot_length(2.0, 2.6, 0.8, 1.8), "turning_radius = 2"),
        (lambda: extra_slot_length(5.0, 2.6, 0.8, 9.9), "parked_width = 9.9"),
        (lambda: kerb_swing(FAMILY_CAR, 2.0, forward=True), "turn = 2"),
        (lambda: clearance(np.zeros((3, 2)), Slot(5, 4, 2, 1)), "outlines has"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
