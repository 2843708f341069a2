"""What a process that draws a still has loaded before it begins; its server imports this once.

It stands alone, and imports nothing of ours: each job imports that for itself, as it is by then.
"""

import atexit
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

MODULES = ["numpy.random", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"]
MODULES += ["matplotlib.figure", "matplotlib.patches", "importlib.metadata", "importlib.readers"]
MODULES += ["font_source_sans_pro", "resource"]


def load() -> None:
    """Import all that, and lay out a chart, which asks once for most of what a still asks for."""
    for name in MODULES:
        import_module(name)
    from matplotlib.figure import Figure
    from PIL import Image

    Image.preinit()  # as whoever saves a PNG does
    fig = Figure((1, 1), layout="constrained")
    ax = fig.subplots()
    ax.plot([0, 1], label="a")
    ax.set_title("a")
    ax.legend()
    fig.draw_without_rendering()


gc.disable()  # little of what is loaded is ever garbage
with suppress(Exception):  # a job will tell of it
    load()
gc.freeze()
gc.enable()
if "forkserver" in " ".join(sys.orig_argv):  # it has nothing to tidy up, and who hears it waits
    atexit.register(os._exit, 0)
