"""Every source stands in one bibliography, says how we know it, and is cited by its key."""

import re
from pathlib import Path

import pytest
from markdown import Markdown

from bindery.markdown.bibliography import KNOWN, Bibliography
from darkroom.errors import Fault, Mistake

DOCS = Path(__file__).parents[2] / "docs"
BIB = """@misc{who2000, author = {Who, Wanda Ann-Sue and von Tell, Will}, title = {A < B},
year = {2000}, eprint = {1234.5}, read = {abstract}, annote = {All of it.}}
@misc{they1999, author = {A, A and B, B and C, C and D, D}, title = {T},
 year = {1999}, read = {part}, portion = {page 7}, annote = {Some.}}
@misc{she1998, author = {She, S.}, title = {S}, year = {1998}, read = {secondhand},
 through = {Who's book}, annote = {One.}}
"""


@pytest.fixture
def sources(tmp_path):
    path = tmp_path / "sources.bib"
    path.write_text(BIB)
    return Bibliography(path)


def page(sources, text):
    return Markdown(extensions=[sources]).convert(text)


def test_a_citation_names_people_and_year_and_leads_to_the_list(sources):
    assert page(sources, "So [@who2000].") == (
        '<p>So <a class="citation" href="sources.md#who2000">Who and von Tell, 2000</a>.</p>'
    )
    assert "A et al., 1999" in page(sources, "[@they1999]")


def test_the_list_has_every_entry_the_oldest_first_and_says_how_we_know_it(sources):
    listed = page(sources, "Before.\n\n[@@]\n\nAfter.")
    assert listed.index('id="they1999"') < listed.index('id="who2000"')
    assert "W. A.-S. Who and W. von Tell, “A &lt; B”" in listed
    assert '<a href="https://arxiv.org/abs/1234.5">arXiv:1234.5</a>' in listed
    assert "<em>We read the abstract.</em>" in listed and "<p><ol" not in listed
    assert "Some. <em>We read page 7.</em>" in listed
    assert "One. <em>We know it through Who&#x27;s book.</em>" in listed


def test_an_example_of_the_syntax_stays_an_example(sources):
    assert "<a" not in page(sources, "`[@who2000]`\n\n    [@@]\n")


def test_a_citation_in_somebody_else_s_form_is_told_the_house_s(sources):
    for text in ("[@who2000, p. 5]", "So [@who2000; @they1999]."):
        with pytest.raises(Mistake, match=r"cites nothing\. Write \[@key\]"):
            page(sources, text)


@pytest.mark.parametrize(
    ("text", "line"), [("@misc{a, author = {A} title = {B}}", 1), ("@misc{a", 1)]
)
def test_a_bibliography_that_cannot_be_read_is_named_with_its_line(tmp_path, text, line):
    (tmp_path / "sources.bib").write_text(text)
    with pytest.raises(Fault, match=rf"sources\.bib:{line}: cannot be read: "):
        Bibliography(tmp_path / "sources.bib")


def test_an_unknown_source_is_named_with_the_nearest_known(sources):
    for key in ("who2001", "Who2000", "who-2000"):
        with pytest.raises(Mistake, match=rf"no source `{key}`\. Did you mean `who2000`"):
            page(sources, f"[@{key}]")


@pytest.mark.parametrize(
    ("field", "lacking"),
    [
        (" annote = {Some.}", "annote"),
        (" year = {1999},", "year"),
        ("author = {A, A and B, B and C, C and D, D},", "author"),
        (" portion = {page 7},", "portion, and no read that is one of text"),
    ],
)
def test_an_entry_that_lacks_what_each_one_has_is_named_with_its_line(tmp_path, field, lacking):
    path = tmp_path / "sources.bib"
    text = BIB.replace("read = {part}", "read = {parts}")
    assert field in text
    path.write_text(text.replace(field, ""))
    with pytest.raises(Fault, match=rf"sources\.bib:3: `they1999` has no {lacking}"):
        Bibliography(path)


def test_every_entry_says_how_we_know_it_and_what_is_in_it():
    for key, entry in Bibliography(DOCS / "sources.bib").entries.items():
        assert entry.fields["read"] in KNOWN and entry.fields["annote"].endswith("."), key
        assert re.fullmatch(r"[a-z]+\d{4}", key) and key.endswith(entry.fields["year"]), key
        if entry.fields["read"] == "secondhand":
            assert entry.fields["through"], f"{key}: through whom?"


def test_nothing_is_cited_from_memory():
    for path in [*DOCS.glob("*.md"), DOCS / "sources.bib"]:
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"from memory|as far as we remember|\{memory\}", text), path.name


def test_every_source_is_cited_on_a_page():
    pages = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    for key in Bibliography(DOCS / "sources.bib").entries:
        assert f"[@{key}]" in pages, key


def test_no_page_writes_a_reference_by_hand():
    for path in DOCS.glob("*.md"):
        for note in re.findall(r"^\[\^\w+\]: (.+)$", path.read_text(encoding="utf-8"), re.M):
            assert not re.search(r"\b(19|20)\d\d\b", note), f"{path.name}: {note}"


def test_tex_in_an_entry_is_refused_as_a_page_would_show_it_raw(tmp_path):
    path = tmp_path / "sources.bib"
    path.write_text(BIB.replace("title = {T}", r"title = {{CNN} \& friends}"))
    with pytest.raises(Fault, match=r"`they1999` has no plain words: it has TeX"):
        Bibliography(path)
