"""What CONTRIBUTING says of a page, done as it says: in three steps the site has it everywhere."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bindery.pages.search import BEGINS

ROOT = Path(__file__).parents[2]
PAGE = """---
title: A trial
description: What somebody who follows the instructions gets.
---

# A trial

Somebody wrote a page.
It took three steps.

![](figure:two_quadrants)

## Why

It cites {{ two_quadrants.samples }} samples, {{ walk.small_rate:.2f }} as a rate, and $w_1$.

## Where it stops

Here.

## Try it

Follow the steps.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project, with the page, built."""
    root = tmp_path_factory.mktemp("newcomer")
    for folder in ("docs", "figures", "src"):
        shutil.copytree(ROOT / folder, root / folder)
    (ROOT / ".cache").mkdir(exist_ok=True)
    (root / ".cache").symlink_to(ROOT / ".cache")
    shutil.copy(ROOT / "CITATION.cff", root)
    (root / "docs/trial.md").write_text(PAGE)
    config = (ROOT / "mkdocs.yml").read_text()
    entry = "      - Over-claims: over-claims.md\n"
    assert entry in config
    (root / "mkdocs.yml").write_text(config.replace(entry, f"{entry}      - Trial: trial.md\n"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_the_page_stands_in_the_menu_in_the_order_of_reading_and_in_the_search(built):
    page = BeautifulSoup((built / "trial/index.html").read_text(), "html.parser")
    assert page.select_one("#nav [aria-current=page]").get_text() == "Trial"
    assert page.find("link", rel="prev")["href"] == "../over-claims/"
    places = json.loads((built / "search.js").read_text().removeprefix(BEGINS))
    assert {"trial/", "trial/#why", "trial/#two_quadrants"} <= {place[0] for place in places}
    picture = page.select_one("[property='og:image']")["content"]
    assert picture.endswith("/figures/two_quadrants.light.png")
    assert "/trial/" in (built / "sitemap.xml").read_text()


def test_the_page_shows_the_figure_and_the_numbers(built):
    text = (built / "trial/index.html").read_text()
    assert 'figure class="still"' in text and "<math" in text and "{{" not in text
    assert re.search(r"It cites \d+ samples, \d\.\d\d as a rate", text)


def test_the_gallery_and_the_ledger_know_the_page(built):
    assert '"../trial/#two_quadrants"' in (built / "gallery/index.html").read_text()
    assert '"../trial/"' in (built / "ledger/index.html").read_text()
