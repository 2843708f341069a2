"""A build that fails says why, exits with 1, and leaves the last good site standing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort
from nightly import sampled
from projects import STILL, Project

from bindery import exchange
from bindery.mkdocs import Adapter
from darkroom.errors import Mistake

ROOT = Path(__file__).parents[2]
CELL = "import os; print(6 * 7, os.environ['OMP_NUM_THREADS'])"
CONFIG = """
site_name: Sample
site_url: https://example.org/
theme: {name: material, font: false}
plugins:
  - mkdocs-jupyter: {include: [lab.py], execute: true}
  - bindery: {}
extra_css: [own.css, b/more.css, "https://example.org/other.css"]
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The folder of a project whose site is built: made once, and copied for every test."""
    project = Project(tmp_path_factory.mktemp("good"))
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Good\n\n{{ line.points }} points.\n\n![](figure:line)\n")
    project.write("docs/own.css", ".a{b:c}")
    project.write("docs/b/more.css", ".d:is(.e:not(.f)){g:h}")
    project.write("docs/lab.py", f"# %% [markdown]\n# # Lab\n\n# %%\n{CELL}\n")
    done = built(project)
    assert done.returncode == 0 and "] WARNING" not in done.stderr, done.stderr
    return project.root


@pytest.fixture
def site(good, project):
    shutil.copytree(good, project.root, symlinks=True, dirs_exist_ok=True)
    return project


def built(project):
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project.root,
        capture_output=True,
        text=True,
    )


def test_figures_numbers_and_notebook_are_in_the_site(site):
    out = site.root / "site"
    assert "3 points." in (out / "index.html").read_text()
    assert "42 1" in (out / "lab/index.html").read_text(), "on one thread, as figures"
    published = ["figures/line.dark.svg", "figures/zigzag/line.py", "inks.css", "lab/lab.ipynb"]
    assert all((out / name).is_file() for name in published)
    assert out.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("page", "to_root"), [("index.html", ""), ("lab/index.html", "../"), ("404.html", "/")]
)
def test_pages_link_one_sheet_of_all_that_the_site_has(site, page, to_root):
    out = site.root / "site"
    (sheet,) = out.glob("style.*.css")
    assert sheet.read_text() == ".a{b:c}\n.d:is(.e:not(.f)){g:h}"
    links = BeautifulSoup((out / page).read_text(), "html.parser").select("link[rel=stylesheet]")
    own = [link["href"] for link in links if "assets/" not in link["href"]]
    assert own == ["https://example.org/other.css", f"{to_root}{sheet.name}"]
    assert not (out / "own.css").exists() and not (out / "b/more.css").exists()


BROKEN = [
    ("figures/line.py", STILL.replace("y = line", "y = lien"), "NameError"),
    ("docs/index.md", "# Bad\n\n{{ line.pints }}\n", "docs/index.md:3: there is no number"),
    ("docs/index.md", "# Bad\n\n[x](nowhere.md)\n", "nowhere.md"),
    ("docs/index.md", "# Bad\n\n[[bibtex]]\n", "docs/index.md:3: [[bibtex]] needs date-rel"),
    ("docs/index.md", "# Bad\n\n[[argument]]\n", "docs/index.md:3: [[argument]] finds no page"),
    ("docs/moved.yml", "old/: lost/\n", "docs/moved.yml:1: lost/ is not there"),
    ("docs/lab.py", "# %% [markdown]\n# # Lab\n\n# %%\n1 / 0\n", "docs/lab.py:5: a cell fails"),
    (
        "docs/lab.py",
        "# %% [markdown]\n# # Lab\n#\n# Words.\n#\n# A $\\frob$.\n",
        "docs/lab.py:6: the formula",
    ),
    ("docs/lab.py", "# %% [markdown]\n# # Lab\n#\n# A $x$.\n", "docs/lab.py:4: `$x$` stays"),
    ("docs/index.md", "---\ntitle: A: b\n---\n\n# Bad\n", "docs/index.md:2: its front matter"),
    ("docs/index.md", '---\ndescription: "{{ line.top }"\n---\n', "`{{ line.top }` stays"),
]


@pytest.mark.parametrize(
    ("name", "text", "message"), sampled(BROKEN, [BROKEN[0], BROKEN[1], BROKEN[5]])
)
def test_the_last_good_site_survives_a_build_that_fails(site, name, text, message):
    site.write(name, text)
    failed = built(site)
    assert failed.returncode == 1
    assert message in failed.stdout + failed.stderr
    assert "3 points." in (site.root / "site/index.html").read_text()


HOOK = """
from mkdocs.structure.files import File
def on_files(files, config):
    made = "# JobResult\\n\\n{{ line.points }} points."
    files.append(File.generated(config, "deep/made.md", content=made))
