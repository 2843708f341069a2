"""The notebook page: lean, with MathML and alt texts, and the same bytes every time."""

import itertools
import json
import shutil
from pathlib import Path

import pytest

from bindery.pages import notebook as lab
from darkroom.cache import Cache
from darkroom.errors import Fault
from darkroom.inputs import HOUSE, ModuleGraph

PAGE = """
<style>.jp-much { css: 1 }</style><script src="https://example.org/mermaid.js"></script>
<div class="jp-Cell jp-MarkdownCell"><div class="jp-RenderedMarkdown">
<h2 id="a">A<a class="anchor-link" href="#a">¶</a></h2><p>So $a &lt; b$ and $$c$$.</p></div></div>
<div class="jp-Cell jp-CodeCell"><div class="jp-Cell">
<div class="highlight-ipynb"><pre><span class="c1"># alt: A line goes up.</span>\nplot()</pre></div>
<div class="jp-OutputArea-output"><pre>[1 &lt; 2]\n</pre></div>
<div class="jp-OutputArea-output"><img alt="No description" src="data:,"></div></div></div>
"""


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "lab.py"
    path.write_text("# %%\nplot()\n\n# %%\nfrom zigzag import line\n")
    return path


def test_the_page_loses_scripts_and_styles_and_gains_formulas_and_alt_texts(notebook):
    page = lab.tamed(PAGE, str(notebook)).decode()
    assert "<script" not in page and "<style" not in page and "jp-" not in page
    assert page.count("<math") == 2 and "$" not in page
    assert '<pre class="output" tabindex="0">[1 &lt; 2]</pre>' in page
    assert 'alt="A line goes up."' in page


def test_a_plot_without_a_description_is_a_fault(notebook):
    with pytest.raises(Fault, match=r"lab\.py:2: a cell that draws needs a line `# alt:"):
        lab.tamed(PAGE.replace('<span class="c1"># alt: A line goes up.</span>\n', ""), notebook)


WARNED = "cell.py:1: RuntimeWarning: divide by zero\n  np.log(0)\n"
FAILED = "-----\nValueError  Traceback\n----> 2 check(x)\n\nValueError: the cause\n"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((WARNED,), "RuntimeWarning: divide by zero"),
        ((FAILED,), "ValueError: the cause"),
        ((WARNED, FAILED), "ValueError: the cause"),
    ],
)
def test_a_cell_that_fails_or_warns_is_a_fault_with_its_line_and_the_cause(notebook, said, told):
    notebook.write_text("# %%\nfor i in x:\n    pass\n\n# %%\nfor i in x:\n    check(x)\n")
    page = complaining("for i in x:\n    check(x)", *said)
    with pytest.raises(Fault, match=rf"lab\.py:6: a cell fails, or warns: .*{told}\n"):
        lab.tamed(page, str(notebook))


def test_a_cell_that_complains_in_blanks_does_not_complain(notebook):
    assert b"plot()" in lab.tamed(complaining("plot()", "\n", "---\n"), str(notebook))


def complaining(source, *said):
    """A page of one cell that said this on its standard error."""
    output = '<div class="jp-OutputArea-output" data-mime-type="{}"><pre>{}</pre></div>'
    outputs = (output.format("application/vnd.jupyter.stderr", text) for text in said)
    code = f'<div class="highlight-ipynb"><pre>{source}</pre></div>'
    return f'<div class="jp-Cell jp-CodeCell">{code}{"".join(outputs)}</div>'


def test_a_formula_that_cannot_be_set_is_the_notebooks_fault(notebook):
    with pytest.raises(Fault, match=r"lab\.py:1: .*frac"):
        lab.tamed(PAGE.replace("$$c$$", r"$$\frac{$$"), str(notebook))


def test_what_a_cell_puts_out_stays_what_it_is(notebook):
    code = '<div class="highlight-ipynb"><pre>show()</pre></div>'
    cell = f'<div class="jp-Cell jp-CodeCell">{code}{{}}</div>'
    output = '<div class="{} jp-OutputArea-output">{}</div>'
    words = output.format("jp-RenderedHTMLCommon jp-RenderedMarkdown", "<p>Said.</p>")
    table = output.format("jp-RenderedHTMLCommon jp-RenderedHTML", "<pre>one</pre><p>two</p>")
    page = lab.tamed(cell.format(words + table), str(notebook)).decode()
    assert "show()" in page and "<p>Said.</p>" in page and "<pre>one</pre><p>two</p>" in page


def test_what_a_cell_prints_stands_in_one_box_in_however_many_pieces_it_arrives(notebook):
    code = '<div class="highlight-ipynb"><pre>show()</pre></div>'
    piece = '<div class="{}" data-mime-type="text/plain"><pre>{}</pre></div>'
    printed = [piece.format("jp-OutputArea-output", text) for text in ("a ", "b\n", "\n")]
    result = piece.format("jp-OutputArea-output jp-OutputArea-executeResult", "c")

    def boxes(*outputs):
        page = f'<div class="jp-Cell jp-CodeCell">{code}{"".join(outputs)}</div>'
        return lab.tamed(page, str(notebook)).decode().split("</div>", 1)[1]

    box = '<pre class="output" tabindex="0">{}</pre>'.format
    assert boxes(*printed) == "\n" + box("a b")
    assert (
        boxes(*printed, result, *printed).split()
        == (box("a b") + f" {box('c')} " + box("a b")).split()
    )
    assert boxes(printed[-1]) == ""


