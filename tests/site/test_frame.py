"""The frame around a page: search, menu, colours, by pointer and by keys."""

import json
import re

import pytest
import visits
from promises import ROOT

from bindery.pages.search import BEGINS

FIGURES = sorted(path.stem for path in (ROOT / "figures").glob("*.py"))


@pytest.fixture
def cold(tab, address, host):
    """A page that nobody has touched."""
    host.sent.clear()
    page = tab(viewport={"width": 1280, "height": 800})
    page.goto(address + "detour/", wait_until="networkidle")
    return page


@pytest.fixture(scope="module")
def entries(site):
    return json.loads((site / "search.js").read_text(encoding="utf-8").removeprefix(BEGINS))


def first(page, words):
    """Type into the box; the address that is found first."""
    page.locator("dialog.search input").fill(words)
    page.wait_for_function(
        "words => document.querySelector('.search [role=status]').dataset.of === words", arg=words
    )
    return page.locator("dialog.search li a").first.get_attribute("href")


def test_search_is_fetched_when_somebody_searches_by_mouse(cold, host):
    assert "search.js" not in {path for path, _ in host.sent}
    cold.locator("button.find").click()
    cold.keyboard.type("largest eigenvalue")
    cold.locator("dialog.search li a").first.click()
    cold.wait_for_url(re.compile(r"/(?!detour/)[\w-]+/#"))


def test_search_works_by_keys_alone(cold):
    cold.keyboard.press("Control+k")
    cold.keyboard.type("parked car")
    cold.locator("dialog.search li").nth(1).wait_for()
    cold.keyboard.press("ArrowDown")
    cold.keyboard.press("ArrowDown")
    cold.keyboard.press("ArrowUp")
    focused = cold.evaluate("document.activeElement.href")
    assert focused == cold.locator("dialog.search li a").first.evaluate("a => a.href")
    cold.keyboard.press("Escape")
    assert cold.locator("dialog.search").is_hidden()
    cold.keyboard.press("Control+k")
    cold.keyboard.press("Enter")
    cold.wait_for_url(focused)


def test_an_address_may_ask(tab, address):
    page = tab()
    page.goto(address + "?q=condition+number")
    page.locator("dialog.search li").first.wait_for()
    assert page.locator("dialog.search input").input_value() == "condition number"


def test_words_that_stand_nowhere_find_nothing_and_say_so(cold):
    cold.locator("button.find").click()
    cold.keyboard.type("xylophone")
    status = cold.locator("dialog.search [role=status]")
    status.filter(has_text="No places").wait_for()
    assert cold.locator("dialog.search li").count() == 0


def test_an_index_that_did_not_come_is_told_and_fetched_at_the_next_opening(cold):
    cold.route("**/search.js", lambda route: route.abort(), times=1)
    status = cold.locator("dialog.search [role=status]")
    cold.locator("button.find").click()
    cold.keyboard.type("valley")
    status.filter(has_text="The index did not come").wait_for()
    assert cold.locator("dialog.search li").count() == 0
    cold.get_by_role("button", name="Close").click()
    cold.locator("button.find").click()
    status.filter(has_text="places").wait_for()
    assert cold.locator("dialog.search li").count() > 0


def test_every_figure_is_found_first_by_its_claim(cold, pages):
    cold.locator("button.find").click()
    for figure in FIGURES:
        claims = {
            " ".join(found.figcaption.strong.get_text().split()): name
            for name, page in pages.items()
            if (found := page.find("figure", id=figure))
        }
        for claim in claims:
            at = first(cold, claim)
            assert at.endswith(f"#{figure}"), (claim, at)


def test_the_index_has_every_heading_and_every_figure(entries, pages):
    at = {entry[0] for entry in entries}
    for name, page in pages.items():
        for heading in page.select("article :is(h2, h3)[id], article figure[id]"):
            assert f"{name}#{heading['id']}" in at
    for _, page, title, text in entries:
        assert page and title and "\n" not in title + text and "¶" not in title


