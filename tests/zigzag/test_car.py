"""The car drives exactly: fine integration agrees, and arcs add up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from strategies import cars, poses

from zigzag import parking
from zigzag.body import outline
from zigzag.car import drive, travel

curvatures = st.floats(-0.4, 0.4)
distances = st.floats(-20.0, 20.0)


@given(poses(), curvatures, distances)
def test_driving_an_arc_agrees_with_fine_integration(pose, curvature, distance):
    def motion(_, state):
        return np.cos(state[2]), np.sin(state[2]), curvature

    s = solve_ivp(motion, (0, distance), pose, rtol=1e-10, atol=1e-10).y[:, -1]
    np.testing.assert_allclose(drive(pose, curvature, distance), s, atol=1e-7)


@given(poses(), curvatures, distances, distances)
def test_an_arc_may_be_driven_in_parts_and_back(pose, curvature, there, further):
    halfway = drive(pose, curvature, there)
    end = drive(pose, curvature, there + further)
    np.testing.assert_allclose(drive(halfway, curvature, further), end, atol=1e-12)
    np.testing.assert_allclose(drive(end, curvature, -there - further), pose, atol=1e-12)


@given(poses(), distances)
def test_nearly_straight_is_nearly_the_same_as_straight(pose, distance):
    straight = drive(pose, 0.0, distance)
    for curvature in (1e-16, -1e-12, 1e-9):
        bent = drive(pose, curvature, distance)
        np.testing.assert_allclose(bent, straight, atol=1e-6 * abs(distance) + 1e-12)


@given(cars())
def test_at_full_lock_the_outer_front_corner_turns_kerb_to_kerb(car):
    corner = outline(replace(car, front_overhang=1e-9), [0.0, 0.0, 0.0])[1]
    centre = np.array([0.0, car.turning_radius])  # left lock: the outer side is the right one
    assert np.linalg.norm(corner - centre) == pytest.approx(car.kerb_to_kerb)


@pytest.mark.parametrize("turn", [0.2, 0.1, 0.05])
def test_turning_and_driving_in_turns_is_a_slide(turn):
    forward = drive([0, 0, 0], 0, turn)
    turned = forward + [0, 0, turn]
    back = drive(turned, 0, -turn)
    assert (back[1]) / turn**2 == pytest.approx(-np.sin(turn) / turn, rel=1e-9)


@given(st.floats(0.5, 3.0), st.floats(0.3, 3.0))
def test_a_pose_on_the_way_is_where_driving_arc_by_arc_leads(distance, slack):
    arcs, pose, done = parking.shuffle(distance, slack, 4.0), np.array([1.0, 2.0, 0.3]), 0.0
    for curvature, length in arcs:
        here, k = travel([1.0, 2.0, 0.3], arcs, done + abs(length) / 2)
        middle = drive(pose, curvature, length / 2)
        np.testing.assert_allclose(here, middle, atol=1e-9)
        assert k == curvature
        pose, done = drive(pose, curvature, length), done + abs(length)


@pytest.mark.parametrize(("small", "turned"), [(0.2, 1.0136), (0.1, 1.0033), (0.05, 1.0008)])
def test_steering_and_driving_in_turns_is_a_wriggle_and_that_a_slide(small, turned):
    """The brackets [steer, drive] and [wriggle, drive], with a wheelbase of 1."""
    steered = np.tan(small)  # curvature at steering angle `small`
    wriggled = drive(drive([0, 0, 0], steered, small), 0, -small)
    assert wriggled[2] / small**2 == pytest.approx(turned, abs=1e-4)
    slid = drive(wriggled, 0, small)  # wriggle, drive, wriggle back, drive back
    back = drive(drive(slid, 0, small), steered, -small)
    assert back[2] == pytest.approx(0, abs=1e-15)
    sideways = drive(back, 0, -small)[1]
    assert sideways / small**3 == pytest.approx(turned, abs=0.02)
