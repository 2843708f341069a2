"""The server of jobs has loaded and drawn something before, and no picture shows that."""

import os
import shutil
import subprocess
import sys

import pytest

import inks
from darkroom.build import Darkroom

BUILD = """
import hashlib
from pathlib import Path
from darkroom.build import Darkroom
result = Darkroom(Path(), store=Path("store")).build()
for name, made in result.figures.items():
    print({end: hashlib.sha256(f).hexdigest() for end, f in sorted(made.files.items())})
print(*result.faults.values(), sep="\\n")
"""
ASKS = "    import sys; print('drawn:', hasattr(sys.modules['preloaded'], 'load'))\n    fig.sub"


@pytest.fixture
def built(project, tmp_path):
    """Build by a Python of its own, for which a module has this text; returns what is said."""

    def run(module: str = "", text: str = "") -> str:
        path = [inks.__path__[0].removesuffix("/inks")]
        if module:
            (tmp_path / "first").mkdir(exist_ok=True)
            (tmp_path / f"first/{module}.py").write_text(text)
            path.insert(0, str(tmp_path / "first"))
        done = subprocess.run(
            [sys.executable, "-c", BUILD],
            cwd=project.root,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_a_picture_is_the_same_whether_its_server_has_drawn_before_or_not(project, built):
    project.edit("figures/line.py", "    fig.sub", ASKS)
    drawn = built()
    shutil.rmtree(project.root / "store")
    plain = built("preloaded")
    assert "drawn: True" in drawn and "drawn: False" in plain
    assert drawn.splitlines()[-2:] == plain.splitlines()[-2:]


def test_what_hinders_it_is_told_by_the_job(built):
    assert "RuntimeError: no ink" in built("matplotlib", "raise RuntimeError('no ink')")


def test_it_loads_nothing_of_ours():
    code = "import preloaded, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert {"preloaded", "matplotlib", "numpy"} <= loaded
    assert not {"zigzag", "inks", "darkroom", "bindery"} & loaded


def test_while_figures_are_drawn_somebody_can_do_something_else(project):
    project.edit("figures/line.py", "    fig.sub", "    print('drawn')\n    fig.sub")
    order = []
    for _ in range(2):
        room = Darkroom(project.root)
        room.build(report=order.append, meanwhile=lambda: order.append("meanwhile"))
    assert order[:2] == ["`line` is new", "meanwhile"] and order.count("meanwhile") == 1
    assert order[2:] == ["`line` said: drawn"] * 2
