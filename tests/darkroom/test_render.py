"""The pictures that are published are light, and no less exact than a reader can see."""

import io
import re
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image
from projects import MOTION, STILL

from darkroom import camera, render
from darkroom.render import rounded
from inks.palette import DARK, LIGHT


def test_places_are_written_in_hundredths_and_nothing_else_is_touched():
    svg = (
        b'<path d="M 1.234567 -0.001 L 20.999 3.1 C 7 8.125 1e5 2.25" style="opacity: 0.123456"/>'
        b'<use x="10.005001" y="-7.123456" transform="scale(0.015625)" stroke-width="0.6667"/>'
        b"<text>3.14159</text>"
    )
    assert rounded(svg) == (
        b'<path d="M 1.23 -0 L 21 3.1 C 7 8.12 1e5 2.25" style="opacity: 0.123456"/>'
        b'<use x="10.01" y="-7.12" transform="scale(0.015625)" stroke-width="0.6667"/>'
        b"<text>3.14159</text>"
    )


def test_a_still_carries_neither_metadata_nor_thousandths(project):
    svg = project.build()[0].figures["line"].files["light.svg"]
    assert b"<metadata" not in svg and b"rdf" not in svg
    assert svg.count(b' d="') > 5 and rounded(svg) == svg


def test_what_is_pixels_among_lines_is_as_fine_as_the_png_and_laid_out_alike(project):
    drawn = """    ax = fig.subplots()
    ax.imshow([[0, 1]], aspect="auto")
    fig.suptitle("Above")
"""
    project.figure("patch", STILL.partition("    fig.sub")[0] + drawn)
    files = project.build()[0].figures["patch"].files
    inner = re.search(rb'<image[^>]*base64,\s*([^"]+)"', files["light.svg"])[1]
    image, printed = (Image.open(io.BytesIO(b)) for b in (b64decode(inner), files["light.png"]))
    assert printed.size == (400, 300) and printed.mode == "RGB"
    purple = np.abs(np.asarray(printed, int) - (68, 1, 84)).max(-1) < 3
    assert purple.any(axis=0).sum() == pytest.approx(image.width / 2, abs=2)


def test_a_figure_without_a_ground_of_its_own_stands_on_the_theme_s_paper(project):
    project.edit("figures/line.py", "    fig.sub", "    fig.patch.set_alpha(0)\n    fig.sub")
    files = project.build()[0].figures["line"].files
    png = Image.open(io.BytesIO(files["light.png"]))
    assert "#{:02x}{:02x}{:02x}".format(*png.getpixel((0, 0))) == LIGHT.paper
    for theme, ink in {"light": LIGHT, "dark": DARK}.items():
        small = Image.open(io.BytesIO(files[f"{theme}.avif"]))
        paper = bytes.fromhex(ink.paper[1:])
        assert max(abs(a - b) for a, b in zip(small.getpixel((0, 0)), paper, strict=True)) < 4


def test_a_figure_has_a_thumbnail_in_both_themes_and_a_still_one_png(project):
    project.figure("dot", MOTION)
    figures = project.build()[0].figures
    stills = {"light.svg", "light.png", "light.avif", "dark.svg", "dark.avif", "json", "py"}
    assert set(figures["line"].files) == stills
    motions = {f"{theme}.{end}" for theme in ("light", "dark") for end in ("mp4", "png", "avif")}
    assert set(figures["dot"].files) == motions | {"json", "py", "vtt"}
    small = Image.open(io.BytesIO(figures["dot"].files["dark.avif"]))
    assert small.size == (560, 315), "it is the last frame, made small"


def test_a_poster_has_few_colours_and_exactly_that_of_the_paper(project):
    project.figure("dot", MOTION)
    files = project.build()[0].figures["dot"].files
    for theme, ink in {"light": LIGHT, "dark": DARK}.items():
        poster = Image.open(io.BytesIO(files[f"{theme}.png"]))
        assert poster.mode == "P" and poster.size == (1280, 720)
        colours = sorted(poster.convert("RGB").getcolors(128))
        assert len(colours) > 16, "edges are smooth"
        assert "#{:02x}{:02x}{:02x}".format(*colours[-1][1]) == ink.paper


def test_a_camera_that_remembers_outlines_draws_what_manim_s_own_draws(
    project, tmp_path, monkeypatch
):
    moving = "scene.add(Dot(color=ink.goal)); scene.play(dot.animate"
    project.figure("dot", MOTION.replace("scene.play(dot.animate", moving))
    module = render.figure_module(project.root / "figures/dot.py")
    film = render.motion(module, LIGHT, {}, tmp_path / "a", draft=True)
    original = camera.manim.Camera.set_cairo_context_path
    monkeypatch.setattr(camera.OutlineCamera, "set_cairo_context_path", original)
    assert render.motion(module, LIGHT, {}, tmp_path / "b", draft=True) == film


SCENE = """    for i in range(120):
        colour = (ink.raw, ink.text, ink.mean, ink.centred)[i % 4]
        scene.add(Dot((i / 12 - 5, i % 7 / 3 - 1, 0), 2, color=colour, fill_opacity=i / 120))
    scene.add(Dot((6, 3, 0), 0.04, color=ink.goal))
    scene.wait(0.1)
"""


@pytest.mark.nightly
def test_a_small_mark_keeps_its_colour_in_a_poster_and_a_large_area_does_exactly(project):
    play = MOTION.partition("    dot = ")[0] + SCENE
    project.figure("marked", play.replace("Dot, RIGHT", "Dot"))
    poster = Image.open(io.BytesIO(project.build()[0].figures["marked"].files["light.png"]))
    shown = {colour for _, colour in poster.convert("RGB").getcolors(128)}
    goal = bytes.fromhex(LIGHT.goal[1:])
    assert min(sum(abs(a - b) for a, b in zip(goal, c, strict=True)) for c in shown) < 24
    assert tuple(bytes.fromhex(LIGHT.paper[1:])) in shown
