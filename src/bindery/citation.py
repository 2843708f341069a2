"""How the site is cited: one file, `CITATION.cff`, told in the forms that others read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from darkroom.errors import Fault, Mistake

NAME = "parallel-parking"  # of the files that hold the whole site, and of its entry for BibTeX


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
    return [_name(author) for author in cff.get("authors", [])]


def _name(author: Mapping[str, str]) -> str:
    if name := author.get("name") or author.get("alias"):
        return name
    return f"{author.get('given-names', '')} {author['family-names']}".strip()


def bibtex(cff: Mapping[str, Any], address: str) -> str:
    """A BibTeX entry; double braces, as these authors are no single person's name."""
    if lacking := sorted({"title", "version", "date-released"} - cff.keys()):
        raise Mistake(f"[[bibtex]] needs {', '.join(lacking)} in CITATION.cff.")
    people = " and ".join(f"{{{name}}}" for name in authors(cff))
    fields = {
        "title": cff["title"],
        "author": people,
        "year": str(cff["date-released"])[:4],
        "version": cff["version"],
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{NAME.replace('-', '_')},\n" + ",\n".join(lines) + "\n}\n"
