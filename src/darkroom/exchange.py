"""Replace a folder by another at one stroke, so that a reader never sees half a site."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux
RENAME_SWAP = 2  # macOS


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
