"""Call a function once for the same arguments: the darkroom's cache keeps what it returned.

The key is made of the arguments, the code of the bindery, and the libraries that may take part.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from darkroom.cache import Cache
from darkroom.hashing import digest
from darkroom.inputs import PYTHON, installed

LIBRARIES = ["beautifulsoup4", "jupytext", "math-core", "pygments"]
CODE = Path(__file__).parent


def cached(store: Cache, function: Callable[..., bytes], *args: str | bytes) -> bytes:
    """What a function returns that depends on its arguments alone."""
    key = digest(function.__module__, function.__qualname__, _code(), *args)
    if entry := store.read(key):
        return entry["result"]
    result = function(*args)
    with suppress(OSError):  # it is called again the next time
        store.write(key, {"result": result})
    return result


@cache
def _code() -> str:
    """The digest of all code that a result may depend on."""
    versions = [installed(library) for library in LIBRARIES]
    modules = [path.read_bytes() for path in sorted(CODE.rglob("*.py"))]
    return digest(PYTHON, *versions, *modules)
