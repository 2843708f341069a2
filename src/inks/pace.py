"""The pace of a motion: numbers only, so that `measure` can keep the time that `play` shows."""

import numpy as np

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
