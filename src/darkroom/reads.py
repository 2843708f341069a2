"""Record what a job reads of its project: the files that it opens, the folders that it lists.

Python raises an audit event for both, on every way there is: `open` and `os.open`, `os.listdir`
and `os.scandir`, with which `glob`, `os.walk` and `pathlib` list. What a child process reads is not
seen.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from darkroom.hashing import content_digest

LISTING = {"os.listdir", "os.scandir"}
NO_INPUT = re.compile(r"/(__pycache__|\.cache|\.git|\.venv)/")  # folders of what no figure is of


class Reads(NamedTuple):
    """What a job read: path below the project's root → digest when it was first read."""

    data: dict[str, str]  # files that were opened, also in vain, and folders that were listed
    modules: dict[str, str]  # modules of `src/` that were imported


class ReadRecorder:
    """From its making on, it records the digest of each file and folder at the first read."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.source_folder = f"{root}/src/"
        self.digests: dict[str, str] = {}  # by absolute path
        self.imported_before = set(sys.modules)
        sys.addaudithook(self._audit)

    def reads(self) -> Reads:
        """What was read so far, modules apart: that their source was opened makes them no data."""
        files = set()
        for name in sys.modules.keys() - self.imported_before:
            files.add(getattr(sys.modules[name], "__file__", None) or "")
        modules = {file for file in files if file.startswith(self.source_folder)}
        data = self.digests.keys() - files
        return Reads(self._below_root(data), self._below_root(modules))

    def _below_root(self, paths: set[str]) -> dict[str, str]:
        """Their digests; of a module that came compiled and was not read, as it is now."""
        digests = {}
        for path in sorted(paths):
            name = os.path.relpath(path, self.root)
            digests[name] = self.digests.get(path) or content_digest(path)
        return digests

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in LISTING:
            path = _absolute(arguments[0])
            is_read = not f"{path}/".startswith(self.source_folder)  # imports list these
        elif event == "open" and arguments[2] & os.O_ACCMODE != os.O_WRONLY:
            path = _absolute(arguments[0])
            is_read = not os.path.isdir(path)
        else:
            return
        if is_read and self._is_inside(path) and path not in self.digests:
            self.digests[path] = ""  # taking the digest opens the file again
            self.digests[path] = content_digest(path)

    def _is_inside(self, path: str) -> bool:
        """Whether a file or a folder is part of the project."""
        inside = path.startswith(f"{self.root}/") or path == self.root
        return inside and not NO_INPUT.search(f"{path}/", len(self.root))


def _absolute(path: Any) -> str:
    """The path of an audit event: text, bytes, nothing for the current folder, or a descriptor."""
    if isinstance(path, int):
        with suppress(OSError):  # only Linux can tell
            return os.readlink(f"/proc/self/fd/{path}")
        return ""
    return os.path.abspath(os.fsdecode(path or "."))
