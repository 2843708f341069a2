"""What the book makes of a page; that it prints the whole site is tested on the site."""

from bindery.export.pdf import _chapter

PAGE = """<link rel="next" href="b/"><article><h1>One</h1><p><a href="b/#x">on</a></p><h1>Two</h1>
<details><summary>More</summary>Hidden.</details><figure><details class="measured">Seed 7.</details>
<details>Transcript</details></figure></article>"""


def test_a_chapter_begins_once_opens_what_is_folded_and_links_within_the_book(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    chapter = _chapter(tmp_path, "https://example.org/", "", ["", "b/"])
    assert [tag.get_text() for tag in chapter.select("h1, h2")] == ["One", "Two"]
    assert len(chapter.select("h1")) == 1, "or the bookmarks are more than the chapters"
    assert chapter.a["href"] == "#b--x" and "open" in chapter.details.attrs
    (figure,) = chapter.select("figure")
    assert figure.details["open"] == "" and figure.get_text().strip() == "Seed 7."
