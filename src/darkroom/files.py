"""Files that are whole at any moment, and folders that killed builds have left."""

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

SCRATCH = "darkroom-scratch-"  # how the names of folders begin that are swept
ABANDONED = 24 * 3600.0  # seconds after which what a killed build left belongs to nobody


def replace(path: Path, content: bytes) -> None:
    """Write a file so that at any moment it is the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".draft-{secrets.token_hex(8)}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def sweep(folder: Path, pattern: str) -> None:
    """Remove the folders that killed builds of this user have left behind."""
    for path in folder.glob(pattern):
        with suppress(OSError):
            stat = path.lstat()
            if stat.st_uid == os.getuid() and time.time() - stat.st_mtime > ABANDONED:
                shutil.rmtree(path)
