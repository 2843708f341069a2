"""What every page promises its reader, as functions from a page to its complaints.

These read HTML and files; those in `visits.py` need a browser. Numbers in brackets are those of the
promises. A check is a function, so that the same one judges the site and a page broken for it.
"""

import copy
import gzip
import json
import re
import subprocess
import urllib.parse
from pathlib import Path

import yaml
from PIL import Image

from bindery import citation
from bindery.site_build import FRONT_MATTER

ROOT = Path(__file__).parents[2]
TESTS, DOCS = ROOT / "tests", ROOT / "docs"
PAGES = sorted(f"{path.stem}/".replace("index/", "") for path in DOCS.glob("*.md"))
PAGES += ["lab/", "reference/", "reference/cone/"]  # the other modules' pages are like the last
PAGES += ["404.html"]
WORDS = {"a page": 1_150, "the argument": 8_500, "the start": 650}  # at most, outside folds
UNCOUNTED = "details, .footnote, .provenance, .desk, .headerlink, pre, script, style"
LINKED = {"a": "href", "link": "href", "img": "src", "source": "src", "track": "src"}
LINKED |= {"script": "src", "video": "src", "dialog": "data-index"}


def installed(name):
    """A file of a program that `npm` has installed."""
    path = TESTS / "node_modules" / name
    if not path.exists():
        raise RuntimeError(f"{path} is missing. `make test` installs it.")
    return path


def packed(path):
    """A file's bytes as sent."""
    return len(gzip.compress(path.read_bytes(), 9))


def heavy(site):
    """[4, 5] Files that weigh too much, as sent: pages, style, pictures, films, our scripts."""
    limits = {".html": 40_000, ".css": 35_000, ".svg": 60_000, ".mp4": 1_500_000, ".mjs": 6_000}
    for path in sorted(site.rglob("*.*")):
        if path.suffix in limits:
            size = path.stat().st_size if path.suffix == ".mp4" else packed(path)
            if size > limits[path.suffix]:
                yield f"{path.relative_to(site)}: {size:,} bytes"
        if path.suffix in {".woff", ".woff2", ".ttf"}:
            yield f"{path.relative_to(site)}: a font to load"
    for folder, most in {"explorables": 20_000, "": 8_000}.items():  # the frame has its own
        scripts = [path for path in (site / folder).glob("*.*js") if path.name != "search.js"]
        if (size := sum(map(packed, scripts))) > most:
            yield f"scripts in {folder or 'the frame'}: {size:,} bytes"


def light(name, page, first, whole):
    """[4, 5] Too much of a page: sent before anybody touches it, and when it is scrolled."""
    opening = page.article.find(["figure", "h2"])
    shows = opening is not None and opening.name == "figure"
    limit = 200_000 if name == "lab/" else 90_000 if shows else 120_000
    for what, sent, most in (("first view", first, limit), ("whole page", whole, 2_000_000)):
        if (bytes_ := sum(size for _, size in sent)) > most:
            parts = ", ".join(f"{path or 'page'} {size:,}" for path, size in sent)
            yield f"{name}: {what} {bytes_:,} bytes: {parts}"


def told(name, page):
    """[8, 17] What a reader who does not see or hear is told."""
    ids = [element["id"] for element in page.select("[id]")]
    yield from (f"{name}: two #{i}" for i in sorted({i for i in ids if ids.count(i) > 1}))
    levels = [int(heading.name[1]) for heading in page.select("article :is(h1, h2, h3, h4)")]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in zip([0, *levels], levels, strict=False)):
        yield f"{name}: headings of levels {levels}"
    for image in page.select("figure img, .gallery img"):
        if len(image.get("alt", "")) < 15:
            yield f"{name}: {image.get('src')} is not described"
    for film in page.select(".film"):
        poster, video = film.select_one("img"), film.select_one("video")
        if not (poster and video.select_one("track[kind=descriptions]")):
            yield f"{name}: a film lacks its poster or its descriptions"
        if video.has_attr("autoplay") or not video.has_attr("controls"):
            yield f"{name}: a film plays by itself or cannot be stopped"
        if not film.find_parent("figure").select("details li"):
            yield f"{name}: a film lacks its transcript"


def raw(name, page):
    """[20] Formulas that are not MathML, references and templates that nobody filled in."""
    for formula in page.select(".math"):
        if not formula.find("math"):
            yield f"{name}: a formula is not MathML: {formula.get_text()[:30]}"
    page = copy.copy(page)
    for code in page.find_all(["code", "pre", "script", "style"]):
        code.extract()
    told = [tag.get(key, "") for key in ("alt", "aria-label") for tag in page.find_all(True)]
    told += [tag.get("content", "") for tag in page.find_all("meta")]
    words = "\n".join([page.get_text(), *told])
    for found in re.findall(r".{0,20}(?:\$|\\\(|\{\{|figure:|\[\[|\[@).{0,20}", words):
        yield f"{name}: left raw: {found}"


