"""Stills that answer: a figure with an ES module of its name in `docs/explorables` is explorable.

The module takes the picture over in the browser; without scripts, and on paper, the still stays.
What it needs is on the figure itself: its `PRESET`, and of its measured values those that the
module names as `measured.name`. The script comes from the site, so any security policy allows it.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from darkroom.album import plain
from darkroom.catalog import Fault
from darkroom.cite import nearest

FIGURE = re.compile(r'<figure\b[^>]*?\bid="(\w+)"[^>]*>')
MEASURED = re.compile(r"\bmeasured\.(\w+)")
FOLDER = "explorables"


def playable(page: str, root: Path, to_root: str, measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The page's HTML with what its explorable figures need; a broken figure stays as it is."""
    scripts = []

    def prepared(found: re.Match[str]) -> str:
        name, tag = found[1], found[0]
        module = root / "docs" / FOLDER / f"{name}.mjs"
        if name not in measured or not module.is_file():
            return tag
        if "data-preset=" not in tag:
            wants = f"has no PRESET, but docs/{FOLDER}/{module.name} wants to explore it."
            raise Fault(root / "figures" / f"{name}.py", 1, wants)
        data = _json({key: plain(value) for key, value in _read(module, measured[name])})
        scripts.append(f'<script type="module" src="{to_root}{FOLDER}/{name}.mjs"></script>')
        return f"{tag[:-1]} data-measured='{data}'>"

    page = FIGURE.sub(prepared, page)
    for name in re.findall(rf'{FOLDER}/(\w+)\.mjs"', "".join(scripts)):
        start = page.index(f'id="{name}"')
        caption = page.index("<figcaption", start)
        page = f'{page[:caption]}<div class="desk"></div>\n{page[caption:]}'
    return page + "\n".join(scripts)


def _read(module: Path, measured: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each measured value that a module names; a `Fault` at the line of one that there is not."""
    text = module.read_text(encoding="utf-8")
    for found in sorted(MEASURED.finditer(text), key=lambda found: found[1]):
        try:
            yield found[1], measured[nearest(found[1], measured, f"number of `{module.stem}`")]
        except LookupError as error:
            line = text.count("\n", 0, found.start()) + 1
            raise Fault(module, line, str(error)) from None


def _json(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return html.escape(text, quote=False).replace("'", "&#39;")
