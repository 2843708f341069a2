"""What the theme leaves undone for readers, mended in the finished HTML of any generator."""

import re

TABLE = re.compile(r"<table\b([^>]*)>(.*?)</table>", re.S)
SCROLLED = '<div class="scroll" tabindex="0" role="group" aria-label="Table">{}</div>'
MENDS = (
    (r'<div class="math">', '<div class="math" tabindex="0">'),  # scrolled by keys
    (r"<th([^>]*)></th>", r"<td\1></td>"),  # the corner of a table heads nothing
)


def mended(page: str) -> str:
    """The page's HTML, with every mend."""
    for pattern, better in MENDS:
        page = re.sub(pattern, better, page)
    return TABLE.sub(_scrolled, page)


def _scrolled(found: re.Match[str]) -> str:
    """A table that may be wider than a phone: a box scrolls it, by keys too."""
    attributes, rows = found.groups()
    attributes, named = re.subn(r"""(?<=\sclass=["'])""", "data ", attributes)
    own = "" if named else ' class="data"'
    return SCROLLED.format(f"<table{own}{attributes}>{rows}</table>")
