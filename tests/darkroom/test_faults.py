"""A broken figure fails alone, and clearly."""

import subprocess
import sys

from projects import STILL

DRAW = "    fig.subplots()"


def fault(project, body, extra=""):
    """What is said of a figure whose `draw` has this body; the other figure is unharmed."""
    text = STILL.replace("SIZE =", f"{extra}\nSIZE =")
    project.figure("sick", text.replace(DRAW, f"    {body}\n{DRAW}"))
    album, _ = project.build()
    assert "line" in album.prints and "sick" not in album.prints
    return str(album.faults["sick"])


def test_an_exception_names_the_figures_own_file_and_line(project):
    said = fault(project, "{}['colour']")
    line = next(
        number
        for number, text in enumerate(
            (project.root / "figures/sick.py").read_text().splitlines(), 1
        )
        if "colour" in text
    )
    assert said.startswith(f"figures/sick.py:{line}: ") and "KeyError: 'colour'" in said
    assert "darkroom/render.py" not in said


def test_an_endless_loop_is_stopped_and_told_of_the_limit(project):
    said = fault(project, "while True: pass", "TIMEOUT = 1")
    assert "did not finish within 1 s. Set TIMEOUT" in said


def test_a_figure_that_leaves_the_process_is_told_not_to(project):
    assert "must not end the process" in fault(project, "import sys; sys.exit(0)")


def test_a_figure_whose_process_dies_is_reported_with_its_last_words(project):
    said = fault(project, "import os; print('farewell', flush=True); os.kill(os.getpid(), 9)")
    assert "signal SIGKILL" in said and "farewell" in said


def test_a_figure_that_eats_memory_is_told_of_the_limit(project):
    said = fault(project, "import numpy; numpy.ones(2**29)", "MEMORY = 1024")
    assert "Set MEMORY" in said


def test_measure_must_return_numbers_strings_or_arrays(project):
    project.figure("sick", STILL.replace('"points": len(y)', '"points": {1: 2}'))
    album, _ = project.build()
    assert "'points' is neither" in str(album.faults["sick"])


def test_a_caption_that_cites_an_unknown_number_is_the_figures_fault(project):
    project.figure("sick", STILL.replace("{{ points }} points,", "{{ pionts }} points,"))
    album, _ = project.build()
    assert "Did you mean `points`?" in str(album.faults["sick"])


def test_the_command_line_reports_all_faults_and_exits_with_1(project):
    project.figure("one", STILL.replace("ALT", "ALTO"))
    project.figure("two", STILL.replace(DRAW, "    1 / 0\n" + DRAW))
    done = subprocess.run(
        [sys.executable, "-m", "darkroom", "--root", str(project.root), "build", "--out"]
        + [str(project.root / "out")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "one.py:1: has no ALT" in done.stderr and "ZeroDivisionError" in done.stderr
    assert "1 figures are up to date, 2 failed" in done.stdout
    published = {path.name for path in (project.root / "out/figures").iterdir()}
    assert {"line.light.svg", "line.dark.svg", "line.json", "line.py"} <= published
