"""What a value that is written out in a file may look like: a shape says whether one fits."""

import math
from collections.abc import Callable, Iterable
from typing import Any

Shape = Callable[[Any], bool]

LARGEST = 1e9  # a time or a size in memory at or above it is a slip


def text(value: Any) -> bool:
    return isinstance(value, str)


def words(value: Any) -> bool:
    """A text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def identifier(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


def number(value: Any) -> bool:
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return is_numeric and math.isfinite(value)


def positive(value: Any) -> bool:
    return number(value) and 0 < value < LARGEST


def time(value: Any) -> bool:
    """Seconds from 0 on."""
    return number(value) and 0 <= value < LARGEST


def numbers(value: Any) -> bool:
    """A number, or a row of numbers, or of rows."""
    if isinstance(value, tuple | list):
        return all(map(numbers, value))
    return number(value)


def optional(shape: Shape) -> Shape:
    """None, or what fits."""
    return lambda value: value is None or shape(value)


def each(kind: type[Iterable[Any]], shape: Shape) -> Shape:
    """A tuple, a list or a dict in which every item, or key, fits."""
    return lambda value: isinstance(value, kind) and all(map(shape, value))


def row(*shapes: Shape) -> Shape:
    """A tuple with one item for each shape."""

    def fits(value: Any) -> bool:
        if not isinstance(value, tuple) or len(value) != len(shapes):
            return False
        return all(shape(item) for shape, item in zip(shapes, value, strict=True))

    return fits


def by_name(shape: Shape) -> Shape:
    """A dict from identifiers to what fits."""
    is_dict = each(dict, identifier)
    return lambda value: is_dict(value) and all(map(shape, value.values()))
