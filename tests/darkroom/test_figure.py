"""What a figure's file says, read without running it; and what is said when it says too little."""

import pytest
from projects import MEASURED, MOTION, RECIPE, STILL

from darkroom.errors import Fault
from darkroom.figure import catalog, read


def told(project, text):
    project.figure("sample", text)
    with pytest.raises(Fault) as caught:
        read(project.root / "figures" / "sample.py")
    return str(caught.value)


def test_the_first_line_is_the_claim_and_the_next_paragraph_is_the_caption(project):
    figure = read(project.root / "figures" / "line.py")
    assert figure.name == "line" and figure.kind == "still" and figure.measured
    assert figure.claim == "The line rises."
    assert figure.caption.startswith("It has {{ points }} points")
    assert figure.method == ""
    assert figure.size == (2.0, 1.5)


def test_what_follows_the_caption_is_how_it_was_measured(project):
    project.figure("line", MEASURED.replace("\n\nIts unit", "\n  \nIts unit"))
    figure = read(project.root / "figures" / "line.py")
    assert figure.caption.endswith("up to $y = {{ top:.1f}}$.")
    assert figure.method == "Its unit is {{ unit:.1f}}.\n\nIt has no seed."


def test_the_verb_is_the_type(project):
    project.figure("dot", MOTION)
    assert read(project.root / "figures" / "dot.py").kind == "motion"


def test_a_figure_that_cannot_be_imported_can_still_be_named(project):
    project.figure("broken", STILL + "\nraise RuntimeError\n")
    assert read(project.root / "figures" / "broken.py").claim == "The line rises."


@pytest.mark.parametrize(
    ("removed", "instead", "message"),
    [
        ('"""The line rises.', 'claim = """', "has no docstring"),
        ("The line rises.", "The line", "the claim must be one sentence"),
        ("ALT =", "ALTERNATIVE =", "has no ALT"),
        ('ALT = "A line', 'ALT = str(1) + "A line', "ALT must be written out"),
        ("def draw(", "def paint(", "found neither, but measure, paint"),
        ("def measure(", "def play(", "found draw and play"),
        ("SIZE = (2.0, 1.5)", "SIZE = 2.0", "SIZE must be (width, height)"),
        ("def draw(", "def draw((", "is not Python"),
        ('"""The line', '"""1. The line', "one sentence on one line; found '1. The line rises.'"),
        ("It has", "As [@who2000] says, it has", "it cannot cite"),
        ("It has", "See [a page](page.md): it has", "or link one"),
        ("$.\n", "$.\n\nSeeds stand in [@who2000].\n", "it cannot cite"),
        ("The line rises.", "As [@who2000] says, the line rises.", "it cannot cite"),
        ("The line rises.", "The line of [a page](page.md) rises.", "or link one"),
        ('"A line from', '"As [@who2000] says, a line from', "it cannot cite"),
        ("It has", "See [a page]: it has\n\n[a page]: page.md\n\nIt has", "or link one"),
        ("It has", "![](figure:sample)\n\nIt has", "cannot show a figure"),
        ("It has", "![](figure:line)\n\nIt has", "cannot show a figure"),
        ("It has", "![][a]\n\n[a]: figure:line\n\nIt has", "cannot show a figure"),
        ("The line rises.", "The line ![](figure:line) rises.", "cannot show a figure"),
        ("It has", "As $\theta$, it has", "its words lost a backslash"),
        ("def draw(fig, ink, data)", "def draw(fig, ink)", "Write def draw(fig, ink, data)."),
        ("def measure()", "def measure(rng)", "Write def measure()."),
    ],
)
def test_a_file_that_breaks_the_contract_is_told_what_is_missing(
    project, removed, instead, message
):
    assert removed in STILL
    said = told(project, STILL.replace(removed, instead))
    assert said.startswith("figures/sample.py:") and message in said


def test_a_motion_without_a_transcript_is_told_how_to_write_one(project):
    assert "TRANSCRIPT = [(0.0," in told(project, MOTION.replace("TRANSCRIPT", "SCRIPT"))


