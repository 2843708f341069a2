"""What a figure's file says, read without running it; and what is said when it says too little."""

import pytest
from projects import MOTION, STILL

from darkroom.errors import Fault
from darkroom.figure import catalog, read


def told(project, text):
    project.figure("sample", text)
    with pytest.raises(Fault) as caught:
        read(project.root / "figures" / "sample.py")
    return str(caught.value)


def test_the_first_line_is_the_claim_and_the_rest_is_the_caption(project):
    figure = read(project.root / "figures" / "line.py")
    assert figure.name == "line" and figure.kind == "still" and figure.measured
    assert figure.claim == "The line rises."
    assert figure.caption.startswith("It has {{ points }} points")
    assert figure.size == (2.0, 1.5)


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
        ('PRESET = {"a": (1, 2, 0, 1)}', "PRESET: a must lie between its ends"),
        ('PRESET = {"a": (3, 0, 2, 1)}', "PRESET: a must lie between its ends"),
        ('PRESET = {"a": (None, 2, 0, 1)}', "PRESET: a must lie between its ends"),
        ("PRESET = {[]: 1}", "PRESET must be written out"),
        ("TRANSCRIPT = [1]", "TRANSCRIPT must be"),
        ('TRANSCRIPT = [("a", "b")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(-0.1, "a")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(1e999, "a")]', "TRANSCRIPT must be"),
        ('TRANSCRIPT = [(1.0, "a"), (1.0004, "b")]', "the times of TRANSCRIPT must ascend"),
        ('TRANSCRIPT = [(1.0, "a"), (0.0, "b")]', "the times of TRANSCRIPT must ascend"),
        ("ALT = 1", "ALT must be"),
    ],
)
def test_a_constant_of_the_wrong_shape_is_told_the_right_one(project, constant, message):
    assert message in told(project, f"{STILL}\n{constant}\n")


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
