"""The style sheets that every page links become one file, named by its content."""

import hashlib
import posixpath
import re
from pathlib import Path

URL = re.compile(r"""(url\(["']?)(?![a-z]+:|[/#])([^"')]+)""")
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n?')
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def combine(site: Path) -> None:
    """Each page's links to style sheets of the site become one link to all of them in one."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    linked = LINK.findall(pages.get(site / "index.html", ""))
    addresses = [address for address in linked if (site / address).is_file()]
    if not addresses:
        return
    combined = "\n".join(_seen_from_root(site, address) for address in addresses).encode()
    name = f"style.{hashlib.sha256(combined).hexdigest()[:8]}.css"
    (site / name).write_bytes(combined)
    for path, page in pages.items():
        path.write_text(_relinked(page, addresses, name), encoding="utf-8")
    for address in addresses:
        (site / address).unlink()


def _seen_from_root(site: Path, address: str) -> str:
    """A style sheet; what it names has its address from the site's root."""

    def from_root(found: re.Match[str]) -> str:
        return found[1] + posixpath.normpath(posixpath.join(posixpath.dirname(address), found[2]))

    css = (site / address).read_text(encoding="utf-8")
    return URL.sub(from_root, SOURCE_MAP.sub("", css))


def _relinked(page: str, addresses: list[str], name: str) -> str:
    """The page with one link in place of the first of these; other links stay."""
    firsts = [link for link in LINK.findall(page) if link.endswith(addresses[0])]
    if not firsts:
        return page
    to_root = firsts[0].removesuffix(addresses[0])
    replaced = {to_root + address for address in addresses}
    one_link = iter([f'<link rel="stylesheet" href="{to_root}{name}">\n'])
    return LINK.sub(lambda m: next(one_link, "") if m[1] in replaced else m[0], page)
