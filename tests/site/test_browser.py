"""Every page in a real Chromium, light and dark, on a desk and on a phone."""

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(f"{path.stem}/".replace("index/", "") for path in DOCS.glob("*.md"))
PAGES += ["lab/", "reference/", "reference/cone/"]  # the other modules' pages are like the last
SEEN = """() => [...document.querySelectorAll('figure')].map(figure => {
  const images = [...figure.querySelectorAll('img')].filter(i => i.checkVisibility())
  return {id: figure.id, images: images.map(i => [i.currentSrc, i.complete && i.naturalWidth > 0])}
})"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo(0, y); await new Promise(done => setTimeout(done, 30)) }
  await Promise.all([...document.images].filter(i => i.offsetParent && !i.complete)
    .map(i => new Promise(done => i.onload = i.onerror = done))) }"""


@pytest.fixture
def visit(browser, address):
    """Open a page and scroll it through; what the browser complained of comes with it."""
    contexts = []

    def opened(name, *, width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        complaints = []
        page.on("console", lambda m: complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda r: complaints.append(f"failed: {r.url}"))
        page.on("response", lambda r: r.status >= 400 and complaints.append(f"{r.status} {r.url}"))
        page.on(
            "request",
            lambda r: (
                r.url.startswith((address, "data:", "blob:"))
                or complaints.append(f"another host: {r.url}")
            ),
        )
        page.goto(address + name, wait_until="load")
        if options.get("java_script_enabled", True):
            page.evaluate(SCROLL)
        return page, complaints

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_complaint_and_shows_its_figures(visit, name, scheme):
    page, complaints = visit(name, scheme=scheme)
    assert not complaints
    for figure in page.evaluate(SEEN):
        (shown,) = figure["images"]
        assert shown[1] and f".{scheme}." in shown[0], figure["id"]
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(253, 252, 249)", "dark": "rgb(20, 23, 31)"}[scheme]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(visit, name, width):
    page, _ = visit(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_pictures_follow_the_system_too(visit, scheme):
    page, _ = visit("one-neuron/", scheme=scheme, java_script_enabled=False)
    images = page.locator("figure img").all()
    visible = [image.get_attribute("src") for image in images if image.is_visible()]
    assert [f".{scheme}." in source for source in visible] == [True]


def test_the_readers_choice_of_scheme_outlives_the_page(visit):
    page, _ = visit("", scheme="light")
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_a_dark_system_never_sees_the_light_twins(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "one-neuron/", wait_until="networkidle")
    assert any(".dark.svg" in url for url in asked)
    assert not any(".light." in url for url in asked)
    context.close()
