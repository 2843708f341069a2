"""Keep what was made, by the digest of what it was made from.

An entry is one file: a seal over its key and its content, then the content. It is written under
another name and renamed, so a kill leaves nothing that looks whole; a torn, changed or planted
entry fails its seal and counts as absent.
"""

import io
import json
import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from darkroom.fingerprint import digest
from darkroom.render import Files

SEAL = 64  # hexadecimal digits of SHA-256
ROOM = 512 * 2**20  # bytes kept, the most recently used


class Store:
    """A folder of sealed entries, and a few notes about the last build.

    What a job reads is known only when it has run. So an entry is found in two steps: its key leads
    to the names of the files that it read, and key and their contents together to what it made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str, root: Path) -> Files | None:
        """What was made under this key when the files that it reads were as they are now."""
        reads = (self.read(key) or {}).get("reads")
        return None if reads is None else self.read(self._with(key, _names(reads), root))

    def keep(self, key: str, files: Files, reads: list[str], root: Path) -> None:
        """Keep what was made under this key, reading these files of the project."""
        self.write(self._with(key, reads, root), files)
        self.write(key, {"reads": "\n".join(reads).encode()})

    def reads(self, key: str, root: Path) -> dict[str, str]:
        """The files that were read under this key → their digests now."""
        names = _names((self.read(key) or {}).get("reads", b""))
        return {name: digest(_content(root / name)) for name in names}

    def _with(self, key: str, reads: list[str], root: Path) -> str:
        return digest(
            key, *(part for name in reads if name for part in (name, _content(root / name)))
        )

    def read(self, key: str) -> Files | None:
        """The files sealed under a key, or None."""
        try:
            raw = self._place(key).read_bytes()
        except OSError:
            return None
        seal, content = raw[:SEAL], raw[SEAL:]
        if seal.decode(errors="replace") != digest(key, content):
            return None
        with suppress(OSError):
            os.utime(self._place(key))  # used now: see prune
        with zipfile.ZipFile(io.BytesIO(content)) as entry:
            return {name: entry.read(name) for name in entry.namelist()}

    def write(self, key: str, files: Files) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as entry:
            for name, body in files.items():
                entry.writestr(name, body)
        replace(self._place(key), digest(key, content.getvalue()).encode() + content.getvalue())

    def prune(self, room: int = ROOM) -> int:
        """Remove what was not used for longest until the rest fits; how many bytes went."""
        entries = [(path.stat(), path) for path in self.folder.glob("??/*") if path.is_file()]
        entries.sort(key=lambda entry: -entry[0].st_mtime_ns)
        kept = gone = 0
        for stat, path in entries:
            kept += stat.st_size
            if kept > room:
                path.unlink(missing_ok=True)
                gone += stat.st_size
        return gone

    def note(self, name: str) -> dict[str, Any]:
        """A note by name; empty if there is none that can be read."""
        with suppress(OSError, ValueError):
            note = json.loads((self.folder / f"{name}.json").read_text())
            return note if isinstance(note, dict) else {}
        return {}

    def take_note(self, name: str, note: dict[str, Any]) -> None:
        replace(self.folder / f"{name}.json", json.dumps(note, indent=1).encode())

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _names(reads: bytes) -> list[str]:
    return reads.decode().splitlines()


def _content(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def replace(path: Path, content: bytes) -> None:
    """Write a file so that at any moment it is the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
