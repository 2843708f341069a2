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
    def is_visible(self) -> bool:
        """Somebody should look at it."""
        return self.distance > VISIBLE or not self.good

    def __str__(self) -> str:
        if self.before:
            words = f"differs by {self.distance:.1f} ({VISIBLE:g} is visible)"
        else:
            words = "is new" if self.accepted else "was never accepted"
        if self.distance > VISIBLE and self.accepted:
            words += ", and is accepted"
        if self.unlike:
            words += f"; from nothing, other bytes: {', '.join(self.unlike)}"
        return words

    def images(self) -> Iterator[str]:
        """Before, after and four times the difference, as text for a page."""
        before = self.before or Image.new("RGB", self.after.size, "white")
        difference = self.after  # all of it, if the sizes differ
        if before.size == self.after.size:
            difference = ImageChops.difference(before, self.after)
        stronger = difference.point(lambda level: min(255, 4 * level))
        for image in (before, self.after, stronger):
            yield b64encode(_png(image)).decode()


def check(
    darkroom: Darkroom,
    result: BuildResult,
    names: Sequence[str],
    baseline: Path | None,
) -> list[Verdict]:
    """Judge the figures of a build against small copies, the accepted ones or others."""
    again = from_nothing(darkroom, names)
    accepted = darkroom.root / ACCEPTED
    return [
        _judge(figure, again, accepted, baseline or accepted) for figure in result.figures.values()
    ]


def _judge(
    figure: RenderedFigure, again: dict[str, bytes], accepted: Path, baseline: Path
) -> Verdict:
    name = figure.figure.name
    after = small(figure)
    before, inputs = _copy(baseline / f"{name}.png")
    last_accepted, _ = _copy(accepted / f"{name}.png")
    unlike = [
        ending for ending, body in figure.files.items() if again.get(f"{name}.{ending}") != body
    ]
    labels = changed(_inputs(figure), inputs)
    quoted = ", ".join(f"`{label}`" for label in labels)
    return Verdict(
        name=name,
        before=before,
        after=after,
        distance=distance(before, after),
        accepted=distance(last_accepted, after) <= VISIBLE,
        unlike=tuple(unlike),
        changed=quoted if inputs else "its inputs were not kept",
    )


def accept(result: BuildResult) -> None:
    """Renew the small copies, each with the inputs that it was made from."""
    folder = result.root / ACCEPTED
    for name, figure in result.figures.items():
        inputs = json.dumps(_inputs(figure))
        replace(folder / f"{name}.png", _png(small(figure), inputs))
    for path in folder.glob("*.png"):
        if path.stem not in result.all_names:
            path.unlink()


def _inputs(figure: RenderedFigure) -> dict[str, str]:
    """What it was made from, with digests that are short, but long enough to tell two apart."""
    return {label: value[:12] for label, value in figure.sources.items()}


def _copy(path: Path) -> tuple[Image.Image | None, dict[str, str]]:
    """A small copy and its inputs, if there is one."""
    if not path.is_file():
        return None, {}
    with Image.open(path) as image:
        return image.convert("RGB"), json.loads(image.info.get("inputs", "{}"))


def from_nothing(darkroom: Darkroom, names: Sequence[str]) -> dict[str, bytes]:
    """Every published file of a build that has no cache and lives elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "--root": str(darkroom.root),
            "--order": "7",
            "--store": f"{folder}/store",
            "--workers": "1" if darkroom.workers > 1 else "2",
        }
        command = [sys.executable, "-m", "darkroom"]
        for option, value in options.items():
            command += [option, value]
        command += ["build", "--out", f"{folder}/out", *names]
        subprocess.run(command, env=os.environ | OTHER, stdout=subprocess.DEVNULL, check=False)
        pictures = Path(folder, "out", "figures")
        return {path.name: path.read_bytes() for path in pictures.glob("*.*")}


def small(figure: RenderedFigure) -> Image.Image:
    """A small copy: a still's picture, or some frames of a motion side by side."""
    if figure.figure.kind == "still":
        image = Image.open(io.BytesIO(figure.files["light.png"])).convert("RGB")
        return _scaled(image, WIDTH)
    frames = _frames(figure.files["light.mp4"])
    return Image.fromarray(np.hstack([np.asarray(frame) for frame in frames]))


def _frames(film: bytes) -> list[Image.Image]:
    """Some moments of a film from its first frame to its last, small."""
    with av.open(io.BytesIO(film), "r") as container:
        count = sum(packet.size > 0 for packet in container.demux(video=0))  # a packet is a frame
        container.seek(0)
        wanted = [round(i * (count - 1) / (FRAMES - 1)) for i in range(FRAMES)]
        tiles = {}
        for place, frame in enumerate(container.decode(video=0)):
            if place in wanted:
                tiles[place] = _scaled(frame.to_image(), WIDTH / 2)
    return [tiles[place] for place in wanted]


def _scaled(image: Image.Image, width: float) -> Image.Image:
    return ImageOps.scale(image, width / image.width, Image.Resampling.BOX)


def distance(before: Image.Image | None, after: Image.Image) -> float:
    """The largest difference in colour (ΔE of CIELAB, 1976) of the two, seen from afar."""
    if before is None or before.size != after.size:
        return float("inf")
    difference = _blurred_lab(before) - _blurred_lab(after)
    return float(np.linalg.norm(difference, axis=-1).max())


def report(verdicts: list[Verdict]) -> str:
    """All verdicts as one HTML page that needs nothing else."""
    return str(REPORT.render(verdicts=verdicts))


def markdown(verdicts: list[Verdict]) -> str:
    """The figures that changed, as a table for a pull request."""
    rows = [f"| {v.name} | {v} | {v.changed} |" for v in verdicts if v.is_visible]
    head = ["| figure | what | changed |", "|---|---|---|"] if rows else ["No figure differs."]
    return "\n".join([*head, *rows]) + "\n"


def _png(image: Image.Image, inputs: str = "") -> bytes:
    out = io.BytesIO()
    metadata = PngInfo()
    metadata.add_text("inputs", inputs, zip=True)
    image.save(out, "PNG", optimize=True, pnginfo=metadata)
    return out.getvalue()


def _blurred_lab(image: Image.Image) -> np.ndarray:
    """Its colours as L, a and b, blurred, (height, width, 3)."""
    lab = ImageCms.applyTransform(image.filter(ImageFilter.GaussianBlur(2)), LAB)
    assert lab is not None
    lightness, a, b = np.moveaxis(np.asarray(lab), -1, 0)
    channels = [
        lightness / 2.55,
        a.view(np.int8).astype(float),
        b.view(np.int8).astype(float),
    ]
    return np.stack(channels, axis=-1)
