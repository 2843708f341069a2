"""What a still needs, loaded and used once, before the server forks the first job.

A job then finds fonts and caches as they are after one picture, whichever it draws.
"""

import atexit
import gc
import os
from contextlib import suppress
from importlib import import_module

from inks.palette import LIGHT
from workshop.process import PRELOADED


def _draw() -> None:
    """Lay out a small chart, as that asks for most of what drawing does."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from inks.style import style

    with rc_context(style(LIGHT)):
        fig = Figure((1, 1))
        ax = fig.subplots()
        ax.plot([0, 1], label="a")
        ax.set_title("a")
        ax.legend()
        fig.draw_without_rendering()


gc.disable()  # little of what is loaded is ever garbage
for name in PRELOADED:
    import_module(name)
with suppress(Exception):  # a job will tell of it
    _draw()
gc.freeze()
gc.enable()
atexit.register(os._exit, 0)  # there is nothing to tidy up, and somebody waits for its end
