"""What the search box finds: every part of every page, and every figure by its claim.

Read from finished pages, whatever generator made them: one entry for each heading that has an
anchor, and one for each figure, whose title is its claim and whose text is its caption.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bindery.cached import cached
from darkroom.cache import Cache

if TYPE_CHECKING:
    from bs4 import Tag

BEGINS = "globalThis.places = "  # a script, as a folder lets no page fetch data
BLOCKS = ["p", "li", "dt", "dd", "th", "td", "h4", "div"]  # their words do not join
UNREAD = ["script", "style", "pre"]
ASIDE = ["headerlink", "provenance", "film", "desk"]  # classes of what is not read either


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

    article = BeautifulSoup(page, "html.parser").article
    if not article:
        return b""
    below = "" if address == "." else f"{address}/"
    _leave_out(article)
    figures = [tag.extract() for tag in article.find_all("figure", id=True)]
    parts = _parts(article)
    name = parts[0].title if parts else ""
    rows = [[f"{below}{part.anchor}", name, part.title, _line(part.text)] for part in parts]
    for figure in figures:
        if figure.figcaption and (claim := figure.figcaption.strong):
            title = _line(claim.extract().get_text())
            text = _line(figure.figcaption.get_text())
            rows.append([f"{below}#{figure['id']}", name, title, text])
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    return ",".join(lines).encode()


def _leave_out(article: "Tag") -> None:
    """Remove what is not read, and part the words of what stands one below the other."""
    for tag in article.find_all(UNREAD):
        tag.decompose()
    for tag in article.find_all(class_=ASIDE):
        tag.decompose()
    for tag in article.select("figure details"):  # a transcript
        tag.decompose()
    for tag in article.find_all(BLOCKS):
        tag.insert(0, " ")


@dataclass(slots=True)
class Part:
    """A heading with an anchor, and what stands below it up to the next."""

    anchor: str
    title: str
    text: str = ""


def _parts(article: "Tag") -> list[Part]:
    parts: list[Part] = []
    begins: dict[int, Part] = {}  # identity of a heading → what it begins
    for tag in article.find_all(["h1", "h2", "h3"]):
        title = _line(tag.get_text())
        if tag.name == "h1":
            begins[id(tag)] = Part("", title)
        elif tag.has_attr("id"):
            begins[id(tag)] = Part(f"#{tag['id']}", title)
        else:
            continue
        tag.clear()
    for node in article.descendants:
        if part := begins.get(id(node)):
            parts.append(part)
        elif parts and _is_text(node):
            parts[-1].text += str(node)
    return parts


def _is_text(node: object) -> bool:
    """Whether it is words, and neither a tag nor a comment."""
    from bs4.element import NavigableString, PreformattedString

    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def _line(text: str) -> str:
    return " ".join(text.split())
