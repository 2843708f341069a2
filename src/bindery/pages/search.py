"""What the search box finds: every part of every page, and every figure by its claim.

Read from finished pages, whatever generator made them: one entry for each heading that has an
anchor, and one for each figure, whose title is its claim and whose text is its caption, with
how it was measured. A page's own text begins with its description, which has the words that people
look for.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bindery.cached import cached
from darkroom.cache import Cache

if TYPE_CHECKING:
    from bs4 import Tag

BEGINS = "globalThis.places = "  # a script, as a folder lets no page fetch data
BLOCKS = ["p", "li", "dt", "dd", "th", "td", "h4", "div"]  # their words do not join
UNREAD = "script, style, template, pre, .headerlink, .provenance, .film, .desk, .measured summary"
UNREAD += ", figure details:not(.measured), .quiz :is(label, summary), .score"
PART = "h1, h2[id], h3[id]"  # what begins a part of a page
BREAK = "\0"  # between two parts


def index(site: Path, store: Cache) -> bytes:
    """All entries as a script: the address below the site, the page's title, a title, a text."""
    found = []
    for path in sorted(site.rglob("index.html")):
        address = quote(str(path.relative_to(site).parent))
        if rows := cached(store, entries, path.read_bytes(), address):
            found.append(rows)
    return BEGINS.encode() + b"[" + b",".join(found) + b"]"


def entries(page: bytes, address: str) -> bytes:
    """Those of one page, one after the other; none, if it has no article."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    article = soup.article
    if not article:
        return b""
    description = soup.select_one("meta[name=description]")
    claim = str(description["content"]) if description else ""
    below = "" if address == "." else f"{address}/"
    for tag in article.select(UNREAD):
        tag.decompose()
    for tag in article.find_all(BLOCKS):
        tag.insert(0, " ")
    name = _line(article.h1.get_text()) if article.h1 else ""
    figures = [*_figures(article)]  # first, as they are taken out of the text around them
    rows = [
        [f"{below}{anchor}", name, _line(title), _line(text if anchor else f"{claim} {text}")]
        for anchor, title, text in [*_parts(article), *figures]
    ]
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    return ",".join(lines).encode()


def _figures(article: "Tag") -> Iterator[tuple[str, str, str]]:
    """The anchor, the claim and the words below of every figure, which leaves the article."""
    for figure in article.find_all("figure", id=True):
        figure.extract()
        if figure.figcaption and (claim := figure.figcaption.strong):
            claim.extract()
            yield f"#{figure['id']}", claim.get_text(), figure.figcaption.get_text()


def _parts(article: "Tag") -> Iterator[tuple[str, str, str]]:
    """The anchor of every heading that has one, its words, and the text up to the next."""
    headings = article.select(PART)
    titles = [heading.get_text() for heading in headings]
    for heading in headings:
        heading.string = BREAK
    texts = article.get_text().split(BREAK)[1:]
    for heading, title, text in zip(headings, titles, texts, strict=True):
        anchor = "" if heading.name == "h1" else f"#{heading['id']}"
        yield anchor, title, text


def _line(text: str) -> str:
    return " ".join(text.split())
