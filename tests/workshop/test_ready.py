"""For many pictures the server makes itself ready, and no picture shows that."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import STILL

import inks
from darkroom.build import Darkroom

ASKS = "    import os, sys; print('workshop.ready' in sys.modules, os.getppid())\n    fig.sub"

BUILD = """
from pathlib import Path
from darkroom.build import Darkroom
print(*Darkroom(Path(), workers=1).build().faults.values(), sep="\\n")
"""


@pytest.fixture
def many(project):
    """More figures than a build with one worker makes at once."""
    for k in range(2):
        project.figure(f"still_{k}", STILL.replace("ink.raw", f"ink.raw, linewidth={k + 1}"))
    for path in project.root.glob("figures/*.py"):
        project.edit(f"figures/{path.name}", "    fig.sub", ASKS)
    return project


def built(project, *names, store="one"):
    """Build with one worker: the figures' files, and what each said."""
    said = []
    room = Darkroom(project.root, store=project.root / store, workers=1)
    album = room.build(names, said.append)
    told = {line for line in said if " said: " in line}
    return {name: made.files for name, made in album.prints.items()}, told


def test_a_picture_is_the_same_whether_its_server_has_drawn_one_before_or_not(many):
    together, ready = built(many)
    assert all("said: True" in line for line in ready)
    for name in together:
        alone, told = built(many, name, store="other")
        assert alone[name] == together[name] and all("said: False" in line for line in told)


def test_a_server_that_is_ready_goes_with_its_build_and_another_stays(many):
    servers = [built(many, store=store)[1].pop().split()[-1] for store in ("a", "b")]
    assert servers[0] != servers[1], "it would draw with modules that were edited since"
    kept = [built(many, "line", store=store)[1].pop().split()[-1] for store in ("c", "d")]
    assert kept[0] == kept[1]


def test_what_hinders_it_is_told_by_each_job(many, tmp_path):
    shutil.copytree(Path(inks.__file__).parent, tmp_path / "house/inks")
    (tmp_path / "house/inks/style.py").write_text("raise RuntimeError('the pot is empty')")
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=many.root,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "house")},
        capture_output=True,
        text=True,
    )
    assert done.stdout.count("RuntimeError: the pot is empty") == 3, done


def test_meanwhile_one_can_do_something_else_if_there_is_a_while(many):
    calls = []
    for _ in range(2):
        Darkroom(many.root).build(report=str, meanwhile=lambda: calls.append("called"))
    assert calls == ["called"]
