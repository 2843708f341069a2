"""A page's head says what is known of it, and nothing of what is not."""

import json
import struct

import pytest
from bs4 import BeautifulSoup

from bindery.pages.head import Page, Picture, Site, with_head

PAGE = "<html><head></head><body><article></article></body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
CFF = {"authors": [{"name": "A & B"}], "date-released": "2026-01-02", "version": "1.0"}


def head(picture=None, **site):
    page = Page("Title", "A claim.", "https://example.org/a/", picture)
    site = Site("Site", "https://example.org/", **site)
    return BeautifulSoup(with_head(PAGE, page, site), "html.parser").head


def data(head):
    return json.loads(head.find("script", type="application/ld+json").string)


@pytest.mark.parametrize("cff", [{}, {"authors": []}, {"title": "T"}])
def test_what_the_citation_file_does_not_say_is_left_out(cff):
    made = head(cff=cff)
    assert not made.select("meta[name=citation_publication_date], meta[name=citation_author]")
    assert all(meta["content"] for meta in made.select("meta"))
    known = data(made)
    assert not {"datePublished", "version", "author", "isBasedOn", "image"} & set(known)
    assert None not in known.values() and "" not in known.values()


def test_what_the_citation_file_says_is_said_once_in_each_form():
    made = head(cff={**CFF, "references": [{"url": "https://example.org/q"}]})
    assert made.select_one("meta[name=citation_author]")["content"] == "A & B"
    assert made.select_one("meta[name=citation_publication_date]")["content"] == "2026/01/02"
    known = data(made)
    assert known["version"] == "1.0" and known["datePublished"] == "2026-01-02"
    assert known["isBasedOn"] == "https://example.org/q"


def test_what_the_configuration_says_of_every_page_is_said():
    assert data(head(schema_org={"educationalLevel": "any"}))["educationalLevel"] == "any"


def test_a_page_is_shared_by_its_picture_with_its_size():
    made = head(Picture("https://example.org/p.png", PNG, 'A "line".'))
    told = {meta["property"]: meta["content"] for meta in made.select("meta[property^='og:image']")}
    assert told == {
        "og:image": "https://example.org/p.png",
        "og:image:width": "640",
        "og:image:height": "480",
        "og:image:alt": 'A "line".',
    }
    assert data(made)["image"] == "https://example.org/p.png"
    assert not head().select("meta[property^='og:image'], meta[name='twitter:card']")
