"""The slot: who touches whom, how far a swing reaches, and how long one reverse needs it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cars, poses, turns

from zigzag import body
from zigzag.car import travel, travel_length
from zigzag.slot import Slot, clearance, extra_slot_length, kerb_swing


@given(cars(), turns, st.booleans())
def test_the_swing_is_what_fine_sampling_sees(car, turn, forward):
    way, radius = (1 if forward else -1), car.turning_radius
    arcs = np.array([[-1 / radius, way * turn * radius], [1 / radius, way * turn * radius]])
    s = np.linspace(0, travel_length(arcs), 4001)
    all_poses, _ = travel([0, 0, 0], arcs, s)
    lowest = body.outline(car, all_poses)[..., 1].min()
    dip = all_poses[-1, 1] - car.width / 2 - lowest
    assert dip == pytest.approx(kerb_swing(car, turn, forward=forward), abs=1e-4)


@given(cars(), turns)
def test_the_swing_asks_for_no_room_between_the_neighbours(car, turn):
    radius, slack = car.turning_radius, 2 * car.turning_radius * np.sin(turn)
    arcs = np.array([[-1 / radius, -turn * radius], [1 / radius, -turn * radius]])
    s = np.linspace(0, travel_length(arcs), 2001)
    x = body.outline(car, travel([0, 0, 0], arcs, s)[0])[..., 0]
    assert np.ptp(x) == pytest.approx(car.length + slack, abs=1e-9)


@given(cars(), poses())
def test_contact_is_what_a_cloud_of_points_sees(car, pose):
    slot = Slot(6.0, 4.3, 1.8, 0.3)
    pose = pose / [2, 5, 1] + [0, 2, 0]
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 60)] * 2), axis=-1).reshape(-1, 2)
    corners = body.outline(car, pose)
    cloud = corners[0] + grid @ (corners[[1, 3]] - corners[0])
    inside = np.zeros(len(cloud), dtype=bool)
    for box in slot.neighbours:
        inside |= ((cloud > box.min(axis=0)) & (cloud < box.max(axis=0))).all(axis=1)
    gap = clearance(corners, slot)
    if inside.any() or cloud[:, 1].min() < 0:
        assert gap < 0
    elif gap < 0:  # a contact too slight for the cloud to see
        assert gap > -0.3


def test_one_reverse_at_full_lock_needs_blackburns_slot():
    extra = extra_slot_length(5.45, 2.62, 0.85, 1.8)
    assert extra == pytest.approx(1.630, abs=5e-4)
    # Independently: the corner of the parked car lies on the circle of the front bumper's corner.
    rear = np.sqrt(5.45**2 - 2.62**2)
    bumper = np.hypot(rear, 2.62 + 0.85)
    assert np.hypot(rear - 1.8, 2.62 + 0.85 + extra) == pytest.approx(bumper)
