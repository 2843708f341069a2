"""Make once what takes long: the darkroom's cache keeps it, by what it is made from.

That is the words it is told, the code of bindery and inks, and the libraries that may take part.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import inks
from darkroom.cache import Cache
from darkroom.hashing import digest
from darkroom.inputs import PYTHON, installed

LIBRARIES = ["beautifulsoup4", "font-source-sans-pro", "jupytext", "math-core", "pillow"]
LIBRARIES += ["pygments", "tinycss2"]
FOLDERS = [Path(__file__).parent, Path(inks.__file__).parent]


def cached(store: Cache, make: Callable[..., bytes], *told: str | bytes) -> bytes:
    """What a function makes of these words, and of nothing else."""
    key = digest(make.__module__, make.__qualname__, _makers(), *told)
    if kept := store.read(key):
        return kept["made"]
    made = make(*told)
    with suppress(OSError):  # it is made again the next time
        store.write(key, {"made": made})
    return made


@cache
def _makers() -> str:
    code = (path.read_bytes() for folder in FOLDERS for path in sorted(folder.rglob("*.py")))
    return digest(PYTHON, *map(installed, LIBRARIES), *code)
