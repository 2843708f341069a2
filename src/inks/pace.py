"""The pace of a motion: numbers only, so that `measure` can keep the time that `play` shows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inks.car import Floats


def even_stride(path: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Steps done and length walked of a path (n, 2) at each share of the time from 0 to 1, (...).

    Half of the time goes by length and half by number: long steps are seen, short ones counted.
    """
    lengths = np.append(0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=-1)))
    steps = np.arange(len(path))
    done = np.interp(share, (lengths / lengths[-1] + steps / steps[-1]) / 2, steps)
    return done, np.interp(done, steps, lengths)


def in_turn(
    paths: Sequence[Floats], rows: Sequence[int], rest: int = 10
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Walkers one after another, for so many `rows` each: whose turn it is, steps done, length.

    Shapes (all rows,), (all rows, n) and (all rows, n). Each rests for the last rows of its turn.
    """
    ends, clock = np.cumsum(rows), np.arange(sum(rows))
    walks = [
        even_stride(path, (clock - (end - seen)) / (seen - rest))
        for path, seen, end in zip(paths, rows, ends, strict=True)
    ]
    done, walked = np.stack([np.stack(walk) for walk in walks], axis=-1)
    return np.asarray(np.repeat(np.arange(len(rows)), rows)), done, walked
