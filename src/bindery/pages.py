"""What the theme leaves undone for readers, mended in the finished HTML of any generator."""

import re

SCROLLED = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
MENDS = (
    # A table or a formula that is wider than a phone is scrolled, by keys too.
    (r"<table>", f'{SCROLLED}<table class="data">'),
    (r"</table>", "</table></div>"),
    (r'<div class="math">', '<div class="math" tabindex="0">'),
    # The corner of a table heads nothing.
    (r"<th([^>]*)></th>", r"<td\1></td>"),
)


def mended(page: str) -> str:
    """The page's HTML, with every mend."""
    for pattern, better in MENDS:
        page = re.sub(pattern, better, page)
    return page
