r"""Parallel parking: a car moves sideways by shuffling, and pays for a narrow space twice over.

A **run** is what lies between two reversals. Reverse on right lock through θ, then on left lock
through θ: the heading is restored, the car has moved back by h = 2R sin θ and to the right by
2R(1 − cos θ). Drive forward likewise, right lock and then left, and it moves forward by h and as
far to the right again. So a run uses the slack h and gains about h²/(4R): runs ∝ 1/h², path ∝ 1/h.

| symbol | shape | meaning |
|---|---|---|
| D | m | sideways distance; positive is to the left of the heading |
| h | m | slack: room lengthwise beyond the car's own length |
| R | m | turning radius *of the rear axle's centre*, not the kerb-to-kerb radius |
| θ | radians | turn of one arc, at most π/2 |
| arcs | (n, 2) | curvature in 1/m and signed distance in m, one row an arc |

Sources: the shuffle's algebra is derived here. That the number of manœuvres grows like the inverse
square of the free space for the best of all manœuvres too: Laumond, Sekhavat and Lamiraux in
*Robot Motion Planning and Control*, LNCIS 229 (1998), pp. 40–41. The slot of one single reverse:
Blackburn, "The Geometry of Perfect Parking" (2009). Only the exponents are claimed of all cars.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, Integers, finite, positive, rounded_up
from zigzag.car import Car
from zigzag.slot import Slot, kerb_swing


def run_turn(slack: ArrayLike, turning_radius: ArrayLike) -> Floats:
    """θ = asin(h/2R): how far each arc of a run turns. Slack beyond 2R is of no use: θ ≤ π/2.

    >>> print(np.degrees(run_turn([5.0, 10.0, 99.0], 5.0)).round(6))
    [30. 90. 90.]
    """
    h = positive("slack", slack)
    radius = positive("turning_radius", turning_radius)
    sine = np.minimum(h / (2 * radius), 1.0)
    return np.arcsin(sine)


def run_shift(slack: ArrayLike, turning_radius: ArrayLike) -> Floats:
    """2R(1 − cos θ): how far one run moves the car sideways.

    >>> print(run_shift([2.0, 1.0], 5.0).round(5))       # half the slack, a quarter of the shift
    [0.20204 0.05013]
    """
    turn = run_turn(slack, turning_radius)
    return _shift_of_turn(turn, finite("turning_radius", turning_radius))


def _shift_of_turn(turn: Floats, radius: Floats | float) -> Floats:
    """2R(1 − cos θ), as 4R sin²(θ/2), which does not cancel for small θ."""
    sine = np.sin(turn / 2)
    return np.asarray(4 * radius * sine**2)


def moves_to_shift(
    sideways: ArrayLike,
    slack: ArrayLike,
    turning_radius: ArrayLike,
) -> Integers:
    """Runs of the shuffle that shift a car by D: ⌈|D|/2R(1 − cos θ)⌉; R is the rear axle's.

    >>> print(moves_to_shift(2.0, [4, 2, 1, 0.5, 0.25, 0.1], 5.0))
    [   3   10   40  160  640 4000]
    """
    distance = np.abs(finite("sideways", sideways))
    shift = run_shift(slack, turning_radius)
    return rounded_up(positive("|sideways|", distance) / shift)


def shuffle(
    sideways: float,
    slack: float,
    turning_radius: float,
) -> Floats:
    """The manœuvre as arcs (2·runs, 2), in alternating direction; reverse comes first.

    The car ends parallel to where it began and exactly `sideways` to its left (negative: to its
    right). Every run but the last uses the whole slack; the last turns less.

    >>> from zigzag.car import travel, travel_length
    >>> arcs = shuffle(-2.0, 1.0, 5.0)
    >>> len(arcs) // 2, round(float(travel([0.0, 0.0, 0.0], arcs, travel_length(arcs))[0][1]), 9)
    (40, -2.0)
    """
    runs = int(moves_to_shift(sideways, slack, turning_radius))
    turns = np.full(runs, run_turn(slack, turning_radius))
    shift = float(run_shift(slack, turning_radius))
    rest = abs(sideways) - (runs - 1) * shift
    last_sine = np.sqrt(max(rest, 0.0) / (4 * turning_radius))
    turns[-1] = 2 * np.arcsin(last_sine)
    is_reverse = np.arange(runs) % 2 == 0
    directions = np.where(is_reverse, -1.0, 1.0)
    distances = directions * turns * turning_radius
    # rightwards: right lock, then left lock, whichever way the car drives
    first_lock = np.sign(sideways) / turning_radius
    curvatures = first_lock * np.tile([1.0, -1.0], runs)
    return np.stack([curvatures, np.repeat(distances, 2)], axis=1)


@dataclass(frozen=True, slots=True)
class Manoeuvre:
    """A shuffle into a slot: where it begins (pose, (3,)), its arcs (n, 2), and the slot."""

    start: Floats
    arcs: Floats
    slot: Slot


def park(
    car: Car,
    *,
    sideways: float,
    slack: float,
    margin: float = 0.05,
) -> Manoeuvre:
    """Shuffle `sideways` metres to the right, from the lane beside a slot into it.

    The slot is as long as the car, the slack and two margins; the neighbours are the car's twins.
    From the kerb they all stand as far as the swing of the worst run asks for (its `kerb_swing`,
    less what is still to go after it), and a margin: see `zigzag.slot` for the proof. So the
    outline keeps `margin` from everything. A manœuvre that ends in reverse ends nearer the kerb.

    >>> from zigzag.body import outline
    >>> from zigzag.car import travel, travel_length
    >>> from zigzag.slot import clearance
    >>> car = Car(2.62, 0.85, 0.83, 1.8, turning_radius=3.88)
    >>> plan = park(car, sideways=2.0, slack=1.0)
    >>> poses, _ = travel(plan.start, plan.arcs, np.linspace(0, travel_length(plan.arcs), 999))
    >>> round(float(clearance(outline(car, poses), plan.slot).min()), 4)
    0.0501
    """
    spare = float(positive("margin", margin))
    distance = float(positive("sideways", sideways))
    arcs = shuffle(-distance, slack, car.turning_radius)
    first_arcs = arcs[::2]  # of each run
    turns = np.abs(first_arcs.prod(axis=1))
    to_go = distance - np.cumsum(_shift_of_turn(turns, car.turning_radius))
    nose = kerb_swing(car, turns, forward=True)
    tail = kerb_swing(car, turns, forward=False)
    swing = np.where(first_arcs[:, 1] > 0, nose, tail)
    beyond_the_end = float((swing - to_go).max())
    gap = spare + max(0.0, beyond_the_end)
    length = car.length + slack + 2 * spare
    slot = Slot(length, car.length, car.width, gap)
    x = spare + slack + car.rear_overhang
    y = gap + car.width / 2 + distance
    return Manoeuvre(np.array([x, y, 0.0]), arcs, slot)
