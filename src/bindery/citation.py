"""How the site is cited: one file, `CITATION.cff`, told in the forms that others read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from darkroom.errors import Fault, Mistake


def read(path: Path) -> dict[str, Any]:
    """The file's fields; empty if there is no such file."""
    if not path.is_file():
        return {}
    try:
        cff = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault(path, mark.line + 1 if mark else 1, "is no YAML. Put text in quotes.") from None
    if not all({"name", "alias", "family-names"} & {*author} for author in cff.get("authors", [])):
        raise Fault(path, 1, "an author needs a name, an alias, or family-names.")
    return dict(cff)


def authors(cff: Mapping[str, Any]) -> list[str]:
    """Their names, a person's given name first."""
    return [
        a.get("name") or a.get("alias") or f"{a.get('given-names', '')} {a['family-names']}".strip()
        for a in cff.get("authors", [])
    ]


def bibtex(cff: Mapping[str, Any], address: str) -> str:
    """A BibTeX entry; double braces, as these authors are no single person's name."""
    if lacking := sorted({"title", "version", "date-released"} - cff.keys()):
        raise Mistake(f"[[bibtex]] needs {', '.join(lacking)} in CITATION.cff.")
    people = " and ".join(f"{{{name}}}" for name in authors(cff))
    return (
        f"@misc{{parallel_parking,\n  title = {{{cff['title']}}},\n  author = {{{people}}},\n"
        f"  year = {{{str(cff['date-released'])[:4]}}},\n  version = {{{cff['version']}}},\n"
        f"  url = {{{address}}}\n}}\n"
    )
