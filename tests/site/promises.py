"""What every page promises its reader, as functions from a page to its complaints.

Numbers in brackets are those of the promises. A check is a function, so that the same one judges
the site and a page that was broken for it.
"""

import gzip
import json
import re
import subprocess
import unicodedata
from pathlib import Path

TESTS = Path(__file__).parents[1]
AXE = (TESTS / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REVIEWED = {  # what axe cannot decide, and why it is in order
    "color-contrast": "signs of MathML, which axe does not take for text: they have the text's ink",
    "video-caption": "no sound; a track of descriptions and a transcript say what is seen",
    "target-size": "handles lie over the picture that they move in; each has a number field",
}
EXCUSED = {  # what axe finds wrong, where, and why it stays
    ("target-size", ".md-nav__link"): "a link of the sidebar that is half scrolled out of it",
    ("target-size", "a[href"): "the same",
}
RUN = """rules => axe.run(document, {runOnly: {type: "tag", values: rules},
  resultTypes: ["violations", "incomplete"]})"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
CLIPPED = """() => [...document.querySelectorAll("article :is(p, li, td, th, h1, h2, h3, summary)")]
  .filter(e => e.checkVisibility() && getComputedStyle(e).overflowX === "hidden"
    && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
BLANK = """() => [...document.querySelectorAll("article :is(figure, .film, .desk, pre, table)")]
  .filter(e => e.checkVisibility() && e.offsetHeight > 60 && !e.innerText.trim()
    && ![...e.querySelectorAll("img, svg, video")].some(i => i.checkVisibility()))
  .map(e => e.outerHTML.slice(0, 60))"""
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect()
  const seen = s.outlineStyle !== "none" || s.boxShadow !== "none" || e.tagName === "VIDEO"
  return e === document.body ? null : {seen, what: e.outerHTML.slice(0, 90), inside: r.height > 0}
}"""  # the controls of a video draw their own focus


def light(name, page, folder):
    """[4, 5] The weight of a page's first view, and of its parts, in bytes as sent."""
    base = (folder / name).resolve() if name.endswith("/") or not name else folder

    def sent(address):
        address = address.removeprefix("/parallel-parking/")  # as the 404 page has it
        return len(gzip.compress((base / address).resolve().read_bytes(), 9))

    html = sent("index.html" if base != folder or not name else name)
    styles = sum(sent(link["href"]) for link in page.select("link[rel=stylesheet]"))
    scripts = sum(sent(script["src"]) for script in page.select("script[src]"))
    eager = (i["src"] for i in page.select("img:not([loading=lazy])"))
    images = sum(sent(source) for source in eager if not source.startswith("data:"))
    first = html + styles + scripts + images
    least = 200_000 if name == "lab/" else 120_000
    limits = {"HTML": (html, 40_000), "CSS": (styles, 35_000), "first view": (first, least)}
    yield from (f"{name}: {k} {v:,} bytes" for k, (v, most) in limits.items() if v > most)
    for picture in page.select("figure img[src$='.svg'], figure source"):
        size, most = sent(picture["src"]), 60_000 if picture.name == "img" else 1_500_000
        if size > most:
            yield f"{name}: {picture['src']} {size:,} bytes"


def told(name, page):
    """[8, 17, 20] What a reader who does not see or hear is told."""
    ids = [element["id"] for element in page.select("[id]")]
    yield from (f"{name}: two #{i}" for i in sorted({i for i in ids if ids.count(i) > 1}))
    for image in page.select("figure img, .gallery img"):
        if len(image.get("alt", "")) < 15:
            yield f"{name}: {image.get('src')} is not described"
    for film in page.select(".film"):
        poster, video = film.select_one("img"), film.select_one("video")
        if not (poster and video.select_one("track[kind=descriptions]")):
            yield f"{name}: a film lacks its poster or its descriptions"
        if video.has_attr("autoplay") or not video.has_attr("controls"):
            yield f"{name}: a film plays by itself or cannot be stopped"
        if not film.find_parent("figure").select("details li"):
            yield f"{name}: a film lacks its transcript"
    for formula in page.select(".math"):
        if not formula.find("math"):
            yield f"{name}: a formula is not MathML: {formula.get_text()[:30]}"


def valid(paths):
    """[8] html-validate's complaints about files."""
    program = TESTS / "node_modules/.bin/html-validate"
    command = [program, "--config", TESTS / ".htmlvalidate.json", "-f", "json", *paths]
    found = subprocess.run(command, capture_output=True, text=True).stdout
    for file in json.loads(found):
        for message in file["messages"]:
            yield f"{file['filePath']}:{message['line']}: {message['message']}"


def accessible(page):
    """[7] axe's complaints about what a browser shows, undecided ones that nobody reviewed too."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, RULES)
    for kind in ("violations", "incomplete"):
        for rule in found[kind]:
            if kind == "violations" or rule["id"] not in REVIEWED:
                for node in rule["nodes"]:
                    where = str(node["target"][0])
                    if not any(rule["id"] == r and where.startswith(w) for r, w in EXCUSED):
                        yield f"{kind}: {rule['id']}: {where}"


def spaced(page):
    """[13] What is clipped, or makes the page scroll sideways, when a reader spaces the text."""
    width = page.viewport_size["width"]
    page.add_style_tag(content=SPACED)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "the page scrolls sideways"
    yield from page.evaluate(CLIPPED)


def whole(page):
    """[9] Boxes that show nothing."""
    yield from page.evaluate(BLANK)


def reachable(page, most=400):
    """[10] Keys lead through the page and out of it; the focus is always seen."""
    page.keyboard.press("Tab")
    seen = []
    for _ in range(most):
        focus = page.evaluate(FOCUSED)
        if focus is None:
            return
        if focus["inside"] and not focus["seen"]:
            yield f"focus not seen: {focus['what']}"
        seen.append(focus["what"])
        page.keyboard.press("Tab")
        if len(seen) > 3 and len(set(seen[-4:])) == 1:
            yield f"the focus is caught: {seen[-1]}"
            return


def printed(text, page):
    """[16] What a printed page lacks: its headings, captions, and nothing to press."""
    squeezed = re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))
    for element in page.select("article :is(h1, h2), article figcaption > p:first-child"):
        words = re.sub(r"\W+", "", element.get_text().replace("¶", "").replace("\xb6", ""))
        if not element.find("math") and words not in squeezed:
            yield f"not on paper: {element.get_text()[:50]}"
    yield from (f"on paper: {word}" for word in ("Copy as Python", "Transcript") if word in text)
