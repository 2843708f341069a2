"""The proof that published pictures are what the sources make, and look as they did."""

import gc
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFilter

from darkroom import check
from darkroom.cache import Cache
from darkroom.check import VISIBLE, distance
from darkroom.cli import main
from darkroom.figure import Figure
from darkroom.results import RenderedFigure


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


def test_a_film_is_looked_at_in_five_moments_and_never_held_whole(monkeypatch):
    film, alive = io.BytesIO(), []
    with av.open(film, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        shades = (np.full((90, 160, 3), 6 * place, np.uint8) for place in range(41))
        for frame in [*map(av.VideoFrame.from_ndarray, shades), None]:
            out.mux(stream.encode(frame))

    def scaled(image, *_):
        alive.append(sum(isinstance(thing, av.VideoFrame) for thing in gc.get_objects()))
        return image

    del frame
    monkeypatch.setattr(check.ImageOps, "scale", scaled)
    figure = Figure(Path("figures/film.py"), "motion", "It brightens.", "", measured=False)
    seen = check.small(RenderedFigure(figure, {}, files={"light.mp4": film.getvalue()}))
    tiles = np.split(np.asarray(seen), 5, axis=1)
    assert [tile.mean() for tile in tiles] == pytest.approx([0, 60, 120, 180, 240], abs=3)
    assert max(alive) < 4


@pytest.fixture
def checked(project):
    """Run `darkroom check` in the project."""

    def run(*options):
        command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "check"]
        return subprocess.run([*command, *options], capture_output=True, text=True)

    assert run("--accept").returncode == 0
    return run


def test_what_was_accepted_passes_and_a_changed_picture_does_not(project, checked):
    done = checked()
    assert done.returncode == 0 and done.stderr == ""
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    summary = project.root / "summary.md"
    done = checked("--summary", str(summary))
    assert done.returncode == 1
    assert re.search(r"\| line \| differs by \d+\.\d \(6 is visible\) \|", done.stdout)
    assert "(6 is visible) | `figures/line.py (still)` |" in summary.read_text()
    report = (project.root / ".cache/report.html").read_text()
    assert report.count("data:image/png") == 3 and "http" not in report


@pytest.mark.nightly
def test_one_figure_can_be_accepted_without_the_others(project, checked):
    project.figure("other", (project.root / "figures/line.py").read_text())
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    assert checked("line", "--accept").returncode == 0
    done = checked()
    assert "| other | was never accepted |" in done.stdout and "| line |" not in done.stdout


def test_a_cache_entry_forged_with_its_seal_is_found_out(project, checked):
    room = project.room
    store = Cache(room.store.folder)
    for path in store.folder.glob("??/*"):
        files = store.read(path.name) or {}
        if "svg" in files:
            store.write(path.name, files | {"svg": files["svg"].replace(b"#c2410c", b"#c2410d")})
    done = checked()
    assert done.returncode == 1 and "from nothing, other bytes: light.svg" in done.stdout


@pytest.mark.nightly
def test_all_inputs_that_differ_from_the_accepted_ones_are_named_whatever_was_built_since(
    project, checked
):
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    project.edit("figures/line.py", "ink.raw", "ink.goal")
    project.build()
    assert project.room.why("line") == "`line` is fresh"
    done = checked()
    assert done.returncode == 1
    assert re.search(
        r"\| line \| .* \| `zigzag/scale.py`, `figures/line.py \(still\)` \|", done.stdout
    )
    project.edit("src/zigzag/scale.py", "2.0", "1.0")
    project.edit("figures/line.py", "ink.goal", "ink.raw")
    assert "No figure differs." in checked().stdout


@pytest.mark.nightly
def test_a_pull_request_is_compared_with_what_stood_before_it(project, checked):
    """It renews the accepted copies itself: that is no fault, but somebody should look."""
    before = project.root / "before"
    shutil.copytree(project.root / "tests/baseline", before)
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    done = checked("--baseline", str(before))
    assert done.returncode == 1 and "and is accepted" not in done.stdout
    assert checked("--accept").returncode == 0
    assert "No figure differs." in checked().stdout
    done = checked("--baseline", str(before))
    assert done.returncode == 0
    assert re.search(r"\| line \| differs by .*, and is accepted \| `figures/line.py", done.stdout)
    (before / "line.png").unlink()
    assert "| line | is new, and is accepted |" in checked("--baseline", str(before)).stdout


def test_a_figure_that_is_gone_leaves_the_accepted_ones(project, checked):
    (project.root / "figures/line.py").rename(project.root / "figures/rise.py")
    assert checked("--accept").returncode == 0
    assert [path.name for path in project.root.glob("tests/baseline/*")] == ["rise.png"]


def test_a_file_that_breaks_the_contract_is_told_so_by_every_command(project, checked):
    project.edit("figures/line.py", "ALT =", "ALTO =")
    why = CliRunner().invoke(main, ["--root", str(project.root), "why", "line"])
    assert why.exit_code == 1 and "figures/line.py:1: has no ALT" in why.output
    done = checked("line")
    assert done.returncode == 1 and "figures/line.py:1: has no ALT" in done.stderr


@pytest.mark.nightly
def test_a_small_copy_from_before_inputs_were_kept_still_serves(project, checked):
    path = project.root / "tests/baseline/line.png"
    Image.open(path).save(path)
    assert checked().returncode == 0
    project.edit("figures/line.py", 'data["y"], color', 'data["y"][::-1], color')
    assert "| its inputs were not kept |" in checked().stdout
