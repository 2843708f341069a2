"""References on a page become HTML: `![](figure:name)` a figure, `{{ name.key }}` its number.

One Python-Markdown extension, so that it travels to other generators. It works on the parsed tree,
where Markdown has already decided what is code: an example of the syntax stays an example. What a
page shows and cites is noted in its `PageContext` as it is set, for the gallery and the ledger.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from xml.etree.ElementTree import Element

from jinja2 import Environment, FileSystemLoader, Template
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from bindery.markdown.explorables import Explorable, explorable
from darkroom.cite import REFERENCE, expanded
from darkroom.errors import Fault, Mistake, line_of, nearest
from darkroom.results import BuildResult
from darkroom.themes import THEMES

NO_REFERENCE = r"\{(?:\{[^{}\n]*\}{0,2}|\s*(\w+)\.\w[^{}\s]*\s*\}+)"  # meant as one, and wrong
FOOTNOTE = r"\[\^[^\]\s]+\]"
UNKNOWN_SCHEME = re.compile(r"(?!https?:|data:|figure:)\w+:")
Handled = tuple[str | None, int | None, int | None]  # what a match becomes, from where to where


@cache
def template(name: str) -> Template:
    """A template that stands beside this file."""
    folder = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=folder, autoescape=True, trim_blocks=True).get_template(name)


@dataclass(slots=True)
class PageContext:
    """The page whose Markdown is being set: what it needs to know, and what was noted of it."""

    source: Path | None = None  # its file, for messages
    to_root: str = ""  # from the page to the site's root: `../`, say
    faults: list[Fault] = field(default_factory=list)  # told on the page while serving
    figures: list[str] = field(default_factory=list)  # that it shows, in this order
    cited: set[str] = field(default_factory=set)  # numbers, as `figure.key`, captions included
    question: str = ""  # that it asks in its front matter, if it is a page of the argument


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands below a figure, as HTML, and the numbers in it and in what is told of it."""

    claim: str  # without a paragraph around it
    text: str
    method: str  # how it was measured
    recipe: str  # what is seen when it is changed as its recipe says
    cited: set[str]


