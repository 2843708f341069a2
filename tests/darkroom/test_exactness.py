"""Exactness, tried: mutate every file of a small tree in turn, and compare two answers.

What was rendered by a build that has a cache; and whose bytes differ in a build from nothing.
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from nightly import sampled
from projects import Project

from darkroom.build import Darkroom
from darkroom.cache import Cache
from darkroom.inputs import HOUSE

STILL = '''
"""A sample."""

{imports}

ALT = "A dot."
SIZE = (1.0, 1.0)


def measure():
    return {{"y": {measured}}}


def draw(fig, ink, data):
    fig.subplots().plot(data["y"], {drawn}, "o", color=ink.{role})
'''
BARE = '''
"""A sample."""

{imports}

ALT = "A dot."
SIZE = (1.0, 1.0)


def draw(fig, ink, data):
    {drawn}
'''
STILLS = {
    "plain": ("", "1.0", "2.0", "raw"),
    "one": ("from zigzag import one", "one.ONE", "2.0", "goal"),
    "two": ("from zigzag import two", "two.two()", "2.0", "mean"),
    "both": ("from zigzag import one, three", "one.ONE", "three.THREE", "text"),
    "deep": ("import zigzag.three as t", "t.six()", "t.THREE", "cone"),
    "file": ("", "float(open(__file__[:-7] + 'height.txt').read())", "0.0", "centred"),
}
MODULES = {
    "one": "ONE = 1.0\nUNUSED = 1\n",
    "two": "from zigzag.one import ONE\n\ndef two():\n    return ONE + 1.0\n",
    "three": "from zigzag import two\nTHREE = 3.0\n\ndef six():\n    return THREE * two.two()\n",
}
MOTION = '''
"""A dot moves."""

from manim import LEFT, RIGHT, Dot

ALT = "A dot."
TRANSCRIPT = [(0.0, "A dot moves.")]
WAY = RIGHT


def play(scene, ink, data):
    dot = Dot(color=ink.raw)
    scene.play(dot.animate.shift(WAY), run_time=0.1)
'''
READERS = {
    "src/zigzag/__init__.py": {"one", "two", "both", "deep"},
    "src/zigzag/one.py": {"one", "two", "both", "deep"},
    "src/zigzag/two.py": {"two", "both", "deep"},
    "src/zigzag/three.py": {"both", "deep"},
    "figures/height.txt": {"file"},
    "figures/moving.py": {"moving"},
    **{f"figures/{name}.py": {name} for name in STILLS},
}
MUTATIONS = [  # file, what is replaced, by what, whose bytes differ
    ("src/zigzag/__init__.py", "", "NAME = 1\n", set()),
    ("src/zigzag/one.py", "ONE = 1.0", "ONE = 1.5", {"one", "two", "both", "deep"}),
    ("src/zigzag/one.py", "UNUSED = 1", "UNUSED = 2", set()),
    ("src/zigzag/two.py", "ONE + 1.0", "ONE + 2.0", {"two", "deep"}),
    ("src/zigzag/three.py", "THREE = 3.0", "THREE = 4.0", {"both", "deep"}),
    ("src/zigzag/three.py", "THREE * two", "2 * THREE * two", {"deep"}),
    ("figures/height.txt", "7", "8", {"file"}),
    ("figures/moving.py", "WAY = RIGHT", "WAY = LEFT", {"moving"}),
    *((f"figures/{name}.py", '"o"', '"s"', {name}) for name in STILLS),
]
SILENT = [  # what no picture shows
    ("src/zigzag/one.py", "ONE = 1.0", "ONE = 1.0  # a comment"),
    ("src/zigzag/two.py", "def two():", 'def two():\n    """Two."""'),
    ("figures/moving.py", 'moves.")]', 'goes.")]'),
    ("figures/plain.py", "A sample.", "The sample."),
    ("figures/plain.py", '"A dot."', '"The dot."'),
]


def nobody(_):
    """Nobody listens."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("tree"))
    for name in ("src/zigzag/line", "src/zigzag/scale", "src/zigzag/other", "figures/line"):
        (project.root / f"{name}.py").unlink()
    for name, text in MODULES.items():
        project.write(f"src/zigzag/{name}.py", text)
    for name, (imports, measured, drawn, role) in STILLS.items():
        text = STILL.format(imports=imports, measured=measured, drawn=drawn, role=role)
        project.figure(name, text)
    project.figure("moving", MOTION)
    project.write("figures/height.txt", "7\n")
    assert len(project.rendered()) == 7
    return project


