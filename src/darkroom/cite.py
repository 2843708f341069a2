"""Numbers in prose: `{{ rotation.steps:,}}` becomes what the figure `rotation` measured.

In a figure's own caption, alt text and transcript the figure's name is left out: `{{ steps }}`.
"""

import html
import math
import re
from collections.abc import Mapping
from typing import Any

from darkroom.data import Data
from darkroom.errors import Mistake, nearest

PATH = re.compile(r"(?P<place>[^\W\d]\w*(\.\w+)*)(?P<indices>(\[-?\d+\])*)")
INDEX = re.compile(r"\[(-?\d+)\]")
POWER = re.compile(r"(?P<mantissa>.*\d)[eE](?P<exponent>[+-]\d+)")  # 1.5e-06
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
RAW = re.compile(r"\{\{.{0,30}|.{0,30}\}\}|\$[^$]+\$")  # what would be read out as it stands
REFERENCE = r"\{\{\s*(?P<name>[^\W\d][\w.\[\]-]*)\s*(?::\s*(?P<spec>[^{}\s]+)\s*)?\}\}"


def cited(name: str, spec: str, measured: Mapping[str, Data], own: str = "", *, tex: bool) -> str:
    """The text of one reference; `own` is the figure whose caption cites, if any."""
    asked = f"{name}:{spec}" if spec else name
    value = _value(name, measured, own)
    if isinstance(value, str):
        return value
    try:
        text = format(value, spec or (".4g" if isinstance(value, float) else "d"))
    except (ValueError, OverflowError) as error:
        raise Mistake(f"`{asked}` cannot be cited: {error}.") from None
    return _in_tex(text) if tex else _in_prose(text)


def _value(name: str, measured: Mapping[str, Data], own: str) -> Any:
    """The number or the text that a reference names."""
    if not (parts := PATH.fullmatch(name)):
        raise Mistake(f"`{name}` is no reference. Write {{{{ figure.key }}}} or figure.key[0].")
    figure, _, key = parts["place"].rpartition(".")
    if not (figure := figure or own):
        raise Mistake(f"`{name}` names no number. Write {{{{ figure.key }}}}.")
    if own and figure != own:
        rule = f"words of `{own}` cite what its own measure() returns. Add it there."
        raise Mistake(f"`{name}`: {rule}")
    import numpy as np  # who cites nothing does not wait for it

    data = measured[nearest(figure, measured, "figure")]
    array = np.asarray(data[nearest(key, data, f"number of `{figure}`")])
    place = tuple(map(int, INDEX.findall(parts["indices"])))
    try:
        found = array[place]
    except IndexError as error:
        raise Mistake(f"`{name}` cannot be cited: {error}.") from None
    if found.shape:
        raise Mistake(f"`{name}` is an array of shape {found.shape}. Cite one: {name}[0].")
    value = found.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise Mistake(f"`{name}` is {value}: nothing that prose could cite.")
    return value


def _in_tex(text: str) -> str:
    """A formatted number inside a formula."""
    if power := POWER.fullmatch(text):
        exponent = int(power["exponent"])
        text = rf"{power['mantissa']} \cdot 10^{{{exponent}}}"
    return text.replace(",", "{,}").replace("%", r"\%")


def _in_prose(text: str) -> str:
    """A formatted number between words: with a real minus, its power of ten raised."""
    raised = ""
    if power := POWER.fullmatch(text):
        exponent = int(power["exponent"])
        text = f"{power['mantissa']} × 10"
        raised = str(exponent).translate(RAISED)
    return text.replace("-", "−") + raised


def expanded(text: str, measured: Mapping[str, Data], own: str = "", *, tex: bool = False) -> str:
    """A text with every reference in it replaced."""

    def number(m: re.Match[str]) -> str:
        try:
            return cited(m["name"], m["spec"] or "", measured, own, tex=tex)
        except Mistake as error:
            error.written = m[0]
            raise

    return re.sub(REFERENCE, number, text)


def spoken(text: str, measured: Mapping[str, Data], own: str = "") -> str:
    """The same of a text that is read as it is, and no Markdown: a description, what is seen."""
    text = expanded(text, measured, own)
    if raw := RAW.search(text):
        hint = "Write {{ key }}; formulas in words."
        error = Mistake(f"`{raw[0]}` stays as it is here. {hint}")
        error.written = raw[0]
        raise error
    return text


def track(transcript: list[tuple[float, str]]) -> bytes:
    """A transcript as a WebVTT track of descriptions; the last stands for ten seconds."""
    starts = [start for start, _ in transcript]
    ends = [*starts[1:], starts[-1] + 10.0]
    cues = ["WEBVTT\n"]
    for (start, text), end in zip(transcript, ends, strict=True):
        one_line = " ".join(text.split())
        escaped = html.escape(one_line, quote=False)
        cues.append(f"{_clock(start)} --> {_clock(end)}\n{escaped}\n")
    return "\n".join(cues).encode()


def _clock(seconds: float) -> str:
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:02}:{rest / 1000:06.3f}"
