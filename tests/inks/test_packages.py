"""Whoever draws a still waits for no library of films, and is not touched by a change in them."""

import ast
import subprocess
import sys
from pathlib import Path

import inks

FOLDER = Path(inks.__file__).parent
STILLS = "from inks import names, pace, palette; from inks.stills import charts, marks, street"


def test_stills_load_no_manim():
    loaded = subprocess.run(
        [sys.executable, "-c", f"{STILLS}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "matplotlib" in loaded
    assert not {name for name in loaded if name.startswith(("manim", "inks.motions"))}


def test_packages_hold_nothing_but_their_words():
    """A figure depends on every package that a module of its lies in."""
    packages = [FOLDER / "__init__.py", *FOLDER.glob("*/__init__.py")]
    assert len(packages) == 3
    for path in packages:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert [type(statement) for statement in tree.body] == [ast.Expr], path
