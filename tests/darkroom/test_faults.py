"""A broken figure fails alone, and clearly."""

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import MEASURED, MOTION, STILL, heed_interrupts, until

from darkroom import sandbox
from darkroom.cli import main
from darkroom.files import SCRATCH, sweep

DRAW = "    fig.subplots()"


def fault(project, body, extra=""):
    """What is said of a figure whose `draw` has this body; the other figure is unharmed."""
    text = STILL.replace("SIZE =", f"{extra}\nSIZE =")
    project.figure("sick", text.replace(DRAW, f"    {body}\n{DRAW}"))
    result, _ = project.build()
    assert "line" in result.figures and "sick" not in result.figures
    return str(result.faults["sick"])


@pytest.fixture
def patient(monkeypatch):
    """No job is stopped by the clock, however busy the machine; processor time still counts."""
    monkeypatch.setattr(sandbox, "WAITING", 1000)


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
    told = r"\.py:1: (light|dark): did not finish within 1 s\. If it does not loop, set TIMEOUT\."
    assert re.search(told, said)  # whichever of the two was first


def test_what_a_figure_prints_is_passed_on(project):
    project.edit("figures/line.py", "    y = line", "    print('hello')\n    y = line")
    _, said = project.build()
    assert "`line` said: hello" in said


def test_what_a_figure_printed_before_it_failed_is_told_wherever_it_went(project):
    body = "import os; os.chdir('/'); print('x' * 999, 'so far'); 1 / 0"
    said = fault(project, body)
    assert "ZeroDivisionError" in said and said.endswith("xx so far")
    assert said.count("x") < 500 and "It said: … xx" in said, "the end is enough"


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
    result, _ = project.build()
    assert "'points' is neither" in str(result.faults["sick"])
    project.figure("sick", STILL.replace('"points": len(y)', '"points": [[1], [1, 2]]'))
    said = str(project.build("sick")[0].faults["sick"])
    assert "'points' is neither" in said and "darkroom/" not in said


def test_a_number_may_have_any_name_and_one_that_is_missing_is_named(project):
    project.edit("figures/line.py", '"points": len(y)', '"points": 3, "file": 1, "allow_pickle": 2')
    assert project.build()[0].figures["line"].data["file"] == 1
    assert "no number that measure() returns `colour`" in fault(project, "data['colour']")


def test_every_job_counts_on_one_thread_whatever_the_caller_has(project, tmp_path):
    threads = "int(__import__('os').environ['OMP_NUM_THREADS'])"
    project.edit("figures/line.py", '"points": len(y)', f'"points": {threads}')
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    environment = os.environ | {"OMP_NUM_THREADS": "4"}  # of a process whose server is its own
    subprocess.run([*command, "--out", str(tmp_path)], env=environment, check=True)
    assert '"points": 1,' in (tmp_path / "figures/line.json").read_text("utf-8")


@pytest.mark.parametrize("theirs", [None, "4"])
def test_a_build_gives_the_caller_s_threads_back(project, monkeypatch, theirs):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if theirs:
        monkeypatch.setenv("OMP_NUM_THREADS", theirs)
    assert project.rendered() == {"line"}
    assert os.environ.get("OMP_NUM_THREADS") == theirs


def test_a_caption_that_cites_another_figure_is_told_that_it_cannot(project):
    project.figure("sick", STILL.replace("{{ points }} points,", "{{ line.points }} points,"))
    assert "what its own measure() returns" in str(project.build()[0].faults["sick"])


@pytest.mark.parametrize("alt", ["{{ points } points", "{{ two points }}", "$n$ points"])
def test_what_would_stay_raw_in_an_alt_text_is_told(project, alt):
    project.figure("sick", STILL.replace('{{ points }} points."', f'{alt}."'))
    assert "stays as it is here" in str(project.build()[0].faults["sick"])


def test_a_file_beside_the_figure_is_asked_for_by_its_place(project):
    said = fault(project, "open('heights.txt')")
    assert "heights.txt: a figure runs in an empty folder. Write Path(__file__)" in said


