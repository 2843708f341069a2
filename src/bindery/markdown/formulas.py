"""Formulas become MathML while the site is built, and doctests become code.

A Markdown extension like `Figures`, beside which it stands: a measured number within a
formula, `${ {{ walk.strokes:,}} }$`, is written as TeX can set it.
"""

import html
from functools import cache, partial
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML

from bindery.cached import cached
from bindery.markdown.figures import Figures
from darkroom.cache import Cache
from darkroom.errors import Mistake

TEX = LatexToMathML(fancy_error=False)
CLOSING = ".,;:?!)"


class Formulas(Extension):
    """`$…$` and `$$…$$`, with the numbers of `figures`, and blocks that begin with `>>> `."""

    def __init__(self, figures: Figures, store: Cache) -> None:
        super().__init__()
        self.figures, self.store = figures, store

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        from pymdownx.arithmatex import ArithmatexExtension  # brings a web client along

        ArithmatexExtension(generic=True, preview=False).extendMarkdown(md)
        md.parser.blockprocessors.register(_Doctests(md.parser, self.store), "bindery-doctests", 25)
        tree = Treeprocessor(md)
        tree.run = partial(self._set, md)  # type: ignore[method-assign]
        md.treeprocessors.register(tree, "bindery-formulas", 15)

    def _set(self, md: Markdown, root: Element) -> None:
        """What arithmatex has found."""
        for element in [*root.iter()]:
            if element.get("class") == "arithmatex":
                tex = html.unescape(element.text or "").strip()[2:-2]  # it escapes blocks
                mathml = "?"
                with self.figures.faults_at(tex.strip().partition("\n")[0]):
                    filled = self.figures.filled(tex, tex=True)
                    mathml = formula(filled, display=element.tag == "div")
                tail = element.tail or ""
                element.tail = tail.lstrip(CLOSING)
                closing = tail.removesuffix(element.tail)  # no line shall begin with it
                element.set("class", "math")
                stored = md.htmlStash.store(mathml)
                if address := element.attrib.pop("href", ""):  # a letter that has a card
                    link = SubElement(element, "a", {"class": "letter", "href": address})
                    link.set("aria-label", tex.strip().replace("\\", ""))  # `kappa`
                    link.text = AtomicString(stored)
                    link.tail = AtomicString(closing)
                    element.text = None
                else:
                    element.text = AtomicString(stored + closing)


class _Doctests(BlockProcessor):
    """A block that begins with Python's prompt is code; to Markdown it is three quotations."""

    def __init__(self, parser: BlockParser, store: Cache) -> None:
        super().__init__(parser)
        self.store = store

    def test(self, _parent: Element, block: str) -> bool:
        return block.startswith(">>> ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        code = cached(self.store, highlighted, blocks.pop(0)).decode()
        SubElement(parent, "p").text = AtomicString(self.parser.md.htmlStash.store(code))


def highlighted(doctest: str) -> bytes:
    """Python's prompt and answers as HTML."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonConsoleLexer

    form = HtmlFormatter(cssclass="highlight", wrapcode=True)
    return str(highlight(doctest, PythonConsoleLexer(), form)).encode()


@cache
def formula(tex: str, *, display: bool = False) -> str:
    """TeX as MathML; a `Mistake` names what the converter does not know."""
    try:
        return TEX.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        unknown = Mistake(f"the formula ${tex}$ cannot be set: {error}")
        unknown.written = tex.strip().partition("\n")[0]
        raise unknown from None