def test_the_menu_opens_closes_and_leads_on_by_keys(tab, address):
    page = tab(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert page.locator("#nav").is_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#nav").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#nav").is_hidden()
    page.locator("button.menu").click()
    page.locator("#nav").get_by_role("link", name="Parallel parking", exact=True).click()
    page.wait_for_url("**/parking/")


def test_the_menu_of_a_phone_opens_where_you_are(tab, address):
    page = tab(viewport={"width": 390, "height": 700})
    page.goto(address + "reference/data/")
    page.locator("button.menu").click()
    page.wait_for_function("document.querySelector('#nav :has(> li > a[aria-current])').scrollTop")
    assert not list(visits.cut(page))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_printed_from_the_dark_is_dark_on_white(tab, address, scripts):
    page = tab(color_scheme="dark", java_script_enabled=scripts)
    page.goto(address + "scope/")
    page.emulate_media(media="print", color_scheme="dark")
    shown = "e => [getComputedStyle(e).color, getComputedStyle(e).colorScheme]"
    for part in ("article p", "article td", "article h2"):
        colour, scheme = page.eval_on_selector(part, shown)
        assert max(map(int, re.findall(r"\d+", colour))) < 90 and scheme == "light", part


def test_every_page_lets_one_skip_to_its_content(pages):
    for name, page in pages.items():
        target = page.select_one("a.md-skip")["href"].removeprefix("#")
        assert page.find(id=target), name


def test_the_menu_opens_without_scripts(tab, address):
    page = tab(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(address)
    page.locator("button.menu").click()
    assert page.locator("#nav a").first.is_visible()


def test_every_page_of_the_argument_leads_on_and_back(pages):
    for name, page in pages.items():
        for rel in ("prev", "next"):
            head, foot = page.select(f"link[rel={rel}]"), page.select(f"footer a[rel={rel}]")
            assert [link["href"] for link in head] == [link["href"] for link in foot], name
    assert pages[""].select("footer a[rel=next]") and not pages[""].select("a[rel=prev]")


def test_the_menu_shows_where_you_are(tab, address):
    page = tab(viewport={"width": 1280, "height": 600})
    page.goto(address + "ledger/")
    current = page.locator("#nav [aria-current=page]")
    assert current.inner_text() == "Ledger"
    assert not list(visits.cut(page))
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(address + "reference/data/")
    assert not list(visits.cut(page))
    page.goto(address + "valley/")
    page.locator("#where-it-stops").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('where-it-stops').scrollIntoView()")
    page.locator(".here a.now").filter(has_text="Where it stops").wait_for()
    page.locator("footer").scroll_into_view_if_needed()
    assert not list(visits.cut(page))


def test_the_readers_choice_of_colours_outlives_the_page_and_holds_for_the_lost(tab, address):
    page = tab(color_scheme="light")
    page.goto(address)
    button = page.locator("button.scheme")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    for name in ("valley/", "nowhere/at/all/"):
        page.goto(address + name)
        assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"
        assert page.locator("button.scheme").get_attribute("aria-pressed") == "true"


def test_a_browser_that_stores_nothing_shows_the_systems_colours_and_can_change_them(tab, address):
    page, errors = tab(color_scheme="dark"), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page.goto(address + "valley/")
    assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"
    page.locator("button.scheme").click()
    assert page.locator("button.scheme").get_attribute("aria-pressed") == "false"
    assert not errors


@pytest.mark.parametrize(("system", "chosen"), [("dark", ""), ("light", "slate"), ("light", "")])
def test_the_first_picture_is_asked_for_at_once_and_only_in_the_theme_that_is_seen(
    tab, address, host, system, chosen
):
    page = tab(color_scheme=system)
    page.goto(address + "lab/")
    if chosen:
        page.locator("button.scheme").click()
    host.sent.clear()
    page.goto(address + "valley/", wait_until="networkidle")
    asked = [path for path, _ in host.sent]
    seen, other = (
        ("dark", "light") if (chosen or system) in ("slate", "dark") else ("light", "dark")
    )
    assert asked.count(f"figures/valley.{seen}.svg") == 1
    assert not any(f".{other}." in path for path in asked)
    assert asked.index(f"figures/valley.{seen}.svg") < 4, "before what the page asks for below"


def test_the_picture_that_is_asked_for_at_once_is_the_one_that_a_page_opens_with(pages):
    for name, page in pages.items():
        opening = page.article.find(["img", "h2"])
        early = page.head.find("script", string=re.compile("preload"))
        shows = opening is not None and opening.name == "img"
        assert bool(early) == shows, name
        assert not shows or opening["src"].partition("light")[0] in early.string, name


def test_one_style_sheet_comes_with_each_page_and_is_named_by_its_content(pages, site):
    sheets = {
        tuple(link["href"].rpartition("/")[2] for link in page.select("link[rel=stylesheet]"))
        for page in pages.values()
    }
    ((name,),) = sheets
    assert re.fullmatch(r"style\.\w{8}\.css", name) and (site / name).is_file()
    assert {path.name for path in site.rglob("*.css")} == {name}


def test_the_example_of_a_figures_file_is_the_file(pages):
    shown = " ".join(code.get_text() for code in pages["making/"].select("article pre"))
    assert (ROOT / "figures/two_quadrants.py").read_text(encoding="utf-8").strip() in shown


def test_the_link_of_a_heading_adds_no_line_however_narrow_the_page(tab, address, pages):
    page, taller = tab(viewport={"width": 360, "height": 780}), []
    for name in (name for name in pages if name.endswith("/") and "reference" not in name):
        page.goto(address + name)
        taller += page.evaluate(TALLER)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, name
    assert not taller


TALLER = """() => [...document.querySelectorAll("article :is(h1, h2, h3)")].filter((heading) => {
  const before = heading.offsetHeight, link = heading.querySelector(".headerlink")
  link.style.display = "none"
  return heading.offsetHeight < before }).map((heading) => heading.textContent)"""
