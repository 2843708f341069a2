"""What nobody writes: `[[gallery]]`, `[[ledger]]` of cited numbers, `[[weights]]`, `[[audit]]`.

One Markdown extension over the result and what the pages contain.
"""

import gzip
import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from bindery.cached import cached
from bindery.markdown.contents import Contents
from bindery.markdown.figures import Figures
from darkroom.cache import Cache
from darkroom.cite import cited
from darkroom.results import RenderedFigure
from darkroom.themes import THEMES

SCORES = {"performance", "accessibility", "best-practices", "seo"}  # the more the better
TOLD = {  # how a reader is told what Lighthouse measured
    "LCP s": "largest thing shown after, s",
    "TBT ms": "blocked for, ms",
    "CLS": "shift of the layout",
    "kB": "loaded in all, kB",
}
THUMBNAIL = "thumbs/{name}.{theme}.avif"
WANTED = re.compile(r"^\[\[gallery\]\][ \t]*$", re.MULTILINE)


def compressed(content: bytes) -> bytes:
    """How many bytes travel, in digits."""
    return b"%d" % len(gzip.compress(content, 6))


class Gallery(Extension):
    """The figures that pages show and the numbers they cite, wherever a page asks for them."""

    def __init__(self, figures: Figures, contents: Contents, store: Cache) -> None:
        super().__init__()
        self.figures, self.contents, self.store = figures, contents, store
        self.wanted = any(map(WANTED.search, contents.texts.values()))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.parser.blockprocessors.register(_Marker(self, md), "bindery-gallery", 30)  # after code


class _Marker(BlockProcessor):
    """Real elements, so that a generator checks and rewrites their addresses."""

    def __init__(self, gallery: Gallery, md: Markdown) -> None:
        super().__init__(md.parser)
        self.figures, self.contents, self.store = gallery.figures, gallery.contents, gallery.store
        self.md = md

    def test(self, _parent: Element, block: str) -> bool:
        return block.strip() in {"[[gallery]]", "[[ledger]]", "[[weights]]", "[[audit]]"}

    def run(self, parent: Element, blocks: list[str]) -> None:
        marker = blocks.pop(0).strip()[2:-2]
        getattr(self, f"_{marker}")(parent)

    def _gallery(self, parent: Element) -> None:
        cards = SubElement(parent, "ul", {"class": "gallery"})
        result = self.figures.result
        for name, pages in self.contents.shown().items():
            if made := result.figures.get(name):  # while serving, a figure may have failed
                card = SubElement(cards, "li")
                self._thumbnail(card, made)
                claim, _ = self.figures.told(name)
                text = SubElement(card, "p")
                self._link(text, f"{pages[0]}#{name}", self.md.htmlStash.store(claim))
                where = SubElement(card, "p", {"class": "provenance"})
                self._row(where, self._files(made, pages))

    def _thumbnail(self, card: Element, made: RenderedFigure) -> None:
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

    def _files(self, made: RenderedFigure, pages: list[str]) -> Iterator[tuple[str, str]]:
        name = made.figure.name
        yield from ((f"{page}#{name}", self.contents.titles[page]) for page in pages)
        yield f"figures/{name}.py", "script"
        if made.figure.measured:
            yield f"figures/{name}.json", "data"

    def _ledger(self, parent: Element) -> None:
        body = self._table(parent, "number", "value", "stands on")
        measured, last = self.figures.measured, ""
        for name, pages in self.contents.cited().items():
            figure, _, key = name.partition(".")
            if figure in measured:
                if figure != last:
                    head = SubElement(
                        SubElement(body, "tr"), "td", {"colspan": "3", "class": "group"}
                    )
                    last = head.text = figure
                value = "?"  # of what is named wrongly, if faults are shown
                with self.figures.located(name):
                    value = cited(name, "", measured, tex=False)
                row = SubElement(body, "tr")
                SubElement(SubElement(row, "td"), "code").text = AtomicString(key)
                SubElement(row, "td").text = AtomicString(value)
                where = ((page, self.contents.titles[page]) for page in pages)
                self._row(SubElement(row, "td"), where)

    def _weights(self, parent: Element) -> None:
        body = self._table(parent, "heaviest", "figure", "weighs")
        weights: dict[str, list[tuple[int, str]]] = {"picture, compressed": [], "video": []}
        for name, made in self.figures.result.figures.items():
            if picture := made.files.get("light.svg"):
                packed = int(cached(self.store, compressed, picture))
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
        if not (path := self.contents.docs / "audit.json").is_file():
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