@pytest.mark.parametrize(
    ("constant", "message"),
    [
        ("SIZE = (1,)", "SIZE must be (width, height), inches above 0; found (1,)"),
        ('SIZE = ("a", "b")', "SIZE must be"),
        ("SIZE = (0, 0)", "SIZE must be"),
        ("SIZE: tuple = (0, 1)", "SIZE must be"),
        ("SIZE: tuple = tuple(2)", "SIZE must be written out"),
        ("TIMEOUT = 0", "TIMEOUT must be seconds above 0, below 1e9; found 0"),
        ("TIMEOUT = True", "TIMEOUT must be"),
        ("TIMEOUT = 1e999", "TIMEOUT must be"),
        ("TIMEOUT = 1e10", "TIMEOUT must be"),
        ("MEMORY = -1", "MEMORY must be MiB above 0"),
        ('PRESET = {"a": 1}', "PRESET must be"),
        ('PRESET = {"a": (1, 0, 2, 0)}', "PRESET must be"),
        ('PRESET = {"a": (1, 0, 2)}', "PRESET must be"),
        ('PRESET = {"a b": (1, 0, 2, 1)}', "PRESET must be"),
        ('PRESET = {"a": (1, 2, 0, 1)}', "PRESET: a must lie between its ends"),
        ('PRESET = {"a": (3, 0, 2, 1)}', "PRESET: a must lie between its ends"),
        ('PRESET = {"a": (None, 2, 0, 1)}', "PRESET: a must lie between its ends"),
        ("PRESET = {[]: 1}", "PRESET must be written out"),
        ("TRANSCRIPT = [1]", "TRANSCRIPT must be"),
        ('TRANSCRIPT = [("a", "b")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(-0.1, "a")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(1e999, "a")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(False, "a")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(1.0, "a"), (1.0004, "b")]', "the times of TRANSCRIPT must ascend"),
        ('TRANSCRIPT = [(1.0, "a"), (0.0, "b")]', "the times of TRANSCRIPT must ascend"),
        ("ALT = 1", "ALT must be"),
        ('LABELS = {"a": ""}', "LABELS must be"),
        ('LABELS = {"a b": "A"}', "LABELS must be"),
        ('CHOICES = {"a": 1}', "CHOICES must be"),
        ('READS = "points"', "READS must be"),
        ('READS = ("a b",)', "READS must be"),
        ('LAYOUT = {"box": "wide"}', "LAYOUT must be"),
        ('LAYOUT = {"box": (1e999, 1)}', "LAYOUT must be"),
        ('LABELS = {"a": "A"}', "LABELS needs a PRESET"),
        ('PRESET = {"a": (1, 0, 2, 1)}\nCHOICES = {"b": "y"}', "no quantity of PRESET `b`"),
        (
            'PRESET = {"rate": (1, 0, 2, 1)}\nLABELS = {"ratee": "Rate"}',
            "`ratee` is not in PRESET. Did you mean `rate`?",
        ),
        (
            'PRESET = {"x_1": (1, 0, 2, 1), "x_2": (1, 0, 2, 1)}\nLABELS = {"x_1": "x"}',
            "LABELS: there is no label `x_2`",
        ),
    ],
)
def test_a_constant_of_the_wrong_shape_is_told_the_right_one(project, constant, message):
    assert message in told(project, f"{STILL}\n{constant}\n")


def test_what_a_live_picture_needs_stands_in_the_figure_s_file(project):
    more = """
PRESET = {"rate": (1.0, 0.5, 2.0, 0.5), "name": (0, 0, 1, 1)}
LABELS = {"rate": "Rate < 2 {m}", "name": "Name", "play": "Play"}
CHOICES = {"name": "names"}
READS = ("points", "y")
LAYOUT = {"view": (-1, 1, -1.5, 1), "boxes": [(0, 0, 10, 10), (12, 0, 10, 10)], "line": 186}
"""
    project.figure("live", STILL.replace("SIZE =", f"{more}\nSIZE ="))
    figure = read(project.root / "figures" / "live.py")
    assert figure.labels == {"rate": "Rate < 2 {m}", "name": "Name", "play": "Play"}
    assert figure.choices == {"name": "names"} and figure.reads == ("points", "y")
    assert figure.layout["boxes"][1] == (12, 0, 10, 10) and figure.layout["line"] == 186


def test_a_constant_s_fault_names_its_line(project):
    said = told(project, STILL + '\nLABELS = {"a": "A"}\n')
    line = STILL.count("\n") + 1
    assert said.startswith(f"figures/sample.py:{line}: ")
    said = told(project, STILL.replace('"A line from', '"As [@who2000] says, a line from'))
    assert said.startswith("figures/sample.py:8: ")


def test_a_live_picture_that_reads_what_nobody_measures_is_told(project):
    text = STILL.replace("    y = line.rise(3)\n", "").replace("def measure():", "def other():")
    assert "READS names what measure() returns" in told(project, text + '\nREADS = ("y",)\n')


def test_a_constant_with_an_annotation_counts(project):
    project.figure("sample", STILL.replace("SIZE =", "SIZE: tuple[float, float] ="))
    assert read(project.root / "figures" / "sample.py").size == (2.0, 1.5)


def test_a_name_that_no_page_could_cite_is_refused_and_an_editors_lock_is_no_figure(
    project,
):
    (project.root / "figures/my-line.py").write_text(STILL)
    (project.root / "figures/.#line.py").symlink_to("somebody@host.1:2")
    figures, faults = catalog(project.root / "figures")
    assert [*figures] == ["line"] and [*faults] == ["my-line"]
    assert "letters, digits and _" in str(faults["my-line"])


def test_a_recipe_says_what_to_replace_by_what_and_what_is_seen_then(project):
    project.figure("line", STILL + RECIPE)
    recipe = read(project.root / "figures" / "line.py").recipe
    assert (recipe["replace"], recipe["by"]) == ("rise(3)", "rise(4)")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"by": "rise(4)",', "", "found replace, then."),
        ('"by"', '"with"', "found replace, with, then."),
        ('"by": "rise(4)"', '"by": 4', "RECIPE must be"),
        ("The line ends", "By [@who2000], the line ends", "it cannot cite"),
    ],
)
def test_a_recipe_that_lacks_something_is_told(project, old, new, message):
    assert message in told(project, STILL + RECIPE.replace(old, new))