def described(name, page, site, cff):
    """[18] What a page says of itself to those who look for it, share it and cite it."""

    def content(key):
        found = page.select(f'meta[property="{key}"], meta[name="{key}"]')
        return found[0].get("content", "") if len(found) == 1 else f"{len(found)} of {key}"

    def said(what, *ways):
        if not ways[0] or any(way != ways[0] for way in ways):
            yield f"{name}: {what}: {', '.join(map(repr, ways))}"

    link = page.select_one("link[rel=canonical]")
    script = page.find("script", type="application/ld+json")
    data = json.loads(script.string) if script else {}
    address = link["href"] if link else ""
    if not address.endswith(f"/{name}"):
        yield f"{name}: its address is {address!r}"
    card = content("og:image")
    places = content("og:url"), content("citation_public_url"), data.get("url")
    yield from said("address", address, *places)
    title = page.title.get_text().rpartition(" - ")[0] if page.title else ""
    names = content("og:title"), content("citation_title"), data.get("name")
    yield from said("title", title, *names)
    texts = content("description"), content("og:description"), data.get("description")
    yield from said("description", *texts)
    yield from said("picture", card, data.get("image"))
    people = [author["name"] for author in data.get("author", [])]
    yield from said("authors", citation.authors(cff), people)
    yield from said("date", str(cff["date-released"]), data.get("datePublished"))
    yield from said("version", cff["version"], data.get("version"))
    yield from said("site", cff["title"], data.get("isPartOf", {}).get("name"))
    yield from said("kind", "LearningResource", data.get("@type"))
    licences = {"https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0"}
    licence = licences.get(data.get("license"))
    yield from said("licence", cff["preferred-citation"]["license"], licence)
    picture = site / "figures" / card.partition("/figures/")[2]
    if not picture.is_file():
        yield f"{name}: there is no picture {card}"
        return
    with Image.open(picture) as image:
        size = "×".join(map(str, image.size))
    yield from said("size", size, f"{content('og:image:width')}×{content('og:image:height')}")
    if min(image.size) < 200:  # less, and sharing sites leave it out
        yield f"{name}: its picture {card} has only {size} pixels"


def linked(site, pages):
    """[19] Links, pictures, films, tracks, scripts and anchors that lead nowhere."""
    for name, page in pages.items():
        for element in page.find_all(list(LINKED)):
            if not (to := element.get(LINKED[element.name])):
                continue
            target = urllib.parse.urlsplit(urllib.parse.urljoin(f"/{name}", to))
            if target.netloc or target.scheme in {"data", "mailto"}:
                continue
            path = target.path.removeprefix("/parallel-parking").lstrip("/")
            file = site / path / "index.html" if (site / path).is_dir() else site / path
            anchored = pages.get(path.removesuffix("index.html"))
            missing = target.fragment and anchored and not anchored.find(id=target.fragment)
            if not file.is_file() or missing:
                yield f"{name}: {to}"


def questions(docs=DOCS):
    """The pages that have a `question` in their front matter, by address: those of the argument."""
    for path in sorted(docs.glob("*.md")):
        front = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
        if front and (question := yaml.safe_load(front[1]).get("question")):
            yield f"{path.stem}/".replace("index/", ""), question


def words(page):
    """How many words a page has outside folds, a formula being one; notes open where they stand."""
    article = copy.copy(page.article)
    for tag in article.select(UNCOUNTED):
        tag.decompose()
    for formula in article.select("math"):
        formula.replace_with("formula")
    return len(re.findall(r"\w[\w’',.-]*", article.get_text(" ")))


def wordy(pages, asking, numbered):
    """Pages of the argument, which ask a question, with too many words; so has all of it.

    The start is one of them once the menu numbers the argument's pages; they all ask then.
    """
    counts = {name: words(pages[name]) for name in asking if name}
    limits = dict.fromkeys(counts, WORDS["a page"])
    counts["the argument"] = sum(counts.values())
    if numbered:
        counts["the start"] = words(pages[""])
        yield from (f"{name} asks no question" for name in numbered if name not in counts)
    for name, count in counts.items():
        if count > (most := (limits | WORDS)[name]):
            yield f"{name}: {count:,} words, {count - most:,} too many"


def valid(paths):
    """[8] html-validate's complaints about files."""
    program = installed(".bin/html-validate")
    command = [program, "--config", TESTS / ".htmlvalidate.json", "-f", "json", *paths]
    found = subprocess.run(command, capture_output=True, text=True).stdout
    for file in json.loads(found):
        for message in file["messages"]:
            yield f"{file['filePath']}:{message['line']}: {message['message']}"
