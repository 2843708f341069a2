"""The same jobs on a real cluster: one scheduler, two workers, no shared disk."""

import io
import json
import subprocess
import sys
import zipfile
from contextlib import ExitStack

import pytest
from projects import STILL, until

from darkroom.build import Darkroom
from darkroom.cluster import _packed, run_on_worker
from darkroom.errors import Fault
from darkroom.inputs import HOUSE, ModuleGraph, needs
from darkroom.job import Job


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler on the loopback that has two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    file = str(folder / "scheduler.json")
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file]
    dask = [sys.executable, "-m", "dask"]
    start_scheduler = [*dask, "scheduler", *common, "--port", "0"]
    start_worker = [*dask, "worker", *common, "--nthreads", "1"]
    with ExitStack() as stack:
        for command in (start_scheduler, start_worker, start_worker):
            process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
        until((folder / "scheduler.json").exists)
        yield json.loads((folder / "scheduler.json").read_text())["address"]


def built(project, scheduler):
    command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
    command += ["--scheduler", scheduler, "--out", str(project.root / "out")]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_cluster_makes_the_same_bytes_as_this_machine(project, scheduler, tmp_path):
    project.write("data/HEIGHTS", "3 1 2")  # no ending, and no folder that is known
    path = "__file__.removesuffix('figures/line.py') + 'data/HEIGHTS'"
    read = f"[float(height) for height in open({path}).read().split()]"
    project.edit("figures/line.py", "line.rise(3)", read)
    project.write(".cache/secret", "stays here")
    (project.root / "data/gone").symlink_to("nowhere")
    done = built(project, scheduler)
    assert done.returncode == 0, done.stderr
    here = Darkroom(project.root, store=tmp_path / "store").build().published_files()
    for name, content in here.items():
        assert (project.root / "out" / name).read_bytes() == content, name
    assert project.rendered() == set(), "what a worker read is known here too"


@pytest.mark.nightly
def test_a_fault_on_the_cluster_names_the_file_of_the_sender(project, scheduler):
    project.figure("sick", STILL.replace("    fig.subplots()", "    1 / 0\n    fig.subplots()"))
    done = built(project, scheduler)
    assert done.returncode == 1
    assert "sick.py:18: " in done.stderr and str(project.root / "figures/sick.py") in done.stderr


def test_a_fault_is_an_answer_so_that_no_scheduler_repeats_the_job(project):
    project.figure("line", STILL.replace("    y = line", "    while True: pass\n    y = line"))
    project.edit("figures/line.py", "SIZE =", "TIMEOUT = 1\nSIZE =")
    answer = run_on_worker(_packed(project.root), job(project))
    assert isinstance(answer, Fault) and "did not finish within 1 s" in str(answer)


def test_a_worker_with_other_versions_or_sources_refuses(project):
    """Its picture would be kept for what it is not."""
    wanted = job(project)
    other = wanted._replace(inputs=wanted.inputs | {"library numpy": "1.0"})
    said = str(run_on_worker(_packed(project.root), other))
    assert said == "figures/line.py:1: a worker has another library numpy"
    sources = _packed(project.root)
    project.write("src/zigzag/scale.py", "UNIT = 2.0\n")
    assert "a worker has another zigzag/scale.py (imp" in str(run_on_worker(sources, job(project)))


def job(project):
    """To measure the line."""
    figure = project.room.catalog()[0]["line"]
    needed = needs(figure, ModuleGraph(project.root / "src", HOUSE))["measure"]
    return Job(project.root, figure, "measure", b"", False, needed)


def test_what_travels_is_the_project_and_nothing_hidden_or_made(project):
    for name in (".git/config", "site/index.html", "src/zigzag/__pycache__/line.pyc"):
        project.write(name, "made")
    with zipfile.ZipFile(io.BytesIO(_packed(project.root))) as archive:
        names = set(archive.namelist())
    assert {"figures/line.py", "src/zigzag/line.py"} <= names
    assert not any("pyc" in name or name.startswith((".git", "site")) for name in names)


@pytest.mark.nightly
def test_without_a_scheduler_the_message_says_where_it_looked(project):
    done = built(project, "tcp://127.0.0.1:1")
    assert done.returncode == 2 and "answers at tcp://127.0.0.1:1" in done.stderr
