"""A figure with a module of its name carries what the module needs; others stay as they are."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from bindery.markdown.figures import Figures
from darkroom.errors import Fault
from darkroom.figure import read
from darkroom.results import BuildResult, RenderedFigure

FIGURE = '''"""A claim."""
ALT = "A line."
SIZE = (3.0, 2.0)
{constants}
def measure(): ...
def draw(fig, ink, data): ...
'''
PRESET = {"rate": (1.0, 0.1, 2.5, 0.05)}
LABELS = {"rate": "Rate"}


@pytest.fixture
def shown(tmp_path):
    """The page that shows a figure with these constants, which measured this, as HTML."""

    def page(measured=None, names=("walk",), modules=("walk",), **constants):
        for folder in ("figures", "docs/explorables"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name in modules:
            (tmp_path / f"docs/explorables/{name}.mjs").write_text("explore()")
        lines = [f"{name} = {value!r}" for name, value in constants.items()]
        figures = {}
        for name in names:
            path = tmp_path / f"figures/{name}.py"
            path.write_text(FIGURE.format(constants="\n".join(lines)))
            words = {"alt": "A line.", "transcript": []}
            figures[name] = RenderedFigure(read(path), {}, data=measured or {}, words=words)
        extension = Figures(BuildResult(tmp_path, figures, all_names=names))
        extension.context.to_root = "../"
        text = "\n\n".join(f"![](figure:{name})" for name in names)
        return Markdown(extensions=[extension]).convert(text)

    return page


@pytest.fixture
def desk(shown):
    """The desk of an explorable with these constants, parsed."""

    def made(**constants):
        return BeautifulSoup(shown(**constants), "html.parser").select_one("figure > .desk")

    return made


def test_a_figure_without_a_module_stays_as_it_is(shown):
    page = shown(modules=(), PRESET=PRESET, LABELS=LABELS)
    assert "desk" not in page and "data-" not in page and "<script" not in page


def test_the_figure_carries_its_size_its_preset_its_layout_and_only_what_the_module_reads(shown):
    measured = {"shares": np.array([0.25, 1.0]), "secret": 7, "height": 2}
    page = shown(
        measured,
        PRESET=PRESET,
        LABELS=LABELS,
        READS=("shares", "height"),
        LAYOUT={"view": (0, 1), "boxes": ((1, 2), (3, 4))},
    )
    assert "secret" not in page
    soup = BeautifulSoup(page, "html.parser")
    carried = {key: json.loads(soup.figure[f"data-{key}"]) for key in ("measured", "preset")}
    assert carried == {
        "measured": {"boxes": [[1, 2], [3, 4]], "height": 2, "shares": [0.25, 1.0], "view": [0, 1]},
        "preset": {"rate": [1.0, 0.1, 2.5, 0.05]},
    }
    assert soup.figure["data-size"] == "[216.0,144.0]"
    parts = [tag.name for tag in soup.figure.find_all(recursive=False)]
    assert parts == ["img", "img", "section", "script", "figcaption"]
    assert soup.script["src"] == "../explorables/walk.mjs" and soup.script["type"] == "module"


@pytest.mark.parametrize("constants", [{}, {"PRESET": PRESET}])
def test_a_module_whose_figure_has_no_preset_or_labels_is_told(shown, constants):
    with pytest.raises(Fault, match=r"figures/walk\.py:1: needs a PRESET and LABELS"):
        shown(**constants)


def test_two_explorables_on_a_page_have_a_desk_each(shown):
    page = shown(
        names=("walk", "still", "cone"), modules=("walk", "cone"), PRESET=PRESET, LABELS=LABELS
    )
    soup = BeautifulSoup(page, "html.parser")
    assert [f.select_one(".says")["id"] for f in soup.select("figure:has(.desk)")] == [
        *("walk-says", "cone-says")
    ]


def test_a_figure_that_is_shown_twice_can_be_played_with_once(shown):
    page = shown(names=("walk", "walk"), PRESET=PRESET, LABELS=LABELS)
    assert page.count("<figure") == 2
    assert page.count('id="walk"') == page.count("<section") == page.count("<script") == 1


ODD = """Rate < {2} & "more" // it's"""


def test_any_words_may_stand_on_a_desk(desk):
    made = desk(PRESET=PRESET, LABELS={"rate": ODD, "go": ODD})
    assert made.label.string == ODD == made.select_one("[name=go]").string
    assert made.select_one("[type=range]")["aria-label"] == ODD


def test_any_words_may_be_measured(shown):
    page = shown({"name": ODD}, PRESET=PRESET, LABELS=LABELS, READS=("name",))
    soup = BeautifulSoup(page, "html.parser")
    assert json.loads(soup.figure["data-measured"]) == {"name": ODD}


def test_what_a_module_says_in_comments_counts_for_nothing(shown, tmp_path):
    shown(PRESET=PRESET, LABELS=LABELS)
    (tmp_path / "docs/explorables/walk.mjs").write_text("// see measured.foo, labels: {a: 1}")
    assert "desk" in shown(modules=(), PRESET=PRESET, LABELS=LABELS)


def test_a_quantity_is_a_slider_and_a_number_with_one_name_and_the_presets_range(desk):
    field = desk(PRESET=PRESET, LABELS={"rate": "Rate (1: all)"}).select_one(".field")
    slider, number = field.select("input")
    for element in (slider, number):
        assert [element[key] for key in ("min", "max", "step", "value")] == [
            *("0.1", "2.5", "0.05", "1.0")
        ]
    assert slider["aria-label"] == "Rate" == field.label.string
    assert field.label["for"] == number["id"] == "walk-rate" and field.small.string == "1: all"


def test_what_is_on_or_off_is_a_switch_and_what_has_names_a_choice(desk):
    made = desk(
        measured={"kinds": ["a", "b < c"]},
        PRESET={"on": (0, 0, 1, 1), "kind": (0, 0, 1, 1)},
        LABELS={"on": "On", "kind": "Kind"},
        CHOICES={"kind": "kinds"},
    )
    assert made.select_one("[role=switch]")["name"] == "on"
    assert [option.string for option in made.select("select[name=kind] option")] == ["a", "b < c"]


def test_two_coordinates_stand_together_and_hidden_until_they_are_asked_for(desk):
    preset = {
        f"{name}_{i}": (start, 0, 9, 1) for name, start in (("a", 1), ("b", None)) for i in "12"
    }
    labels = {"a_1": "A w₁", "a_2": "w₂", "b_1": "B w₁", "b_2": "w₂"}
    shown, hidden = desk(PRESET=preset, LABELS=labels).select(".twin")
    assert [i["name"] for i in shown.select("label > input")] == ["a_1", "a_2"]
    assert shown.select("input")[1]["aria-label"] == "A w₂"
    assert hidden.has_attr("hidden") and not shown.has_attr("hidden")
    assert hidden.select_one("input")["value"] == ""


def test_other_labels_are_buttons_and_steps_can_be_played(desk):
    made = desk(
        PRESET={"rate": (1, 0, 9, 1), "step": (0, 0, 9, 1)}, LABELS={"rate": "Rate", "go": "Go"}
    )
    assert [b["name"] for b in made.select("button")] == ["go", "step", "play", "reset", "copy"]
    made = desk(
        PRESET={"rate": (1, 0, 9, 1)}, LABELS={"rate": "Rate", "left": "Left", "right": "Right"}
    )
    rows = [[b["name"] for b in row.select("button")] for row in made.select(".acts")]
    assert rows == [["left", "right"], ["reset", "copy"]]
