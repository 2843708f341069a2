"""One build of the site, as far as it needs no site generator.

It holds the rendered figures, gives the Markdown extensions that set them, and finishes pages. The
generator's adapter, `mkdocs.py`, calls its methods in the order in which they stand here. While
serving, faults are told on the pages, and what only a finished site needs (policy, search) is
left out.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from markdown import Extension

from bindery import citation
from bindery.cached import cached
from bindery.markdown import gallery
from bindery.markdown.bibliography import Bibliography
from bindery.markdown.cards import Cards
from bindery.markdown.figures import Figures, PageContext, references
from bindery.markdown.formulas import Formulas
from bindery.markdown.quiz import Quiz
from bindery.pages import head, moved, notebook, search
from bindery.pages.csp import with_policy
from bindery.pages.theme_fixes import mended
from darkroom.build import Darkroom
from darkroom.cite import spoken
from darkroom.errors import Fault, Mistake
from darkroom.files import replace
from inks.palette import stylesheet

T = TypeVar("T")
NOTEBOOK = "lab.py"
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
BIBTEX = re.compile(r"^\[\[bibtex\]\][ \t]*$", re.MULTILINE)


class SiteBuild:
    """What one build of the site needs: figures, Markdown extensions, the finishing of pages."""

    def __init__(
        self,
        root: Path,
        docs: Path,
        *,
        serving: bool,
        report: Callable[[str], None],
        name: str = "",
        home: str = "",
        schema_org: Mapping[str, Any] | None = None,
    ) -> None:
        self.docs = docs
        self.notebook = docs / NOTEBOOK
        self.serving = serving
        self.darkroom = Darkroom(root, draft=serving)
        self.store = self.darkroom.store
        self.result = self.darkroom.build(report=report)
        self.figures = Figures(self.result, show_faults=serving)
        self.formulas = Formulas(self.figures, self.store)
        self.figures.caption_extensions = [self.formulas]
        self.contexts: dict[str, PageContext] = {}  # by the page's address
        self.pages: Sequence[gallery.SetPage] = ()  # in reading order, once all are set
        self.lasting_faults: list[Fault] = []  # while serving, told on every page
        no_cff: dict[str, Any] = {}
        cff = self._read(lambda: citation.read(root / "CITATION.cff"), no_cff)
        self.site = head.Site(name, home, cff, schema_org or {})
        faults_at = self.figures.faults_at
        self.bibliography = self._read(
            lambda: Bibliography(docs / "sources.bib", faults_at), Bibliography(None, faults_at)
        )
        self.cards = Cards(docs, self.bibliography, self.formulas)
        self.notebook_results: notebook.Results | None = None
        self.notebook_failed = False

    def extensions(self) -> list[Extension]:
        """Of Markdown: figures and numbers, formulas, citations, cards, the quiz, lists."""
        quiz = Quiz(self.figures.faults_at)
        texts = [self.figures, self.formulas, self.bibliography, self.cards]
        return [*texts, quiz, gallery.Lists()]

    def notebook_cache_dir(self) -> Path:
        """Where the notebook's results lie while the site is built."""
        self.notebook_results = notebook.Results(self.notebook, self.darkroom.sources, self.store)
        return Path(self.notebook_results.folder.name)

    def files(self) -> dict[str, bytes]:
        """What the site has beside its pages: address → content."""
        files = {**self.result.published_files(), "inks.css": stylesheet().encode()}
        if self.notebook.exists():
            files["lab/lab.ipynb"] = self._from_notebook(notebook.download)
        return files

    def prepare_markdown(
        self, text: str, meta: MutableMapping[str, Any], source: Path, place: str, url: str
    ) -> str:
        """A page's Markdown, ready to be set: its numbers in the front matter, its citation.

        `place` is its file below `docs`, `url` its address below the site's root.
        """
        context = PageContext(source, to_root(url), [*self.lasting_faults])
        self.contexts[url] = self.figures.context = context
        self.bibliography.page = f"{'../' * place.count('/')}sources.md"
        self.cards.begin(place, text)
        if front := FRONT_MATTER.match(text):  # the generator took it for text
            with self.figures.faults_at(front[1].partition("\n")[0]):
                raise Mistake("its front matter is no YAML. Put what follows a name in quotes.")
        if source == self.notebook:
            meta["description"] = self._from_notebook(notebook.description).decode()
        for name, value in meta.items():
            if isinstance(value, str):
                with self.figures.faults_at(value):
                    meta[name] = spoken(self._without_broken(value), self.figures.measured)
                    context.cited |= references(value)
        context.question = str(meta.get("question") or "")
        if BIBTEX.search(text):
            entry = "?"
            with self.figures.faults_at("[[bibtex]]"):
                bibtex = citation.bibtex(self.site.cff, self.site.home)
                entry = f"```bibtex\n{bibtex}```"
            text = BIBTEX.sub(lambda _: entry, text)
        return self._without_broken(text)

    def finish_content(self, html: str, source: Path, url: str) -> str:
        """A page's content, set; the notebook's is cleaned."""
        if source.suffix != ".md":
            try:
                html = cached(self.store, notebook.tamed, html, str(source)).decode()
            except Fault as fault:
                if not self.serving:
                    raise
                self.contexts[url].faults.append(fault)
                self.notebook_failed = True
                html = ""
        return html

    def set_reading_order(self, titles: Mapping[str, str], argument: Sequence[str]) -> None:
        """Say which pages there are, address → title, now that all of them are set.

        `argument` has the addresses of those that are numbered in the menu.
        """
        numbers = {url: number for number, url in enumerate(argument, 1)}
        self.pages = [
            gallery.SetPage(title, url, self.contexts[url], numbers.get(url, 0))
            for url, title in titles.items()
        ]

    def fill_lists(self, html: str, url: str) -> str:
        """A page's content with the lists made of all pages; on top what is wrong, if serving."""
        context = self.figures.context = self.contexts[url]
        html = gallery.filled(html, to_root(url), self.pages, self.figures)
        if context.faults:
            told = "".join(f"<pre>{escape(str(fault))}</pre>" for fault in context.faults)
            html = f'<figure class="broken">{told}</figure>{html}'
        return html

    def finish_page(self, html: str, title: str, description: str, address: str, url: str) -> str:
        """A finished page: the theme's faults mended, its cards, what its head says, its policy."""
        html = self.cards.added(mended(html))
        if self.serving:
            return html
        page = head.Page(title, description, address, self._picture(url))
        return with_policy(head.with_head(html, page, self.site))

    def finish_404(self, html: str) -> str:
        """The page for lost readers has nothing to be shared or cited by."""
        return mended(html) if self.serving else with_policy(mended(html))

    def finish_site(self, site: Path) -> None:
        """What needs all pages, finished: what the search finds, what leads on from old links."""
        replace(site / "search.js", search.index(site, self.store))
        moved.lead_on(site, self.docs / "moved.yml", self.site.home)

    def save_notebook_cache(self) -> None:
        """Keep the notebook's results, if there is one, once all is built."""
        if self.notebook_results:
            self.notebook_results.save(good=not self.notebook_failed)

    def _read(self, read: Callable[[], T], otherwise: T) -> T:
        """What is read off a file of the project; while serving, its fault is told on all pages."""
        try:
            return read()
        except Fault as fault:
            if not self.serving:
                raise
            self.lasting_faults.append(fault)
            return otherwise

    def _picture(self, url: str) -> head.Picture | None:
        """The first figure of a page, or else of the site."""
        shown = [name for page in self.pages for name in page.context.figures]
        for name in [*self.contexts[url].figures, *shown][:1]:
            rendered = self.result.figures[name]
            address = f"{self.site.home}figures/{name}.light.png"
            alt = " ".join(rendered.words["alt"].split())
            return head.Picture(address, rendered.files["light.png"], alt)
        return None

    def _from_notebook(self, read: Callable[[str], bytes]) -> bytes:
        """What is read off the notebook, once for the same one."""
        return cached(self.store, read, self.notebook.read_text(encoding="utf-8"))

    def _without_broken(self, text: str) -> str:
        """While serving, a question mark for every number of a figure that is broken."""
        for name in self.result.faults:
            text = re.sub(r"\{\{\s*" + name + r"\.[^{}]*\}\}", "?", text)
        return text


def to_root(url: str) -> str:
    """From a page to the site's root."""
    return "../" * url.count("/")
