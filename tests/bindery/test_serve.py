"""While serving, an edit anywhere shows without a restart, and no mistake ends the server."""

import shutil

import pytest
from projects import STILL, Project
from serving import serving

CONFIG = """
site_name: Sample
site_url: https://example.org/
theme: {name: material, font: false}
plugins: [bindery]
watch: [figures, src]
"""
JUPYTER = "{mkdocs-jupyter: {include: [lab.py], execute: true}}, bindery"
PICTURE = "figures/line.light.svg"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """The folder of a project of two rendered figures: made once, copied for every test."""
    project = Project(tmp_path_factory.mktemp("rendered"))
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Good\n\n{{ line.top:.1f}} high.\n\n![](figure:line)\n")
    project.figure(
        "other", STILL.replace("line.rise(3)", "[1]").replace("from zigzag import line\n", "")
    )
    project.build()
    return project.root


@pytest.fixture
def served(rendered, project, tmp_path_factory):
    """Such a project, and a reader of its served site."""
    shutil.copytree(rendered, project.root, dirs_exist_ok=True)
    with serving(project.root, tmp_path_factory.mktemp("log") / "said") as reader:
        yield project, reader


def test_edits_of_words_pictures_and_the_core_show_and_only_they_are_made(served):
    project, reader = served
    first = reader.page(PICTURE)
    reader.after(lambda: project.edit("docs/index.md", "# Good", "# Better"))
    assert "Better" in reader.page() and reader.rendered() == []
    reader.after(lambda: project.edit("figures/line.py", "ink.raw", "ink.centred"))
    second = reader.page(PICTURE)
    assert second != first and reader.rendered() == ["line"]
    reader.after(lambda: project.edit("src/zigzag/scale.py", "1.0", "3.0"))
    assert "6.0 high" in reader.page() and reader.page(PICTURE) != second
    assert reader.rendered() == ["line", "line"], "the other figure does not read the core"


def test_a_broken_figure_shows_its_own_lines_in_its_place_and_heals(served):
    project, reader = served
    reader.after(lambda: project.edit("figures/line.py", "color=ink.raw", "color=ink.row"))
    page = reader.page()
    assert '<figure class="broken" id="line">' in page and "no attribute" in page
    assert "figures/line.py" in page and "in draw" in page and "darkroom/" not in page
    assert "? high" in page, "its numbers are not known"
    assert "no attribute" in reader.said(), "the terminal tells it too"
    reader.after(lambda: project.edit("figures/line.py", "color=ink.row", "color=ink.raw"))
    assert "broken" not in reader.page() and "2.0 high" in reader.page()
    assert "<svg" in reader.page(PICTURE)


def test_a_mistake_on_a_page_is_told_on_the_page_and_in_the_terminal_and_heals(served):
    project, reader = served
    wrong = (
        "[[argument]]\n\n{{ line.topp }} and {{ line.top } and [@nobody] and ${{ line.topp }}$ high"
    )
    reader.after(lambda: project.edit("docs/index.md", "{{ line.top:.1f}} high", wrong))
    page = reader.page()
    told = page.partition('<figure class="broken">')[2].partition("</figure>")[0]
    assert "docs/index.md:3: [[argument]] finds no page" in told
    assert told.count("docs/index.md:5: there is no number of `line` `topp`") == 2
    assert "`{{ line.top }` cites nothing" in told and "no source `nobody`" in told
    assert "<svg" in reader.page(PICTURE) and 'id="line"' in page, "the rest stands"
    assert "docs/index.md:5: there is no number" in reader.said()
    assert "docs/index.md:3: [[argument]] finds" in reader.said()
    reader.after(lambda: project.edit("docs/index.md", wrong, "{{ line.top:.1f}} high"))
    assert "broken" not in reader.page() and "2.0 high" in reader.page()


LAB = """
# %% [markdown]
# # Lab
# %%
import sys; sys.path.insert(0, "src"); open("runs", "a").write("x")
from zigzag import scale
assert scale.UNIT == 1.0, "a unit is one"
"""


