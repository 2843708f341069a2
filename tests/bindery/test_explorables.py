"""A figure with a module of its name carries what the module needs; others stay as they are."""

import pytest

from bindery.explorables import playable, preset

PAGE = '<p>a</p><figure id="walk" class="still"><img><figcaption>b</figcaption></figure>'


@pytest.fixture
def project(tmp_path):
    for folder in ("figures", "docs/explorables"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "figures/walk.py").write_text('PRESET = {"rate": (1.0, 0.1, 2.5, 0.05)}\n')
    return tmp_path


def test_a_page_without_explorables_stays_as_it_is(project):
    assert playable(PAGE, project, "", {"walk": {}}) == PAGE


def test_the_figure_carries_its_preset_and_only_what_the_module_reads(project):
    (project / "docs/explorables/walk.mjs").write_text("plane(measured.view)")
    measured = {"walk": {"view": [0, 1], "secret": 7, "name": "it's"}}
    page = playable(PAGE, project, "../", measured)
    assert """data-preset='{"rate":[1.0,0.1,2.5,0.05]}'""" in page
    assert """data-measured='{"view":[0,1]}'""" in page and "secret" not in page
    assert '<div class="desk"></div>\n<figcaption>' in page
    assert page.endswith('<script type="module" src="../explorables/walk.mjs"></script>')


def test_what_the_module_reads_cannot_break_out_of_its_attribute(project):
    (project / "docs/explorables/walk.mjs").write_text("measured.name")
    page = playable(PAGE, project, "", {"walk": {"name": "it's <b>"}})
    assert "it&#39;s &lt;b&gt;" in page


def test_a_module_without_a_preset_is_told(project):
    (project / "figures/walk.py").write_text("")
    with pytest.raises(LookupError, match="has no PRESET"):
        preset(project / "figures/walk.py")
