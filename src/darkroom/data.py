"""What a figure measured, as it travels: packed between processes, and as JSON for readers."""

import io
import json
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
        try:
            array = np.asarray(value)
        except ValueError:  # rows of different lengths
            array = np.asarray(None)
        if array.dtype.kind not in "biufU":
            raise Mistake(f"measure must return numbers, strings or arrays; {name!r} is neither")
        arrays[f"{name}="] = array  # so that it is no argument of savez
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

    data = Measured()
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        for name, array in arrays.items():
            data[name.removesuffix("=")] = array.item() if array.ndim == 0 else array
    return data


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    return json.loads(
        json.dumps(value, default=lambda array: array.tolist()),
        parse_float=lambda digits: float(f"{float(digits):.12g}"),
        parse_constant=lambda _: None,
    )


def to_json(values: dict[str, Any]) -> bytes:
    """A line for each name."""
    lines = []
    for name, value in values.items():
        text = json.dumps(plain(value), ensure_ascii=False)
        lines.append(f'"{name}": {text}')
    whole = ",\n".join(lines)
    return f"{{\n{whole}\n}}\n".encode()
