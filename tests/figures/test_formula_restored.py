"""The strings are those of the Spanish text, and the formula is whole at the end."""

from pathlib import Path

import numpy as np
import pytest
from manim import MathTypst, VMobject, config
from stage import marks, played

from inks.motions.lettering import Words

TEXT = Path(__file__).parents[2] / "docs" / "question.es.txt"


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    with played("formula_restored", tmp_path_factory.mktemp("motion")) as (scene, data):
        yield scene, data


def outline(glyph):
    """A glyph's points, freed of place and size."""
    points = glyph.points[:, :2] - glyph.get_center()[:2]
    return points / np.abs(points).max()


def alike(a, b):
    return a.points.shape == b.points.shape and np.allclose(outline(a), outline(b), atol=1e-3)


def test_the_garbled_string_stands_in_the_first_frame_as_in_the_text(motion):
    scene, data = motion
    (line,) = (mark for mark in scene.opening if isinstance(mark, Words))
    assert line.typst_code == data["text"]
    assert data["garbled"] in data["text"]
    assert data["text"].removesuffix(" …") in TEXT.read_text(encoding="utf-8")


def test_it_still_stands_above_the_formula_in_the_last_frame(motion):
    scene, data = motion
    (line,) = (mark for mark in marks(scene, Words) if mark.typst_code == data["text"])
    others = [mark for mark in marks(scene) if mark not in line.get_family() and len(mark.points)]
    assert all(mark.get_top()[1] < line.get_bottom()[1] for mark in others)


def test_the_formula_ends_with_its_five_parts_and_its_bar(motion):
    scene, _ = motion
    whole = list(MathTypst("(partial L) / (partial w_i)"))
    letters = [mark for mark in marks(scene) if any(alike(mark, part) for part in whole[:5])]
    assert len(letters) == 5
    d, top, under, w, i = sorted(letters, key=lambda mark: (-round(mark.get_y()), mark.get_x()))
    for drawn, part in zip((d, top, under, w, i), whole, strict=False):
        assert alike(drawn, part)
    assert d.get_y() > under.get_y() and i.get_y() < w.get_y()


def test_nothing_else_is_left_of_the_way_there(motion):
    scene, data = motion
    seen = [mark for mark in marks(scene) if len(mark.points) and mark.get_fill_opacity() > 0]
    assert len(seen) == len(data["text"].replace(" ", "")) + 5


def test_everything_stays_inside_the_frame(motion):
    scene, _ = motion
    reach = np.array([config.frame_width, config.frame_height, 1]) / 2
    for mark in (*scene.opening, *marks(scene, VMobject)):
        assert (np.abs(mark.points) < reach).all()
