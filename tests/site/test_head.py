"""Every page can be found, shared and cited, and says the same of itself everywhere."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from bindery import citation

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def leaves(pages):
    return {name: page for name, page in pages.items() if name != "404.html"}


def content(page, name):
    found = page.select(f'meta[property="{name}"], meta[name="{name}"]')
    assert len(found) == 1, name
    return found[0]["content"]


def test_what_is_shared_is_what_the_page_says(leaves, site):
    for name, page in leaves.items():
        canonical = page.select_one("link[rel=canonical]")["href"]
        assert canonical.endswith(f"/{name}")
        assert content(page, "og:url") == content(page, "citation_public_url") == canonical
        assert content(page, "og:title") == content(page, "citation_title")
        assert content(page, "og:description") == content(page, "description")
        card = content(page, "og:image")
        assert card.startswith("https://")
        with Image.open(site / "cards" / card.rpartition("/")[2]) as image:
            assert image.size == (1200, 630), name


def test_what_machines_read_is_what_the_page_says(leaves):
    cff = citation.read(ROOT / "CITATION.cff")
    for name, page in leaves.items():
        data = json.loads(page.find("script", type="application/ld+json").string)
        assert data["@type"] == "LearningResource"
        assert data["name"] == content(page, "og:title"), name
        assert data["description"] == content(page, "description")
        assert data["url"] == content(page, "og:url") and data["image"] == content(page, "og:image")
        assert [a["name"] for a in data["author"]] == citation.authors(cff)
        assert data["datePublished"] == str(cff["date-released"])
        assert data["version"] == cff["version"] and "by-sa" in data["license"]
        assert data["isPartOf"]["name"] == cff["title"]


def test_the_bibtex_entry_says_what_the_citation_file_says(pages):
    cff = citation.read(ROOT / "CITATION.cff")
    (entry,) = [c.get_text() for c in pages["colophon/"].select("code") if "@misc" in c.get_text()]
    fields = dict(re.findall(r"(\w+) = \{(.*)\}", entry))
    assert fields["title"] == cff["title"] and fields["version"] == cff["version"]
    assert fields["author"] == "{" + citation.authors(cff)[0] + "}"
    assert fields["url"] == pages[""].select_one("link[rel=canonical]")["href"]
    assert fields["year"] == str(cff["date-released"].year)


def test_every_page_takes_the_report_of_a_mistake(pages):
    assert all(page.select_one("a.report")["href"] for page in pages.values())


def test_a_page_that_is_not_there_helps(pages):
    lost = pages["404.html"]
    assert "not here" in lost.h1.get_text()
    assert len(lost.select("article a[href]")) >= 2


def test_every_page_is_in_the_sitemap(leaves, site):
    sitemap = (site / "sitemap.xml").read_text()
    for name, page in leaves.items():
        assert f"<loc>{page.select_one('link[rel=canonical]')['href']}</loc>" in sitemap, name


def test_search_finds_a_figure_by_its_claim(site):
    index = json.loads((site / "search/search_index.json").read_text())
    claim = "Positive inputs leave the gradient two quadrants out of four."
    found = {doc["location"].partition("#")[0] for doc in index["docs"] if claim in doc["text"]}
    assert "one-neuron/" in found
