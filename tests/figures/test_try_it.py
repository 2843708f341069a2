"""What a page asks its reader to try can be tried: the change is possible, and the figure runs."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from experiments import SLOW, measured
from test_stills import canvas

import zigzag
from darkroom.data import pack, unpack
from darkroom.render import figure_module

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r"In `((?:figures|src)/[\w/]+\.py)`")
RECIPE = re.compile(ASKED.pattern + r".*?replace `([^`]+)` by `([^`]+)`")
NAME = re.compile(r"make figure NAME=(\w+)")
TRIES = {
    page.stem: page.read_text(encoding="utf-8").partition("## Try it")[2]
    for page in sorted((ROOT / "docs").glob("*.md"))
}
RECIPES = [(page, *found) for page, text in TRIES.items() for found in RECIPE.findall(text)]


def tried(path):
    """What a figure measures now; a still is drawn as well, to see whether it can be."""
    module = figure_module(path)
    data = unpack(pack(module.measure()))
    if hasattr(module, "draw"):
        canvas(module, data)
    return data


def shown_by(page, file):
    """The figure that shows what a change of a file does."""
    return (NAME.findall(TRIES[page]) or [Path(file).stem])[0]


CASES = [
    pytest.param(*recipe, marks=pytest.mark.nightly if shown_by(*recipe[:2]) in SLOW else ())
    for recipe in RECIPES
]


@pytest.mark.parametrize(("page", "file", "old", "new"), CASES, ids=lambda part: part[:24])
def test_what_a_page_asks_to_try_can_be_tried(page, file, old, new, monkeypatch, tmp_path):
    source, changed = (ROOT / file).read_text(encoding="utf-8"), tmp_path / Path(file).name
    assert old in source, f"{page}.md asks to replace {old}, which is not in {file}"
    changed.write_text(source.replace(old, new), encoding="utf-8")
    own = shown_by(page, file)
    figure = ROOT / "figures" / f"{own}.py"
    if file.startswith("src/"):
        spec = importlib.util.spec_from_file_location(f"zigzag.{changed.stem}", changed)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        monkeypatch.setattr(zigzag, changed.stem, module, raising=False)
        changed = figure
    assert repr(tried(changed)) != repr(measured(own))  # something is to be seen


def test_every_change_of_a_file_that_a_page_asks_for_is_tried():
    assert sum(len(ASKED.findall(text)) for text in TRIES.values()) == len(RECIPES) > 9
