"""What is kept is used only as it was kept, and never more of it than there is room for."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from darkroom import build, cache, inputs, reach
from darkroom.cache import Cache
from darkroom.cli import main
from darkroom.hashing import digest


@pytest.fixture
def filled(tmp_path):
    """A store with three entries of a kilobyte, an older one first, and what else may lie there."""
    kept = Cache(tmp_path / "store")
    for age, name in enumerate(("new", "middle", "old")):
        kept.write(digest(name), {"svg": bytes(1000)})
        os.utime(next(kept.folder.rglob(digest(name))), (0, 1e9 - age))
    for name in ("lab-1/result.json", "site-1/index.html", "last.json", "ab/.draft-1"):
        (kept.folder / name).parent.mkdir(exist_ok=True, parents=True)
        (kept.folder / name).write_bytes(bytes(1000))
        os.utime(kept.folder / name, (0, 1e8))
    return kept


def has(kept, name):
    return kept.read(digest(name)) is not None


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_the_least_recently_used_goes_first_whatever_it_is(filled):
    gone = filled.prune(3000)
    assert has(filled, "new") and has(filled, "middle") and not has(filled, "old")
    assert size(filled.folder) <= 3000 < size(filled.folder) + gone


def test_what_is_read_counts_as_used(filled):
    assert has(filled, "old")
    filled.prune(1500)
    assert has(filled, "old") and not has(filled, "new")


def test_clean_keeps_what_fits_and_all_of_it_removes_everything(project):
    project.build()
    options = ["--root", str(project.root), "clean"]
    said = CliRunner().invoke(main, options).output
    assert said.startswith("0 bytes removed from ") and project.rendered() == set()
    (project.root / ".cache/darkroom/lab-1").mkdir()
    (project.root / ".cache/darkroom/lab-1/result.json").write_text("{}")
    said = CliRunner().invoke(main, [*options, "--all"]).output
    assert not said.startswith("0 bytes") and size(project.root / ".cache/darkroom") == 0
    assert project.rendered() == {"line"}


def test_a_build_keeps_the_store_within_its_bound(project, monkeypatch):
    monkeypatch.setattr(cache.Cache.prune, "__defaults__", (20_000,))
    for turn in range(4):
        project.write("src/zigzag/scale.py", f"UNIT = {turn}.5\n")
        assert project.rendered() == {"line"}
        project.room.store.take_note("last", {})  # and notes are within it
        assert size(project.root / ".cache/darkroom") < 21_000


def test_a_note_is_remembered_in_its_latest_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MEMORY", 2)
    Cache(tmp_path).take_note("n", {"a": 1, "b": 2, "c": 3})
    assert Cache(tmp_path).note("n") == {"b": 2, "c": 3} and Cache(tmp_path).note("m") == {}


def test_a_note_that_somebody_has_changed_is_not_believed(project):
    project.build()
    kept = project.room.store
    for path in kept.folder.rglob("*"):
        if path.is_file() and b'"seconds"' in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b'"seconds"', b'"sekunde"'))
    assert kept.note("last") == {}
    assert project.rendered() == set()
    (kept.folder / "seconds.json").write_text(json.dumps({"line": "soon"}))  # as it once was
    project.edit("figures/line.py", "ink.raw", "ink.goal")
    assert project.rendered() == {"line"}


def test_what_other_code_has_read_off_a_file_is_read_again(project, monkeypatch):
    """A record left by a parser that has been mended since does not make a picture fresh."""
    with monkeypatch.context() as before:
        before.setattr(build, "PARSED", "parsed by code that sees no imports")
        before.setattr(reach, "reached", lambda *_: (["same"], []))
        project.build()
    assert project.rendered() == {"line"}
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    assert project.rendered() == {"line"}
    code = (Path(module.__file__).read_bytes() for module in (inputs, reach))
    assert digest(*code, sys.version) in build.PARSED
