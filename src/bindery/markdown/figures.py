"""References on a page become HTML: `![](figure:name)` a figure, `{{ name.key }}` its number.

One Python-Markdown extension, so that it travels to other generators. It works on the parsed tree,
where Markdown has already decided what is code: an example of the syntax stays an example.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from xml.etree.ElementTree import Element

from jinja2 import Environment, Template
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from darkroom.cite import REFERENCE, expanded
from darkroom.errors import Fault, Mistake, line_of, nearest
from darkroom.results import BuildResult
from darkroom.themes import THEMES

LEFT = r"\{(?:\{[^{}\n]*\}{0,2}|\s*(\w+)\.\w[^{}\s]*\s*\}+)"  # meant as a reference, and is none
NOTE = r"\[\^[^\]\s]+\]"
Handled = tuple[str | None, int | None, int | None]  # what a match becomes, from where to where
ELSEWHERE = re.compile(r"(?!https?:|data:|figure:)\w+:")


@cache
def template() -> Template:
    """The HTML of a figure."""
    text = Path(__file__).with_name("figure.html").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(text)


class Figures(Extension):
    """The figures of an result, and their numbers, wherever Markdown sees text.

    Captions are Markdown too: `beside` makes what else they need, given the extension of one.
    """

    def __init__(
        self,
        result: BuildResult,
        *,
        show_faults: bool = False,
        beside: Callable[["Figures"], list[Extension]] = lambda _: [],
    ) -> None:
        super().__init__()
        self.result, self.show_faults, self.beside = result, show_faults, beside
        self.own = ""  # the figure whose caption this is, if any
        self.shown: list[Fault] = []  # on this page, in place of stopping, if faults are shown
        self.to_root = ""  # from the page to the site's root: `../`, say
        self.page: Path | None = None  # the page's source, for messages
        self.measured = {name: made.data for name, made in result.figures.items()}
        self._told: dict[str, tuple[str, str]] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        for name, pattern, handle, priority in (
            ("numbers", REFERENCE, self._number, 185),
            ("left", LEFT, self._left, 184),
            ("notes", NOTE, partial(self._note, md), 174),  # after those that lead somewhere
        ):
            inline = InlineProcessor(pattern)
            inline.handleMatch = handle  # type: ignore[method-assign,assignment]
            md.inlinePatterns.register(inline, f"bindery-{name}", priority)
        tree = Treeprocessor(md)
        tree.run = partial(self._fill, md.htmlStash.store)  # type: ignore[method-assign]
        md.treeprocessors.register(tree, "bindery-figures", 15)

    def filled(self, text: str, *, tex: bool = False) -> str:
        """A text with the numbers that it cites."""
        return expanded(text, self.measured, self.own, tex=tex)

    def figure(self, name: str) -> tuple[str, str]:
        """The class of one figure, and the HTML within it."""
        if fault := self.result.faults.get(name):
            if self.show_faults:
                return "broken", f"<pre>{html.escape(str(fault))}</pre>"
            raise Mistake(f"the figure `{name}` failed")
        made = self.result.figures[nearest(name, self.result.figures, "figure")]
        claim, caption = self.told(name)
        return made.figure.kind, template().render(
            figure=made.figure,
            words=made.words,
            at=f"{self.to_root}figures/{name}",
            to_root=self.to_root,
            core=made.core_modules,
            themes=THEMES,
            pixels=made.pixels,
            claim=claim,
            caption=caption,
        )

    def told(self, name: str) -> tuple[str, str]:
        """A figure's claim, without a paragraph around it, and its caption, as HTML."""
        if name not in self._told:
            own, figure = self._captions, self.result.figures[name].figure
            own.own, own.page = name, figure.path
            claim = own.block(figure.claim).removeprefix("<p>").removesuffix("</p>")
            self._told[name] = claim, own.block(figure.caption)
        return self._told[name]

    @cached_property
    def _captions(self) -> "Figures":
        """The same for captions, which cite their own figure's numbers by their keys alone."""
        captions = Figures(self.result, show_faults=self.show_faults, beside=self.beside)
        captions.shown = self.shown
        return captions

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
        return "?", m.start(0), m.end(0)

    def _left(self, m: re.Match[str], _data: str) -> Handled:
        if m[1] and m[1] not in self.result.all_names:  # braces around something else
            return None, None, None
        with self.located(m[0]):
            raise Mistake(f"`{m[0]}` cites nothing. Write {{{{ figure.key }}}}, or with a format.")
        return "?", m.start(0), m.end(0)

    def _note(self, md: Markdown, m: re.Match[str], _data: str) -> Handled:
        """What refers to a footnote, and was none."""
        if "footnote" not in md.inlinePatterns:
            return None, None, None
        with self.located(m[0]):
            raise Mistake(f"`{m[0]}` has no note. Write it below: `{m[0]}: …`.")
        return "?", m.start(0), m.end(0)

    def _fill(self, store: Callable[[str], str], root: Element) -> None:
        hung: set[str] = set()
        for element in root.iter():
            for link in element.findall("a"):
                if (source := link.get("href", "")).startswith("figure:"):
                    with self.located(source):
                        raise Mistake(f"{source} is no address. Link the page that shows it.")
            for image in element.findall("img"):
                source = image.get("src", "")
                with self.located(source):
                    if ELSEWHERE.match(source):
                        raise Mistake(f"{source} leads nowhere. A figure is ![](figure:name).")
                    if source.startswith("figure:"):
                        name = source.removeprefix("figure:")
                        self._hang(store, element, image, name, anchor=name not in hung)
                        hung.add(name)

    def _hang(
        self,
        store: Callable[[str], str],
        paragraph: Element,
        image: Element,
        name: str,
        *,
        anchor: bool,
    ) -> None:
        """A paragraph that is one image becomes the figure, so that generators know its anchor."""
        kind, inside = self.figure(name)
        beside = f"{paragraph.text or ''}{image.tail or ''}".strip()
        if paragraph.tag != "p" or len(paragraph) != 1 or beside:
            raise Mistake(f"![](figure:{name}) needs an empty line before it and after it.")
        if image.get("alt") or image.get("title"):
            raise Mistake(f"what is seen stands in figures/{name}.py: write ![](figure:{name}).")
        paragraph.remove(image)
        paragraph.tag, paragraph.text = "figure", AtomicString(store(inside))
        paragraph.attrib |= {"class": kind} | ({"id": name} if anchor else {})

    @contextmanager
    def located(self, literal: str) -> Iterator[None]:
        """Within, a wrong reference is the page's `Fault`, at the line that has this text.

        Where faults are shown, it is noted, and whoever refers goes on without.
        """
        try:
            yield
        except Mistake as error:
            line = line_of(self.page, literal) if self.page else 1
            fault = Fault(self.page or Path("page.md"), line, str(error))
            if not self.show_faults:
                raise fault from None
            self.shown.append(fault)
