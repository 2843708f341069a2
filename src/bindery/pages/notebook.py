"""The notebook page: executed anew when what it imports has changed, lean, in the page's own style.

mkdocs-jupyter runs the cells. It keys its cache by the notebook alone, leaves formulas raw, gives
plots no alt text, inlines a stylesheet of half a megabyte, and either publishes a cell that fails
or stops everything. This mends all five. Jupyter's
libraries are loaded by the functions that need them: a site without a notebook does not wait.
"""

import html
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, ClassVar

from bindery.markdown.formulas import formula
from darkroom.cache import Cache, Files
from darkroom.errors import Fault, Mistake, line_of
from darkroom.files import SCRATCH
from darkroom.hashing import digest
from darkroom.inputs import LIBRARIES, ONE_THREAD, PYTHON, ModuleGraph, installed

if TYPE_CHECKING:
    from bs4 import Tag

RUNNERS = ("mkdocs-jupyter", "nbconvert", "ipykernel")
SETTINGS = "c.KernelManager.transport_encryption = 'auto'\n"  # or the kernel warns in every build
COMPLAINT = '[data-mime-type="application/vnd.jupyter.stderr"]'  # a traceback is one too
RESULT = "jp-OutputArea-executeResult"  # the class of a cell's last value, which is not printed
ALT = re.compile(r"^# alt: (.+)$", re.MULTILINE)
FORMULA = re.compile(r"<(code|pre)\b.*?</\1>|(\$\$?)(?=\S)([^$]+?)(?<=\S)\2", re.DOTALL)
BRACED = re.compile(r"\\?\w*\{[^{}]*\}")  # as \text{any words}
WORD = re.compile(r"(?<![\\\w])[^\W\d_]{3,}|(?<=\w )[^\W\d_]{2}(?= \w)")  # but no command


class Results:
    """What mkdocs-jupyter keeps: in a folder while it builds, sealed in the store in between.

    They are used again as long as nothing has changed that the notebook imports; those of a cell
    that fails only in this process, which may be serving: a failure may pass by itself.
    """

    failed: ClassVar[dict[str, Files]] = {}  # by key

    def __init__(self, notebook: Path, sources: ModuleGraph, store: Cache) -> None:
        self.store = store
        self.key = _key(notebook, sources)
        self.before = store.read(self.key) or self.failed.get(self.key, {})
        self.folder = TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True)
        for name, content in self.before.items():
            Path(self.folder.name, name).write_bytes(content)
        settings = Path(self.folder.name, "jupyter_nbconvert_config.py")
        settings.write_text(SETTINGS, encoding="utf-8")
        os.environ["JUPYTER_CONFIG_PATH"] = self.folder.name
        os.environ |= ONE_THREAD  # as figures are measured

    def save(self, *, good: bool = True) -> None:
        """Keep what there is after the build."""
        files = Path(self.folder.name).glob("*.json")
        after = {path.name: path.read_bytes() for path in files}
        self.folder.cleanup()
        if not good:
            self.failed[self.key] = after
        elif after != self.before:
            with suppress(OSError):  # it is run again the next time
                self.store.write(self.key, after)


def _key(notebook: Path, sources: ModuleGraph) -> str:
    """The digest of all that the results depend on: modules, libraries, the notebook itself."""
    modules = sources.closure(sources.source(notebook), notebook)
    read = [sources.source(path) for path in (notebook, *sorted(modules))]
    libraries = {*LIBRARIES["still"], *RUNNERS}
    for source in read:
        libraries |= sources.libraries(source)
    versions = [f"{name} {installed(name)}" for name in sorted(libraries)]
    contents = [source.digest for source in read]
    return digest("lab", PYTHON, *versions, *contents)


def download(notebook: str) -> bytes:
    """The notebook as `.ipynb`, not executed, with names for its cells that do not change."""
    import jupytext

    book = jupytext.reads(notebook, fmt="py")
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"
    return str(jupytext.writes(book, fmt="ipynb")).encode()


def description(notebook: str) -> bytes:
    """What the notebook says first: its first paragraph that is no heading."""
    import jupytext

    cells = jupytext.reads(notebook, fmt="py").cells
    words = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    said = next((part for part in words.split("\n\n") if part[:1] not in ("", "#")), "")
    return said.replace("\n", " ").replace("`", "").encode()


def tamed(page: str, notebook: str) -> bytes:
    """The executed notebook's HTML with what a reader needs, and nothing else."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    outer = [cell for cell in soup.select(".jp-Cell") if not cell.find_parent(class_="jp-Cell")]
    return "\n".join(part for cell in outer for part in _cell(cell, Path(notebook))).encode()


def _cell(cell: "Tag", notebook: Path) -> Iterator[str]:
    if prose := cell.select_one(".jp-MarkdownCell .jp-RenderedMarkdown"):
        for anchor in prose.select("a.anchor-link"):
            anchor["class"], anchor["title"] = ["headerlink"], "Link to this section"
        try:
            yield FORMULA.sub(_formula, prose.decode_contents())
        except Mistake as error:
            raise Fault(notebook, line_of(notebook, error.written), str(error)) from None
        return
    if code := cell.select_one(".highlight-ipynb pre"):
        yield f'<div class="highlight"><pre><code>{code.decode_contents()}</code></pre></div>'
    source = code.get_text() if code else ""
    said = (output.get_text() for output in cell.select(COMPLAINT))
    if told := [line for text in said for line in text.splitlines() if line.strip(" -")]:
        what = next((line for line in reversed(told) if not line[0].isspace()), told[-1])
        line = _line(notebook, source)
        raise Fault(notebook, line, f"a cell fails, or warns: {what.strip()}", "\n".join(told))
    yield from _outputs(cell, source, notebook)


def _outputs(cell: "Tag", source: str, notebook: Path) -> Iterator[str]:
    """What a cell shows, in boxes; what it prints in one, in however many pieces that arrived."""
    printed = ""
    for output in cell.select(".jp-OutputArea-output"):
        text = output.find("pre")
        if output.get("data-mime-type") == "text/plain" and RESULT not in output["class"]:
            printed += output.get_text().removeprefix("\n")
            continue
        yield from _box(printed)
        printed = ""
        if image := output.select_one("img"):
            alt = ALT.search(source)
            if not alt:
                what = "a cell that draws needs a line `# alt: what is seen`."
                raise Fault(notebook, _line(notebook, source), what)
            picture = image["src"]
            yield f'<p><img class="output" src="{picture}" alt="{html.escape(alt[1])}"></p>'
        elif text and "jp-RenderedHTML" not in output["class"]:
            yield from _box(text.get_text())
        else:
            yield f'<div class="output" tabindex="0">{output.decode_contents()}</div>'
    yield from _box(printed)


def _box(text: str) -> Iterator[str]:
    """A box around a text, if there is any."""
    if text.strip():
        yield f'<pre class="output" tabindex="0">{html.escape(text.rstrip())}</pre>'


def _formula(found: re.Match[str]) -> str:
    if found[1]:  # code
        return found[0]
    tex = html.unescape(found[3])
    if WORD.search(BRACED.sub("", tex)):  # two prices, and what stands between them
        return found[0]
    display = len(found[2]) == 2
    tag = "div" if display else "span"
    return f'<{tag} class="math">{formula(tex, display=display)}</{tag}>'


def _line(notebook: Path, source: str) -> int:
    text = notebook.read_text(encoding="utf-8")
    return text[: max(0, text.find(source.strip()))].count("\n") + 1
