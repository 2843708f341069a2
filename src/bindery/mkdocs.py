"""The thin adapter to mkdocs: the only file that imports it.

It tells the binder what mkdocs tells it, and builds aside, so that the last good site survives a
build that fails.
"""

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from bindery.exchange import aside, exchange
from bindery.site_build import SiteBuild
from bindery.templates import Compiled, Visible, ahead
from darkroom.errors import Fault, Mistake

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("darkroom")
FIRST, LAST = 100, -100  # among the plugins that hear of the same event
THEME_SHEET = "assets/stylesheets/main.*.min.css"
PAGES = ("main.html", "404.html")  # the templates that every build sets
GLANCE = 0.1  # seconds between two looks for an edit while serving; mkdocs takes half a second


def leaves(nav: Any) -> Iterator[str]:
    """The pages in Markdown that the navigation names, in its order."""
    if isinstance(nav, str):
        yield from [nav] if nav.endswith(".md") else []
    else:
        for part in nav.values() if isinstance(nav, dict) else nav or []:
            yield from leaves(part)


class Kept(File):
    """A file that the last site may have: then it is linked, as making many takes a disk long.

    So nobody must write into it. Another build may hang its own site between reading and linking.
    """

    last: Path

    def copy_file(self, dirty: bool = False) -> None:
        with suppress(OSError), self.last.open("rb") as last:
            known = os.fstat(last.fileno())
            if known.st_mode & 0o4 and last.read() == self.content_bytes:  # a web server reads it
                made = Path(self.abs_dest_path)
                made.parent.mkdir(parents=True, exist_ok=True)
                made.hardlink_to(self.last)
                if os.path.samestat(known, made.lstat()):
                    return
                made.unlink()
        super().copy_file(dirty)


class Adapter(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # it has no options
    """What mkdocs calls, in the order in which it calls."""

    serving = False
    compiled = Compiled()
    fresh: Path | None = None  # where the site is built aside

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
        self.serving = command == "serve"
        gc.freeze()  # what is loaded by now stays; to look through it again and again takes long

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> None:
        self.live, docs = Path(config.site_dir).resolve(), Path(config.docs_dir)
        theme = [p for folder in config.theme.dirs for p in Path(folder).glob(THEME_SHEET)]
        config.extra["theme_sheet"] = f"assets/stylesheets/{theme[0].name}" if theme else ""
        config.theme.get_env = partial(self._env, config.theme.get_env)  # type: ignore[method-assign]
        self.binder = SiteBuild(
            root=Path(config.config_file_path).parent,
            docs=docs,
            order=[leaf for leaf in leaves(config.nav) if (docs / leaf).is_file()],
            name=str(config.site_name),
            home=config.site_url or "",
            theme=theme,
            compiling=lambda: ahead(config.theme.get_env(), *PAGES),
            serving=self.serving,
            say=log.info,
        )
        if (result := self.binder.result).rendered:
            click.echo(result.summary(), err=True)
        if result.faults and not self.serving:
            raise Abort("\n".join(["", *result.fault_messages()]))
        for fault in result.fault_messages():
            log.error(fault)
        config.markdown_extensions += self.binder.extensions()  # type: ignore[arg-type]  # takes instances too
        if "mkdocs-jupyter" in config.plugins and self.binder.notebook.exists():
            lab = {"cache_dir": str(self.binder.lent()), "allow_errors": True}  # we tell of them
            config.plugins["mkdocs-jupyter"].config |= lab
        if not self.serving:
            self.fresh = aside(self.live)
            config.site_dir = str(self.fresh)

    def _env(self, theme_env: Callable[[], Environment]) -> Environment:
        """The theme's templates, compiled once and listed quickly."""
        env = theme_env()
        assert isinstance(env.loader, FileSystemLoader)
        env.loader, env.bytecode_cache = Visible(env.loader.searchpath), self.compiled
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        for uri, content in self.binder.files().items():
            made = Kept.generated(config, uri, content=content)
            assert isinstance(made, Kept)
            made.last = self.live / made.dest_uri
            files.append(made)
        self.spare: dict[str, Callable[[], object]] = {}
        themes = {*config.theme.dirs} - {config.theme.custom_dir}
        for file in files if not self.serving else ():  # most of a theme's assets nobody asks for
            if file.src_dir in themes and file.src_uri.startswith("assets/"):
                self.spare[file.dest_uri] = file.copy_file
                file.copy_file = lambda *_: None  # type: ignore[method-assign]  # not yet

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        uris = page.file.src_uri, page.file.dest_uri
        return self.binder.opened(markdown, page.meta, self._source(page), *uris)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        if page.title in (heading.title for heading in page.toc):  # then it is HTML
            page.title = unescape(page.title or "")
        self.binder.shared(page.markdown or "", *self._told(page, config))
        try:
            return self.binder.set(html, self._source(page))
        finally:
            for fault in self.binder.figures.shown:  # while serving
                log.error(str(fault))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self.binder.closed(output, *self._told(page, config))

    def _source(self, page: Page) -> Path:
        """The page's file; one that a plugin has made may have none."""
        return Path(page.file.abs_src_path or page.file.src_uri)

    def _told(self, page: Page, config: MkDocsConfig) -> tuple[str, str, str]:
        """A page's title, claim and address."""
        claim = str(page.meta.get("description") or config.site_description or "")
        return str(page.title), claim, page.canonical_url or page.url

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        return self.binder.lost(output) if template_name == "404.html" else output

    def on_build_error(self, *, error: Exception) -> None:
        """A fault is told in its own words, without a traceback."""
        if isinstance(error, OSError) and error.errno:
            error.filename = error.filename or str(self.live)  # a file that is open names none
        if isinstance(error, Fault | Mistake | OSError):
            raise Abort(f"\n{error}") from None

    def on_shutdown(self) -> None:
        """What was not hung is taken down."""
        if self.fresh:
            shutil.rmtree(self.fresh, ignore_errors=True)

    def on_serve(self, server: "LiveReloadServer", **_: Any) -> "LiveReloadServer":
        """Look for edits more often."""
        from watchdog.observers.polling import PollingObserver

        watched = [*server._watched_paths]  # what mkdocs has told the old observer
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=GLANCE)
        for path in watched:
            server.watch(path)
        return server

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Hang the finished site, if nothing was complained of."""
        self.binder.keep()
        counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
        if not self.serving and not any(counter.get_counts() for counter in counters):
            self.binder.bound(Path(config.site_dir), self.spare)
            exchange(Path(config.site_dir), self.live)
            config.site_dir = str(self.live)
