"""The promises to the reader: every page keeps them, and every check notices one that does not."""

import io
from pathlib import Path

import promises
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(f"{path.stem}/".replace("index/", "") for path in DOCS.glob("*.md"))
PAGES += ["lab/", "reference/", "reference/cone/"]  # the other modules' pages are like the last


@pytest.fixture
def tab(browser):
    """A page in the browser; options as for a context."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def test_every_page_is_light(pages, site):
    complaints = [c for name, page in pages.items() for c in promises.light(name, page, site)]
    assert not complaints


def test_a_page_tells_what_it_shows(pages):
    assert not [c for name, page in pages.items() for c in promises.told(name, page)]


def test_every_page_is_valid_html(site):
    assert not list(promises.valid([site]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everybody(tab, address, name, scheme):
    page = tab(viewport={"width": 320, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page.goto(address + name, wait_until="load")
    complaints = list(promises.accessible(page))
    page.set_viewport_size({"width": 1280, "height": 800})
    complaints += promises.accessible(page)
    assert not complaints


@pytest.mark.parametrize("name", PAGES)
def test_a_page_bears_a_readers_own_spacing(tab, address, name):
    page = tab(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page.goto(address + name, wait_until="load")
    assert not list(promises.spaced(page))


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_nothing_is_missing(tab, address, name, pages):
    page = tab(java_script_enabled=False)
    page.goto(address + name, wait_until="load")
    shown = page.locator("article").inner_text()
    for heading in pages[name].select("article :is(h1, h2, summary)"):
        assert heading.get_text().replace("¶", "").split()[0] in shown
    assert page.locator(".md-nav--primary a").count() > 10
    assert not list(promises.whole(page))
    assert not page.locator(".desk").filter(visible=True).filter(has_text="Reset").count()


@pytest.mark.parametrize("name", ["", "detour/", "symptom/", "over-claims/", "lab/", "gallery/"])
def test_keys_lead_through_a_page_and_out_of_it(tab, address, name):
    page = tab(viewport={"width": 1280, "height": 800})
    page.goto(address + name, wait_until="load")
    assert not list(promises.reachable(page))


@pytest.mark.parametrize("name", ["", "detour/", "over-claims/", "lab/"])
def test_a_page_on_paper_is_an_article(tab, address, name, pages):
    page = tab()
    page.goto(address + name, wait_until="networkidle")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "\n".join(leaf.extract_text() for leaf in reader.pages)
    assert not list(promises.printed(text, pages[name]))


def test_cookies_are_never_set_and_only_the_palette_is_stored(tab, address):
    page = tab()
    page.goto(address, wait_until="load")
    page.locator("label[for=__palette_1]").click()
    page.goto(address + "detour/", wait_until="load")
    assert page.context.cookies() == []
    keys = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert all(key.endswith(".__palette") for key in keys)


# Each check, on a page that was broken for it.


def parsed(html):
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("file", "size", "html", "complaint"),
    [
        ("index.html", 2e6, "", "HTML"),
        ("a.css", 4e4, '<link rel="stylesheet" href="a.css">', "CSS"),
        ("a.js", 1.3e5, '<script src="a.js"></script>', "first view"),
        ("a.png", 1.3e5, '<img src="a.png">', "first view"),
        ("a.svg", 7e4, '<figure><img loading="lazy" src="a.svg"></figure>', "a.svg"),
        ("a.mp4", 2e6, '<figure><video><source src="a.mp4"></video></figure>', "a.mp4"),
    ],
)
def test_a_heavy_page_is_noticed(tmp_path, file, size, html, complaint):
    import random

    (tmp_path / "index.html").write_text(html)
    (tmp_path / file).write_bytes(random.Random(0).randbytes(int(size)))
    assert any(complaint in c for c in promises.light("", parsed(html), tmp_path))


@pytest.mark.parametrize(
    "html",
    [
        '<p id="a"></p><p id="a"></p>',
        '<figure><img src="a.svg" alt=""></figure>',
        '<figure><div class="film"><video controls></video></div></figure>',
        '<figure><div class="film"><img alt="A dot moves."><video autoplay></video></div></figure>',
        '<span class="math">$x$</span>',
    ],
)
def test_a_page_that_does_not_tell_is_noticed(html):
    assert list(promises.told("", parsed(html)))


def test_invalid_html_is_noticed(tmp_path):
    (tmp_path / "bad.html").write_text("<!doctype html><p><div>x</p></div><img src=a>")
    assert list(promises.valid([tmp_path / "bad.html"]))


BROKEN = {
    "accessible": '<main><h1>A</h1><p style="color: #aaa">pale</p><img src="data:,"></main>',
    "spaced": '<article><p style="width: 9px; overflow: hidden; text-wrap: nowrap">a b</p>',
    "whole": '<article><figure style="height: 200px"></figure></article>',
    "reachable": "<style>a { outline: none !important }</style><a href='#'>a</a><a href='#'>b</a>",
}


@pytest.mark.parametrize("check", BROKEN)
def test_a_broken_page_is_noticed_in_the_browser(tab, check):
    page = tab(viewport={"width": 320, "height": 400})
    page.set_content(f'<!doctype html><html lang="en"><title>t</title>{BROKEN[check]}</html>')
    assert list(getattr(promises, check)(page))


def test_a_page_that_prints_badly_is_noticed():
    page = parsed("<article><h1>Title</h1><h2>Lost part</h2></article>")
    assert len(list(promises.printed("Title Copy as Python", page))) == 2
