r"""A car that drives exactly: circles and straight lines, no slip, no small time steps.

The kinematic bicycle: the rear axle's centre moves along the heading, $\dot x = v\cos\theta$,
$\dot y = v\sin\theta$, $\dot\theta = v k$, with a curvature $|k| \le 1/R$ set by the angle
$\beta$ of the front wheel, $k = \tan\beta/\ell$. It cannot move sideways:
$\dot x \sin\theta = \dot y \cos\theta$.

| symbol | shape | meaning |
|---|---|---|
| pose | (..., 3) | x and y of the rear axle's centre in metres, heading θ in radians |
| k | (...), 1/m | curvature of the rear axle's path; positive turns left |
| s | (...), m | signed distance driven by the rear axle's centre; negative is in reverse |
| R | m | turning radius *of the rear axle's centre* at full lock |
| arcs | (n, 2) | curvature k and signed distance s of one arc after another |
| ℓ | m | wheelbase |

Source: the standard model; see Laumond, Sekhavat and Lamiraux in *Robot Motion Planning and
Control* (1998). An arc of constant curvature is that model, integrated.
"""

from dataclasses import dataclass, fields
from math import hypot

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, finite, positive, vectors


@dataclass(frozen=True, slots=True)
class Car:
    """A car by its measures in metres; `turning_radius` is that of the rear axle's centre.

    Brochures print the kerb-to-kerb circle instead: see `kerb_to_kerb`.

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


def drive(
    pose: ArrayLike,
    curvature: ArrayLike,
    distance: ArrayLike,
) -> Floats:
    """The pose after an arc, exactly: turn θ by k·s, move along the chord; shape (..., 3).

    The chord is s·sin(a)/a long and points along θ + a, where a = k·s/2: smooth at k = 0.

    >>> print(drive([0.0, 0.0, 0.0], 1 / 5, 5 * np.pi / 2).round(12))   # a quarter circle, left
    [5.         5.         1.57079633]
    """
    x, y, theta = np.moveaxis(vectors("pose", pose, dimension=3), -1, 0)
    k = finite("curvature", curvature)
    s = finite("distance", distance)
    turn = k * s
    chord = s * np.sinc(turn / (2 * np.pi))
    bearing = theta + turn / 2
    east = x + chord * np.cos(bearing)
    north = y + chord * np.sin(bearing)
    moved = np.broadcast_arrays(east, north, theta + turn)
    return np.stack(moved, axis=-1)


def travel_length(arcs: ArrayLike) -> float:
    """Metres driven along the arcs, forward and in reverse.

    >>> travel_length([[0.0, 2.0], [0.2, -3.0]])
    5.0
    """
    _, distances = batch("arcs", arcs, dimension=2).T
    return float(np.abs(distances).sum())


def travel(
    pose: ArrayLike,
    arcs: ArrayLike,
    s: ArrayLike,
) -> tuple[Floats, Floats]:
    """Poses (..., 3) and curvatures (...) after s metres of the arcs, from a start pose (3,).

    All s at once, in any order. Where two arcs meet, the curvature is the later arc's.

    >>> poses, k = travel([0.0, 0.0, 0.0], [[0.0, 2.0], [0.2, -3.0]], [1.0, 2.0])
    >>> poses[:, 0].tolist(), k.tolist()
    ([1.0, 2.0], [0.0, 0.2])
    """
    k, distances = batch("arcs", arcs, dimension=2).T
    lengths = np.abs(distances)
    ends = np.cumsum(lengths)
    done = finite("s", s)
    if (done < 0).any() or (done > ends[-1] * (1 + 1e-12)).any():
        raise ValueError(f"s = {done}: must lie in [0, {ends[-1]}], the length of the arcs")
    starts = _starts(vectors("pose", pose, dimension=3), k, distances)
    now = np.searchsorted(ends, done, side="right")
    now = np.minimum(now, len(k) - 1)
    into = done - (ends - lengths)[now]
    poses = drive(starts[now], k[now], np.sign(distances[now]) * into)
    return poses, k[now]


def _starts(
    pose: Floats,
    k: Floats,
    distances: Floats,
) -> Floats:
    """The poses at which the arcs begin, one after another, (arcs, 3)."""
    starts = np.tile(pose, (len(k), 1))
    starts[1:, 2] += np.cumsum(k * distances)[:-1]
    headings = starts * [0, 0, 1]
    moves = drive(headings, k, distances)[:-1, :2]
    starts[1:, :2] += np.cumsum(moves, axis=0)
    return starts
