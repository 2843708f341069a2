"""Marks of a street from above, in motion: the kerb, a bay to park in, a car that leaves tracks."""

import numpy as np
from manim import UL, DashedVMobject, ManimColor, VGroup, VMobject, interpolate_color
from numpy.typing import ArrayLike

from inks.arrays import Floats
from inks.car import paint, placed, shapes
from inks.motions.film import Reel, View
from inks.motions.marks import dimension, goal, shape
from inks.motions.walkers import Trail
from inks.palette import Ink

FAR = 30.0  # metres, beyond the edges of any view
EDGE = 3  # width of the line about a car's body


class Car(VGroup):
    """A car; `plan` (2, 4, 2) holds its corners and the centres of its wheels, as in `inks.car`."""

    def __init__(self, ink: Ink, view: View, plan: Floats, color: str):
        self.view = view
        self.plan = plan
        self.parts = {name: _part(ink, name.split()[-1], color) for name in shapes(*plan)}
        super().__init__(*self.parts.values())

    def stand(self, pose: ArrayLike, angles: ArrayLike = 0.0) -> "Car":
        """Put it on a pose (3,), its wheels at these angles (4,) to its axis."""
        body, hubs = self.plan
        for name, outline in shapes(body, hubs, angles).items():
            points = self.view(placed(outline, pose))
            self.parts[name].set_points_as_corners([*points, points[0]])
        return self


class Drive(Reel):
    """A car that drives: its poses (rows, 3), its wheels' angles (rows, 4), its tracks."""

    def __init__(self, ink: Ink, view: View, plan: Floats, poses: Floats, angles: Floats):
        self.poses = poses
        self.angles = angles
        self.car = Car(ink, view, plan, ink.raw)
        rows = np.arange(len(poses))
        hubs = np.stack([placed(plan[1], pose) for pose in poses], 1)
        self.tyres = [Trail(view, track, rows, ink.muted, 1.5) for track in hubs]
        self.axle = Trail(view, poses[:, :2], rows, ink.raw, 6)
        super().__init__(*self.tyres, self.axle, self.car)

    def reach(self, row: int) -> None:
        """Stand at this row, with all tracks that lead there."""
        for trail in (*self.tyres, self.axle):
            trail.upto(row)
        self.car.stand(self.poses[row], self.angles[row])


def roadside(
    ink: Ink, view: View, plan: Floats, parked: Floats, bay: ArrayLike, slack: float = 0.0
) -> VGroup:
    """Pavement below the kerb y = 0, cars parked at their corners (n, 4, 2), a bay between them.

    All head along x. The bay is given by the pose of a car in it; a slack ahead of that car is
    measured out if it is given. The star stands where the middle of its rear axle is to come.
    """
    marks = VGroup()
    pavement = np.array([(-FAR, 0), (FAR, 0), (FAR, -FAR), (-FAR, -FAR)])
    marks += shape(view(pavement), ink.muted, 0.14, 4)
    for corners in parked:
        x, y = corners[0] - plan[0, 0]
        marks += Car(ink, view, plan, ink.muted).stand((x, y, 0))
    outline = placed(shapes(*plan)["body"], bay)
    marks += DashedVMobject(shape(view(outline), ink.goal), num_dashes=44)
    marks += goal(ink, view(np.asarray(bay)[:2]))
    if slack:
        bumper = placed(plan[0], bay)[1, 0]
        ends = view([(bumper, -0.3), (bumper + slack, -0.3)])
        marks += dimension(ink, ends, f"slack \\ {slack} m", UL)
    return marks


def _part(ink: Ink, kind: str, own: str) -> VMobject:
    """One part of a car whose own colour is `own`, still without a place."""
    colour, opacity = paint(kind, ink, own)
    if kind == "roof":  # mixed with paper, and opaque
        mixed = interpolate_color(ManimColor(ink.paper), ManimColor(colour), opacity)
        colour = mixed.to_hex()
        opacity = 1.0
    width = EDGE if kind == "body" else 0
    return VMobject(
        stroke_color=colour, stroke_width=width, fill_color=colour, fill_opacity=opacity
    )
