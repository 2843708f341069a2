"""Stills that answer: a figure with an ES module of its name in `docs/explorables` is explorable.

The module takes the picture over in the browser; without scripts, and on paper, the still stays.
What it needs is on the page already. The figure carries its size, its `PRESET`, and of its measured
values those that the module reads from `measured`. Below the picture stands the desk, so that
nothing moves when the module starts: fields and buttons, as the module's `labels` name them.

A quantity of the preset becomes a switch (0 or 1), a choice (`choices` says of which measured
names), one of two coordinates (`_1`, `_2`), or a slider and a number; one whose default is None is
not there until it is asked for. Any other label is a button.
The script comes from the site, so any security policy allows it.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from darkroom.data import plain
from darkroom.errors import Fault, Mistake, line_of, nearest
from darkroom.figure import read

FIGURE = re.compile(
    r'(<figure\b[^>]*?\bid="(\w+)"[^>]*)>((?:(?!</figure>).)*?)(?=<figcaption\b)', re.S
)
FOLDER = "explorables"

Preset = Mapping[str, tuple[float | None, ...]]  # default, least, most, step


def playable(page: str, root: Path, to_root: str, measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The page's HTML with what its explorable figures need."""
    scripts = []

    def prepared(found: re.Match[str]) -> str:
        tag, name, pictures = found.groups()
        path = root / "docs" / FOLDER / f"{name}.mjs"
        if name not in measured or not path.is_file():  # a broken figure stays as it is
            return found[0]
        module, figure = path.read_text(encoding="utf-8"), read(root / "figures" / f"{name}.py")
        if not figure.preset:
            raise Fault(path, 1, f"needs a PRESET in figures/{name}.py, which has none.")
        data = {
            "size": [72 * inches for inches in figure.size],
            "measured": dict(_read(path, module, measured[name])),
            "preset": figure.preset,
        }
        scripts.append(f'<script type="module" src="{to_root}{FOLDER}/{name}.mjs"></script>')
        attributes = "".join(f" data-{key}='{_json(value)}'" for key, value in data.items())
        try:
            controls = "\n".join(desk(name, module, figure.preset, measured[name]))
        except Mistake as error:
            raise Fault(path, line_of(path, "labels"), str(error)) from None
        return f"{tag}{attributes}>{pictures}{controls}\n"

    return FIGURE.sub(prepared, page) + "\n".join(scripts)


def desk(name: str, module: str, preset: Preset, measured: Mapping[str, Any]) -> Iterator[str]:
    """The fields and buttons of an explorable, line by line; its module fills them and listens."""
    labels, choices = _declared("labels", module), _declared("choices", module)
    if not labels:
        raise Mistake("has no `labels: {…}`, written out.")
    yield '<section class="desk">'
    for key, label in labels.items():
        if key in choices:
            yield _choice(
                key, label, measured[nearest(choices[key], measured, f"number of `{name}`")]
            )
        elif key in preset and not key.endswith("_2"):
            other = f"{key.removesuffix('_1')}_2"
            pair = {key: label}
            if key.endswith("_1"):
                nearest(other, preset, "quantity of PRESET")
                pair[other] = labels[nearest(other, labels, "label")]
            yield _field(name, pair, preset)
    steps = {"step": "Step", "play": labels.pop("play", "Play")} if "step" in preset else {}
    own = {key: label for key, label in labels.items() if key not in preset}
    shared = steps | {"reset": "Reset", "copy": "Copy as Python"}
    for row in (own, shared) if len(own) > 1 else (own | shared,):
        buttons = (f'<button type="button" name="{k}">{text}</button>' for k, text in row.items())
        yield f'<div class="acts">{"".join(buttons)}</div>'
    yield f'<p class="says" id="{name}-says" role="status"></p>\n</section>'


def _choice(key: str, label: str, names: Iterable[object]) -> str:
    options = "".join(f'<option value="{i}">{text}</option>' for i, text in enumerate(names))
    return f'<label class="field">{label}<select name="{key}">{options}</select></label>'


def _field(name: str, labels: Mapping[str, str], preset: Preset) -> str:
    """A switch, a slider and its number, or two numbers: those are dragged in the picture."""
    (first, label), *others = labels.items()
    start, least, most, step = preset[first]
    if (least, most, step) == (0, 1, 1):
        switch = f'<input type="checkbox" role="switch" name="{first}">'
        return f'<label class="field switch">{switch}{label}</label>'
    if others:
        (second, short), what = others[0], label.rpartition(" ")[0]
        whole = _input("number", second, preset, f'aria-label="{what} {short}"')
        parts = (
            f"<label>{label}{_input('number', first, preset)}</label><label>{short}{whole}</label>"
        )
        return f'<div class="field twin"{" hidden" * (start is None)}>{parts}</div>'
    words, _, note = label.rstrip(")").partition(" (")
    slider = _input("range", first, preset, f'aria-label="{words}"')
    number = _input("number", first, preset, f'id="{name}-{first}"')
    small = f"<small>{note}</small>" if note else ""
    head = f'<label for="{name}-{first}">{words}</label>'
    return f'<div class="field">{head}{slider}{number}{small}</div>'


def _input(kind: str, key: str, preset: Preset, more: str = "") -> str:
    start, least, most, step = preset[key]
    limits = f'min="{least}" max="{most}" step="{step}" value="{"" if start is None else start}"'
    return f'<input type="{kind}" name="{key}" {limits} autocomplete="off" {more}>'


def _declared(name: str, module: str) -> dict[str, str]:
    """What the module declares under this name: key → words, both written out."""
    found = re.search(rf"\b{name}: \{{(.*?)\}}", module, re.S)
    return dict(re.findall(r'(\w+): "([^"]*)"', found[1])) if found else {}


def _read(path: Path, module: str, measured: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each measured value that it reads: `measured.name`, or `{name, other} = measured`."""
    unpacked = ",".join(re.findall(r"\{([\w, ]+)\} = measured\b", module))
    names = re.findall(r"\bmeasured\.(\w+)", module) + re.findall(r"\w+", unpacked)
    for name in sorted(set(names)):
        try:
            yield name, plain(measured[nearest(name, measured, f"number of `{path.stem}`")])
        except Mistake as error:
            lines = enumerate(module.splitlines(), 1)
            where = (
                i for i, line in lines if "measured" in line and re.search(rf"\b{name}\b", line)
            )
            raise Fault(path, next(where, 1), str(error)) from None


def _json(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return html.escape(text, quote=False).replace("'", "&#39;")
