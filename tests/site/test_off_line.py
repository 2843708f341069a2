"""The site without a server: a zip that opens by double click, a book on paper."""

import io
import re
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from xml.dom.minidom import parseString

import pytest
from promises import ROOT
from pypdf import PdfReader

from bindery import citation
from bindery.export import zip as bundle
from bindery.export.pdf import COVER, FOOTER, book, reading_order
from darkroom.errors import Mistake

FIGURES = {path.stem for path in (ROOT / "figures").glob("*.py")}


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """The bundle, unpacked somewhere."""
    out = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(io.BytesIO(bundle.bundle(site))) as archive:
        archive.extractall(out)
    return out / bundle.NAME


@pytest.fixture(scope="module")
def printed(site):
    with ThreadPoolExecutor(1) as thread:  # this one's browser is busy with the other tests
        return PdfReader(io.BytesIO(thread.submit(book, site).result()))


@pytest.fixture(scope="module")
def words(printed):
    """All that the book says: read once, as that takes long."""
    return " ".join(page.extract_text() for page in printed.pages)


def test_the_bundle_is_the_same_bytes_every_time(site):
    assert bundle.bundle(site) == bundle.bundle(site)


def test_every_page_of_the_bundle_opens_from_the_disk_and_asks_for_nothing(folder, tab):
    page = tab()
    complaints = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda r: "ABORTED" in r.failure or complaints.append(r.url))
    page.on("request", lambda r: r.url.startswith(("file:", "data:")) or complaints.append(r.url))
    for path in sorted(folder.rglob("index.html")):
        page.goto(path.as_uri())
        broken = page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth)")
        complaints += [f"{path}: a picture is missing"] * len(broken)
    assert not complaints


def test_the_bundle_leads_from_page_to_page(folder, tab):
    page = tab()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="The question", exact=True).first.click()
    page.wait_for_url("**/question/index.html")
    page.locator("footer [rel=next]").click()
    page.wait_for_url("**/translation/index.html")


def test_every_explorable_plays_from_the_disk_too(folder, tab):
    page = tab()
    played = set()
    for path in sorted(folder.rglob("index.html")):
        for name in re.findall(r'src="[./]*explorables/(\w+)\.js"', path.read_text("utf-8")):
            page.goto(path.as_uri())
            figure = page.locator(f"figure#{name}.playing")
            figure.wait_for()
            handle = figure.locator(".handle:visible").first
            before = handle.get_attribute("aria-valuetext")
            handle.press("ArrowRight")
            assert handle.get_attribute("aria-valuetext") != before, name
            played.add(name)
    assert played == {p.stem for p in (ROOT / "docs/explorables").glob("*.mjs")} & FIGURES


def test_films_play_from_the_disk_too(folder, tab):
    page = tab()
    page.goto((folder / "index.html").as_uri())
    film = page.locator("figure video:visible").first
    film.scroll_into_view_if_needed()
    film.evaluate("film => film.play()")
    page.wait_for_function("film => film.currentTime > 0.2", arg=film.element_handle())


def test_the_search_leads_from_page_to_page_on_the_disk_too(folder, tab):
    page = tab()
    page.goto((folder / "lab/index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("two quadrants out of four")
    page.locator("dialog.search li a").first.click()
    page.wait_for_url("**/index.html#two_quadrants")
    assert page.locator("figure#two_quadrants").is_visible()


def test_what_only_a_server_needs_stays_at_home(folder):
    assert not any((folder / name).exists() for name in bundle.SERVED)


def test_modules_become_one_classic_script(tmp_path, tab):
    (tmp_path / "core.mjs").write_text(
        "const hidden = 20\nexport const rate = 1\nexport function step(x) { return hidden + x }\n"
    )
    (tmp_path / "figure.mjs").write_text(
        'import {rate} from "./core.mjs"\nexport const twice = () => 2 * rate\n'
    )
    (tmp_path / "walk.mjs").write_text(
        'import {step as next, rate} from "./core.mjs"\nimport * as figure from "./figure.mjs"\n'
        "const hidden = next(rate) + figure.twice()\ndocument.title = hidden\n"
    )
    page = tab()
    page.set_content(f"<script>{bundle.classic(tmp_path / 'walk.mjs')}</script>")
    assert page.title() == "23"


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ("const c = 1\nexport {c}\n", "a classic script has no `export {c}`"),
        ('import "./core.mjs"\n', "a classic script has no `import"),
        ('import {b} from "./core.mjs"\n', "core.mjs has no line that begins to export `b`"),
    ],
)
def test_what_cannot_be_packed_is_named(tmp_path, module, told):
    (tmp_path / "core.mjs").write_text("export const a = 1, b = 2\n")
    (tmp_path / "walk.mjs").write_text(module)
    with pytest.raises(Mistake, match=rf"walk\.mjs: {re.escape(told)}"):
        bundle.classic(tmp_path / "walk.mjs")


def test_the_book_has_every_page_of_the_argument_in_reading_order(site, printed):
    chapters = [item for item in printed.outline if not isinstance(item, list)]
    order = reading_order(site)
    assert len(chapters) == 1 + len(order) and len(order) > 10
    said = unicodedata.normalize("NFKC", printed.pages[0].extract_text())  # fi may be one sign
    text = "".join(said.split())
    for chapter in chapters[1:]:
        assert "".join(chapter.title.split()) in text, "the contents name every chapter"


def test_the_book_shows_proofs_and_pictures_and_no_controls(printed, words):
    assert "derived here" in words and "Transcript" not in words
    assert all(not page.get("/Annots") or links(page) for page in printed.pages)


def test_the_book_names_its_authors_and_writes_out_where_its_links_lead(printed, words, pages):
    author = citation.authors(citation.read(ROOT / "CITATION.cff"))[0]
    assert author in " ".join(printed.pages[0].extract_text().split())
    text = re.sub(r"\s+", "", words)
    for link in pages["question/"].select("article a[href^=http]:not(.provenance a)"):
        assert re.sub(r"\s+", "", link["href"]) in text, link["href"]


@pytest.mark.parametrize("part", [COVER, FOOTER])
def test_what_stands_around_the_chapters_closes_what_it_opens(part):
    assert parseString(f"<book>{part}</book>")


def links(page):
    """True if no link of the page leads to the machine that printed it."""
    actions = (note.get_object().get("/A", {}).get("/URI", "") for note in page["/Annots"])
    return not any("127.0.0.1" in str(uri) or "localhost" in str(uri) for uri in actions)
