"""The proof that published pictures are what the sources make, and look as they did."""

import re
import subprocess
import sys

import pytest
from PIL import Image, ImageDraw, ImageFilter

from darkroom.check import VISIBLE, distance
from darkroom.store import Store


@pytest.fixture
def picture():
    image = Image.new("RGB", (480, 300), "#fdfcf9")
    draw = ImageDraw.Draw(image)
    draw.line((20, 280, 460, 30), fill="#c2410c", width=3)
    draw.text((200, 100), "23 steps", fill="#1c2333")
    return image


def test_a_moved_word_and_a_changed_colour_are_visible(picture):
    moved = picture.copy()
    moved.paste(picture.crop((195, 95, 260, 115)), (195, 101))
    assert distance(picture, moved) > VISIBLE
    other = Image.eval(picture, lambda level: min(255, level + 24))
    assert distance(picture, other) > VISIBLE


def test_smoothing_that_nobody_sees_is_not(picture):
    assert distance(picture, picture) == 0
    assert distance(picture, picture.filter(ImageFilter.GaussianBlur(0.3))) < VISIBLE


def test_another_size_is_another_picture(picture):
    assert distance(picture, picture.crop((0, 0, 479, 300))) == float("inf")


@pytest.fixture
def checked(project):
    """Run `darkroom check` in the project."""

    def run(*options):
        command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "check"]
        command += ["--report", str(project.root / "report.html"), *options]
        return subprocess.run(command, capture_output=True, text=True, cwd=project.root)

    assert run("--accept").returncode == 0
    return run


def test_what_was_accepted_passes_and_a_changed_picture_does_not(project, checked):
    assert checked().returncode == 0
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    summary = project.root / "summary.md"
    done = checked("--summary", str(summary))
    assert done.returncode == 1
    assert re.search(r"\| line \| differs by \d+\.\d \(6 is visible\) \|", done.stdout)
    assert "`figures/line.py` changed (still)" in summary.read_text()
    report = (project.root / "report.html").read_text()
    assert report.count("data:image/png") == 3 and "http" not in report


def test_one_figure_can_be_accepted_without_the_others(project, checked):
    project.figure("other", (project.root / "figures/line.py").read_text())
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    assert checked("line", "--accept").returncode == 0
    done = checked()
    assert "| other | was never accepted |" in done.stdout and "| line |" not in done.stdout


def test_a_cache_entry_forged_with_its_seal_is_found_out(project, checked):
    room = project.room
    store = Store(room.store.folder)
    for path in store.folder.glob("??/*"):
        files = store.read(path.name) or {}
        if "svg" in files:
            store.write(path.name, files | {"svg": files["svg"].replace(b"#c2410c", b"#c2410d")})
    done = checked()
    assert done.returncode == 1 and "from nothing, other bytes: light.svg" in done.stdout
