"""What a page's head says to those who look for it, share it or cite it."""

import html
import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bindery import citation

FIRST_PICTURE = re.compile(r'<img\b[^>]*?src="([^"]+\.)light(\.\w+)"')
PRELOAD = """<script>{{
  const link = document.createElement("link")
  const scheme = document.documentElement.dataset.mdColorScheme
  Object.assign(link, {{rel: "preload", as: "image", fetchPriority: "high"}})
  link.href = "{0}" + (scheme === "slate" ? "dark" : "light") + "{1}"
  document.head.append(link)
}}</script>
"""
PNG_SIZE = slice(16, 24)  # of its bytes: width and height, four bytes each


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page."""

    name: str
    home: str  # its address
    cff: Mapping[str, Any] = field(default_factory=dict)  # what CITATION.cff says
    schema_org: Mapping[str, Any] = field(default_factory=dict)  # of each page, beside that


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture by which a page is shared: a PNG that is published."""

    address: str
    content: bytes
    alt: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        width, height = struct.unpack(">II", self.content[PNG_SIZE])
        return width, height


@dataclass(frozen=True, slots=True)
class Page:
    """One page as others see it."""

    title: str
    description: str
    address: str  # canonical
    picture: Picture | None = None


def with_head(text: str, page: Page, site: Site) -> str:
    """The page's HTML with what the head has to say, its first picture asked for at once."""
    tags = "".join([*_properties(page, site), *_names(page, site), _json_ld(page, site)])
    text = text.replace("</head>", f"{tags}</head>", 1)
    opening = text.partition("<article")[2].partition("<h2")[0]
    if first := FIRST_PICTURE.search(opening):  # before the style sheet, which scripts wait for
        sheet = '<link rel="stylesheet"'
        return text.replace(sheet, PRELOAD.format(*first.groups()) + sheet, 1)
    return text


def _properties(page: Page, site: Site) -> Iterator[str]:
    """Open Graph: how a link to the page is shown where it is shared."""
    properties = {
        "og:type": "article",
        "og:site_name": site.name,
        "og:title": page.title,
        "og:description": page.description,
        "og:url": page.address,
    }
    if page.picture:
        width, height = page.picture.size
        properties |= {
            "og:image": page.picture.address,
            "og:image:width": str(width),
            "og:image:height": str(height),
            "og:image:alt": page.picture.alt,
        }
    for name, value in properties.items():
        if value:
            yield f'<meta property="{name}" content="{html.escape(value)}">\n'


def _names(page: Page, site: Site) -> Iterator[str]:
    """How the page is cited; what CITATION.cff does not say, is not said."""
    released = str(site.cff.get("date-released", ""))
    names = [("citation_title", page.title)]
    names += [("citation_author", author) for author in citation.authors(site.cff)]
    names += [("citation_publication_date", released.replace("-", "/"))]
    names += [("citation_public_url", page.address), ("citation_language", "en")]
    if page.picture:
        names += [("twitter:card", "summary_large_image")]
    for name, value in names:
        if value:
            yield f'<meta name="{name}" content="{html.escape(value)}">\n'


def _json_ld(page: Page, site: Site) -> str:
    """The same for search engines, in the words of schema.org."""
    authors = citation.authors(site.cff)
    adapted = [work["url"] for work in site.cff.get("references", []) if "url" in work]
    described = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": page.title,
        "description": page.description,
        "url": page.address,
        "image": page.picture and page.picture.address,
        "inLanguage": "en",
        "author": [{"@type": "Organization", "name": author} for author in authors],
        "datePublished": str(site.cff.get("date-released", "")),
        "version": site.cff.get("version"),
        "isBasedOn": adapted[0] if len(adapted) == 1 else adapted,
        **site.schema_org,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.home},
    }
    known = {name: value for name, value in described.items() if value not in ("", None, [])}
    data = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>\n'
