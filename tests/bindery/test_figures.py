"""References become HTML where Markdown sees text, and stay examples where it sees code."""

import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from projects import MEASURED, MOTION, RECIPE, STILL, Project

from bindery.markdown.figures import Figures
from darkroom.errors import Fault


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """What a project with one still and one motion builds."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.figure("dot", MOTION)
    return project.build()[0]


@pytest.fixture
def page(built):
    """Markdown → soup, in that project."""

    def rendered(text: str) -> BeautifulSoup:
        extension = Figures(built)
        extension.context.to_root = "../"
        html = markdown(text, extensions=["tables", "fenced_code", "footnotes", extension])
        return BeautifulSoup(html, "html.parser")

    return rendered


def test_a_number_is_cited_in_prose_tables_and_headings(page):
    text = (
        "# Up to {{ line.top:.2f}}\n\n"
        "{{ line.points }} points, the last but one at {{ line.y[-2] }}.\n\n"
        "| a |\n|---|\n| {{ line.points:02d}} |"
    )
    soup = page(text)
    assert soup.h1.text == "Up to 2.00"
    assert soup.p.text == "3 points, the last but one at 1."
    assert soup.td.text == "03"


@pytest.mark.parametrize(
    "example", ["`{{ line.top }}`", "    {{ line.top }}", "```\n{{ line.top }}\n```"]
)
def test_an_example_of_the_syntax_stays_an_example(page, example):
    assert "{{ line.top }}" in page(example).text


def test_a_still_comes_in_both_themes_with_its_claim_caption_and_provenance(page):
    figure = page("![](figure:line)").figure
    light, dark = figure.find_all("img")
    assert (light["src"], dark["src"]) == ("../figures/line.light.svg", "../figures/line.dark.svg")
    assert light["alt"] == dark["alt"] and "through 3 points" in light["alt"]
    assert light["width"] == "216" and light["loading"] == "lazy"
    assert figure["id"] == "line"
    assert figure.strong.text == "The line rises."
    assert "It has 3 points, up to $y = 2.0$" in figure.figcaption.text
    links = [a["href"] for a in figure.find(class_="provenance").find_all("a")]
    assert {"../figures/line.py", "../figures/line.json", "../figures/zigzag/line.py"} <= set(links)


def test_how_it_was_measured_is_folded_under_the_caption(page, project):
    assert not page("![](figure:line)").details
    extension, caption = captioned(project, MEASURED)
    fold = caption.find("details", class_="measured")
    summary, *paragraphs = [tag.text for tag in fold.find_all(["summary", "p"])]
    assert summary == "How it was measured"
    assert paragraphs == ["Its unit is 1.0.", "It has no seed."]
    assert "unit" not in fold.find_previous("p").text
    assert extension.context.cited == {"line.points", "line.top", "line.unit"}


def test_a_recipe_for_authors_is_folded_under_the_script(project):
    _, caption = captioned(project, STILL + RECIPE)
    fold = caption.find(class_="provenance").find_next("details")
    assert [tag.text for tag in fold.find_all(["summary", "p"])] == [
        "For authors",
        "In figures/line.py, replace rise(3) by rise(4), and run make figure NAME=line.",
        "The line ends at 2 < 3, then higher.",
    ]
    _, caption = captioned(project, STILL + RECIPE.replace("{", '{"file": "src/zigzag/a.py",', 1))
    assert "In src/zigzag/a.py, replace" in caption.find(class_="authors").text


def captioned(project, text):
    """The extension, and what stands below the figure, once its file has this text."""
    project.figure("line", text)
    extension = Figures(project.build()[0])
    html = markdown("![](figure:line)", extensions=[extension])
    return extension, BeautifulSoup(html, "html.parser").figcaption


def test_a_motion_comes_with_poster_track_and_transcript_and_never_plays_by_itself(page):
    figure = page("![](figure:dot)").figure
    for video, theme in zip(figure.find_all("video"), ("light", "dark"), strict=True):
        assert theme in video.source["src"] and video["preload"] == "none"
        assert "autoplay" not in video.attrs and video["poster"].startswith("data:")
        assert video.track["kind"] == "descriptions"
        assert video.find_previous("img")["src"] == f"../figures/dot.{theme}.png"
    assert [item.text for item in figure.details.find_all("li")] == [
        "0 s A dot stands at 0.0.",
        "0.1 s It moves to the right.",
    ]


def test_the_track_of_a_motion_is_webvtt_with_its_numbers_filled_in(project):
    project.figure("dot", MOTION)
    result, _ = project.build()
    told = result.figures["dot"].files["vtt"].decode()
    assert told.startswith("WEBVTT\n\n00:00.000 --> 00:00.100\nA dot stands at 0.0.\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![](figure:lien)", "there is no figure `lien`. Did you mean `line`?"),
        ("See ![](figure:line)", "![](figure:line) needs an empty line before it and after it"),
        ("![](figure:line) here.", "needs an empty line"),
        ("![](figure:line)\n![](figure:line)", "needs an empty line"),
        ("See ![](figure:lien)", "there is no figure `lien`"),
        ("![A line](figure:line)", "what is seen stands in figures/line.py"),
        ("![](figures:line)", "figures:line leads nowhere. A figure is ![](figure:name)"),
        ("[A line](figure:line)", "figure:line is no address"),
        ("{{ line.top }", "`{{ line.top }` cites nothing. Write {{ figure.key }}"),
        ("{ line.top }", "`{ line.top }` cites nothing. Write {{ figure.key }}"),
        ("{ line.top:.2f}}", "`{ line.top:.2f}}` cites nothing"),
        ("Text.[^who]", "`[^who]` has no note. Write it below: `[^who]: …`."),
        ("{{ line.top | round }}", "`{{ line.top | round }}` cites nothing"),
        ("{{ line.top:.2f", "`{{ line.top:.2f` cites nothing"),
        ("{{ line.topp }}", "there is no number of `line` `topp`. Did you mean `top`?"),
        ("{{ lime.top }}", "there is no figure `lime`. Did you mean `line`?"),
        ("{{ top }}", "Write {{ figure.key }}"),
        ("{{ line.y }}", "is an array of shape (3,). Cite one: line.y[0]."),
        ("{{ line.points:.2d}}", "`line.points:.2d` cannot be cited: Precision not allowed"),
        ("{{ line.y[b] }}", "`line.y[b]` is no reference"),
        ("{{ line.y[] }}", "`line.y[]` is no reference"),
        ("{{ line.y[3] }}", "`line.y[3]` cannot be cited: index 3 is out of bounds"),
        ("{{ line.y[0][0] }}", "`line.y[0][0]` cannot be cited: too many indices"),
    ],
)
def test_a_reference_to_nothing_says_what_might_have_been_meant(page, text, message):
    with pytest.raises(Fault, match=re.escape(message)):
        page(f"First line.\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Text.[^who]\n\n[^who]: A note.", "A note."),
        ("`[^who]` and `{ line.top }`", "[^who] and { line.top }"),
        ("{ other.top } and { line } and {line: 1}", "{ other.top } and { line } and {line: 1}"),
    ],
)
def test_what_cites_nothing_of_ours_stays(page, text, told):
    assert told in page(text).text


def test_a_figure_that_is_shown_twice_has_one_anchor(page):
    figures = page("![](figure:line)\n\n![](figure:line)").find_all("figure")
    assert [figure.get("id") for figure in figures] == ["line", None]


def test_a_wrong_reference_is_found_at_its_line(project, tmp_path):
    result, _ = project.build()
    extension, source = Figures(result), tmp_path / "page.md"
    source.write_text("---\ntitle: t\n---\n\nText.\n\n{{ line.nothing }}\n")
    extension.context.source = source
    with pytest.raises(Fault, match=r"page\.md:7: "):
        markdown("Text.\n\n{{ line.nothing }}\n", extensions=[extension])


def test_the_extension_does_without_mkdocs():
    code = "import sys, bindery.markdown.figures; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
