"""What nobody writes: `[[gallery]]`, `[[ledger]]` and `[[argument]]`, each a block on a page.

The gallery has all figures on pages, the ledger all cited numbers, and the argument a card for each
page of the section of the menu that is the argument.

While Markdown is set, a Markdown extension leaves a mark for each. When all pages are set, and it
is known what each shows and cites, the marks are filled in.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from bindery.markdown.figures import Figures, PageContext, template
from darkroom.cite import cited
from darkroom.errors import Mistake
from darkroom.results import RenderedFigure
from darkroom.themes import THEMES

MARK = "<!-- bindery: {} -->"


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page whose Markdown is set: how it is called, where it stands, and what is in it."""

    title: str
    url: str  # below the site's root
    context: PageContext
    number: int = 0  # of the page in the argument, from 1; the others have none


class Lists(Extension):
    """A mark for every list that a page asks for."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.parser.blockprocessors.register(_Marks(md), "bindery-lists", 30)  # after code


class _Marks(BlockProcessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.store = md.htmlStash.store

    def test(self, _parent: Element, block: str) -> bool:
        return block.strip() in [f"[[{name}]]" for name in LISTS]

    def run(self, parent: Element, blocks: list[str]) -> None:
        name = blocks.pop(0).strip()[2:-2]
        SubElement(parent, "p").text = AtomicString(self.store(MARK.format(name)))


def filled(page: str, to_root: str, pages: Sequence[SetPage], figures: Figures) -> str:
    """A page's HTML with its lists, made of all pages in reading order.

    It is the page of `figures.context`: faults are told of its line, and a list that has one is
    left out.
    """
    for name, rows in LISTS.items():
        mark = MARK.format(name)
        if mark in page:
            text = ""
            with figures.faults_at(f"[[{name}]]"):
                text = template(f"{name}.html").render(
                    rows=[*rows(pages, figures)], to_root=to_root, themes=THEMES
                )
            page = page.replace(mark, text)
    return page


@dataclass(frozen=True, slots=True)
class Card:
    """One figure in the gallery."""

    rendered: RenderedFigure
    claim: str  # HTML
    pages: list[SetPage]  # that show it


def _cards(pages: Sequence[SetPage], figures: Figures) -> Iterator[Card]:
    shown_on: dict[str, list[SetPage]] = {}
    for page in pages:
        for name in page.context.figures:
            shown_on.setdefault(name, []).append(page)
    for name, where in shown_on.items():
        if name in figures.result.figures:  # while serving, some may have failed
            yield Card(figures.result.figures[name], figures.caption(name).claim, where)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number in the ledger."""

    figure: str
    key: str
    value: str
    pages: list[SetPage]  # that cite it


def _entries(pages: Sequence[SetPage], figures: Figures) -> Iterator[Entry]:
    cited_on: dict[str, list[SetPage]] = {}
    for page in pages:
        for name in page.context.cited:
            cited_on.setdefault(name, []).append(page)
    for name in sorted(cited_on):
        figure, _, key = name.partition(".")
        value = cited(name, "", figures.measured, tex=False)
        yield Entry(figure, key, value, cited_on[name])


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the argument."""

    page: SetPage
    opening: RenderedFigure | None  # its first figure, if it has any


def _chapters(pages: Sequence[SetPage], figures: Figures) -> Iterator[Chapter]:
    numbered = [page for page in pages if page.number]
    if not numbered:
        raise Mistake("[[argument]] finds no page. Call a section of the nav as `extra.argument`.")
    for page in numbered:
        context = page.context
        if not context.question:
            name = context.source.name if context.source else page.url
            raise Mistake(f"[[argument]] shows what pages ask, but {name} has no `question:`.")
        rendered = [name for name in context.figures if name in figures.result.figures]
        opening = figures.result.figures[rendered[0]] if rendered else None
        yield Chapter(page, opening)


Rows = Callable[[Sequence[SetPage], Figures], Iterator[Card] | Iterator[Entry] | Iterator[Chapter]]
LISTS: dict[str, Rows] = {"gallery": _cards, "ledger": _entries, "argument": _chapters}
