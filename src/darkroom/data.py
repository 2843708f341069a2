"""What a figure measured, as it travels: packed between processes, and as JSON for readers."""

import io
import json
from contextlib import suppress
from typing import Any

from darkroom.errors import Mistake, nearest

Data = dict[str, Any]


def pack(data: Data) -> bytes:
    """What `measure` returned, as one npz: names → numbers, strings, or arrays of these."""
    import numpy as np

    if not isinstance(data, dict):
        raise Mistake(f"measure must return a dict; it returned {type(data).__name__}")
    arrays = {}
    for name, value in data.items():
        if not (isinstance(name, str) and name.isidentifier()):
            raise Mistake(f"measure must return names; {name!r} is none that a page could cite")
        with suppress(ValueError):  # rows of different lengths
            arrays[f"{name}="] = np.asarray(value)  # no name that savez has for itself
        if f"{name}=" not in arrays or arrays[f"{name}="].dtype.kind not in "biufU":
            raise Mistake(f"measure must return numbers, strings or arrays; {name!r} is neither")
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


class Measured(dict[str, Any]):
    """What `measure` returned; to ask for more is the author's mistake."""

    def __missing__(self, name: str) -> str:
        return nearest(name, self, "number that measure() returns")


def unpack(packed: bytes) -> Data:
    """The inverse of `pack`; scalars come back as Python's own."""
    if not packed:
        return Measured()
    import numpy as np

    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        pairs = ((name.removesuffix("="), array) for name, array in arrays.items())
        return Measured((name, a.item() if a.ndim == 0 else a) for name, a in pairs)


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    return json.loads(
        json.dumps(value, default=lambda array: array.tolist()),
        parse_float=lambda digits: float(f"{float(digits):.12g}"),
        parse_constant=lambda _: None,
    )


def to_json(values: dict[str, Any]) -> bytes:
    """A line for each name."""
    told = {name: json.dumps(plain(value), ensure_ascii=False) for name, value in values.items()}
    lines = ",\n".join(f'"{name}": {value}' for name, value in told.items())
    return f"{{\n{lines}\n}}\n".encode()
