"""Make what a figure shows: arrays from `measure`, a still from `draw`, a motion from `play`.

A still is drawn on a blank matplotlib canvas and comes back as SVG and PNG; a motion is played on
a manim scene and comes back as H.264 mp4 and its last frame. Both bring a thumbnail, an AVIF for
the gallery. What stands here decides the bytes.
"""

import importlib.util
import io
import logging
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from darkroom.data import Data
from inks.palette import Ink

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200  # of a still where it is pixels
FRAME = (1280, 720)  # pixels of a motion
RATE = 30  # its frames per second
DRAFT = (640, 360), 15  # the same two while somebody edits
THUMBNAIL = (560, 380)  # pixels, at most

PLACES = re.compile(rb' (?:d|x|y)="[^"]*"')  # and no scale, opacity or width
FINE = re.compile(rb"-?\d+\.\d{3,}")


def figure_module(path: Path) -> ModuleType:
    """Import a figure file under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"figures.{path.stem}", path)
    assert spec and spec.loader, path
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def still(module: ModuleType, ink: Ink, data: Data, size: tuple[float, float]) -> dict[str, bytes]:
    """What `draw` draws on a canvas of this size in inches: `svg`, `png`, and `avif`, small."""
    import matplotlib as mpl
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from PIL import Image

    from inks.style import style

    svg, png = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(style(ink)):
        FigureCanvasAgg(fig := Figure(figsize=size))
        module.draw(fig, ink, data)
        vectors = FigureCanvasSVG(fig)
        if layout := fig.get_layout_engine():
            layout.execute(fig)  # once, and not by `savefig`, which would draw twice
            fig.set_layout_engine("none")
        fig.dpi = DPI  # of an image among its lines
        vectors.print_svg(svg, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        fig.dpi = DPI  # it was set to SVG's 72
        pixels = FigureCanvasAgg(fig)
        pixels.draw()
        drawn = Image.fromarray(np.asarray(pixels.buffer_rgba()))
        paper = Image.new("RGB", drawn.size, ink.paper)
        paper.paste(drawn, mask=drawn)  # a figure may have made itself clear
        paper.save(png, "PNG", compress_level=4)  # hardly larger than at 6, and sooner
    return {"svg": rounded(svg.getvalue()), "png": png.getvalue(), "avif": thumbnail(paper)}


def thumbnail(picture: "Image") -> bytes:
    """A picture as a small AVIF; on one thread, for its bytes must not depend on the cores."""
    from PIL import Image

    small = picture.convert("RGB")
    small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "AVIF", quality=55, max_threads=1)
    return out.getvalue()


def rounded(svg: bytes) -> bytes:
    """The picture with its places in hundredths of a point: a third lighter, and looks the same."""

    def places(attribute: re.Match[bytes]) -> bytes:
        return FINE.sub(lambda number: b"%.12g" % round(float(number[0]), 2), attribute[0])

    return PLACES.sub(places, svg)


def motion(
    module: ModuleType, ink: Ink, data: Data, folder: Path, *, draft: bool
) -> dict[str, bytes]:
    """What `play` plays, with an empty folder at hand: `mp4`, the last frame as `png`, `avif`."""
    import manim
    from PIL import Image

    from darkroom.camera import OutlineCamera

    (width, height), rate = DRAFT if draft else (FRAME, RATE)
    settings = {
        "media_dir": str(folder),
        "output_file": "motion",
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": rate,
        "background_color": ink.paper,
        "disable_caching": True,  # manim's own cache does not see a change in an imported module
        "progress_bar": "none",
        # on one thread, else the bytes depend on the cores; half the time of `medium`, and smaller
        "video_encoder_options": {"threads": "1", "preset": "veryfast"},
    }
    if unknown := [name for name in settings if not hasattr(manim.config, name)]:
        raise LookupError(f"manim no longer knows the settings {unknown}")
    logging.getLogger("manim").setLevel(logging.ERROR)
    with manim.tempconfig(settings):

        class Motion(manim.Scene):
            def construct(self) -> None:
                module.play(self, ink, data)

        scene = Motion(camera_class=OutlineCamera)
        scene.render()
        film = Path(scene.renderer.file_writer.final_file_path)
        camera = scene.renderer.camera
        assert isinstance(camera, manim.Camera)  # and not OpenGL's
        last = io.BytesIO()
        frame = camera.get_image().convert("RGB")
        # a small mark keeps its colour, and a large one exactly
        few = frame.quantize(128, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(last, format="PNG", optimize=True)
    return {"mp4": film.read_bytes(), "png": last.getvalue(), "avif": thumbnail(frame)}
