"""The car's body is rigid, and its wheels roll where they point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cars, poses

from zigzag import body
from zigzag.car import drive


@given(cars(), poses(), st.floats(-1, 1))
def test_no_wheel_slips(car, pose, steering):
    curvature = steering / car.turning_radius
    ahead, behind = (body.wheels(car, drive(pose, curvature, s)) for s in (1e-6, -1e-6))
    motion = (ahead - behind) / 2e-6
    rolling = pose[2] + body.wheel_angles(car, curvature)
    slip = motion[:, 0] * -np.sin(rolling) + motion[:, 1] * np.cos(rolling)
    np.testing.assert_allclose(slip, 0, atol=1e-7)


@given(cars(), poses())
def test_the_outline_is_the_car(car, pose):
    corners = body.outline(car, pose)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    assert sides == pytest.approx([car.length, car.width] * 2)
    x, y = corners.T
    area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    assert area == pytest.approx(car.length * car.width)  # positive: counter-clockwise
