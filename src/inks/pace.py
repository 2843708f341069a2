"""The pace of a motion: numbers only, so that `measure` can keep the time that `play` shows."""

from collections.abc import Sequence

import numpy as np

from inks.arrays import Floats, Integers

ROWS_PER_SECOND = 30  # of a film's data; a film has as many frames, so each row is seen


def even_stride(path: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Steps done and length walked of a path (n, 2) at each share of the time from 0 to 1, (...).

    Half of the time goes by length and half by number: long steps are seen, short ones counted.
    """
    steps = np.arange(len(path))
    strides = np.linalg.norm(np.diff(path, axis=0), axis=-1)
    lengths = np.append(0, np.cumsum(strides))
    by_length = lengths / lengths[-1]
    by_number = steps / steps[-1]
    done = np.interp(share, (by_length + by_number) / 2, steps)
    return done, np.interp(done, steps, lengths)


def in_turn(
    paths: Sequence[Floats], rows: Sequence[int], rest: int = 10
) -> tuple[Integers, Floats, Floats]:
    """Walkers one after another, for so many `rows` each: whose turn it is, steps done, length.

    Shapes (all rows,), (all rows, n) and (all rows, n). Each rests for the last rows of its turn.
    """
    clock = np.arange(sum(rows))
    begin = 0
    steps = []
    lengths = []
    for path, turn in zip(paths, rows, strict=True):
        share = (clock - begin) / (turn - rest)
        done, walked = even_stride(path, share)
        steps.append(done)
        lengths.append(walked)
        begin += turn
    turns = np.repeat(np.arange(len(rows)), rows)
    return turns, np.stack(steps, axis=-1), np.stack(lengths, axis=-1)
