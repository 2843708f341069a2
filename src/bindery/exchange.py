"""Build a site aside and hang it at one stroke, so that a reader never sees half of one."""

import ctypes
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux
RENAME_SWAP = 2  # macOS
ABANDONED = 3600.0  # seconds after which a folder aside belongs to nobody


def aside(folder: Path) -> Path:
    """A fresh folder to build in; what dead builds have left there for an hour is removed."""
    for old in folder.glob("site-*"):
        if time.time() - old.stat().st_mtime > ABANDONED:
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="site-", dir=folder))
    fresh.chmod(0o755)  # a web server reads it
    return fresh


def exchange(fresh: Path, live: Path) -> None:
    """Put `fresh` where `live` stands, and remove what stood there."""
    if not live.exists():
        live.parent.mkdir(parents=True, exist_ok=True)
        os.rename(fresh, live)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(fresh), os.fsencode(live)
    if sys.platform == "darwin":
        failed = libc.renamex_np(a, b, RENAME_SWAP)
    else:
        failed = libc.renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE)
    if failed:  # a file system that cannot exchange: two renames, and a short gap
        gone = fresh.with_name(fresh.name + ".old")
        os.rename(live, gone)
        os.rename(fresh, live)
        fresh = gone
    shutil.rmtree(fresh)