def test_a_notebook_that_fails_shows_where_and_the_other_pages_live_on(project, tmp_path):
    project.write("mkdocs.yml", CONFIG.replace("bindery", JUPYTER))
    project.write("docs/index.md", "# Good\n\n![](figure:line)\n")
    project.write("docs/lab.py", LAB)
    with serving(project.root, tmp_path / "said") as reader:
        for old, new, told in (
            ("1.0", "2.0", "docs/lab.py:4: a cell fails, or warns: AssertionError: a unit is one"),
            ("2.0", "2.0.0", "docs/lab.py:4: a cell fails, or warns: SyntaxError: invalid syntax"),
        ):
            reader.after(lambda old=old, new=new: project.edit("src/zigzag/scale.py", old, new))
            assert told in reader.page("lab/") and told in reader.said()
            before = (project.root / "runs").read_text()
            reader.after(
                lambda new=new: project.edit("docs/index.md", "# Good", f"# {new}\n\n# Good")
            )
            assert told in reader.page("lab/"), "and stays there while others are edited"
            assert (project.root / "runs").read_text() == before, "it is not run again for that"
        assert "zigzag/scale.py:1: is not Python" in reader.page(), "the figure is broken too"
        reader.after(lambda: project.edit("src/zigzag/scale.py", "2.0.0", "1.0"))
        assert "fails" not in reader.page("lab/") and "broken" not in reader.page()


def test_a_broken_explorable_shows_its_own_lines_in_its_place_too(served):
    project, reader = served
    constants = 'PRESET = {"rate": (0.1, 0.0, 1.0, 0.1)}\nLABELS = {"rate": "Rate"}\n'
    constants += 'READS = ("top",)\nSIZE ='
    reader.after(lambda: project.edit("figures/line.py", "SIZE =", constants))
    reader.after(lambda: project.write("docs/explorables/line.mjs", "measured.top"))
    measured = 'data-measured="{&quot;top&quot;:2.0}"'
    assert measured in reader.page()
    reader.after(lambda: project.edit("figures/line.py", "color=ink.raw", "color=ink.row"))
    page = reader.page()
    assert '<figure class="broken" id="line">' in page and "data-measured" not in page
    reader.after(lambda: project.edit("figures/line.py", "color=ink.row", "color=ink.raw"))
    assert measured in reader.page()
    reader.after(lambda: project.edit("figures/line.py", '("top",)', '("topp",)'))
    page = reader.page()
    assert "`topp`. Did you mean `top`?" in page
    assert '<figure class="broken" id="line">' in page and "data-measured" not in page
    reader.after(lambda: project.edit("figures/line.py", '("topp",)', '("top",)'))
    reader.after(lambda: project.edit("figures/line.py", 'LABELS = {"rate": "Rate"}', ""))
    page = reader.page()
    assert "needs a PRESET and LABELS, as docs/explorables has a module of its name" in page
    assert 'id="line"' in page and "data-measured" not in page and "<svg" in reader.page(PICTURE)


def test_a_bibliography_that_cannot_be_read_is_told_on_the_pages_and_heals(served):
    project, reader = served
    entry = "@misc{a, author = {A, B}, title = {T}, year = {2000}, read = {text}, annote = {N.}}"
    reader.after(lambda: project.write("docs/sources.bib", entry.replace("year", "yeer")))
    assert "docs/sources.bib:1: `a` has no year" in reader.page()
    reader.after(lambda: project.write("docs/sources.bib", entry.replace("},", "}", 1)))
    assert "docs/sources.bib:1: cannot be read" in reader.page()
    reader.after(lambda: project.write("docs/sources.bib", entry))
    assert "broken" not in reader.page()


@pytest.mark.parametrize(
    ("old", "new"), [("def measure", "def measure("), ("line.rise(3)", "line.rize(3)")]
)
def test_the_server_lives_on_when_a_figure_cannot_be_measured_or_read(served, old, new):
    project, reader = served
    reader.after(lambda: project.edit("figures/line.py", old, new))
    assert "line.py" in reader.page()
    reader.after(lambda: project.edit("figures/line.py", new, old))
    assert "broken" not in reader.page() and "2.0 high" in reader.page()
