"""Build a site aside and hang it at one stroke, so that a reader never sees half of one."""

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from darkroom.files import sweep

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux
RENAME_SWAP = 2  # macOS
ASIDE = ".darkroom-site-"  # how the names of the folders begin: nobody else's do


def aside(live: Path) -> Path:
    """A fresh folder beside the live site, on the same disk; what dead builds left is removed."""
    live.parent.mkdir(parents=True, exist_ok=True)
    sweep(live.parent, f"{ASIDE}*")
    fresh = Path(tempfile.mkdtemp(prefix=ASIDE, dir=live.parent))
    fresh.chmod(0o755)  # a web server reads it
    return fresh


def exchange(fresh: Path, live: Path) -> None:
    """Put `fresh` where `live` stands, and remove what stood there.

    A mount point cannot be moved: what is in it is replaced file by file.
    """
    gone = fresh.with_name(f"{fresh.name}.old")
    while failure := _swapped(fresh, live):
        if failure in (errno.EBUSY, errno.EXDEV):
            _refilled(fresh, live)
            break
        try:
            if failure != errno.ENOENT:  # this disk cannot exchange: two renames, and a short gap
                with suppress(FileNotFoundError):  # nor has it a site yet
                    os.rename(live, gone)
            os.rename(fresh, live)
            break
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            shutil.rmtree(gone, ignore_errors=True)  # another build was faster: once more
    for folder in (fresh, gone):
        shutil.rmtree(folder, ignore_errors=True)


def _refilled(fresh: Path, live: Path) -> None:
    shutil.copytree(fresh, live, dirs_exist_ok=True, copy_function=_put)
    for path in sorted(live.rglob("*"), reverse=True):  # what is within goes first
        if not (fresh / path.relative_to(live)).exists():
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def _put(new: str, old: str) -> None:
    """Never in place: the two may be one file, and nobody shall read half of one."""
    draft = f"{old}.draft"
    shutil.copy2(new, draft)
    os.replace(draft, old)


def _swapped(fresh: Path, live: Path) -> int:
    """Exchange the two at one stroke; the number of the error, or 0."""
    libc = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(fresh), os.fsencode(live)
    if sys.platform == "darwin":
        failed = libc.renamex_np(a, b, RENAME_SWAP)
    else:
        failed = libc.renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE)
    return ctypes.get_errno() if failed else 0
