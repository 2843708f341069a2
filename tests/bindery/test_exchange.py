"""A site is put in place whole, whoever else builds at the same time and whenever one is killed."""

import os
import subprocess
import sys
import time

import pytest

from bindery import exchange
from bindery.exchange import build_folder, mend


@pytest.fixture
def live(tmp_path):
    return tmp_path / "public" / "site"


def fresh(live, text):
    folder = build_folder(live)
    (folder / "index.html").write_text(text)
    return folder


def left(live):
    return sorted(path.name for path in live.parent.iterdir())


def test_the_new_site_takes_the_place_of_the_old_one_or_of_none(live):
    for text in ("first", "second"):
        exchange.exchange(fresh(live, text), live)
        assert (live / "index.html").read_text() == text
        assert left(live) == ["site"]


def test_no_call_of_the_system_is_needed_but_the_renaming_of_a_folder():
    code = "import sys, bindery.exchange; sys.exit('ctypes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("first", [True, False], ids=["the first site", "later ones"])
def test_of_two_builds_at_once_the_slower_one_stays(live, monkeypatch, first):
    """The other build hangs its site between the two renames of this one."""
    if not first:
        exchange.exchange(fresh(live, "old"), live)
    mine = fresh(live, "mine")
    others = fresh(live, "other's")
    rename = os.rename

    def late(source, target):
        if others.exists() and source == mine:
            rename(others, live)
        rename(source, target)

    monkeypatch.setattr(os, "rename", late)
    exchange.exchange(mine, live)
    assert (live / "index.html").read_text() == "mine"
    assert left(live) == ["site"]


def test_a_build_that_begins_between_two_renames_of_another_loses_nothing(live, monkeypatch):
    """It takes the other for dead, and puts the old site back."""
    exchange.exchange(fresh(live, "old"), live)
    mine = fresh(live, "mine")
    rename = os.rename

    def late(source, target):
        if source == mine and not live.exists():
            monkeypatch.setattr(os, "rename", rename)
            mend(live)
        rename(source, target)

    monkeypatch.setattr(os, "rename", late)
    exchange.exchange(mine, live)
    assert (live / "index.html").read_text() == "mine"
    assert left(live) == ["site"]


def test_what_a_kill_between_two_renames_left_is_put_back(live):
    exchange.exchange(fresh(live, "good"), live)
    killed = fresh(live, "half")
    os.rename(live, killed.with_name(f"{killed.name}.old"))
    mend(live)
    assert (live / "index.html").read_text() == "good"


def test_a_site_that_is_there_is_never_replaced_by_an_older_one(live):
    exchange.exchange(fresh(live, "new"), live)
    older = fresh(live, "older")
    os.rename(older, older.with_name(f"{older.name}.old"))
    mend(live)
    assert (live / "index.html").read_text() == "new"


def test_the_site_of_another_name_is_not_taken_for_it(live):
    other = live.with_name("site-of-mine")
    gone = fresh(other, "other")
    os.rename(gone, gone.with_name(f"{gone.name}.old"))
    mend(live)
    assert not live.exists()


def test_a_disk_that_refuses_is_heard_and_the_old_site_stands(live, monkeypatch):
    exchange.exchange(fresh(live, "old"), live)
    mine = fresh(live, "mine")
    rename = os.rename

    def refusing(source, target):
        if source == mine:
            raise PermissionError(1, "no")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refusing)
    with pytest.raises(PermissionError):
        exchange.exchange(mine, live)
    assert (live / "index.html").read_text() == "old"


def test_it_is_built_on_the_same_disk_under_a_name_that_nobody_publishes(live):
    folder = build_folder(live)
    assert folder.parent == live.parent and folder.name.startswith(".darkroom-site-")
    assert folder.stat().st_mode & 0o777 == 0o755


def test_what_a_dead_build_has_left_is_swept_a_day_later(live):
    old = build_folder(live)
    young = build_folder(live)
    os.utime(old, (0, time.time() - 25 * 3600))
    mine = live.with_name(".site-backup")  # as a person may well call the last good one
    mine.mkdir()
    os.utime(mine, (0, 0))
    build_folder(live)
    assert young.exists() and not old.exists() and mine.exists()
