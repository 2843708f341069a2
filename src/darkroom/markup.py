"""References on a page become HTML: `![](figure:name)` a figure, `{{ name.key }}` its number.

One Python-Markdown extension, so that it travels to other generators. It works on the parsed tree,
where Markdown has already decided what is code: an example of the syntax stays an example.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from xml.etree.ElementTree import Element

from jinja2 import Environment, FileSystemLoader
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from darkroom.album import Album
from darkroom.catalog import Fault
from darkroom.cite import REFERENCE, Unknown, expanded, nearest
from inks.palette import THEMES

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
)


class Figures(Extension):
    """The figures of an album, and their numbers, wherever Markdown sees text.

    Captions are Markdown too: `beside` makes what else they need, given the extension of one.
    """

    def __init__(
        self,
        album: Album,
        *,
        show_faults: bool = False,
        beside: Callable[["Figures"], list[Extension]] = lambda _: [],
    ) -> None:
        super().__init__()
        self.album, self.show_faults, self.beside = album, show_faults, beside
        self.own = ""  # the figure whose caption this is, if any
        self.to_root = ""  # from the page to the site's root: `../`, say
        self.page: Path | None = None  # the page's source, for messages
        self.measured = {name: made.data for name, made in album.prints.items()}
        self._told: dict[str, tuple[str, str]] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        numbers, tree = InlineProcessor(REFERENCE), Treeprocessor(md)
        numbers.handleMatch = self._number  # type: ignore[assignment]
        tree.run = partial(self._fill, md.htmlStash.store)  # type: ignore[method-assign]
        md.inlinePatterns.register(numbers, "darkroom-numbers", 185)
        md.treeprocessors.register(tree, "darkroom-figures", 15)

    def filled(self, text: str, *, tex: bool = False) -> str:
        """A text with the numbers that it cites."""
        return expanded(text, self.measured, self.own, tex=tex)

    def figure(self, name: str) -> tuple[str, str]:
        """The class of one figure, and the HTML within it."""
        if fault := self.album.faults.get(name):
            if self.show_faults:
                return "broken", f"<pre>{html.escape(str(fault))}</pre>"
            raise Unknown(f"the figure `{name}` failed")
        made = self.album.prints[nearest(name, self.album.prints, "figure")]
        claim, caption = self.told(name)
        return made.figure.kind, TEMPLATES.get_template("figure.html").render(
            figure=made.figure,
            words=made.words,
            at=f"{self.to_root}figures/{name}",
            to_root=self.to_root,
            core=made.core,
            themes=THEMES,
            pixels=made.pixels,
            claim=claim,
            caption=caption,
        )

    def told(self, name: str) -> tuple[str, str]:
        """A figure's claim, without a paragraph around it, and its caption, as HTML."""
        if name not in self._told:
            own, figure = self._captions, self.album.prints[name].figure
            own.own, own.page = name, figure.path
            claim = own.block(figure.claim).removeprefix("<p>").removesuffix("</p>")
            self._told[name] = claim, own.block(figure.caption)
        return self._told[name]

    @cached_property
    def _captions(self) -> "Figures":
        """The same for captions, which cite their own figure's numbers by their keys alone."""
        return Figures(self.album, beside=self.beside)

    @cached_property
    def _words(self) -> Markdown:
        return Markdown(extensions=["smarty", self, *self.beside(self)], output_format="html")

    def block(self, text: str) -> str:
        """Markdown as HTML."""
        return self._words.reset().convert(text)

    def _number(self, m: re.Match[str], _data: str) -> tuple[str, int, int]:
        """A reference to a number, wherever Markdown sees text."""
        with self.located(m[0]):
            return self.filled(m[0]), m.start(0), m.end(0)

    def _fill(self, store: Callable[[str], str], root: Element) -> None:
        for element in root.iter():
            for image in element.findall("img"):
                if (source := image.get("src", "")).startswith("figure:"):
                    with self.located(source):
                        self._hang(store, element, image, source.removeprefix("figure:"))

    def _hang(
        self, store: Callable[[str], str], paragraph: Element, image: Element, name: str
    ) -> None:
        """A paragraph that is one image becomes the figure, so that generators know its anchor."""
        beside = f"{paragraph.text or ''}{image.tail or ''}".strip()
        if paragraph.tag != "p" or len(paragraph) != 1 or beside:
            raise Unknown(f"![](figure:{name}) must stand on a line of its own.")
        kind, inside = self.figure(name)
        paragraph.remove(image)
        paragraph.tag, paragraph.text = "figure", AtomicString(store(inside))
        paragraph.attrib |= {"id": name, "class": kind}

    @contextmanager
    def located(self, literal: str) -> Iterator[None]:
        """Within, a wrong reference is the page's `Fault`, at the line that has this text."""
        try:
            yield
        except Unknown as error:
            lines = self.page.read_text(encoding="utf-8").splitlines() if self.page else []
            line = next((i for i, text in enumerate(lines, 1) if literal in text), 1)
            raise Fault(self.page or Path("page.md"), line, str(error)) from None
