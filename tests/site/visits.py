"""What every page promises its reader, as functions from a page in a browser to its complaints.

Numbers in brackets are those of the promises; see `promises.py` for what needs no browser.
"""

import io
import re
import unicodedata

from promises import TESTS
from pypdf import PdfReader

AXE = (TESTS / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXCUSED = [  # what axe cannot decide: rule, element, and why it is in order
    ["color-contrast", "math", "signs that axe does not take for text; they have the text's ink"],
    ["color-contrast", ".scroll td, .scroll th", "half out of sight in a table that scrolls"],
    ["color-contrast", ".stage > svg", "labels on a picture; test_contrast.py reads the colours"],
    ["video-caption", "video", "no sound; descriptions and a transcript say what is seen"],
]
RUN = """async ([rules, excused]) => {
  const {violations, incomplete} = await axe.run(document,
    {runOnly: {type: "tag", values: rules}, resultTypes: ["violations", "incomplete"]})
  const told = (kind) => ({id, nodes}) => nodes.map(({target}) => [kind, id, target.at(-1)])
  return [...violations.flatMap(told("violation")), ...incomplete.flatMap(told("undecided"))]
    .filter(([kind, id, at]) => kind === "violation" || !excused.some(([rule, element]) =>
      rule === id && document.querySelector(at).closest(element))) }"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo(0, y); await new Promise(done => setTimeout(done, 30)) }
  await Promise.all([...document.images].filter(i => i.offsetParent && !i.complete)
    .map(i => new Promise(done => i.onload = i.onerror = done))) }"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
CLIPPED = """() => [...document.querySelectorAll("article :is(p, li, td, th, h1, h2, h3, summary)")]
  .filter(e => e.checkVisibility() && getComputedStyle(e).overflowX === "hidden"
    && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
HIDDEN = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true
  const parts = "article :is(p, li, td, th, h1, h2, h3, summary, figcaption, pre, math), nav a"
  const unseen = [...document.querySelectorAll(parts)].filter(e => e.textContent.trim()
    && !e.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !e.closest(".here, .within, [popover]"))
  const blank = [...document.querySelectorAll("article :is(figure, .film, .desk, pre, table)")]
    .filter(e => e.checkVisibility() && e.offsetHeight > 60 && !e.innerText.trim()
      && ![...e.querySelectorAll("img, svg, video")].some(i => i.checkVisibility()))
  return [...unseen, ...blank].map(e => e.outerHTML.slice(0, 80)) }"""
SHOWN = """() => [...document.querySelectorAll("figure[id]")].map(figure => {
  const images = [...figure.querySelectorAll("img, svg[role]")].filter(i =>
    i.checkVisibility({visibilityProperty: true}))
  return [figure.id, images.map(i => i.currentSrc ?? "svg"),
    images.every(i => i.complete !== false && i.naturalWidth !== 0)] })"""
PRESSED = """() => [...document.querySelectorAll(
    "button, input, select, video, .desk, .handle, .stage > svg, header, nav, dialog")]
  .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 60))"""
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect()
  const seen = s.outlineStyle !== "none" || s.boxShadow !== "none" || e.tagName === "VIDEO"
  return e === document.body ? null : {seen, inside: r.height > 0, what: e.outerHTML.slice(0, 90),
    at: [...document.querySelectorAll("*")].indexOf(e)} }"""  # a video draws its own focus
FOCUSABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, summary, video, [tabindex='0']")]
  .filter(e => e.checkVisibility() && !e.disabled)
  .map(e => [[...document.querySelectorAll("*")].indexOf(e), e.outerHTML.slice(0, 90)])"""
MOVING = """() => document.getAnimations().map(a => a.effect.target.outerHTML.slice(0, 80))
  .concat([...document.querySelectorAll("video")].filter(v => !v.paused).map(v => v.outerHTML))
  .concat([...document.images].filter(i => i.src.endsWith(".gif")).map(i => i.src))"""


def weighed(browser, host, name, width, height):
    """What the host sends before anybody touches the page, and when it is scrolled through."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    host.sent.clear()
    page.goto(host.address + name, wait_until="networkidle")
    first = list(host.sent)
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    context.close()
    return first, list(host.sent)