"""


def test_what_a_theme_of_one_s_own_and_other_plugins_bring_along_is_published(site):
    config = CONFIG.replace("font: false", "font: false, custom_dir: own")
    site.write(
        "mkdocs.yml", config + "hooks: [hook.py]\nextra_css: ['https://cdn.example/x.css']\n"
    )
    site.write("hook.py", HOOK)
    site.write("own/assets/fonts/face.woff2", "letters")
    done = built(site)
    assert done.returncode == 0 and "excluded" not in done.stderr, done.stdout + done.stderr
    assert "3 points" in (site.root / "site/deep/made/index.html").read_text()
    brought = {path.name for path in (site.root / "site/assets").rglob("*.*")}
    assert {"face.woff2", "favicon.png"} < brought


def test_a_site_with_a_frame_of_its_own_brings_nothing_of_the_theme_s(site):
    theme = f"theme: {{name: material, font: false, custom_dir: {ROOT / 'docs/theme'}}}"
    config = CONFIG.replace("theme: {name: material, font: false}", theme)
    site.write("mkdocs.yml", config.replace("bindery: {}", "bindery: {own_frame: true}"))
    assert built(site).returncode == 0
    assert not (site.root / "site/assets").exists()


def test_gallery_and_ledger_stand_in_mkdocs_own_order_where_nobody_says_another(site):
    site.write("mkdocs.yml", CONFIG + "markdown_extensions: [attr_list]\n")
    site.write("docs/index.md", "# Home\n\n[[gallery]]\n\n[[ledger]]\n")
    site.write("docs/b.md", "# The `line` & *b* { #b }\n\n![](figure:line)\n\n{{ line.top }}\n")
    site.write("docs/a.md", "# A\n\nAn example:\n\n    ![](figure:line)\n\n{{ line.top }}\n")
    site.write("docs/c.md", "# C\n\n![](figure:line)\n")
    done = built(site)
    assert done.returncode == 0, done.stdout + done.stderr
    page = BeautifulSoup((site.root / "site/index.html").read_text(), "html.parser")
    links = [(a["href"], a.get_text()) for a in page.select(".gallery .provenance a")]
    assert links[:2] == [("b/#line", "The line & b"), ("c/#line", "C")]
    (row,) = [row for row in page.select(".ledger tr") if "top" in row.get_text()[:3]]
    assert [(a["href"], a.get_text()) for a in row.select("a")][:2] == [
        ("a/", "A"),
        ("b/", "The line & b"),
    ]


def test_the_argument_is_the_section_that_is_called_so_and_asks_with_its_numbers(site):
    nav = "nav: [index.md, {Aside: [lab.py]}, {Why so: [a.md, {By name: b.md}]}]"
    site.write("mkdocs.yml", f"{CONFIG}{nav}\nextra: {{argument: Why so}}\n")
    site.write("docs/index.md", "# Home\n\n[[argument]]\n")
    question = "question: Why {{ line.points }}?"
    site.write("docs/a.md", f"---\n{question}\n---\n# The `line` & *b*\n\n![](figure:line)\n")
    site.write("docs/b.md", "---\nquestion: And?\n---\n# Own\n")
    done = built(site)
    assert done.returncode == 0, done.stdout + done.stderr
    page = BeautifulSoup((site.root / "site/index.html").read_text(), "html.parser")
    cards = [(a["href"], " ".join(a.get_text().split())) for a in page.select(".argument a")]
    assert cards == [("a/", "1 The line & b Why 3?"), ("b/", "2 By name And?")]
    sources = [image["src"] for image in page.select(".argument img")]
    assert sources == ["figures/line.light.avif", "figures/line.dark.avif"]
    assert all((site.root / "site" / source).is_file() for source in sources)


def test_a_page_is_shared_by_its_first_picture_or_by_that_of_the_site(site):
    assert built(site).returncode == 0
    shared = "https://example.org/figures/line.light.png"
    for name in ("index.html", "lab/index.html"):
        page = BeautifulSoup((site.root / "site" / name).read_text(), "html.parser")
        assert page.select_one("[property='og:image']")["content"] == shared


def test_without_a_citation_file_a_page_does_not_say_what_nobody_knows(site):
    page = BeautifulSoup((site.root / "site/index.html").read_text(), "html.parser")
    named = {
        meta.get("name", meta.get("property")): meta["content"]
        for meta in page.select("meta[content]")
    }
    assert "citation_publication_date" not in named and "" not in named.values()


def test_a_title_is_the_same_words_wherever_it_comes_from_and_wherever_it_stands(site):
    theme = f"theme: {{name: material, font: false, custom_dir: {ROOT / 'docs/theme'}}}"
    nav = "nav: [index.md, a.md, {Nav p <q & r: b.md}, {Part p <q & r: [c.md]}]"
    config = CONFIG.replace("theme: {name: material, font: false}", f"{theme}\n{nav}")
    site.write("mkdocs.yml", config.replace("Sample", "Site p <q & r"))
    site.write("docs/index.md", "---\ntitle: Meta p <q & r\n---\nWords.\n")
    site.write("docs/a.md", "# Head p <q &amp; r\n")
    for name in ("b", "c"):
        site.write(f"docs/{name}.md", "# Own\n")
    assert built(site).returncode == 0
    names = [f"{name} p <q & r" for name in ("Meta", "Head", "Nav", "Part", "Site")]
    for number, folder in enumerate(("", "a/", "b/")):
        text = (site.root / f"site/{folder}index.html").read_text()
        page = BeautifulSoup(text, "html.parser")
        around = page.select("#nav > ul > li > a, #nav > ul > li > * > summary, .home span")
        assert sorted(part.get_text() for part in around) == sorted(names)
        assert page.title.get_text() == f"{names[number]} - {names[-1]}"
        assert page.select_one("[property='og:title']")["content"] == names[number]
        following = page.select_one("footer [rel=next]").get_text()
        assert following == f"Next {[*names[:3], 'Own'][number + 1]}"


def test_a_kill_in_mid_build_leaves_the_good_site_and_the_next_build_completes(site):
    endless = "    import time; time.sleep(999)\n"
    site.edit("figures/line.py", "    fig.subplots()", f"{endless}    fig.subplots()")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    with subprocess.Popen(command, cwd=site.root, stderr=subprocess.PIPE, text=True) as build:
        assert any("`line` is stale" in line for line in build.stderr), "it is at work"
        build.kill()
    assert "3 points." in (site.root / "site/index.html").read_text()
    site.edit("figures/line.py", endless, "")
    assert built(site).returncode == 0


def test_what_a_kill_between_two_renames_left_is_put_back_by_a_build_that_fails(site):
    live = site.root / "site"
    killed = exchange.build_folder(live)
    live.rename(killed.with_name(f"{killed.name}.old"))
    site.edit("figures/line.py", "y = line", "y = lien")
    assert built(site).returncode == 1
    assert "3 points." in (live / "index.html").read_text()


@pytest.mark.parametrize("first", [True, False], ids=["the first", "later ones"])
def test_two_builds_at_once_leave_one_whole_site(site, first):
    if first:
        shutil.rmtree(site.root / "site")
    site.edit("docs/index.md", "# Good", "# Better")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    both = [subprocess.Popen(command, cwd=site.root) for _ in range(2)]
    assert [build.wait(300) for build in both] == [0, 0]
    page = (site.root / "site/index.html").read_text()
    assert "Better" in page and page.rstrip().endswith("</html>")
    for theme in ("light", "dark"):
        assert (
            (site.root / f"site/figures/line.{theme}.svg").read_text().rstrip().endswith("</svg>")
        )
    assert "42" in (site.root / "site/lab/index.html").read_text()
    assert not list(site.root.glob(".darkroom-site-*"))


def test_a_bug_of_ours_keeps_its_traceback_and_a_wrong_name_has_none():
    with pytest.raises(Abort, match="nothing of that name"):
        Adapter().on_build_error(error=Mistake("nothing of that name"))
    Adapter().on_build_error(error=KeyError("bug"))
