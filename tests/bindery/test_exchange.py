"""A site is hung whole, beside the last one, whoever else hangs one at the same time."""

import errno
import os
import time

import pytest

from bindery import exchange
from bindery.exchange import aside


@pytest.fixture
def live(tmp_path):
    return tmp_path / "public" / "site"


def fresh(live, text):
    folder = aside(live)
    (folder / "index.html").write_text(text)
    return folder


def left(live):
    return sorted(path.name for path in live.parent.iterdir())


def cannot(*_):
    """As a disk that cannot exchange two folders."""
    return errno.EINVAL


@pytest.mark.parametrize("swapped", [exchange._swapped, cannot], ids=["can", "cannot"])
def test_the_new_site_takes_the_place_of_the_old_one_or_of_none(live, monkeypatch, swapped):
    monkeypatch.setattr(exchange, "_swapped", swapped)
    for text in ("first", "second"):
        exchange.exchange(fresh(live, text), live)
        assert (live / "index.html").read_text() == text and left(live) == ["site"]


@pytest.mark.parametrize("swapped", [exchange._swapped, cannot], ids=["can", "cannot"])
def test_the_first_site_of_two_at_once_gives_way_to_the_second(live, monkeypatch, swapped):
    """Both see no live site; the other hangs its own before this one is renamed."""
    mine, others, rename = fresh(live, "mine"), fresh(live, "other's"), os.rename

    def late(source, target):
        if others.exists() and source == mine:
            rename(others, live)
        rename(source, target)

    absent = iter([errno.ENOENT])
    monkeypatch.setattr(os, "rename", late)
    monkeypatch.setattr(exchange, "_swapped", lambda *a: next(absent, 0) or swapped(*a))
    exchange.exchange(mine, live)
    assert (live / "index.html").read_text() == "mine" and left(live) == ["site"]


def test_a_disk_that_refuses_is_heard(live, monkeypatch):
    monkeypatch.setattr(exchange, "_swapped", lambda *_: errno.ENOENT)
    monkeypatch.setattr(os, "rename", lambda *_: (_ for _ in ()).throw(PermissionError(1, "no")))
    with pytest.raises(PermissionError):
        exchange.exchange(fresh(live, "mine"), live)


def test_it_is_built_on_the_same_disk_under_a_name_that_nobody_publishes(live):
    folder = aside(live)
    assert folder.parent == live.parent and folder.name.startswith(".darkroom-site-")
    assert folder.stat().st_mode & 0o777 == 0o755


def test_what_a_dead_build_has_left_is_swept_a_day_later(live):
    old, young = aside(live), aside(live)
    os.utime(old, (0, time.time() - 25 * 3600))
    mine = live.with_name(".site-backup")  # as a person may well call the last good one
    mine.mkdir()
    os.utime(mine, (0, 0))
    aside(live)
    assert young.exists() and not old.exists() and mine.exists()


@pytest.mark.parametrize("refusal", [errno.EBUSY, errno.EXDEV])
def test_what_a_mount_point_holds_is_replaced_and_the_point_stays(live, monkeypatch, refusal):
    exchange.exchange(fresh(live, "first"), live)
    (live / "old/deep").mkdir(parents=True)
    (live / "old/deep/page.html").write_text("gone")
    (live / "kept.svg").write_text("kept")
    point = live.stat().st_ino
    monkeypatch.setattr(exchange, "_swapped", lambda *_: refusal)
    second = fresh(live, "second")
    (second / "kept.svg").hardlink_to(live / "kept.svg")  # one file under two names
    exchange.exchange(second, live)
    assert live.stat().st_ino == point and left(live) == ["site"]
    held = {path.name: path.read_text() for path in live.iterdir()}
    assert held == {"index.html": "second", "kept.svg": "kept"}
