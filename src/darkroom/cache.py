"""Keep what was made, by the digest of what it was made from.

An entry is one file: a digest over its key and its content, then the content. It is written under
another name and renamed, so a kill leaves nothing that looks whole; a torn, changed or planted
entry does not match its digest and counts as absent.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from darkroom.errors import InputsChanged
from darkroom.files import replace
from darkroom.hashing import content_digest, digest
from darkroom.inputs import Inputs

Files = dict[str, bytes]  # name, or ending such as `svg` → content

DIGEST_LENGTH = 64  # hexadecimal digits of SHA-256
MAX_BYTES = 512 * 2**20  # of all entries, the most recently used
MAX_RECORDS = 2000  # names in one record, the latest


class Cache:
    """A folder of entries, records of earlier builds among them.

    What a job reads is known only when it has run. So what it made is found in two steps: its key
    leads to the names of the files that it read, and key and their contents together to the entry.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, key: str, root: Path) -> tuple[Files | None, Inputs]:
        """What was made under this key from the files as they are now, and their digests.

        If there is nothing, these are still those of the files that were read the last time.
        """
        names = self.read(key)
        if names is None:
            return None, {}
        reads = current_digests(root, names)
        return self.read(_key_with(key, reads)), reads

    def save(self, key: str, root: Path, files: Files, reads: Inputs) -> None:
        """Keep what was made under this key from files of the project, if they are as they were."""
        if current_digests(root, reads) != reads:
            raise InputsChanged("a file changed while it was made")
        self.write(_key_with(key, reads), files)
        self.write(key, dict.fromkeys(reads, b""))

    def read(self, key: str) -> Files | None:
        """The files of the entry under a key, or None."""
        path = self._path(key)
        raw = b""
        with suppress(OSError):
            raw = path.read_bytes()
            os.utime(path)  # it was used now: see prune
        expected, content = raw[:DIGEST_LENGTH], raw[DIGEST_LENGTH:]
        if expected != digest(key, content).encode():
            return None
        files = {}
        with zipfile.ZipFile(io.BytesIO(content)) as entry:
            for name in entry.namelist():
                files[name] = entry.read(name)
        return files

    def write(self, key: str, files: Files) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as entry:
            for name, body in files.items():
                entry.writestr(name, body)
        content = out.getvalue()
        replace(self._path(key), digest(key, content).encode() + content)

    def read_record(self, name: str) -> dict[str, Any]:
        """A record by name; empty if there is none."""
        files = self.read(digest("note", name)) or {"json": b"{}"}
        return dict(json.loads(files["json"]))

    def write_record(self, name: str, record: dict[str, Any]) -> None:
        latest = dict([*record.items()][-MAX_RECORDS:])
        with suppress(OSError):  # it saves time, and is not needed
            self.write(digest("note", name), {"json": json.dumps(latest).encode()})

    def prune(self, max_bytes: int = MAX_BYTES) -> int:
        """Delete the least recently used entries until so much remains; the bytes deleted."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        files = [(path.stat(), path) for path in paths]
        files.sort(key=lambda file: -file[0].st_mtime_ns)
        total = 0
        deleted = 0
        for stat, path in files:
            total += stat.st_size
            if total > max_bytes:
                path.unlink(missing_ok=True)
                deleted += stat.st_size
        return deleted

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def current_digests(root: Path, names: Iterable[str]) -> Inputs:
    """The digests of these files of the project, as they are now."""
    return {name: content_digest(root / name) for name in names}


def _key_with(key: str, reads: Inputs) -> str:
    """The key to what was made from these files."""
    return digest(key, *map("=".join, reads.items()))