def test_a_caption_that_cites_an_unknown_number_is_the_figures_fault(project):
    project.figure("sick", STILL.replace("{{ points }} points,", "{{ pionts }} points,"))
    said = str(project.build()[0].faults["sick"])
    assert said.startswith("figures/sick.py:3: ") and "Did you mean `points`?" in said


def test_how_it_was_measured_cannot_cite_an_unknown_number_either(project):
    project.figure("sick", MEASURED.replace("{{ unit:.1f}}", "{{ unti:.1f}}"))
    said = str(project.build()[0].faults["sick"])
    assert said.startswith("figures/sick.py:5: ") and "Did you mean `unit`?" in said


def test_a_core_that_is_not_python_is_told_once_at_its_line_for_all_who_import_it(project):
    project.edit("src/zigzag/scale.py", "1.0", "(")
    project.figure("other", STILL)
    project.figure("plain", STILL.replace("line.rise(3)", "[1.0]").replace("from zigzag", "# "))
    result, _ = project.build()
    assert set(result.figures) == {"plain"} and set(result.faults) == {"line", "other"}
    (told,) = result.fault_messages()
    assert told.startswith("zigzag/scale.py:1: is not Python: '(' was never closed\n    UNIT = (")


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
    assert "Usage:" in CliRunner().invoke(main, ["--workers", "-1", "list"]).output
    published = {path.name for path in (project.root / "out/figures").iterdir()}
    assert {"line.light.svg", "line.dark.svg", "line.json", "line.py"} <= published


def test_a_figure_that_closes_everything_cannot_outrun_its_limit(project):
    body = "import os; os.closerange(3, 200)\n    while True: pass"
    assert "did not finish within 1 s" in fault(project, body, "TIMEOUT = 1")


@pytest.mark.usefixtures("patient")
def test_a_figure_that_ignores_its_limit_is_killed_a_second_later(project):
    body = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n    while True: pass"
    assert "its process died (signal SIGKILL)" in fault(project, body, "TIMEOUT = 1")


def test_a_figure_may_write_in_its_own_folder(project):
    body = "import tempfile; f = tempfile.NamedTemporaryFile('w'); f.write('x'); open('mine', 'w')"
    body += "; tempfile.mkdtemp(prefix='library-')"
    body += "; d = tempfile.TemporaryDirectory(); open(d.name + '/a', 'w'); d.cleanup()"
    body += "; import os; os.rename('mine', 'yours'); open(os.devnull, 'w'); os.remove('yours')"
    project.figure("well", STILL.replace(DRAW, f"    {body}\n{DRAW}"))
    result, _ = project.build()
    assert set(result.figures) == {"line", "well"}, str(result.faults["well"])


def test_what_a_figure_leaves_in_its_own_folder_is_not_lost_in_silence(project):
    told = fault(project, "open('tmp_steps.csv', 'w')")
    assert told.endswith("tmp_steps.csv would be lost. Return it from measure().")
    project.figure("dot", MOTION.replace("    dot =", "    open('steps.csv', 'w')\n    dot ="))
    result, _ = project.build("dot")
    assert "steps.csv would be lost" in str(result.faults["dot"])


def test_who_asks_for_latex_is_told_what_sets_text_here(project):
    said = fault(project, "import subprocess; subprocess.run(['no-latex', 'a.tex'])")
    assert "there is no LaTeX here. Words and Number" in said


def test_a_figure_that_prints_without_end_is_stopped_in_words(project):
    said = fault(project, "[print('x' * 2**20) for _ in range(300)]")
    assert (
        "OSError: prints or writes too much: no file may have over 256 MiB" in said
        and "Errno" not in said
    )


def test_child_processes_are_killed_with_their_job(project):
    body = "import subprocess; p = subprocess.Popen(['sleep', '60']).pid"
    project.figure("sick", STILL.replace("    y = line", f"    {body}\n    y = line", 1))
    project.edit("figures/sick.py", '"points": len(y)', '"points": p')
    result, _ = project.build("sick")
    until(lambda: gone(result.figures["sick"].data["points"]))


