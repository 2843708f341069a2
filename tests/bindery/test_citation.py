"""One file says how the site is cited; what it lacks is told, and where."""

import pytest

from bindery.citation import authors, bibtex, read
from darkroom.errors import Fault, Mistake

CFF = """
title: The site
version: 1.0
date-released: 2026-01-02
authors: [{given-names: Wanda, family-names: Who}, {name: The others}, {family-names: Plato}]
"""


@pytest.fixture
def cff(tmp_path):
    (tmp_path / "CITATION.cff").write_text(CFF)
    return tmp_path / "CITATION.cff"


def test_people_and_groups_are_called_by_the_names_they_have(cff):
    assert authors(read(cff)) == ["Wanda Who", "The others", "Plato"]
    entry = bibtex(read(cff), "https://example.org/")
    assert "author = {{Wanda Who} and {The others} and {Plato}}" in entry and "{2026}" in entry


def test_without_a_file_nobody_is_named(tmp_path):
    assert read(tmp_path / "CITATION.cff") == {} and authors({}) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: The site", "title: The: site", r"CITATION\.cff:2: is no YAML"),
        ("family-names: Plato", "website: plato.org", r"an author needs a name"),
    ],
)
def test_what_cannot_be_read_is_told(cff, old, new, told):
    cff.write_text(CFF.replace(old, new))
    with pytest.raises(Fault, match=told):
        read(cff)


def test_an_entry_lacks_no_field_in_silence():
    with pytest.raises(Mistake, match=r"needs date-released, title, version in CITATION\.cff"):
        bibtex({}, "https://example.org/")
