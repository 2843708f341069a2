"""References on a page become HTML: figures, measured numbers, and formulas as MathML.

One Python-Markdown extension, so that it travels to other generators. It works on the parsed tree,
where Markdown has already decided what is code: an example of the syntax stays an example.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML
from pymdownx.arithmatex import ArithmatexExtension
from pymdownx.highlight import Highlight

from darkroom.build import Album, Print
from darkroom.catalog import Fault
from darkroom.cite import REFERENCE, cited, expanded, nearest
from darkroom.render import FRAME
from inks.palette import THEMES

TEX = LatexToMathML(fancy_error=False)
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
CLEAR = (
    "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="  # lets the lazy poster shine through
)
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
        md.inlinePatterns.register(_Numbers(self), "darkroom-numbers", 185)
        md.treeprocessors.register(_Formulas(self, md), "darkroom-formulas", 15)
        md.treeprocessors.register(_Pictures(self, md), "darkroom-pictures", 14)

    def fault(self, error: LookupError, literal: str) -> Fault:
        """The error, at the line of the page that has this text."""
        page = self.page or Path("page.md")
        lines = page.read_text(encoding="utf-8").splitlines() if self.page else []
        line = next((i for i, text in enumerate(lines, 1) if literal in text), 1)
        return Fault(page, line, str(error.args[0]))

    def line(self, text: str) -> str:
        """One line of Markdown as HTML, without the paragraph around it."""
        rendered = self.block(text)
        return rendered.removeprefix("<p>").removesuffix("</p>")

    def block(self, text: str) -> str:
        inner = Figures(self.album, own=self.own)
        return Markdown(extensions=["smarty", inner], output_format="html").convert(text)

    def figure(self, name: str) -> tuple[str, str]:
        """The class of one figure, and the HTML within it."""
        if fault := self.album.faults.get(name):
            if self.show_faults:
                return "broken", f"<pre>{html.escape(str(fault))}</pre>"
            raise LookupError(f"the figure `{name}` failed")
        made = self.album.prints[nearest(name, self.album.prints, "figure")]
        own = Figures(self.album, own=name)
        alt = html.escape(expanded(made.figure.alt, self.measured, name))
        picture = self._film(made, alt) if made.figure.kind == "motion" else self._still(made, alt)
        return made.figure.kind, (
            f"\n{picture}\n<figcaption><p><strong>{own.line(made.figure.claim)}</strong></p>\n"
            f"{own.block(made.figure.caption)}\n{self._provenance(made)}"
            f"{self._transcript(made)}</figcaption>\n"
        )

    def _address(self, name: str) -> str:
        return f"{self.to_root}figures/{name}"

    def _pair(self, name: str, ending: str, alt: str, width: int, height: int) -> Iterator[str]:
        for theme in THEMES:
            source = self._address(f"{name}.{theme}.{ending}")
            yield (
                f'<img class="only-{theme}" src="{source}" alt="{alt}" '
                f'width="{width}" height="{height}" loading="lazy" decoding="async">'
            )

    def _still(self, made: Print, alt: str) -> str:
        width, height = (round(inches * PIXELS) for inches in made.figure.size)
        return "\n".join(self._pair(made.figure.name, "svg", alt, width, height))

    def _film(self, made: Print, alt: str) -> str:
        name = made.figure.name
        posters = self._pair(name, "png", alt, *FRAME)
        return "\n".join(
            f'<div class="film only-{theme}">{poster}\n'
            f'<video controls muted playsinline preload="none" poster="{CLEAR}" width="{FRAME[0]}" '
            f'height="{FRAME[1]}" aria-label="{alt}">'
            f'<source src="{self._address(f"{name}.{theme}.mp4")}" type="video/mp4">'
            f'<track kind="descriptions" srclang="en" label="What is seen" '
            f'src="{self._address(f"{name}.vtt")}"></video></div>'
            for theme, poster in zip(THEMES, posters, strict=True)
        )

    def _transcript(self, made: Print) -> str:
        seen = "".join(
            f"<li><time>{start:g} s</time> "
            f"{html.escape(expanded(text, self.measured, made.figure.name))}</li>"
            for start, text in made.figure.transcript
        )
        return f"<details><summary>Transcript</summary><ol>{seen}</ol></details>" if seen else ""

    def _provenance(self, made: Print) -> str:
        name = made.figure.name
        picture = {"still": "svg", "motion": "mp4"}[made.figure.kind]
        links = [_link(self._address(f"{name}.py"), "script")]
        links += [_link(self._address(f"{name}.json"), "data")] if made.figure.measured else []
        links += [_link(self._address(path), f"<code>{path}</code>") for path in made.core]
        for ending in (picture, "png"):
            link = f'<a download href="{self._address(f"{name}.light.{ending}")}">{ending}</a>'
            links.append(link)
        links.append(f'<a rel="license" href="{LICENCE}">CC BY-SA 4.0</a>')
        return f'<p class="provenance">{" · ".join(links)}</p>'


class _Doctests(BlockProcessor):
    """A block that begins with Python's prompt is code; to Markdown it is three quotations."""

    def test(self, _parent: Element, block: str) -> bool:
        return block.startswith(">>> ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        markdown = self.parser.md
        code = Highlight(markdown).highlight(blocks.pop(0), "pycon")
        SubElement(parent, "p").text = AtomicString(markdown.htmlStash.store(code))


class _Numbers(InlineProcessor):
    """A reference to a number, wherever Markdown sees text."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(REFERENCE)
        self.figures = figures

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name and its two forms)
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        f = self.figures
        try:
            text = cited(m["name"], m["spec"] or "", f.measured, f.own, tex=False)
        except LookupError as error:
            raise f.fault(error, m[0]) from None
        return text, m.start(0), m.end(0)


class _Formulas(Treeprocessor):
    """Formulas that arithmatex has found become MathML; numbers in them are filled in first."""

    def __init__(self, figures: Figures, md: Markdown) -> None:
        super().__init__(md)
        self.figures = figures

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.get("class") == "arithmatex":
                tex = (element.text or "").strip()[2:-2]
                f = self.figures
                try:
                    filled = expanded(tex, f.measured, f.own, tex=True)
                    mathml = formula(filled, display=element.tag == "div")
                except LookupError as error:
                    raise f.fault(error, tex.strip().splitlines()[0]) from None
                element.set("class", "math")
                element.text = AtomicString(self.md.htmlStash.store(mathml))


class _Pictures(Treeprocessor):
    """A paragraph that is one image `figure:name` becomes that figure."""

    def __init__(self, figures: Figures, md: Markdown) -> None:
        super().__init__(md)
        self.figures = figures

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for image in parent.findall("img"):
                scheme, _, name = image.get("src", "").partition(":")
                if scheme != "figure":
                    continue
                try:
                    if parent.tag != "p" or len(parent) != 1 or (parent.text or "").strip():
                        raise LookupError(f"![](figure:{name}) must stand on a line of its own.")
                    kind, inside = self.figures.figure(name)
                except LookupError as error:
                    raise self.figures.fault(error, f"figure:{name}") from None
                parent.remove(image)
                parent.tag = "figure"  # in the tree, so that generators know its anchor
                parent.set("id", name)
                parent.set("class", kind)
                parent.text = AtomicString(self.md.htmlStash.store(inside))


@cache
def formula(tex: str, *, display: bool = False) -> str:
    """TeX as MathML; a `LookupError` names what the converter does not know."""
    try:
        return TEX.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise LookupError(f"the formula ${tex}$ cannot be set: {error}") from None


def _link(address: str, text: str) -> str:
    return f'<a href="{address}">{text}</a>'
