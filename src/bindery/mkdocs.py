"""The plugin for mkdocs: the only file that imports it.

Every method is an event of mkdocs, in the order of a build, and hands on to `SiteBuild`. It builds
the site aside, so that the last good one survives a build that fails.
"""

import logging
import shutil
from html import unescape
from pathlib import Path
from typing import Any, Literal

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from bindery import exchange
from bindery.site_build import SiteBuild
from darkroom.errors import Fault, Mistake
from darkroom.hashing import digest

log = get_plugin_logger("darkroom")
FIRST, LAST = 100, -100  # among the plugins that hear of the same event
JUPYTER = "mkdocs-jupyter"


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say of this plugin."""

    own_frame = config_options.Type(bool, default=False)  # publish none of the theme's assets


class Adapter(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """What mkdocs calls."""

    serving = False
    fresh: Path | None = None  # the folder of a site that is being built, beside the live one
    reading_order: list[Page]
    argument: list[str]  # the addresses of its pages, which the menu numbers

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
        self.serving = command == "serve"

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> None:
        self.live = Path(config.site_dir).resolve()
        if not self.serving:
            exchange.mend(self.live)
        self.site = SiteBuild(
            Path(config.config_file_path).parent,
            Path(config.docs_dir),
            serving=self.serving,
            report=log.info,
            name=config.site_name,
            home=config.site_url or "",
            schema_org=config.extra.get("schema_org"),
        )
        self._tell_of_figures()
        config.markdown_extensions += self.site.extensions()  # type: ignore[arg-type]  # takes instances too
        if JUPYTER in config.plugins and self.site.notebook.exists():
            folder = str(self.site.notebook_cache_dir())
            config.plugins[JUPYTER].config["cache_dir"] = folder
            config.plugins[JUPYTER].config["allow_errors"] = True  # we tell of them
        if not self.serving:
            self.fresh = exchange.build_folder(self.live)
            config.site_dir = str(self.fresh)

    def _tell_of_figures(self) -> None:
        """What was rendered, and what failed; while serving, pages live on without it."""
        result = self.site.result
        if result.rendered:
            click.echo(result.summary(), err=True)
        if result.faults and not self.serving:
            raise Abort("\n".join(["", *result.fault_messages()]))
        for message in result.fault_messages():
            log.error(message)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        for address, content in self.site.files().items():
            files.append(File.generated(config, address, content=content))
        if self.config.own_frame:
            themes = {*config.theme.dirs} - {config.theme.custom_dir}
            assets = [file for file in files if file.src_uri.startswith("assets/")]
            for file in assets:
                if file.src_dir in themes:
                    files.remove(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, **_: Any) -> None:
        self.reading_order = nav.pages
        self.argument = []
        for item in nav.items:
            if isinstance(item, Section) and item.title == config.extra.get("argument"):
                self.argument += [page.url for page in item.children if isinstance(page, Page)]

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        place = page.file.src_uri
        return self.site.prepare_markdown(markdown, page.meta, _source(page), place, page.url)

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        if page.title in (heading.title for heading in page.toc):  # then it is HTML
            page.title = unescape(page.title or "")
        return self.site.finish_content(html, _source(page), page.url)

    @event_priority(LAST)
    def on_env(self, env: Environment, *, files: Files, config: MkDocsConfig) -> Environment:
        every = [file.page for file in files.documentation_pages() if file.page]
        others = [page for page in every if page not in self.reading_order]
        pages = [page for page in [*self.reading_order, *others] if page.content is not None]
        titles = {page.url: str(page.meta.get("title") or page.title) for page in pages}
        self.site.set_reading_order(titles, self.argument)
        for page in pages:
            page.content = self.site.fill_lists(page.content or "", page.url)
            for fault in self.site.contexts[page.url].faults:  # while serving
                log.error(str(fault))
        self._combine_style_sheets(files, config)
        return env

    def _combine_style_sheets(self, files: Files, config: MkDocsConfig) -> None:
        """Pages link one sheet, named by its content, in place of all that the site has."""
        sheets = {}
        for address in config.extra_css:
            written = Path(config.site_dir, address)
            if file := files.get_file_from_path(address):
                sheets[address] = file.content_string
                files.remove(file)
            elif written.is_file():  # by another plugin
                sheets[address] = written.read_text(encoding="utf-8")
                written.unlink()
        if sheets:
            combined = "\n".join(sheets.values())
            name = f"style.{digest(combined)[:8]}.css"
            files.append(File.generated(config, name, content=combined))
            elsewhere = [address for address in config.extra_css if address not in sheets]
            config.extra_css = [*elsewhere, name]

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        description = str(page.meta.get("description") or config.site_description or "")
        address = page.canonical_url or page.url
        return self.site.finish_page(output, str(page.title), description, address, page.url)

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        return self.site.finish_404(output) if template_name == "404.html" else output

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in place, if nothing was complained of."""
        self.site.save_notebook_cache()
        handlers = logging.getLogger("mkdocs").handlers
        counters = [handler for handler in handlers if isinstance(handler, CountHandler)]
        if self.fresh and not any(counter.get_counts() for counter in counters):
            self.site.finish_site(self.fresh)
            exchange.exchange(self.fresh, self.live)
            config.site_dir = str(self.live)

    def on_build_error(self, *, error: Exception) -> None:
        """A fault is told in its own words, without a traceback."""
        if isinstance(error, OSError) and error.errno:
            error.filename = error.filename or str(self.live)  # a file that is open names none
        if isinstance(error, Fault | Mistake | OSError):
            raise Abort(f"\n{error}") from None

    def on_shutdown(self) -> None:
        """Remove the folder of a site that was not finished."""
        if self.fresh:
            shutil.rmtree(self.fresh, ignore_errors=True)


def _source(page: Page) -> Path:
    """The page's file; one that a plugin has made may have none."""
    return Path(page.file.abs_src_path or page.file.src_uri)
