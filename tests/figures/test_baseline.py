"""The pictures look as they did when somebody last looked at them."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from darkroom.build import Darkroom

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "tests" / "baseline"
WIDTH = 480  # pixels of a baseline
CLOSE = 0.01  # mean difference of grey, from 0 to 1, that nobody sees


@pytest.fixture(scope="module")
def album():
    return Darkroom(ROOT).build()


def small(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.BOX)


def difference(a: Image.Image, b: Image.Image) -> float:
    if a.size != b.size:
        return 1.0
    grey = [np.asarray(image.convert("L"), dtype=float) / 255 for image in (a, b)]
    return float(np.abs(grey[0] - grey[1]).mean())


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "figures").glob("*.py")))
def test_a_picture_looks_as_it_did(album, name, tmp_path):
    now = small(album.prints[name].files["light.png"])
    path = BASELINE / f"{name}.png"
    now.save(tmp_path / path.name, optimize=True)
    hint = f"look at {tmp_path / path.name}; if it is right, copy it to {path.relative_to(ROOT)}"
    assert path.is_file(), hint
    assert difference(now, Image.open(path).convert("RGB")) < CLOSE, hint


def test_a_changed_picture_is_noticed(album):
    now = small(album.prints["redrawn_zigzag"].files["light.png"])
    other = small(album.prints["redrawn_zigzag"].files["dark.png"])
    moved = Image.new("RGB", now.size, "white")
    moved.paste(now, (12, 0))
    assert difference(now, other) > CLOSE and difference(now, moved) > CLOSE
