"""A figure with a module of its name carries what the module needs; others stay as they are."""

import pytest

from bindery.explorables import playable
from darkroom.catalog import Fault

PAGE = (
    """<p>a</p><figure id="walk" class="still" data-preset='{"rate": [1.0, 0.1, 2.5, 0.05]}'>"""
    "<img><figcaption>b</figcaption></figure>"
)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "docs/explorables").mkdir(parents=True)
    return tmp_path


def test_a_page_without_explorables_stays_as_it_is(project):
    assert playable(PAGE, project, "", {"walk": {}}) == PAGE


def test_the_figure_carries_only_what_the_module_reads(project):
    (project / "docs/explorables/walk.mjs").write_text("plane(measured.view)")
    measured = {"walk": {"view": [0, 1], "secret": 7, "name": "it's"}}
    page = playable(PAGE, project, "../", measured)
    assert """data-measured='{"view":[0,1]}'""" in page and "secret" not in page
    assert page.count("data-preset=") == 1
    assert '<div class="desk"></div>\n<figcaption>' in page
    assert page.endswith('<script type="module" src="../explorables/walk.mjs"></script>')


def test_what_the_module_reads_cannot_break_out_of_its_attribute(project):
    (project / "docs/explorables/walk.mjs").write_text("measured.name")
    page = playable(PAGE, project, "", {"walk": {"name": "it's <b>"}})
    assert "it&#39;s &lt;b&gt;" in page


def test_a_broken_figure_shows_its_fault_and_nothing_to_play_with(project):
    (project / "docs/explorables/walk.mjs").write_text("measured.name")
    broken = '<figure class="broken" id="walk"><pre>its traceback</pre></figure>'
    assert playable(broken, project, "", {}) == broken


def test_a_value_that_was_not_measured_is_told_with_its_line_and_a_guess(project):
    (project / "docs/explorables/walk.mjs").write_text("// a walk\nplane(measured.vew)")
    with pytest.raises(Fault) as caught:
        playable(PAGE, project, "", {"walk": {"view": [0, 1]}})
    assert str(caught.value) == (
        "explorables/walk.mjs:2: there is no number of `walk` `vew`. Did you mean `view`?"
    )


def test_a_module_without_a_preset_is_told(project):
    (project / "docs/explorables/walk.mjs").write_text("")
    with pytest.raises(Fault, match=r"figures/walk.py:1: has no PRESET"):
        playable('<figure id="walk"><figcaption>', project, "", {"walk": {}})
