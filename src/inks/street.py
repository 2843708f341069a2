"""Marks of a street from above, in motion: the kerb, a bay to park in, a car that leaves tracks."""

import numpy as np
from manim import UL, DashedVMobject, ManimColor, VGroup, VMobject, interpolate_color
from numpy.typing import ArrayLike

from inks.car import Floats, placed, shapes
from inks.motion import Reel, Trail, View, dimension, goal, shape
from inks.palette import Ink


class Car(VGroup):
    """A car; `plan` (2, 4, 2) holds its corners and the centres of its wheels, as in `inks.car`."""

    def __init__(self, ink: Ink, view: View, plan: Floats, color: str):
        self.view, self.plan = view, plan
        tint = interpolate_color(ManimColor(ink.paper), ManimColor(color), 0.25).to_hex()
        looks = {"wheel": (ink.text, 1, 0), "roof": (tint, 1, 0), "body": (color, 0.25, 3)}
        self.parts = {}
        for name in shapes(*plan):
            hue, fill, width = looks.get(name.split()[-1], (color, 1, 0))
            self.parts[name] = VMobject(
                stroke_color=hue, stroke_width=width, fill_color=hue, fill_opacity=fill
            )
        super().__init__(*self.parts.values())

    def stand(self, pose: ArrayLike, angles: ArrayLike = 0.0) -> "Car":
        """Put it on a pose (3,), its wheels at these angles (4,) to its axis."""
        for name, outline in shapes(self.plan[0], self.plan[1], angles).items():
            points = self.view(placed(outline, pose))
            self.parts[name].set_points_as_corners([*points, points[0]])
        return self


class Drive(Reel):
    """A car that drives: its poses (rows, 3), its wheels' angles (rows, 4), its tracks."""

    def __init__(self, ink: Ink, view: View, plan: Floats, poses: Floats, angles: Floats):
        rows, tracks = np.arange(len(poses)), np.stack([placed(plan[1], pose) for pose in poses], 1)
        self.poses, self.angles, self.car = poses, angles, Car(ink, view, plan, ink.raw)
        self.tyres = [Trail(view, track, rows, ink.muted, 1.5) for track in tracks]
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
    far, bumper = 30.0, placed(plan[0], bay)[1, 0]
    ground = view(far * np.array([(-1, 0), (1, 0), (1, -1), (-1, -1)]))
    cars = [Car(ink, view, plan, ink.muted).stand((*(at[0] - plan[0, 0]), 0)) for at in parked]
    outline = shape(view(placed(shapes(*plan)["body"], bay)), ink.goal)
    ends = view([(bumper, -0.3), (bumper + slack, -0.3)])
    measured = [dimension(ink, ends, f"slack \\ {slack} m", UL)] if slack else []
    return VGroup(
        shape(ground, ink.muted, 0.14, 4),
        *cars,
        DashedVMobject(outline, num_dashes=44),
        goal(ink, view(np.asarray(bay)[:2])),
        *measured,
    )
