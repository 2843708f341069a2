"""What a page's head says to those who look for it, share it or cite it."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bindery.citation import authors
from bindery.pages.cards import HEIGHT, WIDTH

PICTURE = re.compile(r'<img\b[^>]*?src="([^"]+\.)light(\.\w+)"')
EARLY = """<script>{{
  const link = document.createElement("link")
  const scheme = document.documentElement.dataset.mdColorScheme
  Object.assign(link, {{rel: "preload", as: "image", fetchPriority: "high"}})
  link.href = "{0}" + (scheme === "slate" ? "dark" : "light") + "{1}"
  document.head.append(link)
}}</script>
"""
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
ADAPTED = "https://stats.stackexchange.com/questions/237169"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as the world sees it."""

    title: str
    description: str
    address: str  # canonical
    site: str  # its title
    home: str  # its address
    card: str  # address of the picture
    cff: dict[str, Any]


def headed(page: str, leaf: Leaf) -> str:
    """The page's HTML with what the head has to say, its first picture asked for at once."""
    page = page.replace("</head>", f"{''.join(_tags(leaf))}</head>", 1)
    opening = page.partition("<article")[2].partition("<h2")[0]
    if first := PICTURE.search(opening):  # before the style sheet, which scripts wait for
        sheet = '<link rel="stylesheet"'
        return page.replace(sheet, EARLY.format(*first.groups()) + sheet, 1)
    return page


def _tags(leaf: Leaf) -> Iterator[str]:
    properties = {
        "og:type": "article",
        "og:site_name": leaf.site,
        "og:title": leaf.title,
        "og:description": leaf.description,
        "og:url": leaf.address,
        "og:image": leaf.card,
        "og:image:width": WIDTH,
        "og:image:height": HEIGHT,
        "og:image:alt": f"{leaf.title}: {leaf.description}",
    }
    released = str(leaf.cff.get("date-released", ""))
    names = [("twitter:card", "summary_large_image"), ("citation_title", leaf.title)]
    names += [("citation_author", author) for author in authors(leaf.cff)]
    names += [("citation_publication_date", released.replace("-", "/"))]
    names += [("citation_public_url", leaf.address), ("citation_language", "en")]
    for name, value in properties.items():
        yield f'<meta property="{name}" content="{html.escape(str(value))}">\n'
    for name, value in names:
        yield f'<meta name="{name}" content="{html.escape(value)}">\n'
    data = json.dumps(_described(leaf, released), ensure_ascii=False).replace("<", "\\u003c")
    yield f'<script type="application/ld+json">{data}</script>\n'


def _described(leaf: Leaf, released: str) -> dict[str, Any]:
    people = [{"@type": "Organization", "name": author} for author in authors(leaf.cff)]
    return {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": leaf.title,
        "description": leaf.description,
        "url": leaf.address,
        "image": leaf.card,
        "inLanguage": "en",
        "author": people,
        "datePublished": released,
        "version": leaf.cff.get("version"),
        "license": LICENCE,
        "isBasedOn": ADAPTED,
        "isAccessibleForFree": True,
        "learningResourceType": "explorable explanation",
        "educationalLevel": "undergraduate",
        "isPartOf": {"@type": "WebSite", "name": leaf.site, "url": leaf.home},
    }
