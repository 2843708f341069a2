"""The car against fine integration, the shuffle against its own arithmetic, and the slot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from strategies import cars, poses, turns

from zigzag import parking
from zigzag.car import rear_axle_radius
from zigzag.parking import Car

FAMILY_CAR = Car(2.62, 0.85, 0.83, 1.8, turning_radius=3.88)
curvatures = st.floats(-0.4, 0.4)
distances = st.floats(-20.0, 20.0)


@given(poses(), curvatures, distances)
def test_driving_an_arc_agrees_with_fine_integration(pose, curvature, distance):
    def motion(_, state):
        return np.cos(state[2]), np.sin(state[2]), curvature

    s = solve_ivp(motion, (0, distance), pose, rtol=1e-10, atol=1e-10).y[:, -1]
    np.testing.assert_allclose(parking.drive(pose, curvature, distance), s, atol=1e-7)


@given(poses(), curvatures, distances, distances)
def test_an_arc_may_be_driven_in_parts_and_back(pose, curvature, there, further):
    halfway = parking.drive(pose, curvature, there)
    end = parking.drive(pose, curvature, there + further)
    np.testing.assert_allclose(parking.drive(halfway, curvature, further), end, atol=1e-12)
    np.testing.assert_allclose(parking.drive(end, curvature, -there - further), pose, atol=1e-12)


@given(poses(), distances)
def test_nearly_straight_is_nearly_the_same_as_straight(pose, distance):
    straight = parking.drive(pose, 0.0, distance)
    for curvature in (1e-16, -1e-12, 1e-9):
        bent = parking.drive(pose, curvature, distance)
        np.testing.assert_allclose(bent, straight, atol=1e-6 * abs(distance) + 1e-12)


@given(cars(), poses(), st.floats(-1, 1))
def test_no_wheel_slips(car, pose, steering):
    curvature = steering / car.turning_radius
    ahead, behind = (parking.wheels(car, parking.drive(pose, curvature, s)) for s in (1e-6, -1e-6))
    motion = (ahead - behind) / 2e-6
    rolling = pose[2] + parking.wheel_angles(car, curvature)
    slip = motion[:, 0] * -np.sin(rolling) + motion[:, 1] * np.cos(rolling)
    np.testing.assert_allclose(slip, 0, atol=1e-7)


@given(cars())
def test_at_full_lock_the_outer_front_corner_turns_kerb_to_kerb(car):
    assert np.tan(car.lock) * car.turning_radius == pytest.approx(car.wheelbase)
    assert parking.steering_angle(car, 1 / car.turning_radius) == pytest.approx(car.lock)
    back = rear_axle_radius(car.kerb_to_kerb, wheelbase=car.wheelbase, width=car.width)
    assert back == pytest.approx(car.turning_radius)


@given(cars(), poses())
def test_the_outline_is_the_car(car, pose):
    corners = parking.outline(car, pose)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    assert sides == pytest.approx([car.length, car.width] * 2)
    x, y = corners.T
    area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    assert area == pytest.approx(car.length * car.width)  # positive: counter-clockwise


@pytest.mark.parametrize("turn", [0.2, 0.1, 0.05])
def test_turning_and_driving_in_turns_is_a_slide(turn):
    forward = parking.drive([0, 0, 0], 0, turn)
    turned = forward + [0, 0, turn]
    back = parking.drive(turned, 0, -turn)
    assert (back[1]) / turn**2 == pytest.approx(-np.sin(turn) / turn, rel=1e-9)


@given(cars(), turns, st.sampled_from([-1.0, 1.0]))
def test_a_run_moves_by_its_slack_and_its_shift(car, turn, way):
    radius, arc = car.turning_radius, way * turn * car.turning_radius
    pose = parking.drive(parking.drive([0, 0, 0], -1 / radius, arc), 1 / radius, arc)
    slack = 2 * radius * np.sin(turn)
    shift = 2 * radius * (1 - np.cos(turn))
    np.testing.assert_allclose(pose, [way * slack, -shift, 0], atol=1e-12)
    assert parking.run_shift(slack, radius) == pytest.approx(shift, rel=1e-6)


def test_half_the_slack_takes_four_times_the_moves():
    slack = np.array([4, 2, 1, 0.5, 0.25, 0.1])
    assert parking.moves_to_shift(2.0, slack, 5.0).tolist() == [3, 10, 40, 160, 640, 4000]
    metres = [parking.travel_length(parking.shuffle(2.0, h, 5.0)) for h in slack]
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
    end, _ = parking.travel(start, arcs, parking.travel_length(arcs))
    leftwards = np.array([-np.sin(start[2]), np.cos(start[2])])
    assert (end[:2] - start[:2]) @ leftwards == pytest.approx(side * distance, abs=1e-9)
    assert end[2] == pytest.approx(start[2], abs=1e-9)
    assert (np.sign(arcs[::2, 1]) == np.sign(arcs[1::2, 1])).all()
    assert (np.sign(arcs[2::2, 1]) == -np.sign(arcs[:-2:2, 1])).all()


@given(st.floats(0.5, 3.0), st.floats(0.3, 3.0))
def test_a_pose_on_the_way_is_where_driving_arc_by_arc_leads(distance, slack):
    arcs, pose, done = parking.shuffle(distance, slack, 4.0), np.array([1.0, 2.0, 0.3]), 0.0
    for curvature, length in arcs:
        here, k = parking.travel([1.0, 2.0, 0.3], arcs, done + abs(length) / 2)
        middle = parking.drive(pose, curvature, length / 2)
        np.testing.assert_allclose(here, middle, atol=1e-9)
        assert k == curvature
        pose, done = parking.drive(pose, curvature, length), done + abs(length)


@given(cars(), st.floats(1.5, 2.5), st.floats(0.3, 3.0), st.floats(0.01, 0.3))
def test_parking_touches_neither_kerb_nor_neighbours(car, sideways, slack, margin):
    plan = parking.park(car, sideways=sideways, slack=slack, margin=margin)
    s = np.linspace(0, parking.travel_length(plan.arcs), 4000)
    all_poses, _ = parking.travel(plan.start, plan.arcs, s)
    outlines = parking.outline(car, all_poses)
    assert parking.clearance(outlines, plan.slot).min() > margin - 1e-9
    # and no farther from the kerb than it must be
    assert outlines[..., 1].min() == pytest.approx(margin, abs=0.01)  # sampling


@given(cars(), turns, st.booleans())
def test_the_swing_is_what_fine_sampling_sees(car, turn, forward):
    way, radius = (1 if forward else -1), car.turning_radius
    arcs = np.array([[-1 / radius, way * turn * radius], [1 / radius, way * turn * radius]])
    s = np.linspace(0, parking.travel_length(arcs), 4001)
    all_poses, _ = parking.travel([0, 0, 0], arcs, s)
    lowest = parking.outline(car, all_poses)[..., 1].min()
    dip = all_poses[-1, 1] - car.width / 2 - lowest
    assert dip == pytest.approx(parking.kerb_swing(car, turn, forward=forward), abs=1e-4)


@given(cars(), turns)
def test_the_swing_asks_for_no_room_between_the_neighbours(car, turn):
    radius, slack = car.turning_radius, 2 * car.turning_radius * np.sin(turn)
    arcs = np.array([[-1 / radius, -turn * radius], [1 / radius, -turn * radius]])
    s = np.linspace(0, parking.travel_length(arcs), 2001)
    x = parking.outline(car, parking.travel([0, 0, 0], arcs, s)[0])[..., 0]
    assert np.ptp(x) == pytest.approx(car.length + slack, abs=1e-9)


@given(cars(), poses())
def test_contact_is_what_a_cloud_of_points_sees(car, pose):
    slot = parking.Slot(6.0, 4.3, 1.8, 0.3)
    pose = pose / [2, 5, 1] + [0, 2, 0]
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 60)] * 2), axis=-1).reshape(-1, 2)
    corners = parking.outline(car, pose)
    cloud = corners[0] + grid @ (corners[[1, 3]] - corners[0])
    inside = np.zeros(len(cloud), dtype=bool)
    for box in slot.neighbours:
        inside |= ((cloud > box.min(axis=0)) & (cloud < box.max(axis=0))).all(axis=1)
    gap = parking.clearance(corners, slot)
    if inside.any() or cloud[:, 1].min() < 0:
        assert gap < 0
    elif gap < 0:  # a contact too slight for the cloud to see
        assert gap > -0.3


def test_one_reverse_at_full_lock_needs_blackburns_slot():
    extra = parking.extra_slot_length(5.45, 2.62, 0.85, 1.8)
    assert extra == pytest.approx(1.630, abs=5e-4)
    # Independently: the corner of the parked car lies on the circle of the front bumper's corner.
    rear = np.sqrt(5.45**2 - 2.62**2)
    bumper = np.hypot(rear, 2.62 + 0.85)
    assert np.hypot(rear - 1.8, 2.62 + 0.85 + extra) == pytest.approx(bumper)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: Car(2.6, 0.9, 0.8, 1.8, 0.5), "turning_radius = 0.5"),
        (lambda: Car(2.6, 0.9, -0.8, 1.8, 5.0), "rear_overhang = -0.8"),
        (lambda: parking.drive([0, 0], 0, 1), "pose has shape"),
        (lambda: parking.moves_to_shift(2, 0, 5), "slack = 0"),
        (lambda: parking.shuffle(0.0, 1, 5), "sideways"),
        (lambda: parking.travel([0, 0, 0], [[0.0, 1.0]], 2.0), r"s = 2.*\[0, 1"),
        (lambda: parking.extra_slot_length(2.0, 2.6, 0.8, 1.8), "turning_radius = 2"),
        (lambda: parking.kerb_swing(FAMILY_CAR, 2.0, forward=True), "turn = 2"),
        (lambda: rear_axle_radius(2.0, wheelbase=2.6, width=1.8), "kerb_to_kerb = 2"),
        (lambda: parking.clearance(np.zeros((3, 2)), parking.Slot(5, 4, 2, 1)), "outlines has"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
