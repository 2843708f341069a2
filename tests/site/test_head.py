"""Every page can be found and cited, takes the report of a mistake, and says so where it is."""

import os
import re
import subprocess
import sys
import urllib.parse

import pytest
from bs4 import BeautifulSoup
from promises import ROOT

from bindery import citation

ELSEWHERE = {
    "SITE_URL": "https://somebody.github.io/site/",
    "REPO_URL": "https://github.com/s/site",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The site as the platform builds it, which knows its address and its repository."""
    out = tmp_path_factory.mktemp("published") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | ELSEWHERE, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


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


def test_where_it_is_published_a_report_opens_an_issue_that_names_its_page(published):
    for path in sorted(published.rglob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        form = urllib.parse.urlsplit(page.select_one("a.report")["href"])
        assert form.geturl().startswith(f"{ELSEWHERE['REPO_URL']}/issues/new?")
        (title,) = urllib.parse.parse_qs(form.query, strict_parsing=True)["title"]
        shown = page.title.get_text().rpartition(" - ")[0]
        assert title == f"Mistake on {shown if path.name == 'index.html' else 'a page'}"


def test_where_it_is_published_every_address_is_the_public_one(published):
    home = ELSEWHERE["SITE_URL"]
    for path in sorted(published.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        own = path.parent.relative_to(published).as_posix().replace(".", "", 1)
        assert f'<link rel="canonical" href="{home}{own and own + "/"}">' in text
        assert "example.org" not in text
    assert "example.org" not in (published / "sitemap.xml").read_text()


def test_a_page_that_is_not_there_helps(pages):
    lost = pages["404.html"]
    assert "not here" in lost.h1.get_text()
    assert len(lost.select("article a[href]")) >= 2 and lost.select_one("button.find")


def test_every_page_is_in_the_sitemap(pages, site):
    sitemap = (site / "sitemap.xml").read_text()
    for name, page in pages.items():
        if name != "404.html":
            address = page.select_one("link[rel=canonical]")["href"]
            assert f"<loc>{address}</loc>" in sitemap, name
