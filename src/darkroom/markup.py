"""References on a page become HTML: figures, measured numbers, and formulas as MathML.

One Python-Markdown extension, so that it travels to other generators. It works on the parsed tree,
where Markdown has already decided what is code: an example of the syntax stays an example.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from jinja2 import Environment, FileSystemLoader
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML
from pymdownx.arithmatex import ArithmatexExtension
from pymdownx.highlight import Highlight

from darkroom.build import Album
from darkroom.catalog import Fault
from darkroom.cite import REFERENCE, cited, expanded, nearest
from darkroom.render import FRAME
from inks.palette import THEMES

TEX = LatexToMathML(fancy_error=False)
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
)
Store = Callable[[str], str]  # keeps HTML from Markdown
PIXELS = 1.5 * 72  # of a page, at most, for one inch of a still: its small print is then 16 px


class Figures(Extension):
    """`![](figure:name)` on a line of its own, `{{ name.key }}` anywhere, `$…$` and `$$…$$`."""

    def __init__(self, album: Album, *, own: str = "", show_faults: bool = False) -> None:
        super().__init__()
        self.album, self.own, self.show_faults = album, own, show_faults
        self.to_root = ""  # from the page to the site's root: `../`, say
        self.page: Path | None = None  # the page's source, for messages
        self.measured = {name: made.data for name, made in album.prints.items()}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        ArithmatexExtension(generic=True, preview=False).extendMarkdown(md)
        md.parser.blockprocessors.register(_Doctests(md.parser), "darkroom-doctests", 25)
        numbers, tree = InlineProcessor(REFERENCE), Treeprocessor(md)
        numbers.handleMatch = self._number  # type: ignore[assignment]
        tree.run = partial(self._fill, md.htmlStash.store)  # type: ignore[method-assign]
        md.inlinePatterns.register(numbers, "darkroom-numbers", 185)
        md.treeprocessors.register(tree, "darkroom-tree", 15)

    def figure(self, name: str) -> tuple[str, str]:
        """The class of one figure, and the HTML within it."""
        if fault := self.album.faults.get(name):
            if self.show_faults:
                return "broken", f"<pre>{html.escape(str(fault))}</pre>"
            raise LookupError(f"the figure `{name}` failed")
        made = self.album.prints[nearest(name, self.album.prints, "figure")]
        figure = made.figure
        still = figure.kind == "still"
        width, height = (round(inches * PIXELS) for inches in figure.size) if still else FRAME
        own = Figures(self.album, own=name)
        return figure.kind, TEMPLATES.get_template("figure.html").render(
            figure=figure,
            at=f"{self.to_root}figures/{name}",
            to_root=self.to_root,
            core=made.core,
            themes=THEMES,
            width=width,
            height=height,
            alt=expanded(figure.alt, self.measured, name),
            claim=own.line(figure.claim),
            caption=own.block(figure.caption),
            transcript=[(t, expanded(seen, self.measured, name)) for t, seen in figure.transcript],
        )

    def line(self, text: str) -> str:
        """One line of Markdown as HTML, without the paragraph around it."""
        return self.block(text).removeprefix("<p>").removesuffix("</p>")

    def block(self, text: str) -> str:
        inner = Figures(self.album, own=self.own)
        return Markdown(extensions=["smarty", inner], output_format="html").convert(text)

    def _number(self, m: re.Match[str], _data: str) -> tuple[str, int, int]:
        """A reference to a number, wherever Markdown sees text."""
        with self._located(m[0]):
            text = cited(m["name"], m["spec"] or "", self.measured, self.own, tex=False)
        return text, m.start(0), m.end(0)

    def _fill(self, store: Store, root: Element) -> None:
        """Formulas that arithmatex has found become MathML; images `figure:name`, figures."""
        for element in root.iter():
            if element.get("class") == "arithmatex":
                tex = html.unescape(element.text or "").strip()[2:-2]  # it escapes blocks
                with self._located(tex.strip().partition("\n")[0]):
                    filled = expanded(tex, self.measured, self.own, tex=True)
                    mathml = formula(filled, display=element.tag == "div")
                element.set("class", "math")
                element.text = AtomicString(store(mathml))
            for image in element.findall("img"):
                if (source := image.get("src", "")).startswith("figure:"):
                    with self._located(source):
                        self._hang(element, image, source.removeprefix("figure:"), store)

    def _hang(self, paragraph: Element, image: Element, name: str, store: Store) -> None:
        """A paragraph that is one image becomes the figure, so that generators know its anchor."""
        if paragraph.tag != "p" or len(paragraph) != 1 or (paragraph.text or "").strip():
            raise LookupError(f"![](figure:{name}) must stand on a line of its own.")
        kind, inside = self.figure(name)
        paragraph.remove(image)
        paragraph.tag, paragraph.text = "figure", AtomicString(store(inside))
        paragraph.attrib |= {"id": name, "class": kind}
        if (made := self.album.prints.get(name)) and made.figure.preset:
            paragraph.set("data-preset", json.dumps(made.figure.preset))

    @contextmanager
    def _located(self, literal: str) -> Iterator[None]:
        try:
            yield
        except LookupError as error:
            raise self.fault(error, literal) from None

    def fault(self, error: LookupError, literal: str) -> Fault:
        """The error, at the line of the page that has this text."""
        page = self.page or Path("page.md")
        lines = page.read_text(encoding="utf-8").splitlines() if self.page else []
        line = next((i for i, text in enumerate(lines, 1) if literal in text), 1)
        return Fault(page, line, str(error.args[0]))


class _Doctests(BlockProcessor):
    """A block that begins with Python's prompt is code; to Markdown it is three quotations."""

    def test(self, _parent: Element, block: str) -> bool:
        return block.startswith(">>> ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        markdown = self.parser.md
        code = Highlight(markdown).highlight(blocks.pop(0), "pycon")
        SubElement(parent, "p").text = AtomicString(markdown.htmlStash.store(code))


@cache
def formula(tex: str, *, display: bool = False) -> str:
    """TeX as MathML; a `LookupError` names what the converter does not know."""
    try:
        return TEX.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise LookupError(f"the formula ${tex}$ cannot be set: {error}") from None
