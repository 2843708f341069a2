"""What nobody writes: `[[gallery]]`, `[[ledger]]` of cited numbers, `[[weights]]`, `[[audit]]`.

One Markdown extension over the album and the sources of the pages. What stands in code on a page is
an example there and does not count.
"""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import yaml
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from bindery.markup import Figures
from bindery.once import once
from darkroom.album import Print
from darkroom.cite import REFERENCE, cited
from inks.palette import THEMES
from inventory.faults import Fault
from inventory.store import Store

CODE = re.compile(  # and comments
    r"<!--.*?-->|^[ \t]*(```+|~~~+).*?^[ \t]*\1|(`+)(?:(?!\n\s*\n).)+?\2", re.MULTILINE | re.DOTALL
)
SCORES = {"performance", "accessibility", "best-practices", "seo"}  # the more the better
TOLD = {  # how a reader is told what Lighthouse measured
    "LCP s": "largest thing shown after, s",
    "TBT ms": "blocked for, ms",
    "CLS": "shift of the layout",
    "kB": "loaded in all, kB",
}
THUMBNAIL = "thumbs/{name}.{theme}.avif"
FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
SHOWN = re.compile(r"^[ \t]*!\[[^\]]*\]\(figure:(\w+)\)", re.MULTILINE)
WANTED = re.compile(r"^\[\[gallery\]\][ \t]*$", re.MULTILINE)


def shown_on(page: str) -> list[str]:
    """The figures that a page shows; an example in code is none."""
    return SHOWN.findall(CODE.sub("", page))


def compressed(content: bytes) -> bytes:
    """How many bytes travel, in digits."""
    return b"%d" % len(gzip.compress(content, 6))


class Gallery(Extension):
    """The pages in reading order, read for the figures they show and the numbers they cite."""

    def __init__(self, figures: Figures, docs: Path, pages: list[str], store: Store) -> None:
        super().__init__()
        self.figures, self.docs, self.store = figures, docs, store
        texts = {page: _text(docs / page) for page in pages}
        self.titles = {page: _title(text, page) for page, text in texts.items()}
        self.texts = {page: CODE.sub("", text) for page, text in texts.items()}
        self.wanted = any(map(WANTED.search, self.texts.values()))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.parser.blockprocessors.register(_Marker(self, md), "bindery-gallery", 30)  # after code

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
        for name, made in self.figures.album.prints.items():
            f = made.figure
            own = [f.claim, f.caption, f.alt, *(seen for _, seen in f.transcript)]
            for m in re.finditer(REFERENCE, "\n".join(own)):
                key = m["name"] if "." in m["name"] else f"{name}.{m['name']}"
                found.setdefault(key, []).extend(shown.get(name, []))
        order = {page: number for number, page in enumerate(self.texts)}
        return {k: sorted(set(pages), key=order.__getitem__) for k, pages in sorted(found.items())}


