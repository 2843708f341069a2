r"""The slot at the kerb: two parked cars, a kerb line, and how close a car comes to them.

The kerb is the line y = 0, the road lies above it; traffic goes along +x, so the kerb is on the
right. The gap between the two parked cars is 0 ≤ x ≤ length.

**How much room the shuffle needs** (R exceeds half the width).
*Lengthwise, proven here:* a run with slack h = 2R sin θ sweeps exactly h more than the car's
length. The ends reach farthest at the two cusps, where the car stands straight: at heading α in
between, a bumper b from the rear axle is at least (R − width/2)·sin α + b·(1 − cos α) ≥ 0 inside
that reach. So the swing asks for no extra gap between the neighbours, however deep the slot is.
*Sideways, proven here:* a corner dips below the line on which the run ends, by `kerb_swing`: the
nose in forward runs, the tail in reverse. The car ends at least so far from the kerb. *Checked
numerically:* the tests sample the whole outline finely against the kerb and both neighbours.

| symbol | shape | meaning |
|---|---|---|
| outline | (..., 4, 2) | corners of a car in metres, counter-clockwise |
| θ, α | radians | turn of one arc of a run; heading somewhere within it |
"""

from dataclasses import dataclass, fields
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, positive, vectors, within
from zigzag.car import Car


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap of some `length` between two parked cars, all in metres; they stand off the kerb.

    >>> Slot(5.0, 4.3, 1.8, 0.3).neighbours[1, 0].round(9).tolist()     # the corner in front
    [5.0, 0.3]
    """

    length: float
    neighbour_length: float
    neighbour_width: float
    kerb_gap: float

    def __post_init__(self) -> None:
        for field in fields(self):
            positive(field.name, getattr(self, field.name))

    @property
    def neighbours(self) -> Floats:
        """The outlines of the car behind and the car in front, shape (2, 4, 2)."""
        rear = -self.neighbour_length
        near = self.kerb_gap
        far = self.kerb_gap + self.neighbour_width
        corners = [
            (rear, near),
            (0.0, near),
            (0.0, far),
            (rear, far),
        ]
        behind = np.array(corners)
        apart = self.length + self.neighbour_length
        return np.stack([behind, behind + [apart, 0.0]])


def kerb_swing(
    car: Car,
    turn: ArrayLike,
    *,
    forward: bool,
) -> Floats:
    """How many metres a corner dips beyond the line on which a run of two arcs of this turn ends.

    At heading α before the end a corner b ahead of (or behind) the rear axle is
    b·sin α − (R + width/2)(1 − cos α) beyond it; the largest such value for α ≤ θ. Derived here.

    >>> car = Car(2.62, 0.85, 0.83, 1.8, turning_radius=3.88)
    >>> [kerb_swing(car, 0.1, forward=way).round(3).item() for way in (True, False)]
    [0.323, 0.059]
    """
    theta = within("turn", turn, 0.0, np.pi / 2)
    reach = car.wheelbase + car.front_overhang if forward else car.rear_overhang
    radius = car.turning_radius + car.width / 2
    alpha = np.minimum(theta, np.arctan2(reach, radius))
    sagitta = 2 * radius * np.sin(alpha / 2) ** 2
    return np.asarray(reach * np.sin(alpha) - sagitta)


def extra_slot_length(
    turning_radius: float,
    wheelbase: float,
    front: float,
    parked_width: float,
) -> float:
    """Room beyond the car's length that lets it park in one reverse at full lock (Blackburn, 2009).

    All in metres: `turning_radius` r is **kerb-to-kerb**, the outer front wheel's
    (`Car.kerb_to_kerb`), ℓ the wheelbase, `front` k from front wheel to bumper, `parked_width` w
    that of the car in front:
    √((r² − ℓ²) + (ℓ + k)² − (√(r² − ℓ²) − w)²) − ℓ − k.

    >>> round(extra_slot_length(5.45, 2.62, 0.85, 1.8), 3)
    1.63
    """
    if positive("turning_radius", turning_radius) <= positive("wheelbase", wheelbase):
        raise ValueError(
            f"turning_radius = {turning_radius}: kerb to kerb, must exceed wheelbase = {wheelbase}"
        )
    rear = sqrt(turning_radius**2 - wheelbase**2)
    nose = wheelbase + float(positive("front", front))
    within("parked_width", parked_width, 0.0, rear, ends="(]")
    swept = rear**2 + nose**2
    return sqrt(swept - (rear - parked_width) ** 2) - nose


def clearance(outlines: ArrayLike, slot: Slot) -> Floats:
    """Metres between a car and whatever is nearest, kerb or neighbour; negative in contact, (...).

    By separating axes: two rectangles are apart if and only if a side of one of them separates
    them. So the sign is exact; beyond a corner the true distance may be larger than the value.

    >>> box = np.array([[1.0, 0.5], [4.0, 0.5], [4.0, 2.0], [1.0, 2.0]])
    >>> print(clearance(box, Slot(5.0, 4.3, 1.8, 0.3)))
    0.5
    """
    car = vectors("outlines", outlines, dimension=2)
    if car.ndim < 2 or car.shape[-2] != 4:
        raise ValueError(f"outlines has shape {car.shape}: must be four corners, (..., 4, 2)")
    kerb = car[..., 1].min(axis=-1)
    gaps = [_separation(car, neighbour) for neighbour in slot.neighbours]
    return np.asarray(np.minimum.reduce([kerb, *gaps]))


def _separation(a: Floats, b: Floats) -> Floats:
    """The widest gap between rectangles a (..., 4, 2) and b (4, 2) over their four axes."""
    gaps = []
    for corners in (a, np.broadcast_to(b, a.shape)):
        for i in (0, 1):
            side = corners[..., i + 1, :] - corners[..., i, :]
            size = np.linalg.norm(side, axis=-1, keepdims=True)
            axis = (side / size)[..., None, :]
            on_a = np.vecdot(a, axis)
            on_b = np.vecdot(b, axis)
            gaps.append(on_b.min(axis=-1) - on_a.max(axis=-1))
            gaps.append(on_a.min(axis=-1) - on_b.max(axis=-1))
    return np.asarray(np.maximum.reduce(gaps))
