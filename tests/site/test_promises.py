"""The promises to the reader: every page keeps them, and every check notices one that does not."""

import copy
import random
from functools import partial

import promises
import pytest
import visits
import web
from bs4 import BeautifulSoup
from promises import PAGES, ROOT

from bindery import citation

PHONE = (390, 844)
NARROW = (320, 800)
DESK = (1280, 800)
CFF = citation.read(ROOT / "CITATION.cff")
EVERY = pytest.mark.parametrize("name", PAGES)
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


# Every page.


def test_every_file_is_small(site):
    assert not list(promises.heavy(site))


def test_a_page_tells_what_it_shows(pages):
    assert not [c for name, page in pages.items() for c in promises.told(name, page)]


def test_no_page_has_a_formula_a_reference_or_a_template_left_raw(pages):
    assert not [c for name, page in pages.items() for c in promises.raw(name, page)]


def test_every_page_says_the_same_of_itself_everywhere(pages, site):
    leaves = {name: page for name, page in pages.items() if name != "404.html"}
    assert not [c for n, page in leaves.items() for c in promises.described(n, page, site, CFF)]


def test_no_link_picture_film_track_or_script_is_missing(site, pages):
    assert not list(promises.linked(site, pages))


def test_the_argument_takes_half_an_hour_and_the_start_three_minutes(pages):
    asking = dict(promises.questions())
    numbered = [link["href"] for link in pages[""].select("#nav ol a")]
    assert not list(promises.wordy(pages, asking, numbered))


def test_every_page_is_valid_html(site):
    assert not list(promises.valid([site]))


@EVERY
@pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESK), ("dark", PHONE)], ids=["light", "dark"]
)
def test_a_page_keeps_its_promises(tab, host, pages, subtests, name, scheme, size):
    """By day on a desk, by night on a phone; opened once, and used more and more."""
    page = tab(viewport=viewport(*size), color_scheme=scheme)
    complaints = visits.watched(page, host.address)
    first, whole = visits.weighed(page, host, name)

    def kept(promise, found):
        with subtests.test(promise, page=name):
            assert not list(found)

    kept("it loads without complaint", complaints)
    kept("it leaves nothing behind", visits.stored(page))
    kept("it is light", promises.light(name, pages[name], first, whole))
    kept("each figure shows one picture", visits.pictured(page, scheme))
    kept("nothing moves until asked", visits.moving(page))
    if scheme == "light":
        visits.resized(page, *NARROW)
        kept("everybody can read it", visits.accessible(page))
        visits.resized(page, *DESK)
        kept("keys lead to everything", visits.reachable(page))
        kept("keys lead back from everything", visits.reachable(page, back=True))
        kept("text may be spaced", visits.spaced(page, (320, 360, 1280)))
    used(page)
    visits.resized(page, *(DESK if scheme == "light" else NARROW))
    kept("everybody can read it when it was used", visits.accessible(page))
    if scheme == "light":
        kept("on paper nothing is left to press", visits.on_paper(page))
        kept("it is whole on paper", visits.printed(visits.paper(page), pages[name]))


@pytest.mark.nightly
@EVERY
@SCHEMES
def test_everybody_can_read_a_page_in_every_state(tab, address, subtests, name, scheme):
    """By day each state is seen in one theme, at one width."""
    page = tab(viewport=viewport(*NARROW), color_scheme=scheme)
    page.goto(address + name, wait_until="networkidle")
    for state in ("as it comes", "used"):
        for size in (NARROW, DESK):
            visits.resized(page, *size)
            with subtests.test(state, page=name, scheme=scheme, size=size):
                assert not list(visits.accessible(page))
        used(page)


def viewport(width, height):
    return {"width": width, "height": height}


def used(page):
    """Open what can be opened, move what can be moved."""
    for summary in page.locator("article details:not([open]) > summary").element_handles():
        summary.click()
    for handle in page.locator(".handle:visible").all():
        handle.press("ArrowRight")


@SCHEMES
def test_the_menu_and_the_search_can_be_read_by_everybody(tab, address, scheme):
    page = tab(viewport=viewport(320, 800), color_scheme=scheme)
    page.goto(address + "valley/", wait_until="load")
    page.locator("button.menu").click()
    assert page.locator("#nav").is_visible()
    complaints = list(visits.accessible(page))
    page.keyboard.press("Escape")
    page.locator("button.find").click()
    page.keyboard.type("sign")
    page.locator("dialog.search li").first.wait_for()
    assert not complaints + list(visits.accessible(page))


