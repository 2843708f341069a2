"""Build a site aside and put it in place by two renames, so that a reader never sees half of one.

Between the two renames there is no site for a moment. A build that is killed just then leaves the
last good site under a name ending in `.old`; the next build puts it back before it does anything.
"""

import errno
import glob
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from darkroom.files import sweep

PREFIX = ".darkroom-site-"  # of all folders that are ours, and may be removed
RANDOM = 8  # letters that `mkdtemp` appends to a prefix
OCCUPIED = (errno.ENOTEMPTY, errno.EEXIST)  # another build has put its site there


def build_folder(live: Path) -> Path:
    """A fresh folder beside the live site, on the same disk; what dead builds left is removed."""
    live.parent.mkdir(parents=True, exist_ok=True)
    sweep(live.parent, f"{PREFIX}*")
    fresh = Path(tempfile.mkdtemp(prefix=_prefix(live), dir=live.parent))
    fresh.chmod(0o755)  # a web server reads it
    return fresh


def exchange(fresh: Path, live: Path) -> None:
    """Put `fresh` where `live` stands, and remove what stood there."""
    old = fresh.with_name(f"{fresh.name}.old")
    while True:
        with suppress(FileNotFoundError):  # the first build finds no site
            os.rename(live, old)
        try:
            os.rename(fresh, live)
            break
        except OSError as error:
            if error.errno not in OCCUPIED:
                with suppress(OSError):
                    os.rename(old, live)
                raise
            shutil.rmtree(old, ignore_errors=True)  # the other build's site stands: replace that
    shutil.rmtree(old, ignore_errors=True)


def mend(live: Path) -> None:
    """Put the last good site back, if a build was killed between the two renames."""
    if os.path.lexists(live):
        return
    pattern = glob.escape(_prefix(live)) + "?" * RANDOM + ".old"
    ours = [path for path in live.parent.glob(pattern) if path.lstat().st_uid == os.getuid()]
    for newest in sorted(ours, key=lambda path: path.lstat().st_ctime_ns, reverse=True)[:1]:
        with suppress(OSError):  # another build has put its own there
            os.rename(newest, live)


def _prefix(live: Path) -> str:
    return f"{PREFIX}{live.name}-"
