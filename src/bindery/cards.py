"""Small pictures: the card by which a page is shown to whom it is sent, and a figure's thumbnail.

Each is made once for the same input, and kept by the darkroom's store.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from darkroom.fingerprint import digest
from darkroom.store import Store
from inks.palette import LIGHT
from inks.style import faces

WIDTH, HEIGHT, EDGE = 1200, 630, 72  # pixels, as sharing sites ask for
COLUMN = 560  # of the words, where a figure stands beside them
CODE = Path(__file__).read_bytes()  # other code, other pictures
THUMB = (560, 380)  # pixels, at most


def card(store: Store, site: str, title: str, claim: str, figure: bytes | None) -> bytes:
    """A PNG with title, claim, and a figure (a PNG, light)."""
    return _kept(store, _drawn, site, title, claim, figure)


def thumbnail(store: Store, figure: bytes) -> bytes:
    """A figure, a PNG, as a small AVIF."""
    return _kept(store, _shrunk, figure)


def _kept(store: Store, drawn: Callable[..., bytes], *told: str | bytes | None) -> bytes:
    key = digest(drawn.__name__, PIL.__version__, CODE, *(part or b"" for part in told))
    if kept := store.read(key):
        return kept["picture"]
    picture = drawn(*told)
    with suppress(OSError):  # it is made again the next time
        store.write(key, {"picture": picture})
    return picture


def _shrunk(figure: bytes) -> bytes:
    image, out = Image.open(io.BytesIO(figure)).convert("RGB"), io.BytesIO()
    image.thumbnail(THUMB, Image.Resampling.LANCZOS)
    image.save(out, "AVIF", quality=55, max_threads=1)
    return out.getvalue()


def _drawn(site: str, title: str, claim: str, figure: bytes | None) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), LIGHT.paper)
    pen = ImageDraw.Draw(image)
    room = COLUMN if figure else WIDTH - 2 * EDGE
    y = _set(pen, title, "Semibold", 64, EDGE, room, LIGHT.text)
    _set(pen, claim, "Regular", 33, y + 24, room, LIGHT.text)
    pen.rectangle([EDGE, HEIGHT - EDGE - 30, EDGE + 8, HEIGHT - EDGE], fill=LIGHT.raw)
    _set(pen, site, "Semibold", 28, HEIGHT - EDGE - 34, room, LIGHT.muted, left=EDGE + 24)
    if figure:
        picture = Image.open(io.BytesIO(figure)).convert("RGB")
        picture.thumbnail(
            (WIDTH - COLUMN - 2 * EDGE - 24, HEIGHT - 2 * EDGE), Image.Resampling.LANCZOS
        )
        place = WIDTH - EDGE // 2 - picture.width, (HEIGHT - picture.height) // 2
        image.paste(picture, place)
    out = io.BytesIO()
    image.quantize(128).save(out, "PNG")
    return out.getvalue()


def _set(
    pen: ImageDraw.ImageDraw,
    text: str,
    cut: str,
    size: int,
    y: int,
    room: int,
    colour: str,
    left: int = EDGE,
) -> int:
    """Set words in lines of at most so many pixels; returns where the next line would begin."""
    face = ImageFont.truetype(faces() / f"SourceSansPro-{cut}.ttf", size)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=face) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    for line in lines[:7]:
        pen.text((left, y), line, font=face, fill=colour)
        y += round(1.22 * size)
    return y