def test_dollars_in_code_are_no_formula(notebook):
    prose = '<div class="jp-Cell jp-MarkdownCell"><div class="jp-RenderedMarkdown">{}</div></div>'
    page = prose.format("<p><code>$HOME</code> and <code>$PATH</code> are $x$.</p>")
    tamed = lab.tamed(page, str(notebook)).decode()
    assert "<code>$HOME</code> and <code>$PATH</code>" in tamed and tamed.count("<math") == 1


@pytest.mark.parametrize(
    ("prose", "formulas"),
    [
        ("It costs $5 a day. Later 10$ more.", 0),
        ("From $5 to 10$.", 0),
        ("It costs $5, and later $y$.", 1),
        (r"Of $\text{all the words}$, $\operatorname{sin} x$ and $\kappa = 1 + d\,q$.", 3),
        ("The sum $2 + 3 = 5$ and $a + bc + d$.", 2),
    ],
)
def test_dollars_around_words_are_prices_and_no_formula(notebook, prose, formulas):
    cell = '<div class="jp-Cell jp-MarkdownCell"><div class="jp-RenderedMarkdown">{}</div></div>'
    tamed = lab.tamed(cell.format(f"<p>{prose}</p>"), str(notebook)).decode()
    assert tamed.count("<math") == formulas
    assert formulas or prose in tamed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# %% [markdown]\n# # Title\n#\n# First\n# words.\n", b"First words."),
        ("# %%\nsecret = 1\n\n# %% [markdown]\n# # Title\n\n# %% [markdown]\n# Said.\n", b"Said."),
        ("# %%\nsecret = 1\n", b""),
    ],
)
def test_a_notebook_is_described_by_its_first_words(text, said):
    assert lab.description(text) == said


@pytest.fixture
def built(project, notebook):
    """Build: what is found of an earlier result, and what is kept if nothing is."""

    def build(result: str) -> str:
        sources = ModuleGraph(project.root / "src", HOUSE)
        results = lab.Results(notebook, sources, Cache(project.root / ".cache"))
        place = Path(results.folder.name, "key.json")
        if not place.exists():
            place.write_text(result)
        found = place.read_text()
        results.save()
        assert not place.exists()
        return found

    return build


def test_results_are_kept_until_something_that_the_notebook_imports_changes(
    project, built, monkeypatch
):
    assert built("42") == "42"
    project.edit("src/zigzag/other.py", "1", "2")
    assert built("43") == "42"
    with monkeypatch.context() as other:
        other.setattr(lab, "installed", lambda _: "0.0")
        assert built("44") == "44", "another version"
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    assert built("45") == "45"
    project.edit("src/zigzag/scale.py", "2.0", "1.0")
    assert built("46") == "42"


def test_results_that_are_torn_are_not_found_and_a_cache_that_is_none_is_no_obstacle(
    project, built
):
    built("42")
    for path in (project.root / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-9])
    assert built("43") == "43"
    shutil.rmtree(project.root / ".cache")
    (project.root / ".cache").write_text("no folder")
    assert built("44") == "44" and built("45") == "45"


def test_the_download_is_the_notebook_and_the_same_bytes_every_time(notebook):
    assert lab.download(notebook.read_text()) == lab.download(notebook.read_text())
    cells = json.loads(lab.download(notebook.read_text()))["cells"]
    assert [cell["source"] for cell in cells] == [["plot()"], ["from zigzag import line"]]


def test_the_download_runs_in_plain_jupyter_where_only_the_maths_is_installed(
    tmp_path, monkeypatch
):
    import nbformat
    from nbclient import NotebookClient

    root = Path(__file__).parents[2]
    shutil.copytree(root / "src/zigzag", tmp_path / "installed/zigzag")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "installed"))
    book = nbformat.reads(lab.download((root / "docs/lab.py").read_text()).decode(), as_version=4)
    where = "import zigzag; print(zigzag.__file__ or zigzag.__path__)"
    book.cells.append(nbformat.v4.new_code_cell(where))
    NotebookClient(book, resources={"metadata": {"path": str(tmp_path)}}, timeout=600).execute()
    assert str(tmp_path) in book.cells[-1].outputs[0].text, "the copy, not the project's own"
    text = "".join(o.text for c in book.cells for o in c.get("outputs", []) if "text" in o)
    assert "error" not in {o.output_type for c in book.cells for o in c.get("outputs", [])}
    assert "rotated      locked   0%" in text


def test_every_cell_of_the_lab_answers_a_question():
    import jupytext

    cells = jupytext.read(Path(__file__).parents[2] / "docs/lab.py").cells
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown" and "?**" in before.source, cell.source
            assert len(cell.source.splitlines()) <= 20, cell.source
