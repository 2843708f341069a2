"""The style sheets of a finished site become one lean sheet; what no page asks for stays out."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from bindery.cached import cached
from darkroom.cache import Cache

URL = re.compile(r"""(url\(["']?)(?![a-z]+:|[/#])([^"')]+)""")
SPEAKING = {".css", ".js", ".mjs"}  # what may name other files
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n?')


def bound(site: Path, store: Cache, spare: Mapping[str, Callable[[], object]]) -> None:
    """Every page's links to style sheets become one link to one sheet, named by its content.

    Of what is `spare`, each address with what brings it there, only what a page asks for is.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    own = (path.read_bytes() for path in site.rglob("*.*") if path.suffix in SPEAKING)
    asked = "".join([*pages.values(), *(told.decode(errors="ignore") for told in own)])
    for address, bring in spare.items():
        name = posixpath.basename(address)
        if name in asked or quote(name) in asked:
            bring()
    linked = LINK.findall(pages.get(site / "index.html", ""))
    addresses = [address for address in linked if (site / address).is_file()]
    if not addresses:
        return
    sheets = [site / address for address in addresses]
    css = (_at_root(path.read_text(encoding="utf-8"), path.parent, site) for path in sheets)
    scripts = (path.read_text("utf-8", "ignore") for path in sorted(site.rglob("*.*js")))
    words = "\n".join([*(pages[path] for path in sorted(pages)), *scripts])
    one = cached(store, sheet, words, *css)
    name = f"style.{hashlib.sha256(one).hexdigest()[:8]}.css"
    (site / name).write_bytes(one)
    for path, page in pages.items():
        path.write_text(_linked(page, addresses, name), encoding="utf-8")
    for path in sheets:
        path.unlink()


def ahead(*sheets: Path) -> None:
    """Read these now and not later: they take a while, and are known before any page."""
    from bindery.pages.lean import parsed

    for path in sheets:
        parsed(path.read_text(encoding="utf-8"))


def sheet(words: str, *sheets: str) -> bytes:
    """What pages and scripts that say so can use of these."""
    from bindery.pages.lean import lean  # its parser takes its time, and is mostly not needed

    return lean(set(re.findall(r"[\w-]+", words)), *sheets).encode()


def _at_root(css: str, folder: Path, site: Path) -> str:
    """A style sheet of this folder, with what it names as seen from the site's root."""
    deep = folder.relative_to(site).as_posix()
    return URL.sub(lambda m: f"{m[1]}{posixpath.normpath(posixpath.join(deep, m[2]))}", css)


def _linked(page: str, addresses: list[str], name: str) -> str:
    """The page with one link for those of the site; links of its own stay."""
    firsts = (link for link in LINK.findall(page) if link.endswith(addresses[0]))
    to_root = next(firsts, "").removesuffix(addresses[0])
    own = {to_root + address for address in addresses}
    one = iter([f'<link rel="stylesheet" href="{to_root}{name}">\n'])
    return LINK.sub(lambda m: next(one, "") if m[1] in own else m[0], page)
