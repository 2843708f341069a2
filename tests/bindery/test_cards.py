"""Letters and terms lead to the one table that explains them; a page brings their cards along."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from bindery.markdown.bibliography import Bibliography
from bindery.markdown.cards import Cards
from bindery.markdown.figures import Figures
from bindery.markdown.formulas import Formulas

TABLE = r"""
| letter | what it means |
|---|---|
| $\mu, s, N(t)$ | mean, spread and way |
| $q$ | $\mu^2/s^2$, see [there](valley.md#q) |

| term | what it means |
|---|---|
| full batch, full batches | all samples at every step |

| other | what it means |
|---|---|
| $z$ | not a letter of ours |
"""
BIB = """@misc{who2000, author = {Who, Wanda}, title = {A < B}, year = {2000},
read = {part}, portion = {page 7}, annote = {All of it.}}"""


@pytest.fixture
def cards(project, tmp_path):
    """Of a folder with one page, which has the tables."""
    docs = tmp_path / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "letters.md").write_text(TABLE)
    (docs / "sources.bib").write_text(BIB)
    result, _ = project.build()
    formulas = Formulas(Figures(result), project.room.store)
    return Cards(docs, Bibliography(docs / "sources.bib"), formulas)


@pytest.fixture
def page(cards):
    """Markdown → soup."""

    def rendered(text, place="page.md"):
        cards.begin(place, text)
        extensions = ["tables", "md_in_html", "footnotes", cards.formulas, cards.sources, cards]
        return BeautifulSoup(Markdown(extensions=extensions).convert(text), "html.parser")

    return rendered


def links(soup):
    return [link["href"] for link in soup.select("a.letter, a.term")]


def test_a_letter_is_linked_where_it_first_stands_alone(page):
    soup = page("Of $q = 1$ and $q$, and $q$; $\\mu$, $s$ and $z$.")
    assert links(soup) == ["letters.md#letter-q", "letters.md#letter-mu", "letters.md#letter-mu"]
    assert [link.get_text() for link in soup.select("a.letter")] == ["q", "μ", "s"]
    assert [link.parent.get_text() for link in soup.select("a.letter")] == ["q,", "μ,", "s"]
    assert [link["aria-label"] for link in soup.select("a.letter")] == ["q", "mu", "s"]


def test_a_term_is_linked_where_it_first_stands_in_italics(page):
    soup = page("A full batch, a *Full batch*, a *full batch*, *full batches*, *else*.")
    assert links(soup) == ["letters.md#term-full-batch"] * 2
    assert soup.select_one("em > a.term").get_text() == "Full batch"


@pytest.mark.parametrize(
    "text",
    ["## On $q$", "[the $q$](a.md)", "| a |\n|---|\n| $q$ |", '<p lang="es" markdown="1">$q$</p>']
    + ["`$q$`", "$$\nq\n$$", "<details markdown='1'><summary markdown='1'>$q$</summary></details>"],
)
def test_what_is_no_prose_is_left_alone(page, text):
    assert not page(text).select("a.letter")


def test_what_stands_open_is_linked_before_what_a_fold_hides(page):
    fold = "<details markdown='1'>\n<summary>s</summary>\n\nThe $q$ and $s$.\n\n</details>"
    soup = page(f"{fold}\n\nThe $q$.\n")
    assert [link.find_parent("details") is None for link in soup.select("a.letter")] == [
        False,
        True,
    ]
    assert links(soup) == ["letters.md#letter-mu", "letters.md#letter-q"]


def test_a_page_further_down_leads_up_to_the_table(page):
    assert links(page("$q$", "reference/page.md")) == ["../letters.md#letter-q"]


def test_docstrings_have_no_links_as_none_would_be_resolved(page):
    assert not links(page("$q$\n\n::: zigzag.neuron\n"))


def test_every_row_of_the_tables_has_its_anchor(page, cards):
    rows = page(TABLE, "letters.md").select("tr[id]")
    assert [row["id"] for row in rows] == ["letter-mu", "letter-q", "term-full-batch"]
    assert [*cards.rows] == [row["id"] for row in rows]


def test_the_finished_page_has_a_card_for_what_stands_elsewhere(page, cards):
    soup = page("$q$ and $q$ and *full batch* [@who2000], and [@who2000].")
    finished = cards.added(f"<body>{soup}</body>")
    found = BeautifulSoup(finished, "html.parser").select("body > template")
    assert [card["id"] for card in found] == [
        "card-letter-q",
        "card-term-full-batch",
        "card-who2000",
    ]
    letter, term, source = ("".join(card.find_all(string=True)) for card in found)
    assert letter == "q\u2003μ2/s2, see there" and "$" not in finished
    assert term == "full batch, full batches\u2003all samples at every step"
    assert source == "W. Who, “A < B”, 2000.We read page 7."
    assert finished.endswith("</template>\n</body>")


def test_what_stands_on_the_page_itself_needs_no_card(page, cards):
    soup = page(f"{TABLE}\nSo $q$.", "letters.md")
    assert "<template" not in cards.added(f"<body>{soup}</body>")


def test_an_anchor_of_no_source_has_no_card(cards):
    html = '<body><a class="citation" href="sources/#gone">gone</a></body>'
    assert cards.added(html) == html
