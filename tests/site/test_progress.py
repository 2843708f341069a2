"""Pages of the argument tell how far one is, and what the next one asks; in a small site."""

import subprocess
import sys

import pytest
import visits
import web
import yaml
from bs4 import BeautifulSoup
from promises import ROOT

QUESTIONS = {
    "signs": "Why do all of them have one sign?",
    "price": "Is that slow?",
    "test": "And are the signs to blame for it?",
}
FIGURE = """'A line.'
ALT = "A line from the lower left to the upper right."

def draw(fig, ink, data):
    fig.subplots().plot([0, 1], color=ink.raw)
"""
OTHERS = ["index", "quiz", "gallery", *(f"m{i}" for i in range(30))]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a site in our frame, whose menu has an argument, and a long list at its end."""
    root = tmp_path_factory.mktemp("small")
    for folder in ("docs", "figures", "src"):
        (root / folder).mkdir()
    (root / "docs/theme").symlink_to(ROOT / "docs/theme")
    (root / "src/zigzag").symlink_to(ROOT / "src/zigzag")
    for name in [*QUESTIONS, *OTHERS]:
        question = f'question: "{QUESTIONS[name]}"\n' if name in QUESTIONS else ""
        head = f"---\ntitle: The {name}\ndescription: Of {name}.\n{question}---\n\n"
        words = "Words that fill a line, and then some more of them. " * 80
        (root / f"docs/{name}.md").write_text(
            f"{head}# The {name}\n\n{words}\n\n## Part\n\nMore.\n"
        )
    (root / "figures/line.py").write_text(FIGURE)
    for name, more in (("index", "[[argument]]"), ("signs", "![](figure:line)")):
        with (root / f"docs/{name}.md").open("a") as page:
            page.write(f"\n{more}\n")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (argument,) = (line for line in ours.splitlines() if line.startswith("  argument: "))
    section = yaml.safe_load(argument)["argument"]
    pages = {name: f"{name}.md" for name in OTHERS}
    config = {
        "site_name": "Parallel Parking in Weight Space",
        "site_url": "https://example.org/parallel-parking/",
        "nav": [
            {"The index": "index.md"},
            {section: [f"{name}.md" for name in QUESTIONS]},
            {"Play": [pages.pop("quiz")]},
            {"Reference": [pages.pop("gallery"), {"Modules": [*pages.values()][1:]}]},
        ],
        "exclude_docs": "theme/",
        "theme": {"name": "material", "custom_dir": "docs/theme", "favicon": "favicon.svg"},
        "extra_css": ["type.css", "inks.css", "site.css"],
        "extra": {"argument": section, "repository": ""},
        "plugins": [{"bindery": {"own_frame": True}}],
        "markdown_extensions": ["toc"],
    }
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture
def parsed(small):
    return {
        name: BeautifulSoup((small / name / "index.html").read_text(), "html.parser")
        for name in [*QUESTIONS, "quiz", "gallery", "."]
    }


def test_pages_of_the_argument_tell_how_far_one_is_and_others_do_not(parsed):
    for name, page in parsed.items():
        told = [page.header.find(class_="progress"), page.footer.find(class_="progress")]
        place = f"{[*QUESTIONS].index(name) + 1} of 3" if name in QUESTIONS else ""
        assert [tag.get_text() if tag else "" for tag in told] == [place, place], name


def test_the_menu_numbers_the_pages_of_the_argument(parsed):
    (numbered,) = parsed["."].select("#nav ol")
    assert [link.get_text() for link in numbered.select("a")] == [f"The {q}" for q in QUESTIONS]


def test_next_is_what_the_next_page_asks_or_else_its_title(parsed):
    def words(name):
        return " ".join(parsed[name].select_one("footer a[rel=next]").get_text().split())

    assert words(".") == "Next: The signs Why do all of them have one sign?"
    assert words("price") == "Next: The test And are the signs to blame for it?"
    assert words("test") == "Next The quiz"


@pytest.mark.parametrize(("width", "least", "most"), [(320, 1, 2), (390, 1, 2), (1280, 2, 4)])
def test_the_argument_s_cards_are_links_side_by_side_as_there_is_room(
    small, tab, width, least, most
):
    page = tab(viewport={"width": width, "height": 700})
    with web.served(small) as host:
        page.goto(host.address)
        boxes = [card.bounding_box() for card in page.locator(".argument li").all()]
        links = [card.bounding_box() for card in page.locator(".argument li > a").all()]
        assert len(boxes) == 3 and boxes == links, "all of a card is its link"
        assert least <= len({box["x"] for box in boxes}) <= most
        left = page.locator("article h2 + p").bounding_box()["x"]
        assert abs(boxes[0]["x"] - left) < 1, "it begins where the text does"
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.locator(".argument a").first.focus()
        page.keyboard.press("Tab")
        focused = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(focused) == "solid"
        assert page.evaluate("document.activeElement.pathname").endswith("/price/")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_show_their_theme_s_picture_and_on_paper_words_alone(small, tab, scheme, scripts):
    page = tab(color_scheme=scheme, java_script_enabled=scripts)
    with web.served(small) as host:
        page.goto(host.address, wait_until="networkidle")
        if scripts:  # else a browser waits for nothing
            assert not any(path.endswith(".avif") for path, _ in host.sent), "it is far below"
        pictures = page.locator(".argument img")
        shown = [image for image in pictures.all() if image.is_visible()]
        assert [image.get_attribute("class") for image in shown] == [f"only-{scheme}"]
        page.emulate_media(media="print")
        assert not any(image.is_visible() for image in pictures.all())
        assert page.locator(".argument a").first.is_visible()
        lefts = {card.bounding_box()["x"] for card in page.locator(".argument li").all()}
        assert len(lefts) == 1, "a list"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_before_and_next_stand_as_wide_as_the_text(small, tab, width):
    page = tab(viewport={"width": width, "height": 700})
    with web.served(small) as host:
        page.goto(f"{host.address}price/")
        text = page.locator("article h2 + p").bounding_box()
        for rel, side in (("prev", 0), ("next", 1)):
            link = page.locator(f"footer a[rel={rel}]").bounding_box()
            edge = link["x"] + side * link["width"]
            assert abs(edge - text["x"] - side * text["width"]) < 12, rel
        assert page.locator("header").bounding_box()["height"] < 60
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator("header .progress").is_visible()


@pytest.mark.parametrize("size", [(1280, 600), (390, 700)])
@pytest.mark.parametrize("name", ["", "test/", "quiz/", "gallery/", "m20/"])
def test_the_menu_shows_its_first_line_and_where_you_are(small, tab, name, size):
    page = tab(viewport=dict(zip(("width", "height"), size, strict=True)))
    with web.served(small) as host:
        page.goto(host.address + name)
        page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
        if size[0] < 1000:
            page.locator("button.menu").click()
        page.wait_for_timeout(100)
        assert not list(visits.cut(page))
