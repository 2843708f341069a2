"""The marks of motions: one clock, numbers that read as their value, trails that end at the tip."""

import numpy as np
import pytest
from manim import UP, Scene, VMobject, tempconfig

from inks.motions.counters import Counters
from inks.motions.film import Reel, View, film
from inks.motions.lettering import Number, Words
from inks.motions.walkers import Trail
from inks.pace import ROWS_PER_SECOND
from inks.palette import LIGHT


@pytest.fixture(scope="module", autouse=True)
def quiet(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("media"))
    settings = {"dry_run": True, "frame_rate": 5, "pixel_width": 160, "pixel_height": 90}
    with tempconfig(settings | {"media_dir": folder, "progress_bar": "none", "verbosity": "ERROR"}):
        yield


def test_a_film_shows_all_marks_the_same_row_from_the_first_to_the_last():
    class Diary(Reel):
        def __init__(self):
            super().__init__(VMobject())
            self.rows = []

        def reach(self, row):
            self.rows.append(row)

    one, other, scene = Diary(), Diary(), Scene()
    film(scene, one, other, rows=2 * ROWS_PER_SECOND + 1, before=0.4, after=0.4)
    assert one.rows == other.rows == sorted(one.rows)
    assert one.rows[0] == 0 and one.rows[-1] == 2 * ROWS_PER_SECOND
    assert scene.time == pytest.approx(2.8)


def test_a_number_reads_as_its_value_and_its_digits_hold_still():
    number = Number(1, LIGHT.text)
    number.set_value(9.96)
    assert number.get_value() == 9.96
    for drawn, sign in zip(number, "10.0", strict=True):
        typeset = Words(sign, 60, "semibold")[0]
        shape = typeset.points - typeset.get_center()
        size = drawn.height / typeset.height
        np.testing.assert_allclose(drawn.points - drawn.get_center(), size * shape, atol=1e-6)
    pitch = np.diff([glyph.get_x() for glyph in number])
    number.set_value(21.1)
    np.testing.assert_allclose(np.diff([glyph.get_x() for glyph in number]), pitch, atol=1e-6)


def test_counters_show_integers_whole_and_lengths_to_one_decimal():
    counters = Counters(LIGHT, -5, {"moves": [0, 3], "metres": [0.0, 12.34]})
    counters.reach(1)
    assert [len(number) for number in counters.numbers] == [len("3"), len("12.3")]
    assert [number.get_value() for number in counters.numbers] == [3, 12.34]


def test_a_trail_passes_every_corner_and_ends_where_the_walker_is():
    trail = Trail(View((1, 0), scale=2), [[0, 0], [1, 0], [1, 1]], [0, 1, 2], LIGHT.raw, 3)
    np.testing.assert_allclose(trail.upto(1.5), [3, 1, 0])
    np.testing.assert_allclose(trail.get_start_anchors()[:2], [[1, 0, 0], [3, 0, 0]])
    np.testing.assert_allclose(trail.get_end(), [3, 1, 0])
    np.testing.assert_allclose(trail.upto(99), [3, 2, 0])


def test_a_view_turns_about_the_point_it_looks_at():
    view = View((2, 1), look_at=(5, 5), scale=3, turn=np.pi / 2)
    np.testing.assert_allclose(view([[5, 5], [6, 5]]), [[2, 1, 0], [2, 4, 0]], atol=1e-12)
    np.testing.assert_allclose(view([6, 5]) - view([5, 5]), 3 * UP, atol=1e-12)
