"""Citations: `[@key]` on a page names its source, and `[@@]` on a line of its own lists them all.

One Markdown extension over one `.bib`, so that it travels to other generators. An entry says, in
its field `read`, how we know it, in `portion`, which part we read, in `through`, whose word we have
for what we did not read; in `annote`, what is in it for us.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from darkroom.errors import Fault, Mistake, nearest

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

KNOWN = {
    "text": "we read it",
    "part": "we read part of it",
    "abstract": "we read the abstract",
    "secondhand": "we know it through others",
    "listed": "we know it from lists of references",
}
FaultsAt = Callable[[str], AbstractContextManager[None]]  # within: a fault has a text's line
FORMS = {  # of what an entry may say of where it appeared, in this order
    "booktitle": "<em>{}</em>",
    "journal": "<em>{}</em>",
    "howpublished": "{}",
    "publisher": "{}",
    "pages": "pages {}",
}
TEX = re.compile(r"[{}\\]")
ADDRESSES = {"doi": "https://doi.org/{}", "eprint": "https://arxiv.org/abs/{}", "url": "{}"}


class Bibliography(Extension):
    """Citations and the list of sources, from one bibliography."""

    def __init__(self, path: Path | None, faults_at: FaultsAt = lambda _: nullcontext()) -> None:
        super().__init__()
        self.faults_at = faults_at
        self.page = "sources.md"  # where the list stands, seen from the page being written
        self.entries = _entries(path) if path and path.exists() else {}

    def card(self, key: str) -> str:
        """Who, when, and what of it we read; nothing, if there is no such entry."""
        if key not in self.entries:
            return ""
        entry = self.entries[key]
        known = _known({name: html.escape(text) for name, text in entry.fields.items()})
        return f"<p>{_reference(entry)}.</p><p><em>{known}.</em></p>"

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.inlinePatterns.register(_Citation(self), "bindery-citation", 182)
        md.parser.blockprocessors.register(_List(self, md), "bindery-sources", 30)  # after code


class _Citation(InlineProcessor):
    """The authors and the year, linked to the entry in the list.

    What cites in a form of somebody else's, as `[@key, p. 5]` and `[@one; @two]`, is told.
    """

    def __init__(self, sources: Bibliography) -> None:
        super().__init__(r"\[@(?P<key>[^\]\s@]+)\]|\[@[^\]\n]*\](?!\()")
        self.sources = sources

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name and its two forms)
        self, m: re.Match[str], _data: str
    ) -> tuple[Element | str, int, int]:
        with self.sources.faults_at(m[0]):
            if not m["key"]:
                raise Mistake(f"`{m[0]}` cites nothing. Write [@key], one by one; pages in words.")
            key = nearest(m["key"], self.sources.entries, "source")
            link = Element("a", {"href": f"{self.sources.page}#{key}", "class": "citation"})
            entry = self.sources.entries[key]
            link.text = AtomicString(f"{_people(entry, last=True)}, {entry.fields['year']}")
            return link, m.start(0), m.end(0)
        return "?", m.start(0), m.end(0)


class _List(BlockProcessor):
    """All entries, the oldest first; real elements, so that generators know their anchors."""

    def __init__(self, sources: Bibliography, md: Markdown) -> None:
        super().__init__(md.parser)
        self.entries = sources.entries

    def test(self, _parent: Element, block: str) -> bool:
        return block.strip() == "[@@]"

    def run(self, parent: Element, blocks: list[str]) -> None:
        blocks.pop(0)
        items = SubElement(parent, "ol", {"class": "sources"})
        order = sorted(self.entries.items(), key=lambda item: (item[1].fields["year"], item[0]))
        for key, entry in order:
            item = SubElement(items, "li", {"id": key})
            item.text = AtomicString(self.parser.md.htmlStash.store(_item(entry)))


def _entries(path: Path) -> "dict[str, Entry]":
    from pybtex.database import parse_file  # takes its time, and figures can be drawn meanwhile
    from pybtex.exceptions import PybtexError

    try:
        entries = dict(parse_file(path).entries)
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 1
        raise Fault(path, line, f"cannot be read: {error}.") from None
    for key, entry in entries.items():
        if lacking := next(_lacking(entry), None):
            before, _, _ = path.read_text(encoding="utf-8").partition(f"{{{key},")
            raise Fault(path, before.count("\n") + 1, f"`{key}` has no {lacking}.")
    return entries


def _lacking(entry: "Entry") -> Iterator[str]:
    """What every entry has, and this one has not."""
    if TEX.search("".join(entry.fields.values())):
        yield "plain words: it has TeX, which is to be written as Unicode"
    yield from {"author"} - {*entry.persons}
    yield from (name for name in ("title", "year", "annote") if name not in entry.fields)
    if "portion" not in entry.fields and entry.fields.get("read") not in KNOWN:
        yield f"portion, and no read that is one of {', '.join(KNOWN)}"


def _item(entry: "Entry") -> str:
    fields = {name: html.escape(text) for name, text in entry.fields.items()}
    note = f"{fields['annote']} <em>{_known(fields)}.</em>"
    return f"<p>{_reference(entry)}.</p><p>{note}</p>"


def _reference(entry: "Entry") -> str:
    """People, title, where it appeared and when, and where it can be found."""
    fields = {name: html.escape(text) for name, text in entry.fields.items()}
    parts = [html.escape(_people(entry)), f"“{fields['title']}”"]
    for name, form in FORMS.items():
        if name in fields:
            parts.append(form.format(fields[name].replace("--", "–")))
    parts += [fields["year"], *_links(entry)]
    return ", ".join(parts)


def _known(fields: Mapping[str, str]) -> str:
    """How we know a work, in words that begin a sentence."""
    if "portion" in fields:
        return f"We read {fields['portion']}"
    if "through" in fields:
        return f"We know it through {fields['through']}"
    known = KNOWN[fields["read"]]
    return known[0].upper() + known[1:]


def _links(entry: "Entry") -> Iterator[str]:
    for name, form in ADDRESSES.items():
        if name in entry.fields:
            address = form.format(entry.fields[name])
            text = entry.fields[name].removeprefix("https://")
            if name == "eprint":
                text = f"arXiv:{text}"
            yield f'<a href="{html.escape(address)}">{html.escape(text)}</a>'


def _people(entry: "Entry", *, last: bool = False) -> str:
    """`Y. LeCun, L. Bottou and K.-R. Müller`; at most three of them, if only `last` names."""
    names = []
    for person in entry.persons["author"]:
        parts = [*person.prelast_names, *person.last_names]
        names.append(" ".join(parts if last else [*_initials(person), *parts]))
    if last and len(names) > 3:
        return f"{names[0]} et al."
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _initials(person: "Person") -> list[str]:
    given = [*person.first_names, *person.middle_names]
    return ["-".join(f"{part[0]}." for part in name.split("-")) for name in given]