@pytest.mark.usefixtures("patient")
def test_child_processes_are_killed_with_a_job_that_takes_too_long(project, tmp_path):
    note = tmp_path / "child"
    body = "import pathlib, subprocess; p = subprocess.Popen(['sleep', '60']).pid"
    body += f"; pathlib.Path({str(note)!r}).write_text(str(p))\n    while True: pass"
    assert "did not finish within 2 s" in fault(project, body, "TIMEOUT = 2")
    until(lambda: gone(int(note.read_text())))


def test_a_figure_that_waits_for_nothing_is_stopped_too(project):
    """It takes no processor time, and has five times its limit on the clock."""
    body = "import time; time.sleep(600)"
    assert "did not finish within 0.5 s" in fault(project, body, "TIMEOUT = 0.5")


def gone(pid):
    """Whether a process has ended, or waits for nobody but its parent's glance."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_two_builds_at_once_both_succeed(project):
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [build.wait(60) for build in both] == [0, 0]


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(project, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("darkroom.cache.Cache.write", full)
    result, said = project.build()
    assert "line" in result.figures and any("No space left on device" in line for line in said)


ASLEEP = "time.sleep(60)"
DEAF = "import re; re.match('(a+)+$', 64 * 'a' + 'b')"  # no other thread has a turn


@pytest.fixture(
    params=[(ASLEEP, 60), pytest.param((DEAF, 5), marks=pytest.mark.nightly)],
    ids=["asleep", "deaf"],
)
def abandoned(project, tmp_path_factory, request):
    """The process of a job that goes on, and its folder; its build has been killed."""
    folder = tmp_path_factory.mktemp("scratch")
    doing, limit = request.param
    body = f"    import os, time; print(os.getpid(), flush=True); {doing}\n"
    project.edit("figures/line.py", DRAW, body + DRAW)
    project.edit("figures/line.py", "SIZE =", f"TIMEOUT = {limit}\nSIZE =")
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    build = subprocess.Popen(
        command, env=os.environ | {"TMPDIR": str(folder)}, stdout=subprocess.DEVNULL
    )
    said = until(lambda: [path for path in folder.glob("*/output") if path.read_text().strip()])[0]
    os.kill(build.pid, 9)
    build.wait()
    return int(said.read_text()), said.parent


def test_a_job_dies_with_the_build_that_wanted_it(abandoned):
    assert until(lambda: gone(abandoned[0]))


@pytest.mark.nightly
@pytest.mark.parametrize("abandoned", [(ASLEEP, 60)], indirect=True)
def test_a_folder_that_a_killed_build_left_is_swept_a_day_later(project, abandoned, monkeypatch):
    _, scratch = abandoned
    monkeypatch.setattr("tempfile.tempdir", str(scratch.parent))
    project.figure("line", STILL)
    project.build()
    assert scratch.exists(), "it might be somebody's"
    os.utime(scratch, (0, time.time() - 25 * 3600))
    user = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: user + 1)
    sweep(scratch.parent, f"{SCRATCH}*")
    assert scratch.exists(), "it is another's"
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.tempdir", str(scratch.parent))
    project.figure("line", STILL.replace("ink.raw", "ink.goal"))
    project.build()
    assert not scratch.exists()


@pytest.mark.parametrize(
    "at_work",
    [pytest.param(False, marks=pytest.mark.nightly), True],
    ids=["while the server loads", "at work"],
)
def test_an_interrupt_leaves_the_queue_and_ends_what_runs(project, tmp_path, at_work):
    begun = tmp_path / "begun"
    slow = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)\nALT ="
    for name in "abcde":
        project.figure(name, STILL.replace("ALT =", slow))
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    build = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    assert "is new" in build.stdout.readline(), "it has begun"
    if at_work:
        until(begun.exists)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=50)
    assert build.returncode == 1 and "Aborted!" in said and "Traceback" not in said, said


def test_what_is_no_fault_of_a_figure_fails_it_alone(project, monkeypatch):
    """A full disk, say, on which its job finds no folder to work in."""
    project.figure("other", STILL.replace("ink.raw", "ink.goal"))
    folder = sandbox.tempfile.TemporaryDirectory

    def full(**_):
        monkeypatch.setattr(sandbox.tempfile, "TemporaryDirectory", folder)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sandbox.tempfile, "TemporaryDirectory", full)
    result, _ = project.build()
    (fault,) = result.faults.values()
    assert len(result.figures) == 1 and "No space left on device" in str(fault)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("then", "told"), [("os._exit(7)", "died (exit status 7)"), ("while True: pass", "within 1 s")]
)
def test_an_answer_that_cannot_be_read_is_the_fault_of_its_figure(project, then, told):
    body = """import os, pathlib
    pathlib.Path("answer").write_bytes(b"half")
    """
    assert told in fault(project, body + then, "TIMEOUT = 1")


def test_a_thread_that_goes_on_after_the_answer_costs_no_picture(project):
    """It would keep its process alive; and what it has set for an alarm is of no use to it."""
    goes_on = """    import signal, threading, time
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    threading.Thread(target=time.sleep, args=[600]).start()
"""
    project.edit("figures/line.py", "    y = line", f"{goes_on}    y = line")
    result, _ = project.build()
    assert "line" in result.figures, str(result.faults)


def test_a_lower_limit_that_is_inherited_is_no_obstacle(project):
    def low():
        most = 128 * 2**20
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    done = subprocess.run(command, preexec_fn=low, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_system_that_refuses_a_limit_draws_all_the_same(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("system")
    refuse = "import resource\ndef refuse(*_):\n    raise ValueError('exceeds maximum limit')\n"
    (folder / "sitecustomize.py").write_text(refuse + "resource.setrlimit = refuse\n")
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def meanwhile(project, begun, act):
    """Build, and do something as soon as a figure's job has made this file, and waits for it."""
    told = []
    thread = threading.Thread(target=lambda: (until(begun.exists), act(), begun.unlink()))
    thread.start()
    result = project.room.build(report=told.append)
    thread.join()
    return result, told


