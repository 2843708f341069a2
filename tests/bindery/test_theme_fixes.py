"""A finished page is mended for readers on phones and at keyboards."""

import pytest

from bindery.pages.theme_fixes import mended


@pytest.mark.parametrize(
    ("table", "opens"),
    [
        ("<table>", '<table class="data">'),
        ('<table class="dataframe" border="1">', '<table class="data dataframe" border="1">'),
        ("<table id='a' class='b'>", "<table id='a' class='data b'>"),
        ('<table data-class="c">', '<table class="data" data-class="c">'),
    ],
)
def test_every_table_whatever_its_attributes_stands_in_one_box_that_scrolls(table, opens):
    page = mended(f"<p>{table}\n<tr><td>1</td></tr></table></p>" * 2)
    assert page.count(f"{opens}\n<tr>") == page.count('<div class="scroll" tabindex="0"') == 2
    assert page.count("</table></div>") == page.count("</div>") == 2


def test_a_formula_scrolls_by_keys_and_an_empty_corner_heads_nothing():
    page = mended('<div class="math">x</div><th align="left"></th><th>y</th>')
    assert page == '<div class="math" tabindex="0">x</div><td align="left"></td><th>y</th>'
