"""Numbers in prose: `{{ rotation.steps:,}}` becomes what the figure `rotation` measured.

In a figure's own caption, alt text and transcript the figure's name is left out: `{{ steps }}`.
"""

import html
import re
from collections.abc import Mapping
from itertools import pairwise

from darkroom.data import Data
from darkroom.errors import Mistake, nearest

REFERENCE = r"\{\{\s*(?P<name>[^\W\d][\w.\[\]-]*)\s*(?::\s*(?P<spec>[^{}\s]+)\s*)?\}\}"


def cited(name: str, spec: str, measured: Mapping[str, Data], own: str = "", *, tex: bool) -> str:
    """The text of one reference; `own` is the figure whose caption cites, if any."""
    place, *indices = re.split(r"[\[\]]+", name.rstrip("]"))
    figure, _, key = place.rpartition(".")
    if not (figure := figure or own):
        raise Mistake(f"`{name}` names no number. Write {{{{ figure.key }}}}.")
    if own and figure != own:
        raise Mistake(
            f"`{name}`: words of `{own}` cite what its own measure() returns. Add it there."
        )
    import numpy as np  # who cites nothing does not wait for it

    data = measured[nearest(figure, measured, "figure")]
    value = data[nearest(key, data, f"number of `{figure}`")]
    try:
        if indices:
            value = np.asarray(value)[tuple(map(int, indices))]
        if isinstance(value, np.ndarray):
            raise Mistake(f"`{name}` is an array of shape {value.shape}. Cite one: {name}[0].")
        value = value.item() if isinstance(value, np.generic) else value
        if isinstance(value, str):
            return value
        if not np.isfinite(value):
            raise Mistake(f"`{name}` is {value}: nothing that prose could cite.")
        text = format(value, spec or (".4g" if isinstance(value, float) else "d"))
    except (ValueError, IndexError, OverflowError) as error:
        asked = f"{name}:{spec}" if spec else name
        raise Mistake(f"`{asked}` cannot be cited: {error}.") from None
    return text.replace(",", "{,}").replace("%", r"\%") if tex else text.replace("-", "−")


def expanded(text: str, measured: Mapping[str, Data], own: str = "", *, tex: bool = False) -> str:
    """A text with every reference in it replaced."""

    def told(m: re.Match[str]) -> str:
        try:
            return cited(m["name"], m["spec"] or "", measured, own, tex=tex)
        except Mistake as error:
            error.written = m[0]
            raise

    return re.sub(REFERENCE, told, text)


def spoken(text: str, measured: Mapping[str, Data], own: str = "") -> str:
    """The same of a text that is read as it is, and no Markdown: a description, what is seen."""
    text = expanded(text, measured, own)
    if left := re.search(r"\{\{.{0,30}|.{0,30}\}\}|\$[^$]+\$", text):
        error = Mistake(f"`{left[0]}` stays as it is here. Write {{{{ key }}}}; formulas in words.")
        error.written = left[0]
        raise error
    return text


def track(transcript: list[tuple[float, str]]) -> bytes:
    """A transcript as a WebVTT track of descriptions; the last stands for ten seconds."""
    starts, texts = zip(*transcript, strict=True)
    instants = [round(1000 * start) for start in (*starts, starts[-1] + 10.0)]  # milliseconds
    clock = [f"{ms // 60_000:02}:{ms % 60_000 / 1000:06.3f}" for ms in instants]
    told = (html.escape(" ".join(text.split()), quote=False) for text in texts)
    cues = (f"{a} --> {b}\n{text}\n" for (a, b), text in zip(pairwise(clock), told, strict=True))
    return "\n".join(["WEBVTT\n", *cues]).encode()
