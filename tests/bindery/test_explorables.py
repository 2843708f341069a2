"""A figure with a module of its name carries what the module needs; others stay as they are."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from bindery.pages.explorables import playable
from darkroom.errors import Fault

FIGURE = '''"""A claim."""
ALT = "A line."
SIZE = (3.0, 2.0)
PRESET = %s
def draw(fig, ink, data): ...
'''
PAGE = '<p>a</p><figure id="walk" class="still"><img><figcaption>b</figcaption></figure><p>c</p>'
MODULE = 'explore("walk", {labels: {rate: "Rate"}, draw(state, measured) { return measured.view }})'


@pytest.fixture
def project(tmp_path):
    for folder in ("figures", "docs/explorables"):
        (tmp_path / folder).mkdir(parents=True)
    preset = {"rate": (1.0, 0.1, 2.5, 0.05)}
    (tmp_path / "figures/walk.py").write_text(FIGURE % preset)
    return tmp_path


@pytest.fixture
def desk(project):
    """The desk of an explorable with these labels, for this preset, parsed."""

    def made(labels, preset, more="", **measured):
        (project / "figures/walk.py").write_text(FIGURE % preset)
        (project / "docs/explorables/walk.mjs").write_text(f"labels: {{{labels}}}, {more}")
        page = playable(PAGE, project, "", {"walk": measured})
        return BeautifulSoup(page, "html.parser").select_one("figure > .desk")

    return made


def test_a_page_without_explorables_stays_as_it_is(project):
    assert playable(PAGE, project, "", {"walk": {}}) == PAGE


def test_the_figure_carries_its_size_its_preset_and_only_what_the_module_reads(project):
    (project / "docs/explorables/walk.mjs").write_text(MODULE)
    measured = {"walk": {"view": [0, 1], "secret": 7, "name": "it's"}}
    page = playable(PAGE, project, "../", measured)
    assert """data-preset='{"rate":[1.0,0.1,2.5,0.05]}'""" in page
    assert """data-measured='{"view":[0,1]}'""" in page and "secret" not in page
    assert "data-size='[216.0,144.0]'" in page
    assert re.search(r'<img><section class="desk".*</section>\n<figcaption>', page, re.S)
    assert page.endswith('<script type="module" src="../explorables/walk.mjs"></script>')


def test_a_broken_figure_shows_its_fault_and_nothing_to_play_with(project):
    (project / "docs/explorables/walk.mjs").write_text(MODULE)
    (project / "figures/walk.py").write_text("def draw(")
    broken = '<figure class="broken" id="walk"><pre>its traceback</pre></figure>'
    assert playable(broken + PAGE, project, "", {}) == broken + PAGE


@pytest.mark.parametrize("reads", ["measured.vew", "const {vew} = measured"])
def test_a_value_that_was_not_measured_is_told_with_its_line_and_a_guess(project, reads):
    (project / "docs/explorables/walk.mjs").write_text(f"{MODULE}\n{reads}")
    with pytest.raises(Fault) as caught:
        playable(PAGE, project, "", {"walk": {"view": [0, 1]}})
    assert str(caught.value) == (
        "explorables/walk.mjs:2: there is no number of `walk` `vew`. Did you mean `view`?"
    )


def test_two_explorables_on_a_page_have_a_desk_each(project):
    for name in ("walk", "cone"):
        (project / f"figures/{name}.py").write_text((project / "figures/walk.py").read_text())
        (project / f"docs/explorables/{name}.mjs").write_text(MODULE.replace("walk", name))
    other = PAGE.replace("walk", "cone").replace("<figcaption>", "<b></b><figcaption>")
    plain = PAGE.replace("walk", "still")
    data = {"walk": {"view": 1}, "cone": {"view": 2}}
    page = BeautifulSoup(playable(PAGE + plain + other, project, "", data), "html.parser")
    assert [f.select_one(".says")["id"] for f in page.select("figure:has(.desk)")] == [
        *("walk-says", "cone-says")
    ]
    assert json.loads(page.select_one("#cone")["data-measured"]) == {"view": 2}


def test_what_is_unpacked_is_carried_too(project):
    (project / "docs/explorables/walk.mjs").write_text(MODULE + "const {width, view} = measured")
    page = playable(PAGE, project, "", {"walk": {"view": 1, "width": 2, "no": 3}})
    assert """data-measured='{"view":1,"width":2}'""" in page


def test_what_the_module_reads_cannot_break_out_of_its_attribute(project):
    (project / "docs/explorables/walk.mjs").write_text(MODULE + "measured.name")
    page = playable(PAGE, project, "", {"walk": {"name": "it's <b>", "view": 0}})
    assert "it&#39;s &lt;b&gt;" in page


def test_a_quantity_is_a_slider_and_a_number_with_one_name_and_the_presets_range(desk):
    field = desk('rate: "Rate (1: all)"', {"rate": (1.0, 0.1, 2.5, 0.05)}).select_one(".field")
    slider, number = field.select("input")
    for element in (slider, number):
        assert [element[key] for key in ("min", "max", "step", "value")] == [
            *("0.1", "2.5", "0.05", "1.0")
        ]
    assert slider["aria-label"] == "Rate" == field.label.string
    assert field.label["for"] == number["id"] == "walk-rate" and field.small.string == "1: all"


def test_what_is_on_or_off_is_a_switch_and_what_has_names_a_choice(desk):
    preset = {"on": (0, 0, 1, 1), "kind": (0, 0, 1, 1)}
    made = desk('on: "On", kind: "Kind"', preset, 'choices: {kind: "kinds"}', kinds=["a", "b"])
    assert made.select_one("[role=switch]")["name"] == "on"
    assert [option.string for option in made.select("select[name=kind] option")] == ["a", "b"]


def test_two_coordinates_stand_together_and_hidden_until_they_are_asked_for(desk):
    preset = {
        f"{name}_{i}": (start, 0, 9, 1) for name, start in (("a", 1), ("b", None)) for i in "12"
    }
    labels = 'a_1: "A w₁", a_2: "w₂", b_1: "B w₁", b_2: "w₂"'
    shown, hidden = desk(labels, preset).select(".twin")
    assert [i["name"] for i in shown.select("label > input")] == ["a_1", "a_2"]
    assert shown.select("input")[1]["aria-label"] == "A w₂"
    assert hidden.has_attr("hidden") and not shown.has_attr("hidden")
    assert hidden.select_one("input")["value"] == ""


def test_other_labels_are_buttons_and_steps_can_be_played(desk):
    made = desk('rate: "Rate", go: "Go"', {"rate": (1, 0, 9, 1), "step": (0, 0, 9, 1)})
    assert [b["name"] for b in made.select("button")] == ["go", "step", "play", "reset", "copy"]
    made = desk('rate: "Rate", left: "Left", right: "Right"', {"rate": (1, 0, 9, 1)})
    rows = [[b["name"] for b in row.select("button")] for row in made.select(".acts")]
    assert rows == [["left", "right"], ["reset", "copy"]]


def test_a_module_without_a_preset_or_labels_is_told(project):
    (project / "docs/explorables/walk.mjs").write_text("explore()")
    with pytest.raises(Fault, match=r"walk\.mjs:1: has no `labels"):
        playable(PAGE, project, "", {"walk": {}})
    (project / "figures/walk.py").write_text(FIGURE % {})
    with pytest.raises(Fault, match="needs a PRESET"):
        playable(PAGE, project, "", {"walk": {}})


@pytest.mark.parametrize(
    ("labels", "preset", "told"),
    [
        ('a_1: "A"', {"a_1": (0, 0, 9, 1), "a_2": (0, 0, 9, 1)}, "no label `a_2`"),
        ('a_1: "A", a_2: "B"', {"a_1": (0, 0, 9, 1)}, "no quantity of PRESET `a_2`"),
    ],
)
def test_a_coordinate_without_its_other_half_is_told(desk, labels, preset, told):
    with pytest.raises(Fault, match=told):
        desk(labels, preset)
