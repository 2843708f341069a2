"""The pace of a motion: numbers only, so that `measure` can keep the time that `play` shows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inks.car import Floats


def smooth(u: Floats) -> Floats:
    """From 0 to 1 with a soft start and a soft stop; at rest before and after."""
    u = np.clip(u, 0, 1)
    return np.asarray(u * u * (3 - 2 * u))


def stop_and_go(arcs: Floats, beat: Floats, pause: float = 0.3) -> tuple[Floats, Floats]:
    """Metres driven and curvature steered at each beat, both (...): a driver who steers at rest.

    `arcs` (n, 2) holds curvature and signed distance. A beat goes to each arc: for its first part,
    `pause`, the car stands and the wheels turn, then it drives. One more beat straightens them.
    """
    held, legs = np.pad(arcs[:, 0], 1), np.append(np.abs(arcs[:, 1]), 0)
    now = np.clip(beat.astype(int), 0, len(arcs))
    turned, driven = smooth((beat - now) / pause), smooth((beat - now - pause) / (1 - pause))
    metres = (np.cumsum(legs) - legs)[now] + driven * legs[now]
    return metres, held[now] + turned * (held[now + 1] - held[now])


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
