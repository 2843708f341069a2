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
| arcs | (n, 2) | curvature k and signed distance s of one arc after another |
| ℓ | m | wheelbase |
| β | radians | steering angle |

Source: the standard model; see Laumond, Sekhavat and Lamiraux in *Robot Motion Planning and
Control* (1998). The closed form of an arc: derived here.
"""

from dataclasses import dataclass, fields
from math import atan, hypot, sqrt

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, finite, positive, vectors


@dataclass(frozen=True, slots=True)
class Car:
    """A car by its measures in metres; `turning_radius` is that of the rear axle's centre.

    Brochures print the kerb-to-kerb circle instead: see `rear_axle_radius`.

    >>> car = Car(2.62, 0.85, 0.83, 1.8, turning_radius=3.88)
    >>> round(car.length, 2), round(car.kerb_to_kerb, 2)
    (4.3, 5.45)
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
    """β = atan(ℓ·k): angle of the bicycle's front wheel, positive to the left.

    >>> car = Car(2.6, 0.9, 0.8, 1.8, turning_radius=4.0)
    >>> print(np.degrees(steering_angle(car, [-1 / 4, 0, 1 / 4])).round(1))
    [-33.   0.  33.]
    """
    return np.asarray(np.arctan(car.wheelbase * finite("curvature", curvature)))


def travel_length(arcs: ArrayLike) -> float:
    """Metres driven along the arcs, forward and in reverse.

    >>> travel_length([[0.0, 2.0], [0.2, -3.0]])
    5.0
    """
    return float(np.abs(vectors("arcs", batch("arcs", arcs), dimension=2)[:, 1]).sum())


def travel(pose: ArrayLike, arcs: ArrayLike, s: ArrayLike) -> tuple[Floats, Floats]:
    """Poses (..., 3) and curvatures (...) after s metres of the arcs, from a start pose (3,).

    All s at once, in any order. Where two arcs meet, the curvature is the later arc's.

    >>> poses, k = travel([0.0, 0.0, 0.0], [[0.0, 2.0], [0.2, -3.0]], [1.0, 2.0])
    >>> poses[:, 0].tolist(), k.tolist()
    ([1.0, 2.0], [0.0, 0.2])
    """
    arcs = batch("arcs", arcs)
    k, distances = vectors("arcs", arcs, dimension=2).T
    ends = np.cumsum(np.abs(distances))
    done = finite("s", s)
    if (done < 0).any() or (done > ends[-1] * (1 + 1e-12)).any():
        raise ValueError(f"s = {done}: must lie in [0, {ends[-1]}], the length of the arcs")
    nodes = vectors("pose", pose, dimension=3) + np.zeros((len(arcs), 3))
    nodes[1:, 2] += np.cumsum(k * distances)[:-1]
    nodes[1:, :2] += np.cumsum(drive(nodes * [0, 0, 1], k, distances)[:-1, :2], axis=0)
    now = np.minimum(np.searchsorted(ends, done, side="right"), len(arcs) - 1)
    into = np.sign(distances[now]) * (done - (ends - np.abs(distances))[now])
    return drive(nodes[now], k[now], into), k[now]