class _Marker(BlockProcessor):
    """Real elements, so that a generator checks and rewrites their addresses."""

    def __init__(self, gallery: Gallery, md: Markdown) -> None:
        super().__init__(md.parser)
        self.gallery, self.md = gallery, md

    def test(self, _parent: Element, block: str) -> bool:
        return block.strip() in {"[[gallery]]", "[[ledger]]", "[[weights]]", "[[audit]]"}

    def run(self, parent: Element, blocks: list[str]) -> None:
        marker = blocks.pop(0).strip()[2:-2]
        getattr(self, f"_{marker}")(parent)

    def _gallery(self, parent: Element) -> None:
        cards = SubElement(parent, "ul", {"class": "gallery"})
        album = self.gallery.figures.album
        for name, pages in self.gallery.shown().items():
            if made := album.prints.get(name):  # while serving, a figure may have failed
                card = SubElement(cards, "li")
                self._thumbnail(card, made)
                claim, _ = self.gallery.figures.told(name)
                text = SubElement(card, "p")
                self._link(text, f"{pages[0]}#{name}", self.md.htmlStash.store(claim))
                where = SubElement(card, "p", {"class": "provenance"})
                self._row(where, self._files(made, pages))

    def _thumbnail(self, card: Element, made: Print) -> None:
        width, height = map(str, made.pixels)
        for theme in THEMES:
            look = {
                "class": f"only-{theme}",
                "alt": " ".join(made.words["alt"].split()),
                "loading": "lazy",
            }
            look |= {"width": width, "height": height, "decoding": "async"}
            source = THUMBNAIL.format(name=made.figure.name, theme=theme)
            SubElement(card, "img", {"src": source, **look})

    def _files(self, made: Print, pages: list[str]) -> Iterator[tuple[str, str]]:
        name = made.figure.name
        yield from ((f"{page}#{name}", self.gallery.titles[page]) for page in pages)
        yield f"figures/{name}.py", "script"
        if made.figure.measured:
            yield f"figures/{name}.json", "data"

    def _ledger(self, parent: Element) -> None:
        body = self._table(parent, "number", "value", "stands on")
        measured, last = self.gallery.figures.measured, ""
        for name, pages in self.gallery.cited().items():
            figure, _, key = name.partition(".")
            if figure in measured:
                if figure != last:
                    head = SubElement(
                        SubElement(body, "tr"), "td", {"colspan": "3", "class": "group"}
                    )
                    last = head.text = figure
                value = "?"  # of what is named wrongly, if faults are shown
                with self.gallery.figures.located(name):
                    value = cited(name, "", measured, tex=False)
                row = SubElement(body, "tr")
                SubElement(SubElement(row, "td"), "code").text = AtomicString(key)
                SubElement(row, "td").text = AtomicString(value)
                where = ((page, self.gallery.titles[page]) for page in pages)
                self._row(SubElement(row, "td"), where)

    def _weights(self, parent: Element) -> None:
        body = self._table(parent, "heaviest", "figure", "weighs")
        weights: dict[str, list[tuple[int, str]]] = {"picture, compressed": [], "video": []}
        for name, made in self.gallery.figures.album.prints.items():
            if picture := made.files.get("light.svg"):
                packed = int(once(self.gallery.store, compressed, picture))
                weights["picture, compressed"].append((packed, name))
            if film := made.files.get("light.mp4"):
                weights["video"].append((len(film), name))
        for what, found in weights.items():
            if found:
                heaviest, name = max(found)
                row = SubElement(body, "tr")
                for text in (what, name, f"{heaviest / 1000:,.0f} kB"):
                    SubElement(row, "td").text = AtomicString(text)

    def _audit(self, parent: Element) -> None:
        """The worst page of the last `make audit`, column by column; nothing if there was none."""
        if not (path := self.gallery.docs / "audit.json").is_file():
            return
        pages = json.loads(path.read_text(encoding="utf-8"))
        body = self._table(parent, f"worst of {len(pages)} pages", "on a phone", "on a desk")
        forms = [[page[form] for page in pages.values()] for form in ("mobile", "desktop")]
        for key in forms[0][0]:
            pick = min if key in SCORES else max
            row = SubElement(body, "tr")
            worst = [f"{pick(page[key] for page in form):.3g}" for form in forms]
            for text in (TOLD.get(key, key), *worst):
                SubElement(row, "td").text = AtomicString(text)

    def _table(self, parent: Element, *titles: str) -> Element:
        table = SubElement(SubElement(parent, "div", {"class": "words ledger"}), "table")
        head = SubElement(SubElement(table, "thead"), "tr")
        for title in titles:
            SubElement(head, "th").text = title
        return SubElement(table, "tbody")

    def _row(self, parent: Element, links: Iterator[tuple[str, str]]) -> None:
        for number, (address, text) in enumerate(links):
            if number:
                parent[-1].tail = " · "
            self._link(parent, address, text)

    def _link(self, parent: Element, address: str, text: str) -> None:
        SubElement(parent, "a", {"href": address}).text = AtomicString(text)


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
