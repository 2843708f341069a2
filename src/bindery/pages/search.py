"""What the search box finds: every part of every page, and every figure by its claim.

Read from finished pages, whatever generator made them: one entry for each heading that has an
anchor, and one for each figure, whose title is its claim and whose text is its caption.
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
UNREAD = ["script", "style", "pre"]
ASIDE = ["headerlink", "provenance", "film", "desk"]  # classes of what is not read either


def index(site: Path, store: Cache) -> bytes:
    """All entries as a script: the address below the site, the page's title, a title, a text."""
    found = (
        cached(store, entries, path.read_bytes(), quote(str(path.relative_to(site).parent)))
        for path in sorted(site.rglob("index.html"))
    )
    return BEGINS.encode() + b"[" + b",".join(filter(None, found)) + b"]"


def entries(page: bytes, address: str) -> bytes:
    """Those of one page, one after the other."""
    rows = _rows(page.decode(), f"{address}/" if address != "." else "")
    return ",".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rows).encode()


def _rows(page: str, address: str) -> Iterator[list[str]]:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString, PreformattedString

    article = BeautifulSoup(page, "html.parser").article
    if not article:
        return
    transcripts = (tag for figure in article.find_all("figure") for tag in figure("details"))
    for tag in [*article.find_all(UNREAD), *article.find_all(class_=ASIDE), *transcripts]:
        tag.decompose()
    for tag in article.find_all(BLOCKS):
        tag.insert(0, " ")
    figures = [tag.extract() for tag in article.find_all("figure", id=True)]
    parts: list[tuple[str, str, list[str]]] = []
    for tag in [*article.find_all("h1"), *article.find_all(["h2", "h3"], id=True)]:
        tag["entry"] = _line(tag)
        tag.clear()
    for node in article.descendants:
        if isinstance(node, Tag) and "entry" in node.attrs:
            anchor = "" if node.name == "h1" else f"#{node['id']}"
            parts.append((f"{address}{anchor}", str(node["entry"]), []))
        elif parts and isinstance(node, NavigableString):
            parts[-1][2].append("" if isinstance(node, PreformattedString) else node)
    name = parts[0][1] if parts else ""
    yield from ([at, name, title, " ".join("".join(text).split())] for at, title, text in parts)
    for figure in figures:
        if figure.figcaption and (claim := figure.figcaption.strong):
            title = _line(claim.extract())
            yield [f"{address}#{figure['id']}", name, title, _line(figure.figcaption)]


def _line(tag: "Tag | None") -> str:
    return " ".join(tag.get_text().split()) if tag else ""
