r"""The body of the car: where its corners and wheels stand, and where each wheel points.

| symbol | shape | meaning |
|---|---|---|
| pose | (..., 3) | x and y of the rear axle's centre in metres, heading θ in radians |
| a, b | (n,), m | a point of the car: ahead of the rear axle's centre, and left of it |
| k | (...), 1/m | curvature of the rear axle's path; positive turns left |

Source: rigid motion; that no wheel slips is tested.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, finite, vectors
from zigzag.car import Car

_TRACK = 0.86  # distance between left and right wheels, as a share of the car's width


def outline(car: Car, pose: ArrayLike) -> Floats:
    """The car's four corners, shape (..., 4, 2): rear right, front right, front left, rear left.

    >>> car = Car(2.6, 0.9, 0.8, 1.8, turning_radius=4.0)
    >>> print(outline(car, [0.0, 0.0, 0.0]))
    [[-0.8 -0.9]
     [ 3.5 -0.9]
     [ 3.5  0.9]
     [-0.8  0.9]]
    """
    rear = -car.rear_overhang
    front = car.wheelbase + car.front_overhang
    side = car.width / 2
    corners = [
        (rear, -side),
        (front, -side),
        (front, side),
        (rear, side),
    ]
    return on_car(corners, pose)


def wheels(car: Car, pose: ArrayLike) -> Floats:
    """Where the wheels stand, shape (..., 4, 2), in the order of the corners of `outline`.

    >>> car = Car(2.6, 0.9, 0.8, 1.8, turning_radius=4.0)
    >>> print(wheels(car, [0.0, 0.0, 0.0])[:, 0])
    [0.  2.6 2.6 0. ]
    """
    return on_car(_hubs(car), pose)


def wheel_angles(car: Car, curvature: ArrayLike) -> Floats:
    """The angle of each wheel to the car's axis in radians, (..., 4), in the order of `wheels`.

    Each wheel rolls along its own track: at (a, b) ahead of and left of the rear axle's centre the
    car moves along (1 − k·b, k·a). For the front wheels this is Ackermann steering; on the axis
    it is atan(ℓ·k).

    >>> car = Car(2.6, 0.9, 0.8, 1.8, turning_radius=4.0)
    >>> print(np.degrees(wheel_angles(car, 1 / 4.0)).round(1))
    [ 0.  28.6 38.9  0. ]
    """
    ahead, left = _hubs(car).T
    k = finite("curvature", curvature)[..., None]
    forward = 1 - k * left
    return np.asarray(np.arctan2(k * ahead, forward))


def on_car(points: ArrayLike, pose: ArrayLike) -> Floats:
    """Points (n, 2) of the car's frame (ahead, left), as (x, y) on the ground, (..., n, 2).

    >>> print(on_car(np.array([[1.0, 0.0]]), [5.0, 5.0, np.pi / 2]).round(12))
    [[5. 6.]]
    """
    rear_axle = vectors("pose", pose, dimension=3)[..., None, :]
    x, y, theta = np.moveaxis(rear_axle, -1, 0)
    cos = np.cos(theta)
    sin = np.sin(theta)
    ahead, left = batch("points", points, dimension=2).T
    east = x + cos * ahead - sin * left
    north = y + sin * ahead + cos * left
    return np.stack([east, north], axis=-1)


def _hubs(car: Car) -> Floats:
    """The centres of the wheels in the car's frame, (4, 2)."""
    front = car.wheelbase
    half = _TRACK * car.width / 2
    hubs = [
        (0.0, -half),
        (front, -half),
        (front, half),
        (0.0, half),
    ]
    return np.array(hubs)
