r"""A car that drives exactly: circles and straight lines, no slip, no small time steps.

The kinematic bicycle: the rear axle's centre moves along the heading, $\dot x = v\cos\theta$,
$\dot y = v\sin\theta$, $\dot\theta = v k$, with a curvature $|k| \le 1/R$ set by the steering
angle, $k = \tan\beta/\ell$. It cannot move sideways: $\dot x \sin\theta = \dot y \cos\theta$.

| symbol | shape | meaning |
|---|---|---|
| pose | (..., 3) | x and y of the rear axle's centre in metres, heading θ in radians |
| k | (...), 1/m | curvature of the rear axle's path; positive turns left |
| s | (...), m | signed distance driven by the rear axle's centre; negative is in reverse |
| R | m | turning radius *of the rear axle's centre* at full lock |
| ℓ | m | wheelbase |
| β | radians | steering angle |

Source: the standard model; see Laumond, Sekhavat and Lamiraux in *Robot Motion Planning and
Control* (1998). The closed form of an arc: derived here.
"""

from dataclasses import dataclass, fields
from math import atan, hypot, sqrt

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, finite, positive, vectors

_TRACK = 0.86  # distance between left and right wheels, as a share of the car's width


@dataclass(frozen=True, slots=True)
class Car:
    """A car by its measures in metres; `turning_radius` is that of the rear axle's centre.

    Brochures print the kerb-to-kerb circle instead: see `rear_axle_radius`.
    """

    wheelbase: float
    front_overhang: float
    rear_overhang: float
    width: float
    turning_radius: float

    def __post_init__(self) -> None:
        for field in fields(self):
            positive(field.name, getattr(self, field.name))
        if self.turning_radius <= self.width / 2:
            raise ValueError(
                f"turning_radius = {self.turning_radius}: must exceed half of width = {self.width}"
            )

    @property
    def length(self) -> float:
        """From bumper to bumper."""
        return self.rear_overhang + self.wheelbase + self.front_overhang

    @property
    def kerb_to_kerb(self) -> float:
        """Radius on which the outer front wheel turns at full lock, taken at the car's side."""
        return hypot(self.turning_radius + self.width / 2, self.wheelbase)

    @property
    def lock(self) -> float:
        """The largest steering angle of the bicycle, atan(ℓ/R), in radians."""
        return atan(self.wheelbase / self.turning_radius)


def rear_axle_radius(kerb_to_kerb: float, *, wheelbase: float, width: float) -> float:
    """R = √(r² − ℓ²) − width/2, for the radius r of the outer front wheel at the car's side.

    >>> round(rear_axle_radius(5.45, wheelbase=2.62, width=1.8), 2)
    3.88
    """
    if positive("kerb_to_kerb", kerb_to_kerb) <= positive("wheelbase", wheelbase):
        raise ValueError(f"kerb_to_kerb = {kerb_to_kerb}: must exceed wheelbase = {wheelbase}")
    return sqrt(kerb_to_kerb**2 - wheelbase**2) - float(positive("width", width)) / 2


def drive(pose: ArrayLike, curvature: ArrayLike, distance: ArrayLike) -> Floats:
    """The pose after an arc, exactly: turn θ by k·s, move along the chord; shape (..., 3).

    The chord is s·sin(a)/a long and points along θ + a, where a = k·s/2: smooth at k = 0.

    >>> print(drive([0.0, 0.0, 0.0], 1 / 5, 5 * np.pi / 2).round(12))   # a quarter circle, left
    [5.         5.         1.57079633]
    """
    x, y, theta = np.moveaxis(vectors("pose", pose, dimension=3), -1, 0)
    k, s = finite("curvature", curvature), finite("distance", distance)
    turn = k * s
    chord, bearing = s * np.sinc(turn / (2 * np.pi)), theta + turn / 2
    moved = (x + chord * np.cos(bearing), y + chord * np.sin(bearing), theta + turn)
    return np.stack(np.broadcast_arrays(*moved), axis=-1)


def steering_angle(car: Car, curvature: ArrayLike) -> Floats:
    """β = atan(ℓ·k): angle of the bicycle's front wheel, positive to the left."""
    return np.asarray(np.arctan(car.wheelbase * finite("curvature", curvature)))


def outline(car: Car, pose: ArrayLike) -> Floats:
    """The car's four corners, shape (..., 4, 2): rear right, front right, front left, rear left."""
    front, side = car.wheelbase + car.front_overhang, car.width / 2
    corners = [
        (-car.rear_overhang, -side),
        (front, -side),
        (front, side),
        (-car.rear_overhang, side),
    ]
    return on_car(np.array(corners), pose)


def wheels(car: Car, pose: ArrayLike) -> Floats:
    """Where the wheels stand, shape (..., 4, 2), in the order of the corners of `outline`."""
    return on_car(_wheels(car), pose)


def wheel_angles(car: Car, curvature: ArrayLike) -> Floats:
    """The angle of each wheel to the car's axis, shape (..., 4), in the order of `wheels`.

    Each wheel rolls along its own track: at (a, b) ahead of and left of the rear axle's centre the
    car moves along (1 − k·b, k·a). For the front wheels this is Ackermann steering; on the axis
    it is atan(ℓ·k).

    >>> car = Car(2.6, 0.9, 0.8, 1.8, turning_radius=4.0)
    >>> print(np.degrees(wheel_angles(car, 1 / 4.0)).round(1))
    [ 0.  28.6 38.9  0. ]
    """
    ahead, left = _wheels(car).T
    k = finite("curvature", curvature)[..., None]
    return np.asarray(np.arctan2(k * ahead, 1 - k * left))


def on_car(points: Floats, pose: ArrayLike) -> Floats:
    """Points (n, 2) of the car's frame (ahead, left), as (x, y) on the ground, (..., n, 2)."""
    x, y, theta = np.moveaxis(vectors("pose", pose, dimension=3), -1, 0)
    cos, sin = np.cos(theta)[..., None], np.sin(theta)[..., None]
    ahead, left = points.T
    ground = (x[..., None] + cos * ahead - sin * left, y[..., None] + sin * ahead + cos * left)
    return np.stack(ground, axis=-1)


def _wheels(car: Car) -> Floats:
    half = _TRACK * car.width / 2
    return np.array([(0.0, -half), (car.wheelbase, -half), (car.wheelbase, half), (0.0, half)])
