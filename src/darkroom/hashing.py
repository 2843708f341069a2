"""Digests of contents and of lists of texts."""

import os
from hashlib import sha256
from pathlib import Path


def digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each closed by its length so that no two lists of parts run together."""
    raws = (part.encode() if isinstance(part, str) else part for part in parts)
    return sha256(b"".join(raw + len(raw).to_bytes(8) for raw in raws)).hexdigest()


def content_digest(path: str | Path) -> str:
    """That of a file, or of the names in a folder, as they are now."""
    if os.path.isdir(path):
        seen = (name for name in os.listdir(path) if name[0] != "." and name != "__pycache__")
        return digest(*sorted(seen))
    return digest(Path(path).read_bytes()) if os.path.isfile(path) else "absent"
