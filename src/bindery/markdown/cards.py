r"""Cards: what a citation, a letter or a term means, at hand where it stands.

Letters and terms are explained in one place, a table on any page whose head begins with `letter` or
`term`: `| $\mu, s$ | mean and spread |`, `| full batch | all samples at every step |`. Where a page
first has such a letter alone in a formula, or such a term in italics, it becomes a link to its row.
`cards.mjs` opens what such links lead to; a page brings along in templates what it does not have.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from bindery.markdown.bibliography import Bibliography
from bindery.markdown.formulas import Formulas

HEAD = re.compile(r"\|\s*(letter|term)\s*\|")
ROW = re.compile(r"\|\s*(.+?)\s*\|\s*(.+?)\s*\|\s*")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # in a row: it leads elsewhere from another page
REFERENCE = "\n::: "  # begins a page's part from docstrings, where no link is resolved
LEADS = re.compile(r'<a [^>]*?class="(?:citation|letter|term)" href="[^"]*#([^"]+)"')
WIDE = "\N{EM SPACE}"
NO_PROSE = {"a", "code", "figure", "h1", "h2", "h3", "h4", "legend", "pre", "summary", "table"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of letters or terms."""

    anchor: str
    page: str  # the file's name
    words: str  # the first cell, as Markdown
    meaning: str  # the second


class Cards(Extension):
    """Links from letters and terms to their rows, and the cards of a page."""

    def __init__(self, docs: Path, sources: Bibliography, formulas: Formulas) -> None:
        super().__init__()
        self.sources = sources
        self.formulas = formulas
        self.rows = {row.anchor: row for row in _rows(docs)}
        self.signs = {sign: row for row in self.rows.values() for sign in _signs(row.words)}
        self.seen: set[str] = set()  # on the page that is being set
        self.to_docs = ""  # from it to the folder of pages: `../`, say
        self.linking = True

    def begin(self, place: str, text: str) -> None:
        """A new page: its file below the folder of pages, and its Markdown."""
        self.seen = set()
        self.to_docs = "../" * place.count("/")
        self.linking = REFERENCE not in text

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        tree = Treeprocessor(md)
        tree.run = self._set  # type: ignore[method-assign]
        md.treeprocessors.register(tree, "bindery-cards", 16)  # before formulas are set

    def added(self, page: str) -> str:
        """A finished page's HTML with a template for each card that leads to another page."""
        anchors = dict.fromkeys(unescape(anchor) for anchor in LEADS.findall(page))
        elsewhere = [anchor for anchor in anchors if f'id="{escape(anchor)}"' not in page]
        cards = [
            f'<template id="card-{escape(anchor)}">{card}</template>\n'
            for anchor in elsewhere
            if (card := self._card(anchor))
        ]
        before, body, after = page.rpartition("</body>")
        return f"{before}{''.join(cards)}{body}{after}"

    def _card(self, anchor: str) -> str:
        if row := self.rows.get(anchor):
            meaning = LINK.sub(r"\1", row.meaning)
            return self._markdown.reset().convert(f"**{row.words}**{WIDE}{meaning}")
        return self.sources.card(anchor)

    @cached_property
    def _markdown(self) -> Markdown:
        return Markdown(extensions=["smarty", self.formulas], output_format="html")

    def _set(self, root: Element) -> None:
        for table in root.iter("table"):
            _name_rows(table)
        if self.linking:
            self._link(root, NO_PROSE | {"details"})  # rather where it is seen at once
            self._link(root, NO_PROSE)

    def _link(self, parent: Element, skipped: set[str]) -> None:
        """Link what is met for the first time."""
        for child in parent:
            if child.tag in skipped or child.get("lang"):  # a card is in English
                continue
            sign = _sign(child)
            row = self.signs.get(sign)
            if row and sign not in self.seen:
                self.seen.add(sign)
                address = f"{self.to_docs}{row.page}#{row.anchor}"
                if child.tag == "em":
                    _wrap(child, Element("a", {"class": "term", "href": address}))
                else:
                    child.set("href", address)  # for the formulas, which make the link
            self._link(child, skipped)


def _rows(docs: Path) -> Iterator[Row]:
    for path in sorted(docs.glob("*.md")):
        kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if head := HEAD.match(line):
                kind = head[1]
            elif not line.startswith("|"):
                kind = ""
            elif kind and not line.startswith("|-") and (cells := ROW.fullmatch(line)):
                yield Row(_anchor(kind, cells[1]), path.name, cells[1], cells[2])


def _name_rows(table: Element) -> None:
    """Give every row of a table of letters or terms its anchor."""
    head = table.find("thead/tr/th")
    if head is not None and head.text in ("letter", "term"):
        for row in table.findall("tbody/tr"):
            cell = row.find("td")
            if cell is not None:
                row.set("id", _anchor(head.text, "".join(cell.itertext())))


def _anchor(kind: str, words: str) -> str:
    r"""`letter-mu` of `$\mu, s$`, as Markdown has it or, set, as the tree does."""
    first = words.strip("$*").removeprefix("\\(").partition(",")[0]
    return f"{kind}-{'-'.join(re.findall(r'[A-Za-z0-9]+', first))}"


def _signs(words: str) -> list[str]:
    """What stands in a row's first cell: each letter as in a formula, each term in lower case."""
    if words.startswith("$"):
        return [f"${tex}$" for tex in words.strip("$").split(", ")]
    return words.lower().split(", ")


def _sign(element: Element) -> str:
    """The same of what stands on a page: a formula in the text, or words in italics."""
    text = "".join(element.itertext())
    if element.tag == "em":
        return text.lower()
    if element.tag == "span" and element.get("class") == "arithmatex":
        return f"${unescape(text).strip()[2:-2]}$"
    return ""


def _wrap(element: Element, link: Element) -> None:
    """Put all that is in an element into a link within it."""
    link.text = element.text
    link.extend(element)
    element.text = None
    for child in [*element]:
        element.remove(child)
    element.append(link)
