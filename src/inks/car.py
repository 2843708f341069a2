"""The car as seen from above: its shapes and its paint, for stills and motions alike.

| symbol | shape | meaning |
|---|---|---|
| pose | (3,) | x and y of the rear axle's centre in metres, heading θ in radians |
| body | (4, 2) | corners in the car's own frame: rear right, front right, front left, rear left |
| hubs | (4, 2) | centres of the wheels, same frame (ahead, left), same order |
| angles | (4,) | of the wheels to the car's axis, radians, positive to the left, same order |
"""

import numpy as np
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.palette import Ink

TYRE_LENGTH = 0.62  # metres
TYRE_WIDTH = 0.21
WHEELS = ("rear right wheel", "front right wheel", "front left wheel", "rear left wheel")

OWN = "own"  # the colour of this one car, instead of a role of the inks
PAINT = {  # the last word of a part's name → colour and opacity, from the ground up
    "wheel": ("text", 1.0),
    "mirror": (OWN, 1.0),
    "body": (OWN, 0.25),
    "glass": (OWN, 1.0),
    "roof": (OWN, 0.25),  # over paper, so that the glass does not show through it
    "lamp": (OWN, 1.0),
}


def shapes(body: ArrayLike, hubs: ArrayLike, angles: ArrayLike = 0.0) -> dict[str, Floats]:
    """Name → closed outline (points, 2) in the car's own frame, from the ground up.

    The front is to be known at a glance, also in a car forty pixels long: deep windscreen, shallow
    rear window, lamps, mirrors, a bonnet that narrows, and wheels that turn.
    """
    ahead, left = np.asarray(body, dtype=float).T
    half = left.max()
    back = ahead.min()
    length = ahead.max() - back

    def panel(start: float, end: float, width: float, nose: float = 1.0) -> Floats:
        """A box between two shares of the car's length, `width` to either side."""
        return _rounded(back + start * length, back + end * length, width, nose)

    tyre = _rounded(-TYRE_LENGTH / 2, TYRE_LENGTH / 2, TYRE_WIDTH / 2)
    stands = np.column_stack([np.asarray(hubs, dtype=float), np.broadcast_to(angles, 4)])
    wheels = {name: placed(tyre, stand) for name, stand in zip(WHEELS, stands, strict=True)}
    mirror = panel(0.62, 0.66, 0.1)
    lamp = panel(0.925, 0.965, 0.16 * half)
    return {
        **wheels,
        "right mirror": mirror - (0, half),
        "left mirror": mirror + (0, half),
        "body": panel(0, 1, half, nose=0.9),
        "glass": panel(0.07, 0.73, 0.84 * half, nose=0.96),
        "roof": panel(0.13, 0.55, 0.7 * half),
        "right lamp": lamp - (0, 0.58 * half),
        "left lamp": lamp + (0, 0.58 * half),
    }


def paint(kind: str, ink: Ink, own: str) -> tuple[str, float]:
    """Colour and opacity of a kind of part, as in `PAINT`, of a car whose own colour is `own`."""
    role, opacity = PAINT[kind]
    colour = own if role == OWN else ink.roles()[role]
    return colour, opacity


def placed(points: Floats, pose: ArrayLike) -> Floats:
    """Points of the car's own frame on the ground: turned by the heading, moved to (x, y).

    The same as `zigzag.body.on_car`, which a picture's marks may not import.
    """
    x, y, heading = np.asarray(pose, dtype=float)
    cos = np.cos(heading)
    sin = np.sin(heading)
    turn = np.array([[cos, sin], [-sin, cos]])
    return np.asarray(points @ turn + (x, y))


def _rounded(back: float, front: float, half: float, nose: float = 1.0) -> Floats:
    """A box with round corners, `half` to either side at the back, `nose` times that in front."""
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    ahead, left = np.sign(circle) * np.abs(circle) ** (2 / 5)  # a superellipse: |x|⁵ + |y|⁵ = 1
    taper = 1 - (1 - nose) * (1 + ahead) / 2
    x = (front + back) / 2 + ahead * (front - back) / 2
    y = half * left * taper
    return np.column_stack([x, y])
