"""The notebook page: lean, with MathML and alt texts, and the same bytes every time."""

import json

import pytest

from bindery import lab
from darkroom.catalog import Fault
from darkroom.store import Store

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
    page = lab.tamed(PAGE, notebook)
    assert "<script" not in page and "<style" not in page and "jp-" not in page
    assert page.count("<math") == 2 and "$" not in page
    assert '<pre class="output" tabindex="0">[1 &lt; 2]</pre>' in page
    assert 'alt="A line goes up."' in page


def test_a_plot_without_a_description_is_a_fault(notebook):
    with pytest.raises(Fault, match=r"lab\.py:2: a cell that draws needs a line `# alt:"):
        lab.tamed(PAGE.replace('<span class="c1"># alt: A line goes up.</span>\n', ""), notebook)


def test_results_are_kept_until_something_that_the_notebook_imports_changes(project, notebook):
    store = Store(project.root / ".cache")
    before = lab.cache(notebook, project.root, store)
    project.edit("src/zigzag/other.py", "1", "2")
    assert lab.cache(notebook, project.root, store) == before
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    assert lab.cache(notebook, project.root, store) != before


def test_the_download_is_the_notebook_and_the_same_bytes_every_time(notebook):
    assert lab.download(notebook) == lab.download(notebook)
    cells = json.loads(lab.download(notebook))["cells"]
    assert [cell["source"] for cell in cells] == [["plot()"], ["from zigzag import line"]]
