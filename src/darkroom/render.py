"""Render one picture, in this process: what a job does once it has a process of its own.

A still is drawn by `draw(fig, ink, data)` on a blank matplotlib canvas and comes back as SVG; a
motion is played by `play(scene, ink, data)` on a manim scene and comes back as H.264 mp4 and its
last frame as PNG. `measure()` runs apart from both, once for both themes.
"""

import importlib.util
import io
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from inks.palette import THEMES

FRAME = (1280, 720)  # pixels of a motion
RATE = 30  # its frames per second

Data = dict[str, Any]


def figure_module(path: Path) -> ModuleType:
    """Import a figure file under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"figures.{path.stem}", path)
    assert spec and spec.loader, path
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def still(module: ModuleType, theme: str, data: Data) -> dict[str, bytes]:
    """Draw a still: `{"svg": …}`."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    from inks.style import style

    ink = THEMES[theme]
    matplotlib.rcdefaults()
    with matplotlib.rc_context(style(ink)):
        fig = Figure(figsize=getattr(module, "SIZE", (4.8, 3.2)))
        FigureCanvasSVG(fig)
        module.draw(fig, ink, data)
        out = io.BytesIO()
        fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return {"svg": out.getvalue()}


def motion(module: ModuleType, theme: str, data: Data, scratch: Path) -> dict[str, bytes]:
    """Play a motion in the empty folder `scratch`: `{"mp4": …, "png": last frame}`."""
    import manim

    ink = THEMES[theme]
    settings = {
        "media_dir": str(scratch),
        "output_file": "motion",
        "pixel_width": FRAME[0],
        "pixel_height": FRAME[1],
        "frame_rate": RATE,
        "background_color": ink.paper,
        "disable_caching": True,  # manim's own cache does not see a change in an imported module
        "save_last_frame": False,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "video_encoder_options": {"threads": "1"},  # else the bytes depend on the cores
    }
    if unknown := [name for name in settings if not hasattr(manim.config, name)]:
        raise LookupError(f"manim no longer knows the settings {unknown}")
    logging.getLogger("manim").setLevel(logging.ERROR)
    with manim.tempconfig(settings):

        class Motion(manim.Scene):
            def construct(self) -> None:
                module.play(self, ink, data)

        scene = Motion()
        scene.render()
        film = Path(scene.renderer.file_writer.final_file_path)
        last = io.BytesIO()
        scene.renderer.camera.get_image().convert("RGB").save(last, format="PNG", optimize=True)
        return {"mp4": film.read_bytes(), "png": last.getvalue()}
