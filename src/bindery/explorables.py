"""Stills that answer: a figure with an ES module of its name in `docs/explorables` is explorable.

The module takes the picture over in the browser; without scripts, and on paper, the still stays.
What it needs is on the figure itself: its `PRESET`, and of its measured values those that the
module names as `measured.name`. The script comes from the site, so any security policy allows it.
"""

import ast
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from darkroom.build import plain

FIGURE = re.compile(r'<figure\b[^>]*?\bid="(\w+)"[^>]*>')
FOLDER = "explorables"


def preset(figure: Path) -> dict[str, tuple[float, float, float, float]]:
    """Name → (default, least, most, step), from the figure's own file, without running it."""
    for node in ast.parse(figure.read_bytes()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PRESET":
            return dict(ast.literal_eval(node.value))
    raise LookupError(f"{figure} has no PRESET, but a module in docs/{FOLDER} wants to explore it")


def playable(page: str, root: Path, to_root: str, measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The page's HTML with what its explorable figures need."""
    scripts = []

    def prepared(found: re.Match[str]) -> str:
        name, tag = found[1], found[0]
        module = root / "docs" / FOLDER / f"{name}.mjs"
        if not module.is_file():
            return tag
        reads = sorted(set(re.findall(r"\bmeasured\.(\w+)", module.read_text(encoding="utf-8"))))
        data = {"measured": {key: plain(measured[name][key]) for key in reads}}
        if "data-preset" not in tag:
            data["preset"] = preset(root / "figures" / f"{name}.py")
        scripts.append(f'<script type="module" src="{to_root}{FOLDER}/{name}.mjs"></script>')
        return (
            tag[:-1] + "".join(f" data-{key}='{_json(value)}'" for key, value in data.items()) + ">"
        )

    page = FIGURE.sub(prepared, page)
    for name in re.findall(rf'{FOLDER}/(\w+)\.mjs"', "".join(scripts)):
        start = page.index(f'id="{name}"')
        caption = page.index("<figcaption", start)
        page = f'{page[:caption]}<div class="desk"></div>\n{page[caption:]}'
    return page + "\n".join(scripts)


def _json(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return html.escape(text, quote=False).replace("'", "&#39;")
