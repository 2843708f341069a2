"""Digests of contents and of lists of texts."""

import os
from hashlib import sha256
from pathlib import Path


def digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each closed by its length so that no two lists of parts run together."""
    whole = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        whole.update(raw)
        whole.update(len(raw).to_bytes(8))
    return whole.hexdigest()


def content_digest(path: str | Path) -> str:
    """That of a file, or of the names in a folder, as they are now."""
    if os.path.isdir(path):
        names = [name for name in os.listdir(path) if not name.startswith(".")]
        return digest(*sorted(name for name in names if name != "__pycache__"))
    if os.path.isfile(path):
        return digest(Path(path).read_bytes())
    return "absent"
