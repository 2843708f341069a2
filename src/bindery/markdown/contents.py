"""What the pages show and cite, read off their Markdown before any is set.

What stands in code on a page is an example there and does not count.
"""

import re
from contextlib import suppress
from pathlib import Path

import yaml

from darkroom.cite import REFERENCE
from darkroom.errors import Fault
from darkroom.results import BuildResult

CODE = re.compile(  # and comments
    r"<!--.*?-->|^[ \t]*(```+|~~~+).*?^[ \t]*\1|(`+)(?:(?!\n\s*\n).)+?\2", re.MULTILINE | re.DOTALL
)
FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
SHOWN = re.compile(r"^[ \t]*!\[[^\]]*\]\(figure:(\w+)\)", re.MULTILINE)


def shown_on(page: str) -> list[str]:
    """The figures that a page shows."""
    return SHOWN.findall(CODE.sub("", page))


class Contents:
    """The pages in reading order: their titles, their texts without code."""

    def __init__(self, docs: Path, pages: list[str], result: BuildResult) -> None:
        self.docs, self.result = docs, result
        texts = {page: _text(docs / page) for page in pages}
        self.titles = {page: _title(text, page) for page, text in texts.items()}
        self.texts = {page: CODE.sub("", text) for page, text in texts.items()}

    def shown(self) -> dict[str, list[str]]:
        """Each figure → the pages that show it; figures and pages in reading order."""
        pages: dict[str, list[str]] = {}
        for page, text in self.texts.items():
            for name in SHOWN.findall(text):
                pages.setdefault(name, []).append(page)
        return pages

    def cited(self) -> dict[str, list[str]]:
        """Each number, as `figure.key`, → the pages on which it stands, captions included."""
        found: dict[str, list[str]] = {}
        shown = self.shown()
        for page, text in self.texts.items():
            for m in re.finditer(REFERENCE, text):
                found.setdefault(m["name"], []).append(page)
        for name, made in self.result.figures.items():
            f = made.figure
            own = [f.claim, f.caption, f.alt, *(seen for _, seen in f.transcript)]
            for m in re.finditer(REFERENCE, "\n".join(own)):
                key = m["name"] if "." in m["name"] else f"{name}.{m['name']}"
                found.setdefault(key, []).extend(shown.get(name, []))
        order = {page: number for number, page in enumerate(self.texts)}
        return {k: sorted(set(pages), key=order.__getitem__) for k, pages in sorted(found.items())}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Fault(path, line, "is not written in UTF-8. Save it so.") from None


def _title(text: str, page: str) -> str:
    """As its front matter says, or its first heading."""
    told = None
    if front := FRONT.match(text):
        with suppress(yaml.YAMLError):  # mkdocs takes it for text then
            told = yaml.safe_load(front[1])
    if isinstance(told, dict) and "title" in told:
        return str(told["title"])
    heading = re.search(r"^# (.+)$", CODE.sub("", text), re.MULTILINE)
    return heading[1] if heading else page