def watched(page, address):
    """[6] A list that fills with what the browser says, fails at, or asks another host for."""
    complaints = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda r: complaints.append(f"failed: {r.url}"))
    page.on("response", lambda r: r.status >= 400 and complaints.append(f"{r.status} {r.url}"))
    own = (address, "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(own) or complaints.append(f"elsewhere: {r.url}"))
    return complaints


def stored(page):
    """[6] What the page leaves in the browser, beside the choice of colours."""
    yield from (f"cookie: {cookie['name']}" for cookie in page.context.cookies())
    keys = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    yield from (f"stored: {key}" for key in keys if not key.endswith("/scheme"))


def accessible(page):
    """[7] axe's complaints about what a browser shows, undecided ones too."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    yield from map(": ".join, page.evaluate(RUN, [RULES, EXCUSED]))


def hidden(page):
    """[9] Prose, formulas, captions and answers that do not show; boxes that show nothing."""
    yield from page.evaluate(HIDDEN)


def pictured(page, scheme):
    """[9, 16] Figures that do not show one picture, in one theme, loaded."""
    for name, images, loaded in page.evaluate(SHOWN):
        if (
            len(images) != 1
            or not loaded
            or (images[0] != "svg" and f".{scheme}." not in images[0])
        ):
            yield f"#{name} shows {images}"


def reachable(page, back=False):
    """[10] Keys lead to everything, and out of the page; the focus is always seen."""
    key, seen = "Shift+Tab" if back else "Tab", []
    wanted = dict(page.evaluate(FOCUSABLE))
    most = 12 * (len(wanted) + 2)  # keys: a video takes some, and a page may have six hundred links
    if back:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED) is None:
                break
    at, stays = None, 0
    for _ in range(most):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUSED)
        if focus is None:
            break
        stays = stays + 1 if focus["at"] == at else 0  # the controls of a video are one element
        if focus["at"] in seen[:1] and wanted.keys() <= set(seen):
            break  # round the whole page
        if stays > 12 or (not stays and focus["at"] in seen):
            yield f"the focus is caught: {focus['what']}"
            return
        seen.append(at := focus["at"])
        if focus["inside"] and not focus["seen"]:
            yield f"focus not seen: {focus['what']}"
    yield from (f"no key leads to {what}" for at, what in wanted.items() if at not in seen)


def spaced(page):
    """[13] What is clipped, or makes the page scroll sideways, as it is or with text spaced."""
    width = page.viewport_size["width"]
    for how in ("", " when spaced"):
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"the page scrolls sideways{how}"
        page.add_style_tag(content=SPACED)
    yield from page.evaluate(CLIPPED)


def moving(page):
    """[15] What moves though nobody asked."""
    yield from page.evaluate(MOVING)


def on_paper(page):
    """[16] What a page shows on paper beside its pictures: nothing to press, nothing to play."""
    page.emulate_media(media="print")
    yield from (f"on paper: {what}" for what in page.evaluate(PRESSED))
    yield from pictured(page, "light")


def paper(page):
    """The text of the page as printed."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return "\n".join(leaf.extract_text() for leaf in reader.pages)


def printed(text, page):
    """[16] What a printed page lacks: headings, captions, answers, and where its links lead."""
    squeezed = _squeezed(text)
    parts = "article :is(h1, h2), article figcaption > p:first-child, article details > p"
    for element in page.select(parts):
        words = _squeezed(element.get_text().replace("¶", ""))
        if not element.find(["math", "a"]) and words not in squeezed:
            yield f"not on paper: {element.get_text()[:50]}"
    for link in page.select("article a[href^=http]:not(.provenance a)"):
        if _squeezed(link["href"]) not in squeezed:
            yield f"not on paper: {link['href']}"
    yield from (f"on paper: {word}" for word in ("Copy as Python", "Transcript") if word in text)


def _squeezed(text):
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))