@pytest.fixture
def waits(tmp_path):
    """A file that says that a job has begun, and code that makes it and waits till it is gone."""
    begun = tmp_path / "begun"
    code = f"import pathlib, time; p = pathlib.Path({str(begun)!r}); p.touch()"
    return begun, f"{code}\n    while p.exists(): time.sleep(0.01)"


@pytest.mark.parametrize("name", ["src/zigzag/scale.py", "figures/line.txt"])
def test_a_figure_whose_files_are_edited_while_it_is_made_is_not_kept_as_what_it_was(
    project, waits, name
):
    begun, wait = waits
    project.write("figures/line.txt", "UNIT = 1.0\n")
    slow = f"read = open(__file__[:-2] + 'txt').read(); {wait}"
    project.edit("figures/line.py", "    y = line", f"    {slow}\n    y = line")
    _, told = meanwhile(project, begun, lambda: project.write(name, "UNIT = 2.0\n"))
    assert any("changed while it was made" in line for line in told), told
    project.write(name, "UNIT = 1.0\n")
    result, _ = meanwhile(project, begun, lambda: None)
    assert "measure" in result.figures["line"].seconds, "it is made again"


def test_a_figure_that_is_deleted_while_it_is_made_fails_alone(project, waits):
    begun, wait = waits
    project.figure("other", STILL.replace("    y = line", f"    {wait}\n    y = line"))
    result, _ = meanwhile(project, begun, (project.root / "figures/other.py").unlink)
    assert set(result.figures) == {"line"} and "No such file" in str(result.faults["other"])


def test_a_bug_of_ours_keeps_its_traceback_and_a_wrong_name_has_none(project, monkeypatch):
    why = ["--root", str(project.root), "why", "lien"]
    said = CliRunner().invoke(main, why)
    assert said.exit_code == 2 and "Did you mean `line`?" in said.output
    monkeypatch.setattr("darkroom.build.Darkroom.why", lambda *_: {}["bug"])
    assert isinstance(CliRunner().invoke(main, why).exception, KeyError)
