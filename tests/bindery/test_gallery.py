"""The gallery shows what pages show; the ledger lists what they cite; neither is typed."""

from pathlib import Path

import numpy as np
import pytest
from markdown import Markdown

from bindery.markdown.contents import Contents, _title, shown_on
from bindery.markdown.figures import Figures
from bindery.markdown.gallery import Gallery
from darkroom.cache import Cache
from darkroom.figure import Figure
from darkroom.results import BuildResult, RenderedFigure


@pytest.fixture
def gallery(tmp_path):
    figure = Figure(
        path=Path("line.py"),
        kind="still",
        claim="A line rises.",
        caption="It has {{ points }} points.",
        alt="A line of {{ points }} points.",
        size=(4.0, 2.0),
        transcript=(),
        timeout=1.0,
        memory=1.0,
        measured=True,
    )
    data = {"points": np.int64(3), "height": 1.25, "unsung": 7}
    files = {"light.svg": b"<svg/>" * 999}
    words = {"alt": "A line of 3 points."}
    made = RenderedFigure(figure, {}, data=data, words=words, files=files)
    (tmp_path / "a.md").write_text("# First\n\n![](figure:line)\n\n`{{ line.unsung }}`\n")
    (tmp_path / "b.md").write_text("# Second\n\n{{ line.height:.1f}}\n\n`![](figure:line)`\n")
    result = BuildResult(tmp_path, {"line": made})
    contents = Contents(tmp_path, ["b.md", "a.md"], result)
    return Gallery(Figures(result), contents, Cache(tmp_path / "store"))


def page(gallery, text):
    return Markdown(extensions=[gallery]).convert(text)


def test_the_gallery_has_claim_thumbnails_page_script_and_data(gallery):
    shown = page(gallery, "[[gallery]]")
    assert '<a href="a.md#line">A line rises.</a>' in shown
    assert 'src="thumbs/line.light.avif"' in shown and 'src="thumbs/line.dark.avif"' in shown
    assert shown.count('alt="A line of 3 points."') == shown.count('loading="lazy"') == 2
    assert '<a href="figures/line.py">script</a>' in shown and "figures/line.json" in shown
    assert "id=" not in shown, "a figure's anchor belongs to its page"


def test_an_example_in_code_neither_shows_nor_cites(gallery):
    assert shown_on("```\n![](figure:a)\n```\n\n`![](figure:b)`\n\n![](figure:c)\n") == ["c"]
    assert shown_on("<!-- \n![](figure:a)\n-->\n\n  ![Seen](figure:b)\n") == ["b"]
    assert shown_on("The key ` is\n\n![](figure:a)\n\nand ` again") == ["a"]
    assert gallery.contents.shown() == {"line": ["a.md"]}
    assert "line.unsung" not in gallery.contents.cited()


def test_the_ledger_has_each_cited_number_and_the_pages_it_stands_on(gallery):
    assert gallery.contents.cited() == {"line.height": ["b.md"], "line.points": ["a.md"]}
    listed = page(gallery, "[[ledger]]")
    assert "<code>height</code></td>\n<td>1.25</td>\n<td><a" in listed.replace("><td", ">\n<td")
    assert '<a href="a.md">First</a>' in listed and "unsung" not in listed


def test_the_weights_are_those_of_the_files(gallery):
    assert "<td>line</td>" in page(gallery, "[[weights]]")
    assert "video" not in page(gallery, "[[weights]]"), "there is none"


def test_a_marker_in_code_stays_an_example(gallery):
    assert "<ul" not in page(gallery, "`[[gallery]]`\n\n    [[ledger]]\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "Bias: a myth"\n---\n\n# Other\n', "Bias: a myth"),
        ("---\ntitle: >-\n  Two\n  lines\n---\n", "Two lines"),
        ("---\ndescription: d\n---\n\n```yaml\ntitle: code\n# code\n```\n\n# Own\n", "Own"),
        ("---\ntitle: [\n---\n\n# Own\n", "Own"),
        ("title: no front matter\n", "page.md"),
    ],
)
def test_a_page_is_called_as_its_front_matter_or_its_first_heading_says(text, title):
    assert _title(text, "page.md") == title
