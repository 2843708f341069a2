"""Prove that what is published is what the sources make, and that it looks as it did.

Everything is rendered from nothing, in another order, by another number of workers, under another
hash seed, time zone and locale; the bytes must be the same. And small copies of the pictures are
compared with those that somebody last accepted, by a distance that eyes would agree with.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from jinja2 import Template
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageOps
from PIL.PngImagePlugin import PngInfo

from darkroom.build import Darkroom
from darkroom.files import replace
from darkroom.inputs import changed
from darkroom.results import BuildResult, RenderedFigure

ACCEPTED = Path("tests", "baseline")  # below the project: small copies, with the inputs of each
WIDTH = 480  # pixels of a small copy
FRAMES = 5  # of a motion, side by side
VISIBLE = 6.0  # ΔE, blurred: what one sees beside the other; smoothing of edges stays below it
OTHER = {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
REPORT = Template(Path(__file__).with_name("report.html").read_text("utf-8"), autoescape=True)
LAB = ImageCms.buildTransform(
    ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one figure."""

    name: str
    before: Image.Image | None
    after: Image.Image
    distance: float  # largest ΔE of CIELAB, blurred; inf without a before
    accepted: bool  # it looks as the copy in the project's own baseline
    unlike: tuple[str, ...]  # files that came out otherwise from nothing
    changed: str  # which inputs are others than those of the copy before

    @property
    def good(self) -> bool:
        return self.accepted and not self.unlike

    @property
    def seen(self) -> bool:
        """Somebody should look at it."""
        return self.distance > VISIBLE or not self.good

    def __str__(self) -> str:
        unlike = f"; from nothing, other bytes: {', '.join(self.unlike)}" if self.unlike else ""
        apart = f"differs by {self.distance:.1f} ({VISIBLE:g} is visible)"
        if self.distance > VISIBLE and self.accepted:
            return (apart if self.before else "is new") + ", and is accepted" + unlike
        return (apart if self.before else "was never accepted") + unlike

    def images(self) -> Iterator[str]:
        """Before, after and four times the difference, as text for a page."""
        before = self.before or Image.new("RGB", self.after.size, "white")
        alike = before.size == self.after.size
        shade = ImageChops.difference(before, self.after) if alike else self.after
        for image in (before, self.after, shade.point(lambda level: min(255, 4 * level))):
            yield b64encode(_png(image)).decode()


def check(
    room: Darkroom, result: BuildResult, names: Sequence[str], baseline: Path | None
) -> list[Verdict]:
    """Judge the prints of a build of these figures against small copies, accepted or others."""
    again, own, verdicts = from_nothing(room, names), room.root / ACCEPTED, []
    for name, made in result.figures.items():
        after = small(made)
        before, inputs = _copy((baseline or own) / f"{name}.png")
        unlike = tuple(e for e, body in made.files.items() if again.get(f"{name}.{e}") != body)
        accepted = distance(_copy(own / f"{name}.png")[0], after) <= VISIBLE
        labels = (f"`{label}`" for label in changed(_inputs(made), inputs))
        told = ", ".join(labels) if inputs else "its inputs were not kept"
        verdicts.append(
            Verdict(name, before, after, distance(before, after), accepted, unlike, told)
        )
    return verdicts


def accept(result: BuildResult) -> None:
    """Renew the small copies, each with the inputs that it was made from."""
    for name, made in result.figures.items():
        replace(
            result.root / ACCEPTED / f"{name}.png", _png(small(made), json.dumps(_inputs(made)))
        )
    for path in (result.root / ACCEPTED).glob("*.png"):
        if path.stem not in result.all_names:
            path.unlink()


def _inputs(made: RenderedFigure) -> dict[str, str]:
    """What it was made from, with digests that are short, but long enough to tell two apart."""
    return {label: value[:12] for label, value in made.sources.items()}


def _copy(path: Path) -> tuple[Image.Image | None, dict[str, str]]:
    """A small copy and its inputs, if there is one."""
    if not path.is_file():
        return None, {}
    with Image.open(path) as image:
        return image.convert("RGB"), json.loads(image.info.get("inputs", "{}"))


def from_nothing(room: Darkroom, names: Sequence[str]) -> dict[str, bytes]:
    """Every published file of a build that has no cache and lives elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "darkroom", "--root", str(room.root), "--order", "7"]
        command += ["--store", f"{folder}/store", "--workers", "1" if room.workers > 1 else "2"]
        command += ["build", "--out", f"{folder}/out", *names]
        subprocess.run(command, env=os.environ | OTHER, stdout=subprocess.DEVNULL, check=False)
        pictures = Path(folder, "out", "figures")
        return {path.name: path.read_bytes() for path in pictures.glob("*.*")}


def small(made: RenderedFigure) -> Image.Image:
    """A small copy: a still's picture, or some frames of a motion side by side."""
    if made.figure.kind == "still":
        image = Image.open(io.BytesIO(made.files["light.png"])).convert("RGB")
        return ImageOps.scale(image, WIDTH / image.width, Image.Resampling.BOX)
    with av.open(io.BytesIO(made.files["light.mp4"]), "r") as film:
        last = sum(packet.size > 0 for packet in film.demux(video=0)) - 1  # a packet is a frame
        film.seek(0)
        wanted = [round(i * last / (FRAMES - 1)) for i in range(FRAMES)]
        tiles = {
            place: ImageOps.scale(frame.to_image(), WIDTH / 2 / frame.width, Image.Resampling.BOX)
            for place, frame in enumerate(film.decode(video=0))
            if place in wanted
        }
    return Image.fromarray(np.hstack([np.asarray(tiles[place]) for place in wanted]))


def distance(before: Image.Image | None, after: Image.Image) -> float:
    """The largest difference in colour (ΔE of CIELAB, 1976) of the two, seen from afar."""
    if before is None or before.size != after.size:
        return float("inf")
    return float(np.linalg.norm(_seen(before) - _seen(after), axis=-1).max())


def report(verdicts: list[Verdict]) -> str:
    """All verdicts as one HTML page that needs nothing else."""
    return str(REPORT.render(verdicts=verdicts))


def markdown(verdicts: list[Verdict]) -> str:
    """The figures that changed, as a table for a pull request."""
    rows = [f"| {v.name} | {v} | {v.changed} |" for v in verdicts if v.seen]
    head = ["| figure | what | changed |", "|---|---|---|"] if rows else ["No figure differs."]
    return "\n".join([*head, *rows]) + "\n"


def _png(image: Image.Image, inputs: str = "") -> bytes:
    out, told = io.BytesIO(), PngInfo()
    told.add_text("inputs", inputs, zip=True)
    image.save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()


def _seen(image: Image.Image) -> np.ndarray:
    """Its colours as L, a and b, blurred, (height, width, 3)."""
    lab = ImageCms.applyTransform(image.filter(ImageFilter.GaussianBlur(2)), LAB)
    assert lab is not None
    lightness, *colour = np.moveaxis(np.asarray(lab), -1, 0)
    return np.stack([lightness / 2.55, *(c.view(np.int8).astype(float) for c in colour)], axis=-1)