@contextmanager
def mutated(project, name, old, new):
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")
    assert project.rendered() == set(), "going back finds what was there"


def from_nothing(project, folder):
    """The pictures of a build with an empty cache: figure → ending → bytes."""
    room = Darkroom(project.root)
    room.store = Cache(folder)
    return {
        name: {
            end: body
            for end, body in made.files.items()
            if end.endswith(("svg", "png", "mp4", "avif"))
        }
        for name, made in room.build(report=nobody).figures.items()
    }


@pytest.fixture(scope="module")
def before(tree, tmp_path_factory):
    return from_nothing(tree, tmp_path_factory.mktemp("store"))


@pytest.mark.parametrize(("name", "old", "new", "expected"), sampled(MUTATIONS, MUTATIONS[1:2]))
def test_what_would_differ_is_rendered_and_what_is_rendered_reads_a_change(
    tree, before, tmp_path, name, old, new, expected
):
    with mutated(tree, name, old, new):
        after = from_nothing(tree, tmp_path)
        differ = {figure for figure in after if after[figure] != before[figure]}
        assert differ == expected
        assert differ <= tree.rendered() <= READERS[name]


@pytest.mark.parametrize(("name", "old", "new"), sampled(SILENT, SILENT[:1]))
def test_what_no_picture_shows_renders_nothing(tree, name, old, new):
    with mutated(tree, name, old, new):
        assert tree.rendered() == set()


INKED = {
    "plain": ("", "fig.subplots().plot([0, 1], color=ink.raw)"),
    "marked": ("from inks.stills import marks", "marks.weight_plane(fig, ink, limit=2)"),
}
DRAWING = [  # of copies of the inks and of what renders: file, old, new, whose bytes differ
    ("inks/palette.py", 'raw="#c2410c"', 'raw="#c2410d"', {"plain", "moving"}),
    ("inks/style.py", '"lines.linewidth": 1.8', '"lines.linewidth": 2.8', {"plain"}),
    ("inks/stills/marks.py", "(ax.axhline, ax.axvline)", "(ax.axhline,)", {"marked"}),
    ("darkroom/render.py", "DPI = 200", "DPI = 100", {"plain", "marked"}),
    ("darkroom/render.py", '"threads": "1"', '"threads": "1", "crf": "40"', {"moving"}),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A project that brings its own copies of the inks and of what renders."""
    project = Project(tmp_path_factory.mktemp("house"))
    (project.root / "figures/line.py").unlink()
    for folder in ("inks", "darkroom"):
        shutil.copytree(HOUSE / folder, project.root / "src" / folder)
    for name, (imports, drawn) in INKED.items():
        project.figure(name, BARE.format(imports=imports, drawn=drawn))
    project.figure("moving", MOTION)
    assert built(project, project.root / ".cache/darkroom")[0] == {"plain", "marked", "moving"}
    return project


def built(project, store):
    """Build by the project's own darkroom: what was rendered, and each figure's pictures."""
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "--store", str(store)]
    out = project.root / "out"
    done = subprocess.run(
        [*command, "build", "--out", str(out)],
        env=os.environ | {"PYTHONPATH": str(project.root / "src")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pictures = {name: {} for name in (*INKED, "moving")}
    for path in out.glob("figures/*.*"):
        if path.suffix in (".svg", ".png", ".mp4", ".avif"):
            pictures[path.name.partition(".")[0]][path.name] = path.read_bytes()
    return set(re.findall(r"^`(\w+)` is (?:stale|new)", done.stdout, re.MULTILINE)), pictures


@pytest.fixture(scope="module")
def hung(house, tmp_path_factory):
    return built(house, tmp_path_factory.mktemp("store"))[1]


@pytest.mark.parametrize(("name", "old", "new", "expected"), sampled(DRAWING, DRAWING[:1]))
def test_what_draws_is_an_input_of_all_that_it_draws(
    house, hung, tmp_path, name, old, new, expected
):
    path = house.root / "src" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = built(house, tmp_path)[1]
    differ = {figure for figure in after if after[figure] != hung[figure]}
    rendered, _ = built(house, house.root / ".cache/darkroom")
    path.write_text(text, encoding="utf-8")
    assert differ == expected
    assert differ <= rendered <= ({"marked"} if "marks" in name else {*INKED, "moving"})
    assert built(house, house.root / ".cache/darkroom")[0] == set(), "going back finds them"
