"""What is published of a figure: its files, and all that is known of it in `figures.json`."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from projects import MEASURED, MOTION, STILL

from darkroom.cite import track
from darkroom.cli import main


@pytest.fixture
def published(project):
    """Build into `out`, and read the manifest."""

    def build(*names):
        options = ["--root", str(project.root), "build", "--out", str(project.root / "out")]
        CliRunner().invoke(main, [*options, *names])
        return json.loads((project.root / "out/figures.json").read_text())

    return build


def files(project):
    return {str(p.relative_to(project.root / "out")) for p in project.root.glob("out/figures/*.*")}


def test_the_manifest_tells_all_that_is_known_with_numbers_in_their_places(project, published):
    project.figure("dot", MOTION)
    told = published()
    line, dot = told["line"], told["dot"]
    assert line["claim"] == "The line rises." and line["kind"] == "still"
    assert line["caption"] == "It has 3 points, up to $y = 2.0$."
    assert line["alt"].endswith("through 3 points.")
    assert line["data"] == {"points": 3, "top": 2.0, "y": [0.0, 1.0, 2.0]}
    assert line["size"] == [2.0, 1.5] and dot["size"] == [1280, 720]
    assert dot["transcript"][0] == [0.0, "A dot stands at 0.0."]
    assert {"zigzag/line.py", "library matplotlib", "Python"} <= line["inputs"].keys()
    assert {"library cairo", "library pango", "library manim"} <= dot["inputs"].keys()
    assert not {"library cairo", "library manim"} & line["inputs"].keys()
    for figure in told.values():
        for name, size in figure["files"].items():
            assert (project.root / "out" / name).stat().st_size == size


def test_the_manifest_tells_how_it_was_measured_with_numbers_in_their_places(project, published):
    project.figure("line", MEASURED)
    assert published()["line"]["method"] == "Its unit is 1.0.\n\nIt has no seed."


def test_the_manifest_knows_what_each_product_took_when_it_was_made(published):
    before, again = published()["line"]["seconds"], published()["line"]["seconds"]
    assert before == again and set(before) == {"measure", "light", "dark"}
    assert all(seconds > 0 for seconds in before.values())


def test_what_was_published_of_a_figure_that_is_gone_goes_too(project, published):
    project.figure("other", STILL)
    project.figure("broken", STILL)
    published()
    (project.root / "out/figures/mine.txt").write_text("not ours")
    (project.root / "figures/other.py").unlink()
    project.edit("figures/broken.py", "def measure", "def measure(")
    told = published("line")
    assert set(told) == {"line", "broken"}, "what failed stays as it was"
    names = {name.partition(".")[0] for name in files(project)}
    assert names == {"figures/line", "figures/broken", "figures/mine"}


def test_what_was_published_otherwise_before_goes_too(project, published):
    project.figure("dot", STILL)
    published()
    project.figure("dot", MOTION)
    published("dot")
    ends = {name.partition(".")[2] for name in files(project) if "dot" in name}
    assert {"light.mp4", "vtt", "py"} <= ends and "light.svg" not in ends


def test_the_command_line_does_without_mkdocs():
    code = "import sys, darkroom.cli; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_cue_is_one_paragraph_and_no_minute_has_sixty_seconds():
    told = track([(59.9996, "A > B,\n\n  then C."), (62.5, "D.")]).decode()
    assert "01:00.000 --> 01:02.500\nA &gt; B, then C.\n\n01:02.500 --> 01:12.500\nD." in told


@pytest.mark.parametrize("constant", ['READS = ("tpo",)', 'CHOICES = {"a": "tpo"}'])
def test_a_live_picture_that_reads_what_measure_does_not_return_is_told(project, constant):
    live = 'PRESET = {"a": (0, 0, 1, 1)}\nLABELS = {"a": "A"}\n' + constant
    project.figure("live", STILL.replace("SIZE =", f"{live}\nSIZE ="))
    result, _ = project.build("live")
    told = str(result.faults["live"])
    assert "no number that measure() returns `tpo`. Did you mean `top`?" in told
