"""Prove that what is published is what the sources make, and that it looks as it did.

Everything is rendered from nothing, in another order, by another number of workers, under another
hash seed, time zone and locale; the bytes must be the same. And small copies of the pictures are
compared with those that somebody last accepted, by a distance that eyes would agree with.
"""

import base64
import html
import io
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageChops, ImageCms, ImageFilter

from darkroom.build import Album, Darkroom, Print
from darkroom.store import replace

WIDTH = 480  # pixels of a small copy
FRAMES = 5  # of a motion, side by side
VISIBLE = 6.0  # ΔE, blurred: what one sees beside the other; smoothing of edges stays below it
OTHER = {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
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
    unlike: tuple[str, ...]  # files that came out otherwise from nothing
    changed: str  # what changed since it was accepted or built

    @property
    def good(self) -> bool:
        return self.distance <= VISIBLE and not self.unlike


def check(room: Darkroom, album: Album, reasons: dict[str, str], *, accept: bool) -> list[Verdict]:
    """Judge every print of a build; with `accept`, renew the small copies first."""
    again = from_nothing(room)
    verdicts = []
    for name, made in album.prints.items():
        after, path = small(made), room.root / "tests" / "baseline" / f"{name}.png"
        if accept:
            out = io.BytesIO()
            after.save(out, "PNG", optimize=True)
            replace(path, out.getvalue())
        before = Image.open(path).convert("RGB") if path.is_file() else None
        unlike = tuple(e for e, body in made.files.items() if again.get(f"{name}.{e}") != body)
        apart = distance(before, after)
        verdicts.append(Verdict(name, before, after, apart, unlike, reasons.get(name, "")))
    return verdicts


def from_nothing(room: Darkroom) -> dict[str, bytes]:
    """Every published file of a build that has no cache and lives elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "darkroom", "--root", str(room.root), "--order", "7"]
        command += ["--store", f"{folder}/store", "--workers", "1" if room.workers > 1 else "2"]
        command += ["build", "--out", f"{folder}/out"]
        subprocess.run(command, env=os.environ | OTHER, stdout=subprocess.DEVNULL, check=False)
        pictures = Path(folder, "out", "figures")
        return {path.name: path.read_bytes() for path in pictures.glob("*.*")}


def small(made: Print) -> Image.Image:
    """A small copy: a still's picture, or some frames of a motion side by side."""
    if made.figure.kind == "still":
        return _scaled(Image.open(io.BytesIO(made.files["light.png"])).convert("RGB"), WIDTH)
    with av.open(io.BytesIO(made.files["light.mp4"]), "r") as film:
        frames: list[Image.Image] = [
            frame.to_image()  # type: ignore[no-untyped-call]  # av's types leave it out
            for frame in film.decode(video=0)
        ]
    picked = [frames[round(i * (len(frames) - 1) / (FRAMES - 1))] for i in range(FRAMES)]
    tiles = [_scaled(frame, WIDTH // 2) for frame in picked]
    strip = Image.new("RGB", (FRAMES * tiles[0].width, tiles[0].height))
    for i, tile in enumerate(tiles):
        strip.paste(tile, (i * tile.width, 0))
    return strip


def distance(before: Image.Image | None, after: Image.Image) -> float:
    """The largest difference in colour (ΔE of CIELAB, 1976) of the two, seen from afar."""
    if before is None or before.size != after.size:
        return float("inf")
    a, b = (_seen(image) for image in (before, after))
    return float(np.linalg.norm(a - b, axis=-1).max())


def report(verdicts: list[Verdict]) -> str:
    """All verdicts as one HTML page that needs nothing else."""
    rows = "".join(_row(verdict) for verdict in sorted(verdicts, key=lambda v: v.good))
    bad = sum(not verdict.good for verdict in verdicts)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title><style>'
        "body{font:15px system-ui;margin:2em}img{max-width:100%}td{vertical-align:top;padding:8px}"
        f".bad{{color:#b00020;font-weight:600}}</style><h1>{bad} of {len(verdicts)} figures differ"
        "</h1><table><tr><th>figure<th>before<th>after<th>difference</tr>"
        f"{rows}</table></html>"
    )


def markdown(verdicts: list[Verdict]) -> str:
    """The figures that changed, as a table for a pull request."""
    bad = [v for v in verdicts if not v.good]
    rows = [f"| {v.name} | {_told(v)} | {v.changed} |" for v in bad]
    head = ["| figure | what | why |", "|---|---|---|"] if bad else ["No figure differs."]
    return "\n".join([*head, *rows]) + "\n"


def _row(verdict: Verdict) -> str:
    blank = Image.new("RGB", verdict.after.size, "white")
    before = verdict.before or blank
    apart = before.size == verdict.after.size
    shade = ImageChops.difference(before, verdict.after) if apart else verdict.after
    cells = "".join(
        f'<td><img alt="" src="data:image/png;base64,{_encoded(image)}">'
        for image in (before, verdict.after, shade.point(lambda level: min(255, 4 * level)))
    )
    mood = "good" if verdict.good else "bad"
    told = f"<b>{verdict.name}</b><br>{_told(verdict)}<br>{html.escape(verdict.changed)}"
    return f'<tr><td class="{mood}">{told}{cells}</tr>'


def _told(verdict: Verdict) -> str:
    unlike = f"; from nothing, other bytes: {', '.join(verdict.unlike)}" if verdict.unlike else ""
    if verdict.before is None:
        return f"was never accepted{unlike}"
    return f"differs by {verdict.distance:.1f} ({VISIBLE:g} is visible){unlike}"


def _encoded(image: Image.Image) -> str:
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def _scaled(image: Image.Image, width: int) -> Image.Image:
    height = round(image.height * width / image.width)
    return image.resize((width, height), Image.Resampling.BOX)


def _seen(image: Image.Image) -> np.ndarray:
    lab = ImageCms.applyTransform(image.filter(ImageFilter.GaussianBlur(2)), LAB)
    assert lab is not None
    levels = np.asarray(lab, dtype=float)
    signed = np.where(levels > 127, levels - 256, levels)  # a and b are signed bytes
    return np.stack([levels[..., 0] / 2.55, signed[..., 1], signed[..., 2]], axis=-1)