@EVERY
def test_without_scripts_nothing_is_missing(tab, address, subtests, name):
    page = tab(java_script_enabled=False)
    page.goto(address + name, wait_until="load")
    assert not list(visits.hidden(page))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visits.leafed(page)
        with subtests.test("each figure shows one picture", page=name, scheme=scheme):
            assert not list(visits.pictured(page, scheme))
    assert page.locator("nav.side a").count() > 10
    assert not page.locator(".desk, .find, .scheme").filter(visible=True).count()


# Each check, on a page that was broken for it.


def parsed(html):
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("file", "size"),
    [
        ("a.html", 6e4),
        ("a.css", 6e4),
        ("a.svg", 7e4),
        ("a.mp4", 2e6),
        ("a.mjs", 7e3),
        ("a.woff", 1),
    ],
)
def test_a_heavy_file_is_noticed(tmp_path, file, size):
    (tmp_path / file).write_bytes(random.Random(0).randbytes(int(size)))
    assert any(file in complaint for complaint in promises.heavy(tmp_path))


def test_too_many_scripts_are_noticed(tmp_path):
    (tmp_path / "explorables").mkdir()
    for i in range(5):
        (tmp_path / f"explorables/{i}.mjs").write_bytes(random.Random(i).randbytes(5_000))
    for name in ("site", "quiz"):
        (tmp_path / f"{name}.mjs").write_bytes(random.Random(0).randbytes(5_000))
    (tmp_path / "search.js").write_bytes(random.Random(0).randbytes(40_000))  # data, on demand
    assert len(list(promises.heavy(tmp_path))) == 2


FIGURE = '<figure><img src="b" width="10" height="10"></figure>'
TALL = '<p style="height: 9000px"></p>'


@pytest.mark.parametrize(
    ("html", "size", "what"),
    [
        (f"<article>{FIGURE}<h2>b</h2></article>", 1.0e5, "first view"),
        (f"<article><h2>a</h2>{FIGURE}</article>", 1.3e5, "first view"),
        (
            f"<article><h2>a</h2>{FIGURE.replace('img', 'img loading=lazy')}</article>",
            1.3e5,
            "first",
        ),
        ('<article><script type="module">import "./b"</script></article>', 1.3e5, "first view"),
        ('<article><script>fetch("b")</script></article>', 1.3e5, "first view"),
        (f"<article>{TALL}{FIGURE.replace('img', 'img loading=lazy')}</article>", 2.1e6, "whole"),
    ],
)
def test_a_heavy_page_is_noticed_in_the_browser(tmp_path, tab, html, size, what):
    (tmp_path / "index.html").write_text(f"<!doctype html>{html}")
    (tmp_path / "b").write_bytes(b"//" + bytes(int(size)))
    with web.served(tmp_path) as host:
        first, whole = visits.weighed(tab(viewport=viewport(*DESK)), host, "")
    assert any(what in c for c in promises.light("", parsed(html), first, whole))


@pytest.mark.parametrize(
    "html",
    [
        '<p id="a"></p><p id="a"></p>',
        "<article><h2>No first</h2></article>",
        "<article><h1>First</h1><h3>Third</h3></article>",
        '<figure><img src="a.svg" alt=""></figure>',
        '<figure><div class="film"><video controls></video></div></figure>',
        '<figure><div class="film"><img alt="A dot moves."><video autoplay></video></div></figure>',
    ],
)
def test_a_page_that_does_not_tell_is_noticed(html):
    whole = html if "article" in html else f"<article><h1>Fine</h1></article>{html}"
    assert not list(promises.told("", parsed("<article><h1>Fine</h1></article>")))
    assert list(promises.told("", parsed(whole)))


@pytest.mark.parametrize(
    "left",
    ["$x$", r"\(x\)", "{{ a.b }}", "![](figure:a)", "[[gallery]]", '<b class="math">x</b>']
    + ["[@a; @b]", '<img alt="$x$">', '<meta content="{{ a">'],
)
def test_what_is_left_raw_is_noticed(left):
    assert not list(promises.raw("", parsed("<p>Fine, <code>$x$</code> too.</p>")))
    assert list(promises.raw("", parsed(f"<p>{left}</p>")))


