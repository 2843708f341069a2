"""The whole argument as one PDF: the pages of a built site, in the order in which it links them.

The pages become one document, so that a link from one to another works within the book.
Chromium prints it, with bookmarks.
"""

import html
import mimetypes
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Route, sync_playwright

from bindery.chromium import chromium

APPENDIX = "reference/"  # looked up, not read
LEFT_OUT = "script, video, figure details:not(.measured), .headerlink, .provenance, .report"
COVER = """<article class="md-content__inner md-typeset contents"><h1>{title}</h1><p>{about}</p>
<p>{authors}</p>
<p>The site in reading order, printed from <a href="{address}">{address}</a>.
Text and figures CC BY-SA 4.0; what moves, and what can be played with, is there.</p>
<ol>{chapters}</ol></article>"""
CHAPTER = '<li><a href="#{anchor}">{title}</a></li>'
STYLE = """
article { break-before: page; } article.contents { break-before: auto; }
.contents ol { max-width: none; list-style: none; margin: 2em 0 0; }
.contents li { margin: 0.2em 0; }
"""
FOOTER = """<p style="width: 100%; text-align: center; font-size: 8px">
<span class="pageNumber"></span></p>"""
MARGIN = {"top": "18mm", "bottom": "18mm", "left": "20mm", "right": "20mm"}


def reading_order(site: Path) -> list[str]:
    """The addresses of its pages below the site, as `rel="next"` leads through them."""
    order, address = [], ""
    while address not in order and not address.startswith(APPENDIX):
        order.append(address)
        follows = _soup(site / address / "index.html").find("link", rel="next")
        if not isinstance(follows, Tag):
            break
        path = (
            (site / address / unquote(str(follows["href"]))).resolve().relative_to(site.resolve())
        )
        address = "" if path == Path() else f"{path}/"
    return order


def book(site: Path) -> bytes:
    """The pages of the built site as one PDF with contents, bookmarks and links between pages."""
    first = _soup(site / "index.html")
    canonical = first.find("link", rel="canonical")
    home = str(canonical["href"]) if isinstance(canonical, Tag) else "http://site.invalid/"
    order = reading_order(site)
    chapters = {address: _chapter(site, home, address, order) for address in order}
    return _printed(site, home, _document(first, home, chapters))


def _chapter(site: Path, home: str, address: str, order: list[str]) -> Tag:
    """A page's article, its anchors made unique in the book and its links made to lead there."""
    article = _soup(site / address / "index.html").select_one("article")
    assert article, f"{address} has no article"
    for tag in article.select(LEFT_OUT):
        tag.decompose()
    for tag in article.select("h1")[1:]:  # a chapter begins once
        tag.name = "h2"
    for tag in article.select("details"):
        tag["open"] = ""
    for tag in article.select("[id]"):
        tag["id"] = _anchor(address, str(tag["id"]))
    for tag in article.select("img"):
        tag["loading"], tag["src"] = "eager", urljoin(home + address, str(tag["src"]))
    for tag in article.select("a[href]"):
        target = urljoin(home + address, str(tag["href"]))
        page, _, fragment = target.removeprefix(home).partition("#")
        tag["href"] = f"#{_anchor(page, fragment)}" if page in order else target
    article["id"] = _anchor(address, "")
    return article


def _document(first: BeautifulSoup, home: str, chapters: dict[str, Tag]) -> str:
    styles = "".join(
        f'<link rel="stylesheet" href="{urljoin(home, str(link["href"]))}">'
        for link in first.select("link[rel=stylesheet]")
    )
    about = first.find("meta", attrs={"name": "description"})
    authors = ", ".join(str(tag["content"]) for tag in first.select("meta[name=citation_author]"))
    contents = COVER.format(
        title=html.escape(_title(first)),
        authors=html.escape(authors),
        about=html.escape(str(about["content"])) if isinstance(about, Tag) else "",
        address=home,
        chapters="".join(
            CHAPTER.format(anchor=_anchor(address, ""), title=html.escape(_heading(article)))
            for address, article in chapters.items()
        ),
    )
    return (
        f'<!doctype html><html lang="en"><title>{html.escape(_title(first))}</title>{styles}'
        f'<style>{STYLE}</style><body data-md-color-scheme="default">'
        f"{contents}{''.join(map(str, chapters.values()))}</body></html>"
    )


def _printed(site: Path, home: str, document: str) -> bytes:
    def answer(route: Route) -> None:
        path = site / route.request.url.removeprefix(home).partition("?")[0]
        if route.request.url == home:
            route.fulfill(body=document, content_type="text/html; charset=utf-8")
        elif route.request.url.startswith(home) and path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            route.fulfill(body=path.read_bytes(), content_type=kind)
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(home, wait_until="networkidle")
        printed = page.pdf(
            format="A4",
            margin=MARGIN,  # type: ignore[arg-type]  # a dict of strings is what it takes
            outline=True,
            tagged=True,
            display_header_footer=True,
            header_template="<p></p>",
            footer_template=FOOTER,
        )
        browser.close()
    return printed


def _anchor(address: str, fragment: str) -> str:
    return f"{urlsplit(address).path.strip('/').replace('/', '-') or 'start'}--{fragment}"


def _title(page: BeautifulSoup) -> str:
    return page.title.get_text().rpartition(" - ")[2].strip() if page.title else ""


def _heading(article: Tag) -> str:
    heading = article.find("h1")
    return heading.get_text().strip() if heading else ""


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
