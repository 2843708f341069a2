"""One style sheet a site, with every rule that a page can use, and without the others."""

import re
from functools import partial

import pytest

from bindery.pages.lean import lean
from bindery.pages.styles import bound
from darkroom.cache import Cache

KNOWN = {"note", "slate", "text"}


@pytest.mark.parametrize(
    "rule",
    [
        "p{a:b;}",
        "p:hover > a::before{a:b;}",
        ".note{a:b;}",
        ".note:not(.gone){a:b;}",
        ":is(.gone, .note){a:b;}",
        '[data-scheme="slate"] .note{a:b;}',
        '[href^="http"]{a:b;}',
        "@media print{p{a:b;}\n}",
        "@font-face {a: b}",
    ],
)
def test_what_a_page_can_use_stays(rule):
    assert lean(KNOWN, rule).strip() == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{a:b}",
        ".note.gone{a:b}",
        ".note .gone > p{a:b}",
        "[dir=rtl] .note{a:b}",
        "@media print{.gone{a:b}}",
        "p{}",
        "/* words */",
    ],
)
def test_what_no_page_can_use_goes(rule):
    assert lean(KNOWN, rule) == ""


def test_of_a_list_of_selectors_those_stay_that_can_match():
    assert lean(KNOWN, ".gone, .note, :is(a, .x){a:b}") == ".note,:is(a, .x){a:b;}\n"


def test_a_property_stays_while_a_rule_that_stays_reads_it():
    css = ":root{--a:1;--b:2;--text:3}.note{c:var(--a)}.gone{c:var(--b)}"
    assert lean(KNOWN | {"--text"}, css) == ":root{--a:1;--text:3;}\n.note{c:var(--a);}\n"


def test_every_page_links_one_sheet_from_where_it_stands(tmp_path):
    link = '<link rel="stylesheet" href="{}{}">'
    pages = {"index.html": "", "deep/er/index.html": "../../", "404.html": "/base/"}
    for page, root in pages.items():
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        links = "\n".join(link.format(root, sheet) for sheet in ("a.css", "b/c.css"))
        (tmp_path / page).write_text(f'<head>{links}</head><p class="own">')
    (tmp_path / "b").mkdir()
    (tmp_path / "a.css").write_text(".own{a:b}.gone{a:b}.made{a:b}")
    (tmp_path / "b/c.css").write_text(".own{c:url(../i.png) url(data:,x)}")
    (tmp_path / "site.mjs").write_text('e.className = "made"')
    came: list[str] = []
    theme = ("assets/images/my own.png", "assets/javascripts/theme.js")
    spare = {address: partial(came.append, address) for address in theme}
    others = f"<img src='assets/images/my%20own.png'>{link.format('', 'other.css')}\n"
    (tmp_path / "deep/other.html").write_text(others)
    bound(tmp_path, Cache(tmp_path / ".store"), spare)
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.read_text() == ".own{a:b;}\n.made{a:b;}\n.own{c:url(i.png) url(data:,x);}\n"
    for page, root in pages.items():
        text = (tmp_path / page).read_text()
        assert re.findall('href="([^"]*)"', text) == [f"{root}{sheet.name}"]
    assert (tmp_path / "deep/other.html").read_text() == others
    assert came == ["assets/images/my own.png"], "nobody asks for the other"
