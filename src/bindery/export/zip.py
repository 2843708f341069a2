"""The site as one zip that opens from a folder by double click: no server, no network.

A browser opens no folder's `index.html` from a disk, and loads no ES module from it. So links name
their file, those that the search finds too, and every module becomes one classic script with what
it imports. What only a server needs is left out, signposts at old addresses among it.
"""

import io
import os
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from bindery.citation import NAME
from bindery.pages.moved import is_signpost
from darkroom.errors import Mistake

EARLIEST = 315532800  # 1980, in seconds: a zip knows no earlier moment
STORED = {".mp4", ".png", ".woff2"}  # packed already
SERVED = {"404.html", "sitemap.xml", "sitemap.xml.gz"}
PLACE = re.compile(r'(?<=\[")([^"#]*/|)(?=[#"])')  # an address in the index of the search
IMPORT = re.compile(r"^import \{([^}]*)\} from [\"']\./([\w.]+)[\"'];?\n", re.M)
WHOLE = re.compile(r"^import \* as (\w+) from [\"']\./([\w.]+)[\"'];?\n", re.M)
EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|const|let|class) (\w+))", re.M)


def bundle(site: Path) -> bytes:
    """The built site as a zip; the same bytes for the same site."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
    moment = time.gmtime(max(epoch, EARLIEST))[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            for name, content in _files(path, site):
                entry = zipfile.ZipInfo(f"{NAME}/{name}", moment)
                entry.external_attr = 0o644 << 16
                method = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
                archive.writestr(entry, content, method)
    return out.getvalue()


def classic(module: Path) -> str:
    """An ES module and all that it imports as one script that runs without a server."""
    order = list(dict.fromkeys(_imported(module)))
    parts = "".join(map(_closed, order))
    return f'"use strict";\n(() => {{\nconst modules = {{}};\n{parts}}})();\n'


def _files(path: Path, site: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    name = PurePosixPath(path.relative_to(site).as_posix())
    if name.as_posix() in SERVED:
        return
    if path.suffix == ".html":
        text = path.read_text(encoding="utf-8")
        if not is_signpost(text):
            yield name, _page(path, text).encode()
    elif path.suffix == ".mjs":
        yield name.with_suffix(".js"), classic(path).encode()
    elif name.as_posix() == "search.js":
        yield name, PLACE.sub(r"\1index.html", path.read_text(encoding="utf-8")).encode()
    else:
        yield name, path.read_bytes()


def _page(path: Path, text: str) -> str:
    page = BeautifulSoup(text, "html.parser")
    for tag in page.select("meta[http-equiv=Content-Security-Policy]"):
        tag.decompose()
    for tag in page.select("a[href]"):
        address = urlsplit(str(tag["href"]))
        folder = path.parent / unquote(address.path)
        if not address.scheme and address.path and (folder / "index.html").is_file():
            named = (PurePosixPath(address.path) / "index.html").as_posix()
            tag["href"] = address._replace(path=named).geturl()
    for tag in page.select("script[type=module][src]"):
        tag["src"] = re.sub(r"\.mjs$", ".js", str(tag["src"]))
        del tag["type"]
        tag["defer"] = ""
    return str(page)


def _imported(module: Path) -> Iterator[Path]:
    """What a module imports, however deep, and the module itself last."""
    text = module.read_text(encoding="utf-8")
    for found in (*IMPORT.finditer(text), *WHOLE.finditer(text)):
        yield from _imported(module.with_name(found[2]))
    yield module


def _exports(module: Path) -> list[str]:
    return [found[2] for found in EXPORT.finditer(module.read_text(encoding="utf-8"))]


def _closed(module: Path) -> str:
    """A module as a function that is called at once, and answers what the module exports."""
    _check_imports(module)
    text = module.read_text(encoding="utf-8")
    text = IMPORT.sub(_taken, text)
    text = WHOLE.sub(r'const \1 = modules["\2"];' + "\n", text)
    text = EXPORT.sub(r"\1", text)
    if left := re.search(r"^(?:export\b|import\b(?!\()).*", text, re.M):
        raise Mistake(f"{module.name}: a classic script has no `{left[0]}`. Write it otherwise.")
    exports = ", ".join(_exports(module))
    return f'modules["{module.name}"] = (() => {{\n{text}\nreturn {{{exports}}};\n}})();\n'


def _check_imports(module: Path) -> None:
    """Whether the others export, in a way that is known here, what the module imports."""
    for found in IMPORT.finditer(module.read_text(encoding="utf-8")):
        exported = _exports(module.with_name(found[2]))
        for name in found[1].split(","):
            name = name.partition(" as ")[0].strip()
            if name and name not in exported:
                message = f"{found[2]} has no line that begins to export `{name}`."
                raise Mistake(f"{module.name}: {message}")


def _taken(found: re.Match[str]) -> str:
    return f'const {{{found[1].replace(" as ", ": ")}}} = modules["{found[2]}"];\n'
