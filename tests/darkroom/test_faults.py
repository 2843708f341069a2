"""A broken figure fails alone, and clearly."""

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from projects import STILL, Project

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


def test_a_core_that_is_not_python_is_the_fault_of_those_who_import_it(project):
    project.edit("src/zigzag/scale.py", "1.0", "(")
    project.figure("plain", STILL.replace("line.rise(3)", "[1.0]").replace("from zigzag", "# "))
    album, _ = project.build()
    assert set(album.prints) == {"plain"} and "SyntaxError" in str(album.faults["line"])


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


def test_a_figure_that_writes_into_the_project_is_refused(project):
    said = fault(project, "open(__file__[:-3] + '.txt', 'w')")
    assert "must not write to figures/sick.txt" in said
    assert not (project.root / "figures/sick.txt").exists()


def test_a_figure_that_prints_without_end_is_stopped(project):
    assert "File too large" in fault(project, "[print('x' * 2**20) for _ in range(300)]")


def test_a_figure_that_forks_leaves_nobody_behind(project, tmp_path_factory):
    note = tmp_path_factory.mktemp("notes") / "pid"
    body = f"import os, time; p = os.fork(); open({str(note)!r}, 'w').write(str(p)) if p else "
    project.figure("sick", STILL.replace(DRAW, f"    {body}time.sleep(60)\n{DRAW}"))
    album, _ = project.build("sick")
    assert "sick" in album.prints
    for _ in range(100):  # a killed process takes a moment to go
        if gone(note.read_text()):
            break
        time.sleep(0.05)
    assert gone(note.read_text())


def gone(pid):
    """Whether a process has ended, or waits for nobody but its parent's glance."""
    try:
        return "State:\tZ" in (Path("/proc") / pid / "status").read_text()
    except OSError:
        return True


def test_two_builds_at_once_both_succeed(project):
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [build.wait(60) for build in both] == [0, 0]


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(project, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("darkroom.store.Store.write", full)
    album, said = project.build()
    assert "line" in album.prints and any("No space left on device" in line for line in said)


def test_kills_at_random_moments_leave_nothing_that_looks_whole(project, tmp_path_factory):
    for name in "abc":
        project.figure(name, STILL.replace("line.rise(3)", f"line.rise({ord(name)})"))
    untouched = Project(tmp_path_factory.mktemp("untouched"))
    for name in "abc":
        untouched.figure(name, STILL.replace("line.rise(3)", f"line.rise({ord(name)})"))
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    moments = random.Random(5)
    for _ in range(10):
        build = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moments.uniform(0.2, 1.6))
        with suppress(ProcessLookupError):
            os.killpg(build.pid, 9)
        build.wait()
    assert project.build()[0].files() == untouched.build()[0].files()
