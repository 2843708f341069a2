"""What stands on the pages, read from the built HTML."""

import re
from pathlib import Path

import av
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
EXPECTED = {f"{path.stem}/".replace("index/", "") for path in (ROOT / "docs").glob("*.md")}
EXPECTED |= {"lab/", "reference/"}

NUMBERS = {  # in the prose of the pages, typed by hand; each with its reason
    "question.md": {"237282": "the answer's number on its site"},
    "translation.md": {"25": "a blog's date", "10": "a copy, of its own age"},
    "colophon.md": dict.fromkeys(["120", "90", "200", "40", "60", "1.5", "4.5", "20"], "a budget"),
}


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_expected_pages_and_every_figure_are_there(pages):
    assert set(pages) >= EXPECTED
    for path in (ROOT / "figures").glob("*.py"):
        shown = [name for name, page in pages.items() if page.find("figure", id=path.stem)]
        assert shown, f"{path.name} stands on no page"


def test_what_is_told_of_a_film_is_told_before_it_ends(site):
    films = sorted(site.glob("figures/*.mp4"))
    assert films
    for path in films:
        track = path.with_name(path.name.partition(".")[0] + ".vtt").read_text("utf-8")
        minutes, seconds = re.findall(r"^(\d+):([\d.]+) -->", track, re.MULTILINE)[-1]
        with av.open(path) as film:
            assert 60 * int(minutes) + float(seconds) < film.duration / av.time_base, path.name


def test_every_module_of_the_core_has_its_page_of_reference_with_symbols_and_examples(pages):
    for path in (ROOT / "src" / "zigzag").glob("[a-z]*.py"):
        page = pages[f"reference/{path.stem}/"]
        assert page.find("table") and page.find("h2"), path.name
        assert ">>>" in page.get_text() or path.stem == "slopes", path.name


def test_every_sentence_of_the_spanish_text_is_there_in_order(pages):
    received = [p.get_text() for p in pages["question/"].select(".pair .received")]
    source = (ROOT / "docs" / "question.es.txt").read_text(encoding="utf-8")
    assert words(" ".join(received)) == words(source.replace("\n- ", "\n"))


def test_every_sentence_has_its_repair_and_its_english(pages):
    pairs = pages["question/"].select(".pair")
    for pair in pairs:
        if pair.select_one(".received"):
            spanish, english = pair.select_one(".es"), pair.select_one(".en")
            assert spanish["lang"] == pair.select_one(".received")["lang"] == "es"
            assert words(spanish.get_text()) and words(english.get_text())
        else:
            assert pair.select_one(".missing") and len(pair.find_all("math")) >= 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_text_is_its_mended_sentences_in_order(pages, language):
    assert not [*lost(pages["question/"], language)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("broken", ["p", ".who", "math"])
def test_a_part_that_the_whole_text_has_lost_is_noticed(pages, language, broken):
    page = BeautifulSoup(str(pages["question/"]), "html.parser")
    page.select_one(f".both > [lang={language}]").select(broken)[-1].extract()
    assert [*lost(page, language)]


def lost(page, language):
    """Mended sentences and formulas that the whole text does not have, or not in this order."""
    whole = said(page.select_one(f".both > [lang={language}]"))
    for pair in page.select(".pair"):
        for part in pair.select(f".{language}") or pair.select("div.math"):
            _, found, rest = whole.partition(said(part))
            whole = rest if found else whole
            if not found:
                yield part.get_text()


def said(element):
    """What an element says, however it is broken into lines."""
    return "".join(element.get_text().split())


def test_both_languages_have_their_parts_on_the_same_lines(pages):
    english, spanish = pages["question/"].select(".both > [lang]")
    kinds = [
        [part.name for part in whole.find_all(recursive=False)] for whole in (english, spanish)
    ]
    style = (ROOT / "docs/theme/site.css").read_text(encoding="utf-8")
    assert kinds[0] == kinds[1] and f"repeat({len(kinds[0])}, auto)" in style


def test_a_phone_shows_one_language_a_desk_and_paper_both_with_and_without_scripts(tab, address):
    for scripts in (True, False):
        page = tab(viewport={"width": 360, "height": 780}, java_script_enabled=scripts)
        page.goto(address + "question/")
        english, spanish = (page.locator(f".both > [lang={lang}]") for lang in ("en", "es"))
        assert english.is_visible() and not spanish.is_visible()
        page.locator("#in-english").press("ArrowRight")
        assert spanish.is_visible() and not english.is_visible()
        page.emulate_media(media="print")
        assert spanish.is_visible() and english.is_visible()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert spanish.is_visible() and english.is_visible()
        assert not page.locator(".languages").is_visible()
        page.close()


def test_every_restored_formula_is_mathml(pages):
    page = pages["question/"]
    assert not re.search(r"[rR]eL?re|Xyo", " ".join(p.get_text() for p in page.select(".es, .en")))
    fractions = ["".join(f.get_text().split()) for f in page.select(".es math")]
    assert "∂L/∂wi" in fractions and "∂L/∂f" in fractions and "xi>0" in fractions


def test_the_authors_and_the_licences_are_named(pages):
    text = words(pages["question/"].get_text())
    for name in ("Amelio Vazquez-Reina", "dontloo", "Andrej Karpathy", "CC BY-SA 3.0", "MIT"):
        assert name in text
    for page in pages.values():
        assert "CC BY-SA 4.0" in page.footer.get_text()


def test_no_number_is_typed_by_hand_into_a_page():
    for path in sorted((ROOT / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^---\n.*?\n---\n", "", text, flags=re.DOTALL)  # front matter
        text = re.sub(r"```.*?```|`[^`]*`|\{\{.*?\}\}|\]\([^)]*\)", "", text, flags=re.DOTALL)
        text = re.sub(r"^\[\^\w+\]:.*$", "", text, flags=re.MULTILINE)  # citations
        text = re.sub(r"\[@\w+\]|\b(19|20)\d\d(–\d\d)?\b", "", text)  # sources, years
        text = re.sub(r"CS231n|CC BY-SA \d\.\d|under \d\.\d", "", text)  # names and licences
        typed = set(re.findall(r"\d[\d,.]*\d", text))
        assert typed <= set(NUMBERS.get(path.name, {})), path.name


@pytest.mark.parametrize("part", ["title", "meta[name=description]", "link[rel=canonical]"])
def test_every_page_can_be_found(pages, part):
    found = {}
    for name, page in pages.items():
        if name != "404.html":
            element = page.select_one(part)
            assert element, name
            found[name] = element.get("content") or element.get("href") or element.get_text()
    assert len(set(found.values())) == len(found), "two pages share one"


def test_the_gallery_and_the_ledger_leave_nothing_out(pages):
    cards = {a["href"].partition("#")[2] for a in pages["gallery/"].select(".gallery a[href*='#']")}
    assert cards == {path.stem for path in (ROOT / "figures").glob("*.py")}
    ids = [element["id"] for element in pages["gallery/"].select("[id]")]
    assert len(set(ids)) == len(ids) and not cards & set(ids)
    listed = {head.get_text() for head in pages["ledger/"].select(".ledger .group")}
    used = {
        name
        for path in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"^[^`]*?\{\{ (\w+)\.\w+", path.read_text(encoding="utf-8"), re.M)
    }
    assert listed >= used > set()