SAID = ["title", "link[rel=canonical]", "script[type='application/ld+json']"]
SAID += [f'meta[name="{name}"]' for name in ("description", "citation_title")]
SAID += [f'meta[property="og:{name}"]' for name in ("url", "title", "description", "image")]


@pytest.mark.parametrize("selector", SAID)
def test_a_page_that_says_little_or_something_else_of_itself_is_noticed(pages, site, selector):
    silent, other = copy.copy(pages["valley/"]), copy.copy(pages["valley/"])
    silent.select_one(selector).decompose()
    assert list(promises.described("valley/", silent, site, CFF))
    other.select_one(selector).replace_with(copy.copy(pages["scope/"].select_one(selector)))
    assert list(promises.described("valley/", other, site, CFF))


@pytest.mark.parametrize("key", ["version", "license", "title", "authors", "date-released"])
def test_a_citation_that_says_something_else_is_noticed(pages, site, key):
    other = {**CFF, key: [{"name": "Somebody"}] if key == "authors" else "other"}
    other["preferred-citation"] = {**CFF["preferred-citation"], key: "other"}
    assert list(promises.described("valley/", pages["valley/"], site, other))


@pytest.mark.parametrize(
    "tag",
    ['<a href="gone/">', '<a href="#gone">', '<img src="gone">', '<track src="gone">']
    + ['<script src="gone">', '<source src="gone">', '<link rel="next" href="gone">'],
)
def test_a_link_that_leads_nowhere_is_noticed(tmp_path, tag):
    (tmp_path / "index.html").write_text("")
    fine = '<a href="./">a</a><a href="#a" id="a">b</a><a href="https://example.org/gone">c</a>'
    assert not list(promises.linked(tmp_path, {"": parsed(fine)}))
    assert list(promises.linked(tmp_path, {"": parsed(fine + tag)}))


def article(count, more=""):
    return parsed(f"<article><h1>Two words</h1><p>{'word ' * (count - 2)}</p>{more}</article>")


FOLDED = "<details>Not so few words.</details><p class='provenance'>script</p>"


def test_a_long_page_is_noticed_and_folds_and_letters_of_formulas_do_not_make_it_long():
    assert promises.words(article(5, f"{FOLDED}<math><mi>a</mi><mo>=</mo><mi>b</mi></math>")) == 6
    pages = {"": article(650), "long/": article(1_151), "short/": article(1_150, FOLDED)}
    (complaint,) = promises.wordy(pages, ["long/", "short/"], [])
    assert complaint == "long/: 1,151 words, 1 too many"


def test_an_argument_of_many_pages_is_noticed_if_each_is_short():
    pages = {f"{n}/": article(1_100) for n in range(8)}
    (complaint,) = promises.wordy(pages, [*pages], [])
    assert complaint.startswith("the argument: 8,800 words")


def test_a_long_start_and_a_page_without_a_question_are_noticed_once_pages_are_numbered():
    pages = {"": article(651), "one/": article(9), "two/": article(9)}
    assert not list(promises.wordy(pages, ["one/"], []))
    complaints = list(promises.wordy(pages, ["one/", ""], ["one/", "two/"]))
    assert complaints == ["two/ asks no question", "the start: 651 words, 1 too many"]


def test_a_page_asks_in_its_front_matter(tmp_path):
    (tmp_path / "one.md").write_text("---\ntitle: One\nquestion: Why?\n---\n\n# One\n")
    (tmp_path / "two.md").write_text("# Two\n\nquestion: not here\n")
    (tmp_path / "index.md").write_text("---\ntitle: Start\n---\n\nText.\n\n---\n")
    assert dict(promises.questions(tmp_path)) == {"one/": "Why?"}


def test_invalid_html_is_noticed(tmp_path):
    (tmp_path / "bad.html").write_text("<!doctype html><p><div>x</p></div><img src=a>")
    assert list(promises.valid([tmp_path / "bad.html"]))


