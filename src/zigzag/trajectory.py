r"""A manœuvre as it is driven, moment by moment: for pictures that move.

The driver steers at rest: each arc has a beat of time, for its first part the car stands and the
wheels turn, then it drives. One beat more straightens the wheels.

| symbol | shape | meaning |
|---|---|---|
| beats | (rows,) | moments, from 0 to the number of arcs and one |
| arcs | (n, 2) | curvature in 1/m and signed distance in m, one row an arc |

Source: kinematics; the tests hold the wheels to their tracks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, batch, finite, whole
from zigzag.body import outline, wheel_angles, wheels
from zigzag.car import Car, travel
from zigzag.parking import Manoeuvre

SMALL = Car(2.49, 0.49, 0.52, 1.665, turning_radius=2.7)
"""A small car that turns tightly; the car of the pictures."""
_PAUSE = 0.3  # of a beat, in which the wheels turn


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What is seen of a car at each row: its pose, metres driven, its wheels' angles, its runs.

    Shapes (rows, 3), (rows,), (rows, 4) and (rows,); `car` (2, 4, 2) has its corners and the
    centres of its wheels in its own frame, `parked` (2, 4, 2) the corners of its neighbours.
    """

    poses: Floats
    driven: Floats
    angles: Floats
    runs: Integers
    car: Floats
    parked: Floats


def trajectory(
    car: Car,
    plan: Manoeuvre,
    *,
    rows: int,
) -> Trajectory:
    """The manœuvre of a car in so many rows.

    >>> from zigzag.parking import park
    >>> path = trajectory(SMALL, park(SMALL, sideways=2.4, slack=3.0), rows=271)
    >>> int(path.runs[-1]), path.angles[0].tolist()
    (3, [0.0, 0.0, 0.0, 0.0])
    """
    arcs = len(plan.arcs)
    beats = np.linspace(0, arcs + 1, whole("rows", rows, least=2))
    driven, curvature = stop_and_go(plan.arcs, beats)
    poses, _ = travel(plan.start, plan.arcs, driven)
    runs = np.minimum(np.ceil(beats / 2), arcs // 2)
    origin = np.zeros(3)
    return Trajectory(
        poses=poses,
        driven=driven,
        angles=wheel_angles(car, curvature),
        runs=runs.astype(np.int64),
        car=np.stack([outline(car, origin), wheels(car, origin)]),
        parked=np.asarray(plan.slot.neighbours),
    )


def stop_and_go(arcs: ArrayLike, beat: ArrayLike) -> tuple[Floats, Floats]:
    """Metres driven and curvature steered at each beat, both of the beats' shape.

    >>> metres, curvature = stop_and_go([[0.2, 3.0]], [0.15, 0.65, 2.0])
    >>> metres.round(9).tolist(), curvature.round(9).tolist()
    ([0.0, 1.5, 3.0], [0.1, 0.2, 0.0])
    """
    curvatures, distances = batch("arcs", arcs, dimension=2).T
    beats = finite("beat", beat)
    steered = np.pad(curvatures, 1)  # straight before the first arc and after the last
    lengths = np.append(np.abs(distances), 0)
    starts = np.cumsum(lengths) - lengths
    now = np.clip(beats.astype(int), 0, len(curvatures))
    since = beats - now
    turned = smoothstep(since / _PAUSE)
    driven = smoothstep((since - _PAUSE) / (1 - _PAUSE))
    before = steered[now]
    curvature = before + turned * (steered[now + 1] - before)
    return starts[now] + driven * lengths[now], curvature


def smoothstep(u: ArrayLike) -> Floats:
    """3u² − 2u³: from 0 to 1 with a soft start and a soft stop; at rest before and after.

    >>> print(smoothstep([-1.0, 0.5, 2.0]))
    [0.  0.5 1. ]
    """
    u = np.clip(finite("u", u), 0, 1)
    return np.asarray(u * u * (3 - 2 * u))
