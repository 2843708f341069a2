"""The gallery shows what pages show; the ledger lists what they cite; neither is typed."""

from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from bindery.markdown.figures import Figures, PageContext
from bindery.markdown.formulas import Formulas
from bindery.markdown.gallery import Lists, SetPage, filled
from darkroom.cache import Cache
from darkroom.errors import Fault
from darkroom.figure import Figure
from darkroom.results import BuildResult, RenderedFigure


@pytest.fixture
def figures(tmp_path):
    figure = Figure(
        path=Path("line.py"),
        kind="still",
        claim="A line rises.",
        caption="It has {{ points }} points, not `{{ line.unsung }}`.",
        alt="A line of {{ length }} points.",
        size=(4.0, 2.0),
        measured=True,
    )
    data = {"points": np.int64(3), "length": 2, "height": 1.25, "top": 9, "unsung": 7}
    words = {"alt": "A line of 3 points.", "transcript": []}
    rendered = RenderedFigure(figure, {}, data=data, words=words)
    result = BuildResult(tmp_path, {"line": rendered}, all_names=["line"])
    return Figures(result)


@pytest.fixture
def page(figures, tmp_path):
    """Set pages, title → Markdown; the HTML of one that has this list."""

    def rendered(wanted, *, questions=(), **texts):
        pages = []
        for title, text in texts.items():
            asked = dict(questions)
            figures.context = PageContext(
                Path(f"{title.lower()}.md"), question=asked.get(title, "")
            )
            formulas = Formulas(figures, Cache(tmp_path / "store"))
            extensions = ["fenced_code", figures, formulas]
            Markdown(extensions=extensions).convert(text)
            number = [*asked].index(title) + 1 if title in asked else 0
            pages.append(SetPage(title, f"{title.lower()}/", figures.context, number))
        figures.context = PageContext(tmp_path / "start.md")
        figures.context.source.write_text(f"# Start\n\n{wanted}\n")
        mark = Markdown(extensions=[Lists()]).convert(wanted)
        return filled(mark, "../", pages, figures)

    return rendered


def test_the_gallery_has_claim_thumbnails_page_script_and_data(page):
    shown = page("[[gallery]]", First="![](figure:line)")
    assert '<a href="../first/#line">A line rises.</a>' in shown
    assert 'src="../figures/line.light.avif"' in shown
    assert 'src="../figures/line.dark.avif"' in shown
    assert shown.count('alt="A line of 3 points."') == shown.count('loading="lazy"') == 2
    assert '<a href="../figures/line.py">script</a>' in shown and "../figures/line.json" in shown
    assert "id=" not in shown, "a figure's anchor belongs to its page"
    assert shown.startswith("<ul"), "and stands in no paragraph"


@pytest.mark.parametrize(
    "example",
    [
        "`![](figure:line)`",
        "    ![](figure:line)",
        "Text.\n\n    ![](figure:line)\n",
        "```\n![](figure:line)\n```",
        "<!-- \n![](figure:line)\n-->",
    ],
)
def test_an_example_of_the_syntax_neither_shows_nor_cites(page, example):
    texts = {"First": example, "Second": example.replace("![](figure:line)", "{{ line.top }}")}
    assert "<li>" not in page("[[gallery]]", **texts)
    assert "line" not in page("[[ledger]]", **texts)


@pytest.mark.parametrize("text", ["The key ` is\n\n![](figure:line)\n\nand ` again"])
def test_what_is_shown_between_two_lonely_marks_of_code_counts(page, text):
    assert "<li>" in page("[[gallery]]", First=text)


def test_figures_and_pages_stand_in_the_order_of_reading(page):
    shown = page("[[gallery]]", Second="![](figure:line)", First="![](figure:line)")
    assert shown.count("<li>") == 1
    assert shown.index(">Second</a>") < shown.index(">First</a>")


def test_the_ledger_has_each_cited_number_and_the_pages_it_stands_on(page):
    listed = page(
        "[[ledger]]",
        First="![](figure:line)",
        Second="{{ line.height:.1f}} and ${ {{ line.top }} }^2$\n\n`{{ line.unsung }}`",
    )
    rows = [row for row in listed.splitlines() if "<code>" in row]
    assert rows == [
        f"<tr><td><code>{key}</code></td><td>{value}</td><td>"
        f'<a href="../{page.lower()}/">{page}</a></td></tr>'
        for key, value, page in (
            ("height", "1.25", "Second"),
            ("length", "2", "First"),  # what is seen cites it
            ("points", "3", "First"),  # the caption does
            ("top", "9", "Second"),
        )
    ]
    assert listed.count("<tr>") == 6, "a head, and a row with the figure's name"


def cards(html):
    return BeautifulSoup(html, "html.parser").select("ol.argument > li")


QUESTIONS = {"First": "Why?", "Second": "And?"}


def test_the_argument_is_a_card_for_each_of_its_pages_that_is_one_link(page):
    texts = {"First": "![](figure:line)", "Aside": "![](figure:line)", "Second": "Words."}
    first, second = cards(page("[[argument]]", questions=QUESTIONS, **texts))
    (link,) = first.find_all(True, recursive=False)
    assert link.name == "a" and link["href"] == "../first/"
    assert " ".join(link.get_text().split()) == "1 First Why?"
    assert " ".join(second.get_text().split()) == "2 Second And?"
    assert not second.img, "a page without a figure has no picture, which is no fault"


def test_a_card_shows_its_page_s_first_figure_small_and_in_both_themes(page):
    (card,) = cards(page("[[argument]]", questions={"A": "Why?"}, A="# A\n\n![](figure:line)"))
    light, dark = card.select("img")
    assert (light["src"], dark["src"]) == tuple(
        f"../figures/line.{theme}.avif" for theme in ("light", "dark")
    )
    for image in (light, dark):
        assert image["alt"] == "" and image["loading"] == "lazy", "the words say it"
        assert (image["width"], image["height"]) == ("432", "216")


def test_what_pages_are_called_and_ask_is_text(page):
    (card,) = cards(page("[[argument]]", questions={"A < B": "Is 1 < 2 & so?"}, **{"A < B": ""}))
    assert card.b.get_text() == "1 A < B" and card.span.get_text() == "Is 1 < 2 & so?"


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ({}, "start.md:3: [[argument]] finds no page. Call a section of the nav"),
        ({"First": ""}, "start.md:3: [[argument]] shows what pages ask, but first.md has no"),
    ],
)
def test_cards_without_an_argument_or_a_question_are_the_author_s_fault(page, questions, message):
    with pytest.raises(Fault) as fault:
        page("[[argument]]", questions=questions, First="Words.")
    assert message in str(fault.value)
    assert page("Words.", questions=questions, First="Words."), "only if somebody asks for cards"


def test_a_title_is_text(page):
    texts = {"A < B": "![](figure:line)\n\n{{ line.top }}"}
    assert ">A &lt; B</a>" in page("[[gallery]]", **texts)
    assert ">A &lt; B</a>" in page("[[ledger]]", **texts)


def test_a_marker_in_code_stays_an_example(page):
    shown = page("`[[gallery]]`\n\n    [[ledger]]\n\n`[[argument]]`\n")
    assert "<ul" not in shown and "<ol" not in shown
