"""Every figure whose picture would differ is rendered anew, and no other; and `why` says why."""

import os
import re
import shutil
from dataclasses import replace

import cairo
import numpy as np
import PIL
import pytest
import yaml
from projects import MOTION, Project

from darkroom import inputs

PLAIN = '''
"""A bar stands alone."""

from zigzag import other

ALT = "A bar."


def draw(fig, ink, data):
    fig.subplots().bar([0], [other.UNUSED], color=ink.centred)
'''


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A project of two stills that is built."""
    project = Project(tmp_path_factory.mktemp("original"))
    project.figure("bar", PLAIN)
    assert project.rendered() == {"line", "bar"}
    return project


@pytest.fixture
def built(original, tmp_path):
    """A copy of it, with its cache, to edit."""
    shutil.copytree(original.root, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def test_what_is_installed_beside_our_packages_is_foreign(project, tmp_path):
    for name in ("inks", "numpy"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    sources = inputs.ModuleGraph(project.root / "src", tmp_path)
    assert sources.file("inks") and sources.file("zigzag.line") and not sources.file("numpy")


def test_with_nothing_to_do_nothing_is_rendered(built):
    assert built.rendered() == set()
    assert built.room.why("line") == "`line` is fresh"


def test_a_change_in_an_imported_module_reaches_those_who_import_it_however_deep(built):
    built.edit("src/zigzag/scale.py", "1.0", "2.0")
    assert built.room.why("line") == (
        "`line` is stale: `zigzag/scale.py` changed (imported by `zigzag/line.py`)"
    )
    assert built.room.why("bar") == "`bar` is fresh"
    assert built.rendered() == {"line"}


def test_comments_docstrings_captions_and_alt_texts_render_nothing(built):
    built.edit("src/zigzag/line.py", "def rise(n):", '# up\ndef rise(n):\n    """Rise."""')
    built.edit("figures/line.py", "The line rises.", "The line goes up.")
    built.edit("figures/line.py", "A line from", "One line from")
    assert built.rendered() == set()
    result, _ = built.build()
    assert result.figures["line"].figure.claim == "The line goes up."


def test_a_change_of_colour_repeats_no_experiment(built):
    built.edit("figures/line.py", "ink.raw", "ink.goal")
    assert built.room.why("line") == "`line` is stale: `figures/line.py` changed (still)"
    assert set(built.build()[0].figures["line"].seconds) == {"light", "dark"}


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("OTHER = (1,)", "OTHER = (2,)", None),
        ("def other(): print(1)", "def other(): print(2)", None),
        ("other = lambda: print(1)", "other = lambda: print(2)", None),
        ("old = print(1)", "old = print(2)", "measure"),
        ("def other(a=print(1)): ...", "def other(a=print(2)): ...", "measure"),
        ("class Other:\n    print(1)", "class Other:\n    print(2)", "measure"),
        ("@staticmethod\ndef other(): ...", "@classmethod\ndef other(): ...", "measure"),
        ("import math\na, math.x = 1, 2", "import math\na, math.x = 1, 3", "measure"),
        (
            "import os\na, os.environ['x'] = 1, 'y'",
            "import os\na, os.environ['x'] = 1, 'z'",
            "measure",
        ),
        ("A = 1\nprint(A)", "A = 2\nprint(A)", "measure"),
    ],
)
def test_what_a_file_calls_as_it_is_loaded_counts_and_what_nobody_needs_does_not(
    built, before, after, what
):
    built.edit("figures/line.py", "SIZE =", f"{before}\nSIZE =")
    built.rendered()
    built.edit("figures/line.py", before, after)
    changed = f"`line` is stale: `figures/line.py` changed ({what})"
    assert built.room.why("line").startswith(changed if what else "`line` is fresh")


def test_an_edit_of_what_is_looked_up_makes_the_experiment_stale(built):
    built.edit("figures/line.py", "SIZE =", "FACTOR = 3\nSIZE =")
    built.edit("figures/line.py", "line.rise(3)", "line.rise(globals()['FACTOR'])")
    built.rendered()
    built.edit("figures/line.py", "FACTOR = 3", "FACTOR = 4")
    assert built.build()[0].figures["line"].data["points"] == 4


def test_an_experiment_with_the_same_outcome_needs_no_new_picture(built):
    before, _ = built.build()
    built.edit("src/zigzag/scale.py", "UNIT = 1.0", "UNIT = 0.5 + 0.5")
    after, said = built.build()
    assert said == ["`line` is stale: `zigzag/scale.py` changed (imported by `zigzag/line.py`)"]
    assert set(after.figures["line"].seconds) == {"measure"}
    assert after.figures["line"].files == before.figures["line"].files


def test_an_import_that_nobody_asks_for_is_made_for_its_effect(built):
    built.edit("figures/line.py", "SIZE =", "import zigzag.other as _\nSIZE =")
    built.rendered()
    built.edit("src/zigzag/other.py", "1", "2")
    assert "`zigzag/other.py` changed" in built.room.why("line")


@pytest.mark.parametrize(
    "listing",
    [
        "sum(1 for _ in Path(__file__).parent.glob('data/*.txt'))",
        pytest.param("len(os.listdir(Path(__file__).parent / 'data'))", marks=pytest.mark.nightly),
        "len([*os.scandir(os.open(Path(__file__).parent / 'data', os.O_RDONLY))])",
    ],
    ids=["glob", "listdir", "descriptor"],
)
def test_a_folder_that_a_figure_lists_is_an_input(built, listing):
    built.write("figures/data/a.txt", "1")
    built.edit("figures/line.py", "line.rise(3)", f"line.rise({listing})")
    built.edit("figures/line.py", "SIZE =", "import os\nfrom pathlib import Path\nSIZE =")
    assert built.rendered() == {"line"}
    assert built.rendered() == set()
    built.write("figures/data/b.txt", "2")
    assert built.room.why("line") == "`line` is stale: `figures/data` changed"


@pytest.mark.parametrize("sources", ["figures/line.py", ""], ids=["and_its_code", "alone"])
def test_of_two_data_files_only_the_one_that_changed_is_named(built, sources):
    for name in ("a", "b"):
        built.write(f"figures/{name}.txt", "1")
    read = "sum(int(Path(__file__).with_name(f'{name}.txt').read_text()) for name in 'ab')"
    built.edit("figures/line.py", "line.rise(3)", f"line.rise({read})")
    built.edit("figures/line.py", "SIZE =", "from pathlib import Path\nSIZE =")
    assert built.rendered() == {"line"}
    if sources:
        built.edit(sources, "line.rise(", "line.rise(0 + ")
    built.write("figures/b.txt", "2")
    told = (
        "`figures/line.py` changed (measure), and 1 more" if sources else "`figures/b.txt` changed"
    )
    assert built.room.why("line") == f"`line` is stale: {told}"


def test_the_size_that_all_have_is_an_input_of_those_who_say_none(built):
    built.edit("figures/line.py", "SIZE =", "OTHER =")
    built.rendered()
    figure = built.room.catalog()[0]["line"]
    before = inputs.needs(figure, built.room.sources)
    now = inputs.needs(replace(figure, size=(1.0, 1.0)), built.room.sources)
    assert inputs.changed(now["light"], before["light"]) == ["figures/line.py (still)"]
    assert now["measure"] == before["measure"]


def test_an_argument_is_not_the_import_of_its_name(built):
    built.write("src/zigzag/data.py", "ZERO = 0\n")
    built.edit("figures/line.py", "import line\n", "import data, line\n")
    built.edit("figures/line.py", "y[-1]", "y[-1] + data.ZERO")
    built.rendered()
    built.write("src/zigzag/data.py", "ZERO = 0\nONE = 1\n")
    assert set(built.build()[0].figures["line"].seconds) == {"measure"}


def test_going_back_finds_the_earlier_pictures(built):
    built.edit("src/zigzag/scale.py", "1.0", "2.0")
    assert built.rendered() == {"line"}
    built.edit("src/zigzag/scale.py", "2.0", "1.0")
    assert built.rendered() == set()


def test_a_renamed_figure_is_new_and_a_deleted_one_is_gone(built):
    (built.root / "figures" / "bar.py").rename(built.root / "figures" / "beam.py")
    result, _ = built.build()
    assert set(result.figures) == {"line", "beam"}


def test_a_planted_torn_or_swapped_entry_is_never_used(built):
    honest, _ = built.build()
    entries = [path for path in (built.root / ".cache/darkroom").glob("??/*") if path.is_file()]
    contents = [path.read_bytes() for path in entries]
    forged = [contents[0][:-9], b"", b"planted", *contents[:1]]
    for path, content in zip(entries[1:], forged * len(entries), strict=False):
        path.write_bytes(content)
    again, _ = built.build()
    assert {n: p.files for n, p in again.figures.items()} == {
        n: p.files for n, p in honest.figures.items()
    }


def test_two_builds_in_two_folders_give_the_same_bytes(built, tmp_path_factory):
    other = Project(tmp_path_factory.mktemp("elsewhere"))
    other.figure("bar", PLAIN)
    assert other.build()[0].published_files() == built.build()[0].published_files()


def test_the_figure_is_stale_when_its_own_numbers_change(built):
    built.edit("figures/line.py", "line.rise(3)", "line.rise(4)")
    assert built.room.why("line") == "`line` is stale: `figures/line.py` changed (measure)"


@pytest.mark.parametrize("name", ["heights.txt", ".hidden/heights.txt"])
def test_a_data_file_that_is_read_is_an_input_and_one_that_is_not_is_none(built, name):
    built.write(f"figures/{name}", "1 2 3")
    built.write("figures/unread.txt", "1")
    read = f"[float(h) for h in open(__file__.replace('line.py', '{name}')).read().split()]"
    built.edit("figures/line.py", "line.rise(3)", read)
    assert built.rendered() == {"line"}
    built.write("figures/unread.txt", "2")
    assert built.rendered() == set()
    built.write(f"figures/{name}", "3 2 1")
    assert built.room.why("line") == f"`line` is stale: `figures/{name}` changed"
    assert built.rendered() == {"line"}
    built.write(f"figures/{name}", "1 2 3")
    assert built.rendered() == set()


def test_of_several_files_the_one_that_changed_is_named(built):
    built.write("figures/heights.txt", "1 2 3")
    built.write("figures/data/a.txt", "1")
    here = "__import__('pathlib').Path(__file__).parent"
    read = f"[float(h) for h in ({here} / 'heights.txt').read_text().split()]"
    listed = f"len(list({here}.iterdir()) + list(({here} / 'data').glob('*.txt')))"
    built.edit("figures/line.py", "line.rise(3)", read)
    built.edit("figures/line.py", '"points": len(y)', f'"points": {listed}')
    built.rendered()
    built.write("figures/data/b.txt", "1")
    assert built.room.why("line") == "`line` is stale: `figures/data` changed"
    built.rendered()
    built.write("figures/heights.txt", "3 2 1")
    assert built.room.why("line") == "`line` is stale: `figures/heights.txt` changed"


def test_a_file_that_was_missed_is_an_input(built):
    tried = "try:\n        y = [float(open(__file__ + '.top').read())]\n    except OSError: "
    built.edit("figures/line.py", "    y = line", f"    {tried}y = line")
    assert built.rendered() == {"line"}
    assert built.rendered() == set()
    built.write("figures/line.py.top", "7")
    assert built.room.why("line") == "`line` is stale: `figures/line.py.top` changed"
    assert built.build()[0].figures["line"].data["top"] == 7.0


def test_a_file_of_code_that_is_read_as_data_is_an_input(built):
    built.write("src/zigzag/unseen.py", "# one line\n")
    read = "[len(open(__file__[:-15] + 'src/zigzag/unseen.py').read())] * 3"
    built.edit("figures/line.py", "line.rise(3)", read)
    assert built.rendered() == {"line"}
    built.write("src/zigzag/unseen.py", "# one line more\n")
    assert built.rendered() == {"line"}


def test_a_module_whose_import_nobody_wrote_out_is_an_input(built):
    built.write("src/zigzag/late.py", "TOP = 3\n")
    called = "__import__('importlib').import_module('zigzag.late').TOP"
    built.edit("figures/line.py", "line.rise(3)", f"line.rise({called})")
    assert built.rendered() == {"line"}
    assert built.rendered() == set()
    built.write("src/zigzag/late.py", "TOP = 4\n")
    assert built.room.why("line") == "`line` is stale: `src/zigzag/late.py` changed"
    assert built.build()[0].figures["line"].data["points"] == 4


def test_an_edit_of_the_same_length_in_the_same_moment_is_seen(built):
    scale = built.root / "src/zigzag/scale.py"
    os.utime(scale, (1e9, 1e9))
    built.rendered()
    built.edit("src/zigzag/scale.py", "1.0", "2.0")
    os.utime(scale, (1e9, 1e9))
    result, _ = built.build()
    assert result.figures["line"].data["top"] == 4.0


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A still, `line`, and a motion, `dot`, that are built."""
    project = Project(tmp_path_factory.mktemp("both"))
    project.figure("dot", MOTION)
    project.build()
    return project


