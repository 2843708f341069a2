"""What every page promises its reader, as functions from a page in a browser to its complaints.

Numbers in brackets are those of the promises; see `promises.py` for what needs no browser.
"""

import io
import re
import unicodedata

from promises import installed
from pypdf import PdfReader

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXCUSED = [  # what axe cannot decide: rule, element, and why it is in order
    ["color-contrast", "math", "signs that axe does not take for text; they have the text's ink"],
    ["color-contrast", ".scroll td, .scroll th", "half out of sight in a table that scrolls"],
    ["color-contrast", ".side details details a", "out of sight in a list that scrolls"],
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
  const frame = () => new Promise(done => requestAnimationFrame(done))
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo({top: y, behavior: "instant"})
    await frame()
    await frame() }
  const late = [...document.images].filter(i => i.checkVisibility() && !i.complete)
  const come = late.map(i => new Promise(done => {
    i.onload = i.onerror = done
    i.loading = "eager" }))  // or one that was passed too fast would never come
  await Promise.race([Promise.all(come), new Promise(done => setTimeout(done, 60_000))]) }"""
PAINTED = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
SPACE = """(css) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet] }"""  # no policy of the page forbids it
OPEN = """() => document.querySelectorAll("article details:not([open])")
  .forEach(fold => { fold.open = true; fold.classList.add("opened") })"""
CLOSE = """() => document.querySelectorAll(".opened")
  .forEach(fold => { fold.open = false; fold.classList.remove("opened") })"""
CLIPPED = """() => [...document.querySelectorAll("article :is(p, li, td, th, h1, h2, h3, summary)")]
  .filter(e => e.checkVisibility() && getComputedStyle(e).overflowX === "hidden"
    && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
HIDDEN = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true
  const parts = "article :is(p, li, td, th, h1, h2, h3, summary, figcaption, pre, math),"
    + ".quiz legend, nav a"
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
WALK = """() => {
  const numbers = new Map()
  const parts = "a[href], button, input, select, summary, video, [tabindex='0']"
  const one = (e) => e.type === "radio"  // one key leads to all choices of a name
    ? document.querySelector(`input[name="${e.name}"]`) : e
  const wanted = [...document.querySelectorAll(parts)]
    .filter(e => e.checkVisibility() && !e.disabled && e === one(e))
  const number = (e) => numbers.set(one(e), numbers.get(one(e)) ?? numbers.size).get(one(e))
  window.walk = {
    wanted,
    start() {  // where the first key leads into the page
      document.body.tabIndex = -1
      document.body.focus()
      document.body.removeAttribute("tabindex") },
    focused() {
      const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect()
      const seen = s.outlineStyle !== "none" || s.boxShadow !== "none" || e.tagName === "VIDEO"
      return e === document.body ? null : {seen, inside: r.height > 0, at: number(e),
        what: e.outerHTML.slice(0, 90)} } }  // a video draws its own focus
  return wanted.map(e => [number(e), e.outerHTML.slice(0, 90)]) }"""
CUT = """() => {
  const nav = document.getElementById("nav")
  const whole = (line) => {
    const {left, top, bottom} = line.getBoundingClientRect()
    return [top + 2, bottom - 2].every(y => line.contains(document.elementFromPoint(left + 2, y))) }
  return [nav.querySelector("a"), nav.querySelector("[aria-current]")]
    .filter(line => line && !whole(line)).map(line => line.textContent) }"""
LONG = 100  # links on a page: of more, the first and the last are walked to
MOVING = """() => document.getAnimations().map(a => a.effect.target.outerHTML.slice(0, 80))
  .concat([...document.querySelectorAll("video")].filter(v => !v.paused).map(v => v.outerHTML))
  .concat([...document.images].filter(i => i.src.endsWith(".gif")).map(i => i.src))"""


def weighed(page, host, name):
    """What the host sends before anybody touches the page, and when it is scrolled through."""
    host.sent.clear()
    page.goto(host.address + name, wait_until="networkidle")
    first = list(host.sent)
    page.evaluate(SCROLL)
    return first, list(host.sent)


def leafed(page):
    """Scroll through a page without its scripts' help, until all its pictures have come."""
    for y in range(0, page.evaluate("document.body.scrollHeight"), 400):
        page.evaluate("y => scrollTo({top: y, behavior: 'instant'})", y)
        page.evaluate("document.body.offsetHeight")
    page.wait_for_load_state("networkidle")


def resized(page, width, height):
    """Give the page another size, and wait until its scripts have answered."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(PAINTED)


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
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # axe sees through the header
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(installed("axe-core/axe.min.js").read_text(encoding="utf-8"))
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
    """[10] Keys lead to everything, and out of the page; the focus is always seen.

    Backwards from the last element; on a long page to the first and the last forty.
    """
    page.keyboard.press("Escape")  # what an earlier walk left open
    wanted = dict(page.evaluate(WALK))
    order = [*wanted][::-1] if back else [*wanted]
    legs = [order] if len(order) <= LONG else [order[:40], order[-40:]]
    passed = []
    for leg, last in zip(legs, [False] * (len(legs) - 1) + [True], strict=True):
        if leg[0] == order[0] and not back:
            page.evaluate("walk.start()")
        else:
            passed.append(leg[0])
            page.evaluate("at => walk.wanted[at].focus()", leg[0])
        yield from _walked(page, back, leg, passed, last=last)
    missed = [at for leg in legs for at in leg if at not in passed]
    yield from (f"no key leads to {wanted[at]}" for at in missed)


def _walked(page, back, leg, passed, *, last):
    """Complaints of a walk by keys, until this leg is done, or out of the page; who was passed."""
    at, stays = None, 0
    for _ in range(12 * (len(leg) + 2)):  # a video takes some
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focus = page.evaluate("walk.focused()")
        if focus is None:
            return
        stays = stays + 1 if focus["at"] == at else 0  # the controls of a video are one element
        round_ = focus["at"] == passed[0] if passed else False
        if (round_ or not last) and set(leg) <= set(passed):
            return
        if stays > 12 or (not stays and focus["at"] in passed):
            yield f"the focus is caught: {focus['what']}"
            return
        passed.append(at := focus["at"])
        if focus["inside"] and not focus["seen"]:
            yield f"focus not seen: {focus['what']}"


def spaced(page, widths=()):
    """[13] What is clipped, or makes the page scroll sideways, as it is or with text spaced.

    Folds are open meanwhile: a proof is as wide as any text.
    """
    page.evaluate(OPEN)
    height = page.viewport_size["height"]
    for css in ("", SPACED):
        page.evaluate(SPACE, css)
        for width in widths or [page.viewport_size["width"]]:
            page.set_viewport_size({"width": width, "height": height})
            how = f" at {width}" + " when spaced" * bool(css)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                yield f"the page scrolls sideways{how}"
            if css:
                yield from (f"clipped{how}: {words}" for words in page.evaluate(CLIPPED))
    page.evaluate(SPACE, "")
    page.evaluate(CLOSE)


def cut(page):
    """Of the menu, the first line and the page's own, where they cannot be seen whole."""
    yield from (f"cut in the menu: {line}" for line in page.evaluate(CUT))


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
    parts = "article :is(h1, h2, .quiz legend), article figcaption > p:first-child"
    parts += ", article details:not(.authors) > p"
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