@pytest.mark.parametrize(
    "html",
    [
        "<script>console.log(1)</script>",
        "<script>throw 1</script>",
        '<img src="gone.svg">',
        '<img src="https://example.org/a.svg">',
        "<script>fetch('https://example.org')</script>",
    ],
)
def test_a_page_that_complains_or_asks_another_host_is_noticed(tmp_path, tab, html):
    (tmp_path / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><p>a')
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/index.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,">{html}'
    )
    with web.served(tmp_path) as host:
        page = tab()
        complaints = visits.watched(page, host.address)
        page.goto(host.address, wait_until="networkidle")
        assert not complaints
        page.goto(host.address + "bad/", wait_until="networkidle")
        assert complaints


@pytest.mark.parametrize(
    "script", ["document.cookie = 'a=1'", "localStorage.a = 1", "sessionStorage.a = 1"]
)
def test_what_a_page_leaves_behind_is_noticed(tmp_path, tab, script):
    (tmp_path / "index.html").write_text(f"<script>{script}</script>")
    with web.served(tmp_path) as host:
        page = tab()
        page.goto(host.address)
        assert list(visits.stored(page))


WIDE = '<p style="width: 999px">a</p>'
TRAP = """<a href="#" id="a">a</a><a href="#" id="b">b</a><a href="#">c</a>
<script>b.onkeydown = event => { event.preventDefault(); a.focus() }</script>"""
BACK = TRAP.replace("b.onkeydown", "a.onkeydown").replace("a.focus", "b.focus")
MOVES = "<style>@keyframes m { to { left: 9px } } p { animation: m 9s }</style><p>a</p>"
LINES = (
    """<style>nav { height: 99px; overflow: auto } a { display: block }
header { position: fixed; inset: 0 0 auto; height: 12px }</style>"""
    + "<a>line</a>" * 20
)
PICTURE = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=#.light.">'
BROKEN = [
    (visits.accessible, '<main><h1>A</h1><p style="color: #aaa">pale</p></main>'),
    (visits.accessible, '<main><h1>A</h1><p>fine</p><img src="data:,"></main>'),
    (visits.spaced, '<article><p style="width: 9px; overflow: hidden; text-wrap: nowrap">a b</p>'),
    (visits.spaced, WIDE),
    (visits.spaced, f"<article><details>{WIDE}</details></article>"),
    (visits.hidden, '<article><figure style="height: 200px"></figure></article>'),
    (visits.hidden, '<article><p style="opacity: 0">An answer.</p></article>'),
    (visits.hidden, "<article><details><p hidden>An answer.</p></details></article>"),
    (partial(visits.pictured, scheme="light"), '<figure id="a"></figure>'),
    (partial(visits.pictured, scheme="light"), f'<figure id="a">{PICTURE}{PICTURE}</figure>'),
    (partial(visits.pictured, scheme="dark"), f'<figure id="a">{PICTURE}</figure>'),
    (visits.reachable, "<style>a { outline: none !important }</style><a href='#'>a</a>"),
    (visits.reachable, TRAP),
    (partial(visits.reachable, back=True), BACK),
    (visits.reachable, '<button tabindex="-1">a</button><a href="#">b</a>'),
    (visits.moving, MOVES),
    (visits.cut, f'<nav id="nav">{LINES}</nav><script>nav.scrollTop = 9</script>'),
    (visits.cut, f'<nav id="nav">{LINES}</nav><header></header>'),
    (visits.cut, f'<nav id="nav">{LINES}<a aria-current="page">Far down</a></nav>'),
    (visits.on_paper, "<button>Reset</button>"),
    (visits.on_paper, '<figure id="a"><div class="stage"><svg role="img"></svg></div></figure>'),
]


@pytest.mark.parametrize(("check", "html"), BROKEN)
def test_a_broken_page_is_noticed_in_the_browser(tab, check, html):
    page = tab(viewport={"width": 320, "height": 400})
    page.set_content(f'<!doctype html><html lang="en"><title>t</title>{html}</html>')
    assert list(check(page))


def test_a_page_that_prints_badly_is_noticed():
    page = parsed(
        "<article><h1>Title</h1><h2>Lost part</h2><details><p>Answer</p></details>"
        '<fieldset class="quiz"><legend>Lost sentence</legend></fieldset>'
        '<a href="https://example.org/lost">there</a></article>'
    )
    assert len(list(visits.printed("Title Copy as Python", page))) == 5
