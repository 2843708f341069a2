"""The pictures look as they did when somebody last looked at them."""

from pathlib import Path

import pytest
from experiments import rendered
from PIL import Image

from darkroom.check import VISIBLE, distance, small

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "tests" / "baseline"
NAMES = sorted(path.stem for path in (ROOT / "figures").glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_looks_as_it_did(name):
    path = BASELINE / f"{name}.png"
    hint = "look at it; if it is right, run `make check ACCEPT=yes`"
    assert path.is_file(), hint
    before = Image.open(path).convert("RGB")
    assert distance(before, small(rendered(name))) <= VISIBLE, hint


def test_no_picture_is_kept_of_a_figure_that_is_gone():
    assert {path.stem for path in BASELINE.glob("*.png")} <= set(NAMES)
