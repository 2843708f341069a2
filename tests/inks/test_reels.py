"""Tables, relays and turntables, dashes, dots and lines of equal loss: what they promise."""

import numpy as np
import pytest
from manim import Scene, VMobject, tempconfig

from inks.motions.counters import Counters, Table
from inks.motions.film import Reel, View, film
from inks.motions.marks import contours, dots
from inks.motions.reels import Relay, Turntable
from inks.motions.walkers import Trail, Walker, dashes
from inks.pace import ROWS_PER_SECOND, even_stride, in_turn
from inks.palette import LIGHT

CORNER = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0]])


@pytest.fixture(scope="module", autouse=True)
def quiet(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("media"))
    settings = {"dry_run": True, "frame_rate": 5, "pixel_width": 160, "pixel_height": 90}
    with tempconfig(settings | {"media_dir": folder, "progress_bar": "none", "verbosity": "ERROR"}):
        yield


class Bar(Reel):
    """A bar that is there or not, and notes the rows it is shown."""

    def __init__(self):
        super().__init__(VMobject(stroke_color=LIGHT.raw).set_points_as_corners(np.eye(3)))
        self.rows = []

    def reach(self, row):
        self.rows.append(row)


def test_in_a_film_nothing_of_a_relay_is_drawn_but_the_reel_whose_turn_it_is():
    """What manim draws at the end of a play is also what it listed at its start."""
    first, second, scene = Bar(), Bar(), Scene()
    relay = Relay([first, second], np.repeat([0, 1], ROWS_PER_SECOND))
    film(scene, relay, rows=2 * ROWS_PER_SECOND, before=0.2, after=0.2)
    assert relay.submobjects == [second] and list(relay.since) == [0, ROWS_PER_SECOND]
    assert max(first.rows) < ROWS_PER_SECOND <= min(second.rows)
    assert first[0] not in scene.moving_mobjects


def test_a_turntable_turns_its_marks_and_lets_its_reels_go_on():
    bar, mark = Bar(), dots(np.array([[2.0, 1.0, 0.0]]), 0.1, LIGHT.raw)
    table = Turntable((1.0, 1.0), np.radians([0, 90, 45]), bar, mark)
    for row, place in ((1, [1, 2, 0]), (0, [2, 1, 0]), (2, [1 + 0.5**0.5, 1 + 0.5**0.5, 0])):
        table.reach(row)
        np.testing.assert_allclose(mark.get_center(), place, atol=1e-9)
    assert bar.rows == [1, 0, 2]


def test_a_table_shows_the_lines_that_have_begun_and_their_last_digits_stand_in_line():
    columns = {"steps": np.array([[2, 0], [10, 711]]), "length": [0.5, 11.25]}
    table = Table(LIGHT, ["a", "b"], columns, (-3, 1, 4), title="name", since=(0, 1))
    table.reach(0)
    assert len(table.submobjects) == 2
    table.reach(1)
    assert len(table.submobjects) == 3
    values = [[number.get_value() for number in numbers] for numbers in table.numbers]
    assert values == [[10, 0.5], [711, 11.25]]
    last = np.array([[number[-1].get_x() for number in numbers] for numbers in table.numbers])
    assert np.ptp(last, axis=0).max() < 1e-9
    assert [len(number) for number in table.numbers[1]] == [3, len("11.2")]


def test_a_sign_stands_before_its_name():
    sign = dots(np.zeros((1, 3)), 0.1, LIGHT.centred)
    counters = Counters(LIGHT, 0, {"raw": [1], "bare": [2]}, signs=[sign])
    words, _, signs, _, _, none = counters
    assert signs.get_right()[0] < words.get_left()[0] and len(none) == 0


def test_dashes_are_on_the_way_and_half_as_long_as_it():
    way = np.column_stack([CORNER, np.zeros(3)])
    drawn = dashes(way, 0.1)
    assert np.linalg.norm(drawn[:, 1] - drawn[:, 0], axis=-1).sum() == pytest.approx(2)
    on_way = (np.abs(drawn[..., 1]) < 1e-9) | (np.abs(drawn[..., 0] - 3) < 1e-9)
    assert on_way.all()
    trail = Trail(View((0, 0)), CORNER, [0, 1, 2], LIGHT.centred, 3, dash=0.1)
    for now in (0.0, 0.5, 2.0):
        np.testing.assert_allclose(trail.upto(now)[:2], CORNER[0] + [3 * min(now, 1), now // 2])


@pytest.mark.parametrize("sides", [3, 4, 16])
def test_dots_have_the_same_area_whatever_their_sides(sides):
    mark = dots(np.array([[1.0, 2.0, 0.0], [5.0, 5.0, 0.0]]), 0.3, LIGHT.raw, sides)
    corners = mark.get_start_anchors()[:sides, :2] - (1, 2)
    x, y = corners.T
    area = abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2
    assert area == pytest.approx(np.pi * 0.3**2)
    assert len(mark.get_subpaths()) == 2


def test_contours_are_lines_of_equal_loss_as_long_as_asked():
    h, at = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([1.0, -1.0])
    for line, reach in zip(contours(LIGHT, View((0, 0)), h, at, [0.5, 2]), [0.5, 2], strict=True):
        w = line.get_start_anchors()[:, :2] - at
        assert np.ptp(np.vecdot(w, w @ h)) < 1e-4
        assert np.linalg.norm(w, axis=1).max() == pytest.approx(reach)


def test_a_walker_leaves_a_print_at_every_step_it_has_done():
    view = View((0, 0))
    walker = Walker(LIGHT, view, CORNER, [0, 1.5, 2], prints=0.05, target=[3, 1.1])
    for row, prints in ((0, 1), (1, 2), (2, 3)):
        walker.reach(row)
        assert len(walker.prints.get_subpaths()) == prints
    np.testing.assert_allclose(walker.dot.get_center()[:2], CORNER[2], atol=1e-9)


def test_an_even_stride_gives_half_of_the_time_to_length_and_half_to_number():
    done, walked = even_stride(CORNER, np.array([-1, 0, 0.625, 1, 2]))
    np.testing.assert_allclose(done, [0, 0, 1, 2, 2])
    np.testing.assert_allclose(walked, [0, 0, 3, 4, 4])


def test_walkers_in_turn_wait_for_theirs_and_rest_at_its_end():
    turns, done, walked = in_turn([CORNER, CORNER], [20, 30], rest=5)
    assert list(np.bincount(turns)) == [20, 30]
    assert done.shape == walked.shape == (50, 2)
    assert (done[:20, 1] == 0).all() and (done[15:, 0] == 2).all() and (done[45:, 1] == 2).all()
