"""Formulas are set while the site is built; numbers in them are measured, and doctests are code."""

import pytest
from bs4 import BeautifulSoup
from markdown import markdown

from bindery.markdown.figures import Figures
from bindery.markdown.formulas import Formulas
from darkroom.errors import Fault


@pytest.fixture
def page(project):
    """Markdown → soup, in a project with one still."""

    def rendered(text: str) -> BeautifulSoup:
        result, _ = project.build()
        figures = Figures(result)
        formulas = Formulas(figures, project.room.store)
        figures.caption_extensions = [formulas]
        html = markdown(text, extensions=["tables", figures, formulas])
        return BeautifulSoup(html, "html.parser")

    return rendered


def test_a_number_in_a_formula_is_written_as_tex_can_set_it(page):
    assert page("$\\kappa = {{ line.top:,.1f}}$").find("math").text == "κ=2.0"
    assert page("${ {{ line.points }} }^2$").find("msup").text == "32"


def test_formulas_become_mathml_and_no_dollar_is_left(page):
    soup = page("Inline $\\boldsymbol{\\mu}_i$ and\n\n$$\n\\frac{a}{b}\n$$\n")
    assert len(soup.find_all("math")) == 2 and soup.find("mfrac") and "$" not in soup.text
    assert "𝝁" in soup.text


def test_no_line_begins_with_what_closes_a_formula(page):
    text = page("With $x$, ($y$) and $z$s.").p
    assert [span.text for span in text.find_all("span")] == ["x,", "y)", "z"]
    assert text.text == "With x, (y) and zs."


def test_a_formula_may_hold_what_html_escapes(page):
    cells = page("$$\n\\begin{pmatrix} a & b \\end{pmatrix} < c\n$$\n").find_all("mtd")
    assert [cell.text for cell in cells] == ["a", "b"]


def test_a_doctest_is_code_and_not_three_quotations(page):
    soup = page("Look:\n\n>>> 6 * 7\n42\n\n> A quotation.\n")
    assert soup.find("code").text.strip() == ">>> 6 * 7\n42"
    assert len(soup.find_all("blockquote")) == 1


def test_a_caption_has_formulas_too(page):
    assert page("![](figure:line)").figcaption.find("math").text == "y=2.0"


def test_a_formula_in_a_caption_that_cannot_be_set_is_told_at_its_line(project, page):
    project.edit("figures/line.py", "$y = {{ top:.1f}}$", r"$\\frob$")
    with pytest.raises(Fault, match=r"figures/line\.py:3: the formula \$\\frob\$ cannot be set"):
        page("![](figure:line)")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("$\\frob$", "the formula $\\frob$ cannot be set"),
        ("${{ line.topp }}$", "Did you mean `top`?"),
    ],
)
def test_a_formula_that_cannot_be_set_is_the_fault_of_its_page(page, text, message):
    with pytest.raises(Fault) as caught:
        page(text)
    assert message in str(caught.value)
