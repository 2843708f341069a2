"""The thin adapter to mkdocs: the only file that imports it.

It builds the figures, hands their files and the Markdown extension over, keeps the notebook in
order, and builds aside, so that the last good site survives a build that fails.
"""

import logging
import re
import shutil
from pathlib import Path
from typing import Any, Literal

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from watchdog.observers.polling import PollingObserver

from bindery import citation, explorables, lab
from bindery.cards import card
from bindery.exchange import aside, exchange
from bindery.formulas import Formulas
from bindery.gallery import Gallery
from bindery.head import Leaf, headed
from bindery.pages import mended
from bindery.policy import guarded
from bindery.sources import Sources
from darkroom.build import Darkroom
from darkroom.catalog import Fault
from darkroom.cite import expanded
from darkroom.markup import Figures
from inks.palette import stylesheet

log = get_plugin_logger("darkroom")
FIRST, LAST = 100, -100  # among the plugins that hear of the same event
GLANCE = 0.1  # seconds between two looks for an edit while serving; mkdocs takes half a second


class Adapter(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # it has no options
    """What mkdocs calls, in the order in which it calls."""

    serving = False
    fresh: Path | None = None  # where the site is built aside
    results: lab.Results | None = None  # of the notebook

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
        self.serving = command == "serve"

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> None:
        self.live = Path(config.site_dir)
        self.cff = citation.read(Path(config.config_file_path).with_name("CITATION.cff"))
        self.room = Darkroom(Path(config.config_file_path).parent, draft=self.serving)
        album = self.room.build(report=log.info)
        if album.rendered:
            click.echo(album.summary(), err=True)
        if album.faults and not self.serving:
            raise Abort("\n".join(["", *map(str, album.faults.values())]))
        self.figures = Figures(
            album, show_faults=self.serving, beside=lambda figures: [Formulas(figures)]
        )
        self.files = album.files()
        self.sources = Sources(Path(config.docs_dir) / "sources.bib", self.figures.fault)
        pages = re.findall(r"[\w/-]+\.md", str(config.nav or ""))
        gallery = Gallery(self.figures, Path(config.docs_dir), pages)
        ours = Figures | Formulas | Sources | Gallery
        config.markdown_extensions = [
            *(e for e in config.markdown_extensions if not isinstance(e, ours)),
            self.figures,  # type: ignore[list-item]  # Markdown takes instances too
            Formulas(self.figures),  # type: ignore[list-item]
            self.sources,  # type: ignore[list-item]
            gallery,  # type: ignore[list-item]
        ]
        self.notebook = Path(config.docs_dir) / "lab.py"
        if "mkdocs-jupyter" in config.plugins:
            self.results = lab.Results(self.notebook, self.room.root, self.room.store)
            config.plugins["mkdocs-jupyter"].config["cache_dir"] = self.results.lent.name
        if not self.serving:
            self.fresh = aside(self.live)
            config.site_dir = str(self.fresh)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        made: dict[str, bytes] = {**self.files, "inks.css": stylesheet().encode()}
        if self.notebook.exists():
            made["lab/lab.ipynb"] = lab.download(self.notebook)
        for uri, content in made.items():
            files.append(File.generated(config, uri, content=content))

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        self.figures.to_root = "../" * page.file.dest_uri.count("/")
        self.sources.page = "../" * page.file.src_uri.count("/") + "sources.md"
        self.figures.page = Path(page.file.abs_src_path or "")
        if page.file.src_uri == "lab.py":
            page.meta["description"] = lab.description(self.notebook)
        for name, value in page.meta.items():
            if isinstance(value, str):
                page.meta[name] = expanded(self._without_lost(value), self.figures.measured)
        if "\n[[bibtex]]\n" in markdown:
            entry = citation.bibtex(self.cff, str(config.site_url))
            markdown = markdown.replace("[[bibtex]]", f"```bibtex\n{entry}```")
        return self._without_lost(markdown)

    def _without_lost(self, text: str) -> str:
        """While serving, a question mark for every number of a figure that is broken."""
        for name in self.figures.album.faults:
            text = re.sub(r"\{\{\s*" + name + r"\.[^{}]*\}\}", "?", text)
        return text

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        if page.file.src_uri == "lab.py":
            return lab.tamed(html, self.notebook)
        return explorables.playable(
            html, self.room.root, self.figures.to_root, self.figures.measured
        )

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Mends; and, not while serving, what the head says, the card to share, the policy."""
        output = mended(output)
        if self.serving:
            return output
        title, claim = str(page.title), str(page.meta.get("description", config.site_description))
        shown = re.search(r"!\[\]\(figure:(\w+)\)", page.markdown or "")
        picture = self.files.get(f"figures/{shown[1]}.light.png") if shown else None
        address = f"cards/{page.url.strip('/').replace('/', '-') or 'start'}.png"
        site, home = str(config.site_name), str(config.site_url)
        place = Path(config.site_dir, address)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(card(self.room.store, site, title, claim, picture))
        leaf = Leaf(title, claim, page.canonical_url or "", site, home, home + address, self.cff)
        return guarded(headed(output, leaf))

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """The page for lost readers is a page too."""
        lost = template_name == "404.html" and not self.serving
        return guarded(mended(output)) if lost else output

    def on_build_error(self, *, error: Exception) -> None:
        """A fault is told in its own words, without a traceback."""
        if isinstance(error, Fault | LookupError | OSError):
            raise Abort(f"\n{error}") from None

    def on_shutdown(self) -> None:
        """What was not hung is taken down."""
        if self.fresh:
            shutil.rmtree(self.fresh, ignore_errors=True)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any
    ) -> LiveReloadServer:
        """Look for edits more often."""
        watched = [config.docs_dir, config.config_file_path]  # mkdocs has told the old observer
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=GLANCE)
        for path in watched:
            server.watch(path)
        return server

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.results:
            self.results.keep()
        counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
        if not self.serving and not any(counter.get_counts() for counter in counters):
            exchange(Path(config.site_dir), self.live)
            config.site_dir = str(self.live)
