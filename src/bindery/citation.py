"""How the site is cited: one file, `CITATION.cff`, told in the forms that others read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from inventory.faults import Unknown


def read(path: Path) -> dict[str, Any]:
    """The file's fields; empty if there is no such file."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def authors(cff: Mapping[str, Any]) -> list[str]:
    """Their names, a person's given name first."""
    return [
        a.get("name") or a.get("alias") or f"{a['given-names']} {a['family-names']}"
        for a in cff.get("authors", [])
    ]


def bibtex(cff: Mapping[str, Any], address: str) -> str:
    """A BibTeX entry; double braces, as these authors are no single person's name."""
    if lacking := sorted({"title", "version", "date-released"} - cff.keys()):
        raise Unknown(f"[[bibtex]] needs {', '.join(lacking)} in CITATION.cff.")
    people = " and ".join(f"{{{name}}}" for name in authors(cff))
    return (
        f"@misc{{parallel_parking,\n  title = {{{cff['title']}}},\n  author = {{{people}}},\n"
        f"  year = {{{str(cff['date-released'])[:4]}}},\n  version = {{{cff['version']}}},\n"
        f"  url = {{{address}}}\n}}\n"
    )
