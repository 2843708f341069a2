"""The frame around a page can be read by the template engine of the theme's successor too."""

from pathlib import Path

import material
import minijinja
import pytest
from bs4 import BeautifulSoup

FOLDERS = [Path(__file__).parents[2] / "docs/theme", Path(material.__file__).parent / "templates"]
DEEP = {"title": "Deep", "active": True, "children": [{"title": "C", "url": "c/"}]}
PART = {"title": "Part", "children": [{"title": "B", "url": "b/", "children": []}, DEEP]}
LAST = {"title": "Last", "active": False, "children": [{"title": "D", "url": "d/"}]}
NAV = {"items": [{"title": "A & A", "url": "a/", "children": None}, PART, LAST]}
PAGE = {
    "title": "C",
    "url": "c/",
    "content": "<h1>C</h1>",
    "toc": [{"level": 1, "url": "#c", "title": "C", "children": [{"title": "H", "url": "#h"}]}],
    "next_page": {"url": "b/", "title": "B", "meta": {"question": "Why?"}},
    "previous_page": {"url": "a/", "title": "A & A"},
}
CONFIG = {
    "site_name": "Site",
    "site_description": "About",
    "theme": {"favicon": "favicon.svg"},
    "extra": {"repository": ""},
    "extra_css": ["site.css"],
}


def source(name):
    paths = [folder / name for folder in FOLDERS]
    return next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), None)


@pytest.fixture
def rendered():
    """A template with what the generator gives it, parsed."""
    engine = minijinja.Environment(loader=source)
    engine.add_filter("url", lambda address: address)

    def page(template, **variables):
        text = engine.render_template(template, **{"config": CONFIG, **variables})
        return BeautifulSoup(text, "html.parser")

    return page


def test_a_page_stands_in_its_frame(rendered):
    page = rendered("main.html", page=PAGE, nav=NAV)
    assert page.title.get_text() == "C - Site" and page.article.h1.get_text() == "C"
    following = page.select_one("footer [rel=next]")
    assert following["href"] == "b/" and following.get_text() == "Next: B Why?"
    assert page.select_one("footer [rel=prev]").get_text() == "Before A & A"
    assert not page.select(".progress")
    assert [a["href"] for a in page.select("nav.here a")] == ["#h"]


def test_a_page_of_the_argument_has_its_number(rendered):
    argument = {"title": "The argument", "children": [{"title": "B", "url": "b/"}, PAGE]}
    config = {**CONFIG, "extra": {"repository": "", "argument": "The argument"}}
    nav = {"items": [*NAV["items"], argument, {"title": "Z", "url": "z/"}]}
    page = rendered("main.html", page=PAGE, nav=nav, config=config)
    assert [tag.get_text() for tag in page.select(".progress")] == ["2 of 2"] * 2
    assert [a.get_text() for a in page.select("#nav ol > li > a")] == ["B", "C"]


def test_the_menu_is_folded_where_it_is_deep_and_names_the_open_page(rendered):
    menu = rendered("main.html", page=PAGE, nav=NAV).select_one("#nav")
    assert [a["href"] for a in menu.select("a")] == ["a/", "b/", "c/", "#h", "d/"]
    assert menu.select_one("[aria-current=page]").get_text() == "C"
    folds = {fold.summary.get_text(): fold.has_attr("open") for fold in menu.select("details")}
    assert folds == {"Part": True, "Deep": True, "Last": False}


def test_where_one_looks_something_up_the_other_parts_of_the_menu_are_folded(rendered):
    nav = {"items": [*NAV["items"][:2], LAST | {"active": True}]}
    menu = rendered("main.html", page=PAGE, nav=nav).select_one("#nav")
    folds = {fold.summary.get_text(): fold.has_attr("open") for fold in menu.select("details")}
    assert (folds["Part"], folds["Last"]) == (False, True)


@pytest.mark.parametrize("variables", [{"nav": NAV}, {"nav": None}, {}])
def test_a_page_that_is_not_there_has_a_frame_too(rendered, variables):
    page = rendered("404.html", **variables)
    assert page.title.get_text() == "Not found - Site"
    assert page.select_one("meta[name=description]")["content"] == "About"
