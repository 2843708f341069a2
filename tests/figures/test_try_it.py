"""What readers and authors are asked to try can be tried: the change is possible, and it shows.

A page asks in its part "Try it", in words; a figure in its `RECIPE`, folded under its script.
"""

import ast
import importlib.util
import re
import sys
from pathlib import Path

import pytest
from experiments import SLOW, measured
from test_stills import canvas

import zigzag
from darkroom.data import pack, unpack
from darkroom.figure import catalog
from darkroom.render import figure_module

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r"In `((?:figures|src)/[\w/]+\.py)`")
RECIPE = re.compile(ASKED.pattern + r".*?replace `([^`]+)` by `([^`]+)`")
NAME = re.compile(r"make figure NAME=(\w+)")
TRIES = {
    page.stem: page.read_text(encoding="utf-8").partition("## Try it")[2]
    for page in sorted((ROOT / "docs").glob("*.md"))
}


def recipes():
    """The figure that shows it, the file to change, what to replace, and by what."""
    for text in TRIES.values():
        for file, old, new in RECIPE.findall(text):
            yield (NAME.findall(text) or [Path(file).stem])[0], file, old, new
    for name, figure in catalog(ROOT / "figures")[0].items():
        if recipe := figure.recipe:
            file = recipe.get("file", f"figures/{name}.py")
            yield name, file, recipe["replace"], recipe["by"]


def code(path):
    """A file's text without its own recipe, which would be found to have what it names."""
    text = path.read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RECIPE":
            text = text.replace(ast.get_source_segment(text, node), "")
    return text


def tried(path):
    """What a figure measures now; a still is drawn as well, to see whether it can be."""
    module = figure_module(path)
    data = unpack(pack(module.measure()))
    if hasattr(module, "draw"):
        canvas(module, data)
    return data


CASES = [
    pytest.param(*recipe, marks=pytest.mark.nightly if recipe[0] in SLOW else ())
    for recipe in recipes()
]


@pytest.mark.parametrize(("figure", "file", "old", "new"), CASES, ids=lambda part: part[:24])
def test_what_one_is_asked_to_try_can_be_tried(figure, file, old, new, monkeypatch, tmp_path):
    source, changed = code(ROOT / file), tmp_path / Path(file).name
    assert old in source, f"to try {figure}, replace {old}, which is not in {file}"
    changed.write_text(source.replace(old, new), encoding="utf-8")
    if file.startswith("src/"):
        spec = importlib.util.spec_from_file_location(f"zigzag.{changed.stem}", changed)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        monkeypatch.setattr(zigzag, changed.stem, module, raising=False)
        changed = ROOT / "figures" / f"{figure}.py"
    assert repr(tried(changed)) != repr(measured(figure))  # something is to be seen


def test_every_change_of_a_file_that_a_page_asks_for_is_tried():
    found = [recipe for text in TRIES.values() for recipe in RECIPE.findall(text)]
    assert sum(len(ASKED.findall(text)) for text in TRIES.values()) == len(found)
    assert len(CASES) > 9


def test_a_recipe_is_not_found_in_itself(tmp_path):
    path = tmp_path / "line.py"
    path.write_text('RECIPE = {"replace": "a = 1", "by": "a = 2"}\na = 3\n')
    assert code(path) == "\na = 3\n"
