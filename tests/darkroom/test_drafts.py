"""While somebody edits, motions are drafts; a build makes them in full."""

import io

import av
import pytest
from projects import MOTION

from darkroom.build import Darkroom


@pytest.fixture
def rooms(project):
    """Two ways to build a project of one still and one motion: as a draft, and in full."""
    project.figure("dot", MOTION)
    return Darkroom(project.root, draft=True), Darkroom(project.root)


def nobody(_):
    """Nobody listens."""


def width(result):
    with av.open(io.BytesIO(result.figures["dot"].files["light.mp4"])) as film:
        return film.streams.video[0].width


def test_a_draft_is_smaller_and_is_never_taken_for_the_film(rooms):
    draft, full = rooms
    assert width(draft.build(report=nobody)) == 640
    again = full.build(report=nobody)
    assert width(again) == 1280 and not again.figures["line"].seconds, "a still has no draft"
    assert again.figures["dot"].seconds.keys() == {"light", "dark"}, "and an experiment has none"
    assert width(draft.build(report=nobody)) == 640
    assert not full.build(report=nobody).rendered


@pytest.mark.nightly
def test_an_edit_is_the_reason_before_and_after_its_draft(project, rooms):
    draft, full = rooms
    full.build(report=nobody)
    assert draft.why("dot") == "`dot` is stale: its picture is not in the cache"
    draft.build(report=nobody)
    project.edit("figures/dot.py", "shift(RIGHT)", "shift(2 * RIGHT)")
    assert draft.why("dot") == "`dot` is stale: `figures/dot.py` changed (motion)"
    draft.build(report=nobody)
    assert draft.why("dot") == "`dot` is fresh"
    assert full.why("dot") == "`dot` is stale: `figures/dot.py` changed (motion)"
    project.edit("figures/dot.py", '"place": 0.0', '"place": 1.0')
    assert draft.why("dot") == "`dot` is stale: `figures/dot.py` changed (measure)"
