"""The index of the search: every heading with an anchor, every figure by its claim."""

import json

import pytest

from bindery.pages.search import BEGINS, index
from darkroom.cache import Cache

PAGE = """<html><body><nav>Not read</nav><article><h1 id="top">One <em>page</em></h1><p>It
begins.</p><figure id="line"><img alt="no"><figcaption><p><strong>A line $x$
rises.</strong></p><p>Its caption.</p><details class="measured">
<summary>How</summary><p>Seed 7.</p></details><p class="provenance">script</p>
<details>Transcript</details>
</figcaption></figure><script>no()</script><!-- no --><pre>no</pre>
<div><h2 id="part">Part<a class="headerlink">¶</a></h2></div><p>More.</p><h4>Deeper</h4>
</article>"""


@pytest.fixture
def entries(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text(PAGE)
    (tmp_path / "404.html").write_text(PAGE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/index.html").write_text("<html></html>")
    return json.loads(index(tmp_path, Cache(tmp_path / ".store")).decode().removeprefix(BEGINS))


def test_a_page_is_found_by_its_parts(entries):
    assert ["a/", "One page", "One page", "It begins."] in entries
    assert ["a/#part", "One page", "Part", "More. Deeper"] in entries


def test_a_figure_is_found_by_its_claim_its_caption_and_how_it_was_measured(entries):
    assert ["a/#line", "One page", "A line $x$ rises.", "Its caption. Seed 7."] in entries


def test_an_address_with_odd_letters_is_one_that_a_browser_opens(tmp_path):
    (tmp_path / "c# größe").mkdir()
    (tmp_path / "c# größe/index.html").write_text(PAGE)
    (first, *_) = json.loads(index(tmp_path, Cache(tmp_path / ".s")).decode().removeprefix(BEGINS))
    assert first[0] == "c%23%20gr%C3%B6%C3%9Fe/"


def test_a_page_is_found_by_its_description_which_begins_its_text(tmp_path):
    head = '<head><meta name="description" content="What it &amp; that claim."></head>'
    (tmp_path / "index.html").write_text(PAGE.replace("<body>", f"{head}<body>", 1))
    found = json.loads(index(tmp_path, Cache(tmp_path / ".s")).decode().removeprefix(BEGINS))
    texts = {at: text for at, _, _, text in found}
    assert texts[""] == "What it & that claim. It begins."
    assert texts["#part"] == "More. Deeper"


def test_cards_and_choices_of_a_quiz_are_not_found(tmp_path):
    quiz = "<div class='quiz'><fieldset><legend>Said?</legend><label>Right</label></fieldset>"
    quiz += "<details><summary>The answer</summary><p>No.</p></details></div>"
    page = PAGE.replace("<h4>", f"{quiz}<template><p>card</p></template><h4>")
    (tmp_path / "index.html").write_text(page)
    found = json.loads(index(tmp_path, Cache(tmp_path / ".s")).decode().removeprefix(BEGINS))
    assert {at: text for at, _, _, text in found}["#part"] == "More. Said? No. Deeper"


def test_nothing_else_is_found(entries):
    assert len(entries) == 3