class Figures(Extension):
    """The rendered figures, and their numbers, wherever Markdown sees text.

    Captions are Markdown too, and cite their own figure's numbers by their keys alone. What else
    may stand in them, beside numbers, is in `caption_extensions`.
    """

    def __init__(self, result: BuildResult, *, show_faults: bool = False) -> None:
        super().__init__()
        self.result = result
        self.show_faults = show_faults  # on the page, in place of stopping
        self.caption_extensions: list[Extension] = []
        self.context = PageContext()  # set anew for every page
        self.own_name = ""  # of the figure whose caption is being set, if any
        self.measured = {name: rendered.data for name, rendered in result.figures.items()}
        self._set_captions: dict[str, Caption] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        for name, pattern, handle, priority in (
            ("numbers", REFERENCE, self._number, 185),
            ("no-reference", NO_REFERENCE, self._no_reference, 184),
            ("notes", FOOTNOTE, partial(self._lost_note, md), 174),  # after those that have one
        ):
            inline = InlineProcessor(pattern)
            inline.handleMatch = handle  # type: ignore[method-assign,assignment]
            md.inlinePatterns.register(inline, f"bindery-{name}", priority)
        tree = Treeprocessor(md)
        tree.run = partial(self._place_figures, md.htmlStash.store)  # type: ignore[method-assign]
        md.treeprocessors.register(tree, "bindery-figures", 15)

    def filled(self, text: str, *, tex: bool = False) -> str:
        """A text with the numbers that it cites, which are noted."""
        filled = expanded(text, self.measured, self.own_name, tex=tex)
        self.context.cited |= references(text, self.own_name)
        return filled

    def caption(self, name: str) -> Caption:
        """A figure's claim, its caption, and what is folded under it."""
        if name not in self._set_captions:
            figure = self.result.figures[name].figure
            page = self.context
            self.context = PageContext(figure.path, faults=page.faults)
            self.own_name = name
            try:
                claim = self._caption_html(figure.claim).removeprefix("<p>").removesuffix("</p>")
                text = self._caption_html(figure.caption)
                method = self._caption_html(figure.method)
                recipe = self._caption_html(figure.recipe.get("then", ""))
                cited = self.context.cited
            finally:
                self.context = page
                self.own_name = ""
            for words in (figure.alt, *(seen for _, seen in figure.transcript)):
                cited |= references(words, name)
            self._set_captions[name] = Caption(claim, text, method, recipe, cited)
        return self._set_captions[name]

    def _caption_html(self, text: str) -> str:
        return self._markdown.reset().convert(text)

    @cached_property
    def _markdown(self) -> Markdown:
        extensions: list[str | Extension] = ["smarty", self, *self.caption_extensions]
        return Markdown(extensions=extensions, output_format="html")

    def _number(self, m: re.Match[str], _data: str) -> tuple[str, int, int]:
        """A reference to a number, wherever Markdown sees text."""
        with self.faults_at(m[0]):
            return self.filled(m[0]), m.start(0), m.end(0)
        return "?", m.start(0), m.end(0)

    def _no_reference(self, m: re.Match[str], _data: str) -> Handled:
        """Braces that were meant as a reference; around something else, they stay."""
        if m[1] and m[1] not in self.result.all_names:
            return None, None, None
        with self.faults_at(m[0]):
            raise Mistake(f"`{m[0]}` cites nothing. Write {{{{ figure.key }}}}, or with a format.")
        return "?", m.start(0), m.end(0)

    def _lost_note(self, md: Markdown, m: re.Match[str], _data: str) -> Handled:
        """What refers to a footnote that is not there."""
        if "footnote" not in md.inlinePatterns:
            return None, None, None
        with self.faults_at(m[0]):
            raise Mistake(f"`{m[0]}` has no note. Write it below: `{m[0]}: …`.")
        return "?", m.start(0), m.end(0)

    def _place_figures(self, store: Callable[[str], str], root: Element) -> None:
        for element in root.iter():
            for link in element.findall("a"):
                self._check_link(link.get("href", ""))
            for image in element.findall("img"):
                source = image.get("src", "")
                with self.faults_at(source):
                    if UNKNOWN_SCHEME.match(source):
                        raise Mistake(f"{source} leads nowhere. A figure is ![](figure:name).")
                    if source.startswith("figure:"):
                        self._place(store, element, image, source.removeprefix("figure:"))

    def _check_link(self, address: str) -> None:
        if address.startswith("figure:"):
            with self.faults_at(address):
                raise Mistake(f"{address} is no address. Link the page that shows it.")

    def _place(
        self, store: Callable[[str], str], paragraph: Element, image: Element, name: str
    ) -> None:
        """A paragraph that is one image becomes the figure, so that generators know its anchor."""
        if name not in self.result.faults:
            nearest(name, self.result.figures, "figure")
        around = f"{paragraph.text or ''}{image.tail or ''}".strip()
        if paragraph.tag != "p" or len(paragraph) != 1 or around:
            raise Mistake(f"![](figure:{name}) needs an empty line before it and after it.")
        if image.get("alt") or image.get("title"):
            raise Mistake(f"what is seen stands in figures/{name}.py: write ![](figure:{name}).")
        first = name not in self.context.figures  # the others have no anchor, and stay still
        attributes, inside = self._figure(name, live=first)
        paragraph.remove(image)
        paragraph.tag = "figure"
        paragraph.text = AtomicString(store(inside))
        paragraph.set("class", attributes.pop("class"))
        if first:
            paragraph.set("id", name)
            self.context.figures.append(name)
        paragraph.attrib |= attributes

    def _figure(self, name: str, *, live: bool) -> tuple[dict[str, str], str]:
        """The attributes of one figure's element, and the HTML within it."""
        if fault := self.result.faults.get(name):
            if self.show_faults:
                return {"class": "broken"}, f"<pre>{html.escape(str(fault))}</pre>"
            raise Mistake(f"the figure `{name}` failed")
        rendered = self.result.figures[name]
        caption = self.caption(name)
        self.context.cited |= caption.cited
        player = self._explorable(name) if live else None
        inside = template("figure.html").render(
            figure=rendered.figure,
            words=rendered.words,
            at=f"{self.context.to_root}figures/{name}",
            to_root=self.context.to_root,
            core=rendered.core_modules,
            themes=THEMES,
            pixels=rendered.pixels,
            caption=caption,
            desk=player,
        )
        return {"class": rendered.figure.kind, **(player.attributes if player else {})}, inside

    def _explorable(self, name: str) -> Explorable | None:
        """What a live picture needs; while serving, a wrong one stays a still, and is told."""
        try:
            return explorable(self.result.figures[name], self.result.root)
        except Fault as fault:
            if not self.show_faults:
                raise
            self.context.faults.append(fault)
            return None

    @contextmanager
    def faults_at(self, text: str) -> Iterator[None]:
        """Within, a wrong reference is the page's `Fault`, at the line that has this text.

        Where faults are shown, it is noted, and whoever refers goes on without.
        """
        try:
            yield
        except Mistake as error:
            source = self.context.source
            line = line_of(source, text) if source else 1
            fault = Fault(source or Path("page.md"), line, str(error))
            if not self.show_faults:
                raise fault from None
            self.context.faults.append(fault)


def references(text: str, own_name: str = "") -> set[str]:
    """The numbers that a text cites, as `figure.key`; a caption leaves its figure's name out."""
    names = {m["name"] for m in re.finditer(REFERENCE, text)}
    return {name if "." in name or not own_name else f"{own_name}.{name}" for name in names}
