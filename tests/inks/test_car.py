"""The car: its shapes lie where they belong, its paint is one for stills and motions."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from inks.car import PAINT, paint, placed, shapes
from inks.motions.film import View
from inks.motions.street import Car
from inks.palette import LIGHT
from inks.stills import street
from inks.style import style
from zigzag.body import on_car

BODY = np.array([(-0.5, -0.8), (3.0, -0.8), (3.0, 0.8), (-0.5, 0.8)])
HUBS = np.array([(0.0, -0.7), (2.5, -0.7), (2.5, 0.7), (0.0, 0.7)])


def test_the_car_is_drawn_inside_its_body_wheels_on_their_hubs():
    angles = np.array([0.0, 0.5, 0.6, 0.0])
    drawn = shapes(BODY, HUBS, angles)
    for name in ("body", "glass", "roof", "left lamp", "right lamp"):
        assert (drawn[name] >= BODY.min(axis=0) - 1e-9).all(), name
        assert (drawn[name] <= BODY.max(axis=0) + 1e-9).all(), name
    for wheel, hub, angle in zip(list(drawn.values())[:4], HUBS, angles, strict=True):
        np.testing.assert_allclose(wheel.mean(axis=0), hub, atol=1e-8)
        straight = placed(wheel - hub, (0, 0, -angle))
        assert np.ptp(straight[:, 0]) > 2.5 * np.ptp(straight[:, 1])
    glass, roof = drawn["glass"][:, 0], drawn["roof"][:, 0]
    assert glass.max() - roof.max() > 2 * (roof.min() - glass.min())  # windscreen, rear window


def test_pictures_place_a_car_as_the_maths_does():
    """Neither package may import the other, so each has this one formula."""
    pose = (3.0, -2.0, 0.7)
    np.testing.assert_allclose(placed(BODY, pose), on_car(BODY, pose), atol=1e-12)


def test_every_part_of_the_car_is_painted():
    kinds = [name.split()[-1] for name in shapes(BODY, HUBS)]
    assert list(dict.fromkeys(kinds)) == list(PAINT)


@pytest.mark.parametrize("kind", PAINT)
def test_a_part_has_the_same_colour_in_a_still_and_in_a_motion(kind):
    colour, opacity = paint(kind, LIGHT, LIGHT.raw)
    with mpl.rc_context(style(LIGHT)):
        ax = Figure().subplots()
        street.car(ax, LIGHT, BODY, HUBS)
    looks = {(to_hex(patch.get_facecolor()), patch.get_facecolor()[3]) for patch in ax.patches}
    assert (colour, opacity) in looks
    parts = Car(LIGHT, View((0, 0)), np.stack([BODY, HUBS]), LIGHT.raw).parts
    drawn = next(part for name, part in parts.items() if name.endswith(kind))
    if kind == "roof":  # in a motion it is mixed with paper, and opaque
        mixed = (1 - opacity) * rgb(LIGHT.paper) + opacity * rgb(colour)
        np.testing.assert_allclose(drawn.get_fill_color().to_rgb(), mixed, atol=1 / 255)
    else:
        assert drawn.get_fill_color().to_hex().lower() == colour
        assert drawn.get_fill_opacity() == opacity


def rgb(colour):
    return np.array(mpl.colors.to_rgb(colour))
