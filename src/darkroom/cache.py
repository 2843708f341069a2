"""Keep what was made, by the digest of what it was made from.

An entry is one file: a seal over its key and its content, then the content. It is written under
another name and renamed, so a kill leaves nothing that looks whole; a torn, changed or planted
entry fails its seal and counts as absent.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from darkroom.files import replace
from darkroom.hashing import content_digest, digest
from darkroom.inputs import Inputs

Files = dict[str, bytes]  # name, or ending such as `svg` → content

SEAL = 64  # hexadecimal digits of SHA-256
ROOM = 512 * 2**20  # bytes kept, the most recently used
MEMORY = 2000  # entries of a note, the latest


class Cache:
    """A folder of sealed entries, notes about the last build among them.

    What a job reads is known only when it has run. So what it made is found in two steps: its key
    leads to the names of the files that it read, and key and their contents together to the entry.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str, root: Path) -> tuple[Files, Inputs] | None:
        """What was made under this key from the files as they are now, and their digests."""
        if (names := self.read(key)) is not None:
            reads = _now(root, names)
            if (files := self.read(_with(key, reads))) is not None:
                return files, reads
        return None

    def keep(self, key: str, root: Path, files: Files, reads: Inputs) -> None:
        """Keep what was made under this key from files of the project as they still are."""
        if _now(root, reads) != reads:
            raise OSError("a file changed while it was made")
        self.write(_with(key, reads), files)
        self.write(key, dict.fromkeys(reads, b""))

    def read(self, key: str) -> Files | None:
        """The files sealed under a key, or None."""
        place, raw = self._place(key), b""
        with suppress(OSError):
            raw = place.read_bytes()
            os.utime(place)  # used now: see prune
        seal, content = raw[:SEAL], raw[SEAL:]
        if seal != digest(key, content).encode():
            return None
        with zipfile.ZipFile(io.BytesIO(content)) as entry:
            return {name: entry.read(name) for name in entry.namelist()}

    def write(self, key: str, files: Files) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as entry:
            for name, body in files.items():
                entry.writestr(name, body)
        replace(self._place(key), digest(key, content.getvalue()).encode() + content.getvalue())

    def note(self, name: str) -> dict[str, Any]:
        """A note by name; empty if there is none."""
        files = self.read(digest("note", name)) or {"json": b"{}"}
        return dict(json.loads(files["json"]))

    def take_note(self, name: str, note: dict[str, Any]) -> None:
        kept = dict([*note.items()][-MEMORY:])
        with suppress(OSError):  # it saves time, and is not needed
            self.write(digest("note", name), {"json": json.dumps(kept).encode()})

    def prune(self, room: int = ROOM) -> int:
        """Remove what was not used for longest until the rest fits; how many bytes went."""
        files = [(path.stat(), path) for path in self.folder.rglob("*") if path.is_file()]
        kept = gone = 0
        for stat, path in sorted(files, key=lambda file: -file[0].st_mtime_ns):
            kept += stat.st_size
            if kept > room:
                path.unlink(missing_ok=True)
                gone += stat.st_size
        return gone

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _now(root: Path, names: Iterable[str]) -> Inputs:
    return {name: content_digest(root / name) for name in names}


def _with(key: str, reads: Inputs) -> str:
    """The key to what was made from these files."""
    return digest(key, *map("=".join, reads.items()))