@pytest.mark.parametrize(
    ("name", "library"),
    [
        *(("line", library) for library in ("matplotlib", "numpy", "pillow", "contourpy")),
        *(("line", library) for library in ("kiwisolver", "font-source-sans-pro")),
        *(("dot", library) for library in ("manim", "numpy", "typst", "av", "pillow")),
        *(("dot", library) for library in ("pycairo", "cairo", "pango", "svgelements")),
        *(("dot", library) for library in ("scipy", "skia-pathops", "mapbox-earcut")),
    ],
)
def test_another_version_of_what_draws_makes_a_picture_stale(both, monkeypatch, name, library):
    real = inputs.installed
    monkeypatch.setattr(
        inputs, "installed", lambda asked: "0.0" if asked == library else real(asked)
    )
    assert both.room.why(name) == f"`{name}` is stale: `library {library}` changed"


def test_another_minor_version_of_python_makes_everything_stale(both, monkeypatch):
    assert re.fullmatch(r"3\.\d+", inputs.PYTHON)
    monkeypatch.setattr(inputs, "PYTHON", "3.99")
    for name in ("line", "dot"):
        assert both.room.why(name) == f"`{name}` is stale: `Python` changed"


def test_versions_are_those_that_are_installed():
    assert inputs.installed("numpy") == np.__version__
    assert inputs.installed("pillow") == PIL.__version__
    assert inputs.installed("cairo") == cairo.cairo_version_string()
    assert inputs.installed("yaml") == yaml.__version__, "by the name of its module"
    assert inputs.installed("nothing_of_the_kind") == "absent"
