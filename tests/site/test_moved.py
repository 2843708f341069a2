"""Old addresses lead to the new ones, with scripts and without; the build notices a wrong one."""

import io
import shutil
import zipfile

import promises
import pytest
import web
import yaml
from bs4 import BeautifulSoup

from bindery.export.zip import bundle
from bindery.pages import moved
from bindery.pages.search import index
from darkroom.cache import Cache
from darkroom.errors import Fault

ADDRESSES = promises.TESTS / "site/addresses.txt"  # pages, parts and figures that were public
HOME = "https://example.org/parallel-parking/"
TABLE = {
    "old/": "valley/#why",
    "old/#one": "scope/",
    "old/#two": "valley/#two",
    "deep/old/": "",
    "scope/#gone": "valley/#why",
    "#map": "valley/",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{0} - The site</title>{1}</head><body><main><article><h1>{0}</h1>
<p style="height: 2000px">Text.</p><h2 id="why">Why</h2><p id="two">Two.</p></article></main>
<dialog class="search" data-index="{2}search.js"></dialog></body></html>"""


@pytest.fixture
def small(tmp_path, site):
    """A folder with three pages in the site's style, and the table in a file beside it."""
    for name, title in {"": "Start", "valley/": "One long valley", "scope/": "Scope"}.items():
        folder = tmp_path / "site" / name
        folder.mkdir(parents=True, exist_ok=True)
        sheet = f'<link rel="stylesheet" href="{"../" * name.count("/")}style.css">'
        (folder / "index.html").write_text(PAGE.format(title, sheet, "../" * name.count("/")))
    (sheet,) = site.glob("style.*.css")
    shutil.copy(sheet, tmp_path / "site/style.css")
    return tmp_path


def led_on(small, table):
    """The folder of the pages, with what leads on from the addresses of the table."""
    path = small / "moved.yml"
    path.write_text(yaml.safe_dump(table))
    moved.lead_on(small / "site", path, HOME)
    return small / "site"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    ("old", "new", "without"),
    [
        ("old/", "valley/#why", "valley/#why"),
        ("old/#one", "scope/", "valley/#why"),
        ("old/#two", "valley/#two", "valley/#why"),
        ("old/#else", "valley/#why", "valley/#why"),
        ("deep/old/", "", ""),
        ("deep/old/#why", "#why", ""),
    ],
)
def test_a_page_that_is_gone_leads_on(small, tab, old, new, without, scripts):
    page = tab(java_script_enabled=scripts)
    said = []
    page.on("console", lambda message: said.append(message.text))
    with web.served(led_on(small, TABLE)) as host:
        page.goto(host.address + old)
        page.wait_for_url(host.address + (new if scripts else without))
    assert not [text for text in said if "Content Security" in text]


def test_a_part_that_is_gone_is_told_to_those_who_ask_for_it(small, tab):
    page = tab(java_script_enabled=False)
    with web.served(led_on(small, TABLE)) as host:
        page.goto(host.address + "scope/")
        assert page.locator(".moved").is_hidden()
        page.goto(host.address + "scope/#gone")
        assert page.locator(".moved").inner_text() == "This part has moved: One long valley."
        page.get_by_role("link", name="One long valley").click()
        page.wait_for_url("**/valley/#why")
        page.goto(host.address + "#map")
        page.get_by_role("link", name="One long valley").click()
        page.wait_for_url("**/valley/")


def test_a_part_that_is_gone_leads_on_by_itself_where_there_are_scripts(site, tab, tmp_path):
    """On a page of the site, whose own script does it."""
    for name in ("valley", "scope"):
        shutil.copytree(site / name, tmp_path / "site" / name)
    for path in [*site.glob("*.mjs"), *site.glob("*.css"), *site.glob("*.svg")]:
        shutil.copy(path, tmp_path / "site")
    page = tab()
    with web.served(led_on(tmp_path, {"scope/#gone": "valley/#where-it-stops"})) as host:
        page.goto(host.address + "scope/#gone")
        page.wait_for_url("**/valley/#where-it-stops")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"old/": "nowhere/"}, "moved.yml:1: nowhere/ is not there, to which old/ leads."),
        ({"old/": "valley/#nothing"}, "valley/#nothing is not there"),
        ({"old/": "older/", "older/": "valley/"}, "older/ is not there"),
        ({"scope/": "valley/"}, "scope/ is still there"),
        ({"scope/#why": "valley/#why"}, "scope/#why is still there"),
        ({"old/#one": "valley/"}, "old/ is gone: say where it leads"),
        ({"old": "valley/"}, "must be lines as"),
        ({"old/": None}, "must be lines as"),
        ({"old/": "../valley/"}, "is not there"),
        (["old/"], "must be lines as"),
    ],
)
def test_an_address_that_leads_nowhere_or_has_not_moved_fails_the_build(small, table, message):
    with pytest.raises(Fault) as caught:
        led_on(small, table)
    assert message in str(caught.value)
    assert not (small / "site/old").exists()


def test_a_signpost_is_valid_and_no_place_of_the_search_or_the_zip(small, tmp_path):
    site = led_on(small, TABLE)
    signposts = [site / "old/index.html", site / "deep/old/index.html"]
    assert not list(promises.valid(signposts))
    text = signposts[0].read_text()
    assert f'<link rel="canonical" href="{HOME}valley/">' in text
    assert "Content-Security-Policy" in text
    assert b"old" not in index(site, Cache(tmp_path / "store"))
    with zipfile.ZipFile(io.BytesIO(bundle(site))) as archive:
        assert not [name for name in archive.namelist() if "old" in name]


def test_the_site_has_a_signpost_for_every_page_of_its_table_and_its_sitemap_has_none(site):
    table = moved.read(promises.DOCS / "moved.yml")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    for page in (old for old in table if "#" not in old):
        assert moved.is_signpost((site / page / "index.html").read_text(encoding="utf-8"))
        assert f"/{page}</loc>" not in sitemap


def lost(addresses, pages, table):
    """Those of the addresses that lead nowhere: neither is one there, nor has it moved."""
    for address in addresses:
        page, _, part = address.partition("#")
        there = page in pages and (not part or pages[page].find(id=part))
        if not there and address not in table and page not in table:
            yield address


def test_no_address_that_was_public_leads_nowhere(pages):
    """Whoever drops one says in `docs/moved.yml` where it leads now."""
    addresses = ADDRESSES.read_text(encoding="utf-8").split()
    assert not list(lost(addresses, pages, moved.read(promises.DOCS / "moved.yml")))


def test_an_address_that_was_dropped_is_noticed():
    pages = {"": BeautifulSoup("<p id=map>", "html.parser")}
    addresses = ["#map", "#gone", "old/", "old/#one", "older/"]
    assert list(lost(addresses, pages, {"old/": ""})) == ["#gone", "older/"]
    assert not list(lost(addresses, pages, {"old/": "", "#gone": "", "older/": ""}))
