"""Addresses that have moved lead on: old links, from elsewhere, still find what they meant.

One table, `docs/moved.yml`, says of an old page or a part of one where it is now. Where a page is
gone, a signpost stands in its place; where a page stays, a line at its top tells who asks for the
part that went. Both work without scripts; neither is in the sitemap or in the search.
"""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from bindery.pages.csp import with_policy
from darkroom.errors import Fault, line_of
from darkroom.files import replace

Table = Mapping[str, str]  # old address → new one, as `scope/#part`
FORM = 'must be lines as `scope/: one-neuron/` or `scope/#part: "one-neuron/#other"`.'
LINE = '<p class="moved md-typeset" id="{id}">This part has moved: <a href="{to}">{title}</a>.</p>'
PART = '<li id="{id}"><a href="{to}">{title}</a></li>'
SIGNPOST = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Moved: {title}</title>
<link rel="canonical" href="{address}">
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<main>
<h1>This page has moved</h1>
<p>It is now in <a href="{to}">{title}</a>.</p>
{parts}
</main>
<script>{{ // a part that is not listed here may have kept its name
  const part = document.getElementById(location.hash.slice(1))
  const to = new URL((part ?? document).querySelector("a"))
  if (!part) to.hash ||= location.hash
  location.replace(to)
}}</script>
</body>
</html>
"""


def read(path: Path) -> Table:
    """The table; empty if there is none."""
    if not path.is_file():
        return {}
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault(path, mark.line + 1 if mark else 1, FORM) from None
    if not isinstance(table, dict):
        raise Fault(path, 1, FORM)
    for address in [*table, *table.values()]:
        if not isinstance(address, str) or not re.fullmatch(r"(?:[^#/]+/)*(?:#[^#]+)?", address):
            raise Fault(path, line_of(path, str(address)), FORM)
    return table


def lead_on(site: Path, path: Path, home: str) -> None:
    """Write what leads on into the finished site, whose address is `home`.

    Raises `Fault` for an address of the table that leads nowhere, or that has not moved.
    """
    table = read(path)
    for old, new in table.items():
        for message in _complaints(site, table, old, new):
            raise Fault(path, line_of(path, old), message)
    for page in sorted({_split(old)[0] for old in table}):
        parts = {_split(old)[1]: new for old, new in table.items() if _split(old)[0] == page}
        file = site / page / "index.html"
        if "" in parts:
            replace(file, _signpost(site, page, parts, home).encode())
        else:
            lines = "".join(_lines(LINE, site, page, parts))
            text = file.read_text(encoding="utf-8")
            replace(file, text.replace("<article", f"{lines}<article", 1).encode())


def is_signpost(page: str) -> bool:
    """Whether a page's HTML only leads on."""
    return 'http-equiv="refresh"' in page


def _complaints(site: Path, table: Table, old: str, new: str) -> Iterator[str]:
    page, part = _split(old)
    if not _is_there(site, new):
        yield f"{new or 'the start page'} is not there, to which {old} leads."
    if _is_there(site, old):
        yield f"{old or 'the start page'} is still there, and leads nowhere else."
    if part and page not in table and not _is_there(site, page):
        yield f"{page} is gone: say where it leads, in a line of its own."


def _is_there(site: Path, address: str) -> bool:
    page, part = _split(address)
    file = site / page / "index.html"
    if not file.is_file():
        return False
    has_part = rf"""\sid=["']?{re.escape(html.escape(part))}["'\s>]"""
    return not part or bool(re.search(has_part, file.read_text(encoding="utf-8")))


def _signpost(site: Path, page: str, parts: Table, home: str) -> str:
    new = parts[""]
    return with_policy(
        SIGNPOST.format(
            title=_title(site, new),
            address=html.escape(home + _split(new)[0]),
            to=html.escape(_relative(page, new)),
            parts=f"<ul>{''.join(_lines(PART, site, page, parts))}</ul>"
            if parts.keys() > {""}
            else "",
        )
    )


def _lines(form: str, site: Path, page: str, parts: Table) -> Iterator[str]:
    """One for each part of a page that has moved."""
    for part, new in parts.items():
        if part:
            to = html.escape(_relative(page, new))
            yield form.format(id=html.escape(part), to=to, title=_title(site, new))


def _title(site: Path, address: str) -> str:
    """The title of the page at an address, as HTML."""
    text = (site / _split(address)[0] / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<title>(.*?)(?: - [^-<]*)?</title>", text, re.DOTALL)
    return found[1] if found else html.escape(address)


def _relative(page: str, address: str) -> str:
    return ("../" * page.count("/") + address) or "./"


def _split(address: str) -> tuple[str, str]:
    page, _, part = address.partition("#")
    return page, part
