"""What the core asks of its arguments; each refusal names the hypothesis that is broken."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Function = Callable[[Floats], Floats]


def require(
    name: str,
    array: Floats,
    good: bool | np.bool_,
    hypothesis: str,
) -> Floats:
    """The array, if it is good; else `ValueError` with its name, its value and the hypothesis."""
    if not good:
        shown = np.array2string(array, threshold=6, precision=6)
        raise ValueError(f"{name} = {shown}: {hypothesis}")
    return array


def finite(name: str, value: ArrayLike) -> Floats:
    """The value as float64, if every number in it is finite."""
    array = np.asarray(value, dtype=np.float64)
    good = np.isfinite(array).all()
    return require(name, array, good, "must be finite")


def positive(name: str, value: ArrayLike) -> Floats:
    """The value, if it is positive everywhere."""
    array = finite(name, value)
    good = (array > 0).all()
    return require(name, array, good, "must be positive")


def within(
    name: str,
    value: ArrayLike,
    low: float,
    high: float,
    *,
    ends: str = "[]",
) -> Floats:
    """The value, if it lies between two ends; `ends` is "[]", "()", "(]" or "[)"."""
    array = finite(name, value)
    opening = ends[0]
    closing = ends[1]
    above = array >= low if opening == "[" else array > low
    below = array <= high if closing == "]" else array < high
    good = (above & below).all()
    return require(name, array, good, f"must lie in {opening}{low:g}, {high:g}{closing}")


def whole(
    name: str,
    value: int,
    *,
    least: int = 1,
) -> int:
    """The value, if it is a whole number and not below `least`."""
    is_whole = np.isfinite(value) and value == int(value)
    if not is_whole or value < least:
        raise ValueError(f"{name} = {value}: must be a whole number, at least {least}")
    return int(value)


def vectors(
    name: str,
    value: ArrayLike,
    *,
    dimension: int | None = None,
) -> Floats:
    """The value, if its last axis is there, not empty and (when given) of this dimension."""
    array = finite(name, value)
    entries = array.shape[-1] if array.ndim else 0
    good = entries > 0 and dimension in (None, entries)
    if not good:
        wanted = "at least one entry" if dimension is None else f"{dimension} entries"
        raise ValueError(f"{name} has shape {array.shape}: its last axis must have {wanted}")
    return array


def batch(
    name: str,
    value: ArrayLike,
    *,
    dimension: int | None = None,
) -> Floats:
    """The value, if it is a batch (..., n, d) of at least one sample."""
    array = vectors(name, value, dimension=dimension)
    if array.ndim < 2 or array.shape[-2] == 0:
        raise ValueError(f"{name} has shape {array.shape}: must be a batch (..., n, d) with n ≥ 1")
    return array


def data_set(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """The two, if they are n samples (n, d) and what to say of each (n,)."""
    inputs = batch("x", x)
    targets = finite("y", y)
    if inputs.ndim != 2 or targets.shape != inputs.shape[:1]:
        shapes = f"{inputs.shape}, {targets.shape}"
        raise ValueError(f"x, y have shapes {shapes}: must be (n, d) and (n,)")
    return inputs, targets


def rounded_up(moves: Floats) -> Integers:
    """The next whole number, forgiving a relative rounding error of 1e-12: 100 + 1e-13 is 100."""
    good = np.all(moves < 2**53)
    require("moves", moves, good, "must be fewer than 2^53")
    whole_moves = np.ceil(moves * (1 - 1e-12))
    return np.asarray(whole_moves, dtype=np.int64)
