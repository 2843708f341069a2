"""What one build of the site needs: the rendered figures, the Markdown extensions, the finishing.

A generator's adapter calls this in its own order of events. While serving, what only a finished
site needs (cards, policy, search, one lean style sheet) is left out.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown import Extension

from bindery import citation
from bindery.cached import cached
from bindery.markdown.bibliography import Bibliography
from bindery.markdown.contents import FRONT, Contents, shown_on
from bindery.markdown.figures import Figures, template
from bindery.markdown.formulas import Formulas
from bindery.markdown.gallery import THUMBNAIL, Gallery
from bindery.pages import explorables, search, styles
from bindery.pages import notebook as lab
from bindery.pages.cards import card
from bindery.pages.csp import guarded
from bindery.pages.head import Leaf, headed
from bindery.pages.theme_fixes import mended
from darkroom.build import Darkroom
from darkroom.cite import spoken
from darkroom.errors import Fault, Mistake
from darkroom.files import replace
from darkroom.themes import THEMES
from inks.palette import stylesheet

NOTEBOOK = "lab.py"
LATER = ["bs4", "numpy", "pybtex.database", "pymdownx.arithmatex"]  # pages are made with them
LATER += ["PIL.ImageDraw", "PIL.ImageFont"]  # and cards
BIBTEX = re.compile(r"^\[\[bibtex\]\][ \t]*$", re.MULTILINE)


@dataclass
class SiteBuild:
    """The figures of a project, and what its pages need of them."""

    root: Path
    docs: Path
    order: list[str]  # the pages in reading order, as their files below `docs`
    name: str
    home: str  # the site's address
    theme: list[Path]  # its style sheets
    compiling: Callable[[], object]  # compiles its templates
    serving: bool
    say: Callable[[str], None]
    cards: dict[str, Future[bytes]] = field(default_factory=dict)  # drawn beside the pages
    results: lab.Results | None = None
    failed: bool = False  # a cell of the notebook
    standing: list[Fault] = field(default_factory=list)  # while serving, told on every page

    def __post_init__(self) -> None:
        self.room = Darkroom(self.root, draft=self.serving)
        self.hands = ThreadPoolExecutor(self.room.workers)
        self.result = self.room.build(report=self.say)
        self.figures = Figures(self.result, show_faults=self.serving, beside=self._set)
        self.cff, self.sources = {}, Bibliography(None, self.figures.located)
        try:
            self.cff = citation.read(self.root / "CITATION.cff")
            self.sources = Bibliography(self.docs / "sources.bib", self.figures.located)
        except Fault as fault:
            if not self.serving:
                raise
            self.standing = [fault]
        contents = Contents(self.docs, self.order, self.result)
        self.gallery = Gallery(self.figures, contents, self.room.store)
        self.notebook = self.docs / NOTEBOOK
        self.pictures = self.result.published_files()

    def extensions(self) -> list[Extension]:
        """Of Markdown: figures and numbers, formulas, citations, what nobody writes."""
        return [self.figures, *self._set(self.figures), self.sources, self.gallery]

    def lent(self) -> Path:
        """Where the notebook's results lie while the site is built."""
        self.results = lab.Results(self.notebook, self.room.sources, self.room.store)
        return Path(self.results.lent.name)

    def keep(self) -> None:
        """The notebook's results, if there is one, once all is built."""
        if self.results:
            self.results.keep(good=not self.failed)

    def files(self) -> dict[str, bytes]:
        """What the site has beside its pages: address → content."""
        made = {**self.pictures, "inks.css": stylesheet().encode()}
        if self.notebook.exists():
            made["lab/lab.ipynb"] = self._read(lab.download)
        for name, figure in self.result.figures.items() if self.gallery.wanted else ():
            for theme in THEMES:
                made[THUMBNAIL.format(name=name, theme=theme)] = figure.files[f"{theme}.avif"]
        return made

    def opened(
        self, text: str, meta: MutableMapping[str, Any], source: Path, place: str, address: str
    ) -> str:
        """A page's Markdown, ready to be set: its numbers in the front matter, its citation."""
        self.figures.page, self.figures.to_root = source, "../" * address.count("/")
        self.figures.shown[:] = self.standing
        self.sources.page = "../" * place.count("/") + "sources.md"
        if front := FRONT.match(text):  # the generator took it for text
            with self.figures.located(front[1].partition("\n")[0]):
                raise Mistake("its front matter is no YAML. Put what follows a name in quotes.")
        if source == self.notebook:
            meta["description"] = self._read(lab.description).decode()
        for name, value in meta.items():
            if isinstance(value, str):
                with self.figures.located(value):
                    meta[name] = spoken(self._without_lost(value), self.figures.measured)
        if BIBTEX.search(text):
            entry = "?"
            with self.figures.located("[[bibtex]]"):
                entry = f"```bibtex\n{citation.bibtex(self.cff, self.home)}```"
            text = BIBTEX.sub(lambda _: entry, text)
        return self._without_lost(text)

    def set(self, html: str, source: Path) -> str:
        """A page's content, set: the notebook lean, the explorable figures ready to play."""
        if source.suffix != ".md":
            try:
                return cached(self.room.store, lab.tamed, html, str(source)).decode()
            except Fault as fault:
                if not self.serving:
                    raise
                self.figures.shown.append(fault)
                html, self.failed = "", True
        try:
            html = explorables.playable(
                html, self.root, self.figures.to_root, self.figures.measured
            )
        except Fault as fault:
            if not self.serving:
                raise
            self.figures.shown.append(fault)
        told = (f"<pre>{escape(str(fault))}</pre>" for fault in self.figures.shown)
        broken = f'<figure class="broken">{"".join(told)}</figure>' if self.figures.shown else ""
        return broken + html

    def shared(self, text: str, title: str, claim: str, address: str) -> None:
        """Begin the card to share a page by, which takes as long as all else of it.

        What a plugin changes in title or claim later, the card does not see.
        """
        if not self.serving:
            shown = next(iter(shown_on(text)), "")
            picture = self.pictures.get(f"figures/{shown}.light.png", b"")
            words = self.name, title, claim
            made = self.hands.submit(cached, self.room.store, card, *words, picture)
            self.cards[unquote(self._card(address))] = made

    def closed(self, html: str, title: str, claim: str, address: str) -> str:
        """A finished page: mended, with what its head says, its policy."""
        if self.serving:
            return mended(html)
        place = self.home + self._card(address)
        leaf = Leaf(title, claim, address, self.name, self.home, place, self.cff)
        return guarded(headed(mended(html), leaf))

    def lost(self, html: str) -> str:
        """The page for lost readers is a page too."""
        return mended(html) if self.serving else guarded(mended(html))

    def bound(self, site: Path, spare: Mapping[str, Callable[[], object]]) -> None:
        """What needs all pages: the one style sheet, what is asked for, the search, the cards."""
        store = self.room.store
        styles.bound(site, store, spare)
        replace(site / "search.js", search.index(site, store))
        for address, made in self.cards.items():
            replace(site / address, made.result())
        self.hands.shutdown()

    def _card(self, address: str) -> str:
        return f"cards/{address.removeprefix(self.home).strip('/') or 'index'}.png"

    def _ahead(self) -> None:
        """What pages will need and takes its time, while the first figures are drawn."""
        for module in LATER:
            import_module(module)
        template()
        if not self.serving:
            styles.ahead(*self.theme)
            self.compiling()

    def _set(self, figures: Figures) -> list[Extension]:
        """What stands beside the figures, on a page as in a caption."""
        return [Formulas(figures, self.room.store)]

    def _read(self, what: Callable[[str], bytes]) -> bytes:
        """What is read off the notebook, once for the same one."""
        return cached(self.room.store, what, self.notebook.read_text(encoding="utf-8"))

    def _without_lost(self, text: str) -> str:
        """While serving, a question mark for every number of a figure that is broken."""
        for name in self.result.faults:
            text = re.sub(r"\{\{\s*" + name + r"\.[^{}]*\}\}", "?", text)
        return text
