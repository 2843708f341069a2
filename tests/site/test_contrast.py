"""[14] Text has a contrast of at least 4.5 to 1 on its paper, and marks of at least 3 to 1."""

import re
from itertools import product
from xml.etree import ElementTree as ET

import pytest

from inks.palette import THEMES

FAINT = 0.06  # of text in paper: below code, under a film
QUIET = 0.2  # of text in muted: what stands on it and is not the point
UNDERLAID = {  # fills that need no contrast: figure, role, the most opacity → why
    **{
        (name, "cone", 0.12): "the cone of allowed moves: its rim is hatched in full"
        for name in ("activations", "cone", "detour_ball", "northeast_or_northwest", "walk")
        + ("redrawn_zigzag",)
    },
    **{
        ("cones", role, 0.07): "between two edges in full, which are the mark"
        for role in ("raw", "centred")
    },
    **{
        (name, role, most): "a band around a line in full, which is the mark"
        for name, most in (("depth", 0.15), ("valley", 0.06))
        for role in ("raw", "centred")
    },
    ("two_quadrants", "cone", 0.12): "the allowed quadrants: between axes, which are in full",
    ("activations", "muted", 0.3): "a hill: its outline is in full",
    ("activations", "mean", 0.12): "a band around the mean's line, which is in full",
    ("park", "muted", 0.14): "the kerb: its edge is a line in full",
    **{
        ("park", role, 0.25): "a car's body and roof: their edge and the glass are in full"
        for role in ("raw", "muted")
    },
}


def channels(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def mixed(colour, opacity, paper):
    return [opacity * a + (1 - opacity) * b for a, b in zip(colour, paper, strict=True)]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def pale(name, ink, svg):
    """What in a picture is too pale on its paper: its kind, colours with opacity, and contrast."""
    paper = channels(ink.paper)
    roles = {colour: role for role, colour in ink.roles().items()}
    found = set()

    def visit(element, least):
        least = 4.5 if element.get("id", "").startswith("text_") else least
        style = dict(re.findall(r"([\w-]+):\s*([^;]+)", element.get("style", "")))
        painted = []
        for paint in ("fill", "stroke"):
            colour = style.get(paint, "none")
            opacity = float(style.get("opacity", 1)) * float(style.get(f"{paint}-opacity", 1))
            if colour.startswith("#") and colour != ink.paper and opacity:
                painted.append((roles.get(colour, colour), round(opacity, 2), colour))
        excused = all((name, role, opacity) in UNDERLAID for role, opacity, _ in painted)
        if painted and not excused:
            best = max(contrast(mixed(channels(c), o, paper), paper) for _, o, c in painted)
            if best < least:
                found.add((least, painted[0][:2], round(best, 2)))
        for child in element:
            visit(child, least)

    visit(ET.fromstring(svg), 3.0)
    yield from (f"{name}: {role} at {o}: {best} < {least}" for least, (role, o), best in found)


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_can_be_read_on_every_paper(theme):
    ink = THEMES[theme]
    paper, text, muted = map(channels, (ink.paper, ink.text, ink.muted))
    papers = {"paper": paper, "faint": mixed(text, FAINT, paper)}
    inks = {role: channels(colour) for role, colour in ink.roles().items() if role != "paper"}
    inks["quiet"] = mixed(text, QUIET, muted)
    for (role, colour), (on, below) in product(inks.items(), papers.items()):
        if (role, on) != ("muted", "faint"):  # the site's style says quiet there: see below
            assert contrast(colour, below) >= 4.495, (role, on)


def test_the_style_sheet_puts_nothing_muted_on_faint(tab, address):
    page = tab(viewport={"width": 1280, "height": 800})
    for name in ("question/", "valley/", "making/", "reference/cone/"):
        page.goto(address + name)
        page.locator("button.find").click()
        for theme in ("default", "slate"):
            page.evaluate("theme => document.documentElement.dataset.mdColorScheme = theme", theme)
            found = page.evaluate(ON_FAINT)
            assert not found, (name, theme)


ON_FAINT = """() => {
  const own = getComputedStyle(document.documentElement), at = (name) => {
    const probe = document.body.appendChild(document.createElement("i"))
    probe.style.cssText = `color: var(${name})`
    return [getComputedStyle(probe).color, probe.remove()][0] }
  const faint = at("--faint"), muted = at("--muted"), found = []
  for (const e of [...document.querySelectorAll("body *")].filter(e => e.checkVisibility())) {
    let below = e
    while (below && getComputedStyle(below).backgroundColor === "rgba(0, 0, 0, 0)")
      below = below.parentElement
    if (!below || getComputedStyle(below).backgroundColor !== faint) continue
    for (const part of [null, "::before", "::placeholder"]) {
      const style = getComputedStyle(e, part)
      const says = part === "::before" ? /"./.test(style.content)
        : part ? e.placeholder : [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
      if (says && style.color === muted) found.push(e.outerHTML.slice(0, 80)) } }
  return found }"""


def test_every_picture_has_contrast_in_both_themes(site):
    found = [
        complaint
        for path in sorted((site / "figures").glob("*.svg"))
        for name, theme, _ in [path.name.split(".")]
        for complaint in pale(name, THEMES[theme], path.read_text())
    ]
    assert not found


def test_every_excuse_is_needed(site):
    for name, role, most in UNDERLAID:
        svg = (site / f"figures/{name}.light.svg").read_text()
        colour = THEMES["light"].roles()[role]
        assert re.search(rf"fill: {colour}; (fill-)?opacity: {most}", svg), (name, role)


@pytest.mark.parametrize(
    "broken",
    [
        '<path style="fill: #98a2b3"/>',
        '<path style="fill: none; stroke: #667085; stroke-opacity: 0.4"/>',
        '<path style="fill: #1d4ed8; opacity: 0.3"/>',
        '<g id="text_1"><path style="fill: #667085; opacity: 0.9"/></g>',
    ],
)
def test_a_pale_picture_is_noticed(broken):
    fine = (
        '<svg><path style="fill: #c2410c"/><path style="fill: #fdfcf9; stroke: #667085"/>{}</svg>'
    )
    assert not list(pale("walk", THEMES["light"], fine.format("")))
    assert list(pale("walk", THEMES["light"], fine.format(broken)))
