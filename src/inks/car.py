"""The car as seen from above: shapes only, for stills and motions alike.

| symbol | shape | meaning |
|---|---|---|
| pose | (3,) | x and y of the rear axle's centre in metres, heading θ in radians |
| body | (4, 2) | corners in the car's own frame: rear right, front right, front left, rear left |
| hubs | (4, 2) | centres of the wheels, same frame (ahead, left), same order |
| angles | (4,) | of the wheels to the car's axis, radians, positive to the left, same order |
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

TYRE = (0.62, 0.21)  # length and width in metres
WHEELS = ("rear right wheel", "front right wheel", "front left wheel", "rear left wheel")


def shapes(body: ArrayLike, hubs: ArrayLike, angles: ArrayLike = 0.0) -> dict[str, Floats]:
    """Name → closed outline (points, 2) in the car's own frame, from the ground up.

    The front is to be known at a glance, also in a car forty pixels long: deep windscreen, shallow
    rear window, lamps, mirrors, a bonnet that narrows, and wheels that turn.
    """
    body, half = np.asarray(body, dtype=float), float(np.max(np.asarray(body)[:, 1]))
    back, front = body[:, 0].min(), body[:, 0].max()

    def panel(start: float, end: float, width: float, nose: float = 1.0) -> Floats:
        return _rounded(back + start * (front - back), back + end * (front - back), width, nose)

    tyre = _rounded(-TYRE[0] / 2, TYRE[0] / 2, TYRE[1] / 2)
    wheels = np.column_stack([np.asarray(hubs, dtype=float), np.broadcast_to(angles, 4)])
    mirror, lamp = panel(0.62, 0.66, 0.1), panel(0.925, 0.965, 0.16 * half)
    return {name: placed(tyre, pose) for name, pose in zip(WHEELS, wheels, strict=True)} | {
        "right mirror": mirror - (0, half),
        "left mirror": mirror + (0, half),
        "body": panel(0, 1, half, nose=0.9),
        "glass": panel(0.07, 0.73, 0.84 * half, nose=0.96),
        "roof": panel(0.13, 0.55, 0.7 * half),
        "right lamp": lamp - (0, 0.58 * half),
        "left lamp": lamp + (0, 0.58 * half),
    }


def placed(points: Floats, pose: ArrayLike) -> Floats:
    """Points of the car's own frame on the ground: turned by the heading, moved to (x, y)."""
    x, y, heading = np.asarray(pose, dtype=float)
    cos, sin = np.cos(heading), np.sin(heading)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]) + (x, y))


def _rounded(back: float, front: float, half: float, nose: float = 1.0) -> Floats:
    """A box with round corners, `half` to either side at the back, `nose` times that in front."""
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    x, y = (np.sign(f) * np.abs(f) ** (2 / 5) for f in (np.cos(t), np.sin(t)))
    taper = 1 - (1 - nose) * (1 + x) / 2
    return np.column_stack([(front + back) / 2 + x * (front - back) / 2, half * y * taper])
