"""Small pictures: the card by which a page is shown to whom it is sent, and a figure's thumbnail.

What draws is loaded when something is drawn: most builds find all of them made.
"""

import io
from typing import TYPE_CHECKING

from inks.palette import LIGHT

if TYPE_CHECKING:
    from PIL import ImageDraw

WIDTH, HEIGHT, EDGE = 1200, 630, 72  # pixels, as sharing sites ask for
COLUMN = 560  # of the words, where a figure stands beside them
THUMB = (560, 380)  # pixels, at most


def thumbnail(figure: bytes) -> bytes:
    """A figure, a PNG, as a small AVIF."""
    from PIL import Image

    image, out = Image.open(io.BytesIO(figure)).convert("RGB"), io.BytesIO()
    image.thumbnail(THUMB, Image.Resampling.LANCZOS)
    image.save(out, "AVIF", quality=55, max_threads=1)
    return out.getvalue()


def card(site: str, title: str, claim: str, figure: bytes) -> bytes:
    """A PNG with title, claim, and a figure (a PNG, light), if there is one."""
    from PIL import Image, ImageDraw

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
    image.quantize(128, Image.Quantize.MAXCOVERAGE).save(out, "PNG")
    return out.getvalue()


def _set(
    pen: "ImageDraw.ImageDraw",
    text: str,
    cut: str,
    size: int,
    y: int,
    room: int,
    colour: str,
    left: int = EDGE,
) -> int:
    """Set words in lines of at most so many pixels; returns where the next line would begin."""
    from PIL import ImageFont

    from inks.style import faces

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
