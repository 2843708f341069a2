"""A build that fails says why, exits with 1, and leaves the last good site standing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort
from projects import STILL, Project

from bindery.mkdocs import Adapter, Kept, leaves
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
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The folder of a project whose site is built: made once, and copied for every test."""
    project = Project(tmp_path_factory.mktemp("good"))
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Good\n\n{{ line.points }} points.\n\n![](figure:line)\n")
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
    ("name", "text", "message"),
    [
        ("figures/line.py", STILL.replace("y = line", "y = lien"), "NameError"),
        ("docs/index.md", "# Bad\n\n{{ line.pints }}\n", "docs/index.md:3: there is no number"),
        ("docs/index.md", "# Bad\n\n[x](nowhere.md)\n", "nowhere.md"),
        ("docs/index.md", "# Bad\n\n[[bibtex]]\n", "docs/index.md:3: [[bibtex]] needs date-rel"),
        ("docs/lab.py", "# %% [markdown]\n# # Lab\n\n# %%\n1 / 0\n", "docs/lab.py:5: a cell fails"),
        (
            "docs/lab.py",
            "# %% [markdown]\n# # Lab\n#\n# Words.\n#\n# A $\\frob$.\n",
            "docs/lab.py:6: the formula",
        ),
        ("docs/lab.py", "# %% [markdown]\n# # Lab\n#\n# A $x$.\n", "docs/lab.py:4: `$x$` stays"),
        ("docs/index.md", "---\ntitle: A: b\n---\n\n# Bad\n", "docs/index.md:2: its front matter"),
        ("docs/index.md", '---\ndescription: "{{ line.top }"\n---\n', "`{{ line.top }` stays"),
    ],
)
def test_the_last_good_site_survives_a_build_that_fails(site, name, text, message):
    site.write(name, text)
    failed = built(site)
    assert failed.returncode == 1
    assert message in failed.stdout + failed.stderr
    assert "3 points." in (site.root / "site/index.html").read_text()


def test_a_picture_that_the_last_site_has_is_not_written_again_and_a_spoilt_one_is_put_right(site):
    light, dark = (site.root / f"site/figures/line.{theme}.svg" for theme in ("light", "dark"))
    good, node = light.read_bytes(), light.stat().st_ino
    dark.write_text("spoilt by hand")
    assert built(site).returncode == 0
    assert light.stat().st_ino == node and light.read_bytes() == good
    assert dark.read_text().rstrip().endswith("</svg>")
    site.edit("figures/line.py", "ink.raw", "ink.goal")
    assert built(site).returncode == 0
    assert light.stat().st_ino != node and light.read_bytes() != good


def test_a_page_that_is_no_utf_8_is_named_with_its_line(site):
    site.write("mkdocs.yml", f"{CONFIG}nav: [index.md, lab.py]\n")
    (site.root / "docs/index.md").write_bytes("# Fine\n\nUn café\n".encode("latin-1"))
    failed = built(site)
    assert failed.returncode == 1
    assert "\ndocs/index.md:3: is not written in UTF-8" in failed.stdout + failed.stderr


HOOK = """
from mkdocs.structure.files import File
def on_files(files, config):
    made = "# JobResult\\n\\n{{ line.points }} points."
    files.append(File.generated(config, "deep/made.md", content=made))
"""


def test_what_a_theme_of_one_s_own_and_other_plugins_bring_along_is_published(site):
    """And of what Material brings along, what somebody asks for."""
    config = CONFIG.replace("font: false", "font: false, custom_dir: own")
    site.write(
        "mkdocs.yml", config + "hooks: [hook.py]\nextra_css: ['https://cdn.example/x.css']\n"
    )
    site.write("hook.py", HOOK)
    site.write("own/assets/fonts/face.woff2", "letters")
    site.write("docs/icon.md", "# Icon\n\n[This](assets/images/favicon.png) is it.\n")
    done = built(site)
    assert done.returncode == 0 and "excluded" not in done.stderr, done.stdout + done.stderr
    assert "3 points" in (site.root / "site/deep/made/index.html").read_text()
    brought = {path.name for path in (site.root / "site/assets").rglob("*.*")}
    assert {"face.woff2", "favicon.png"} < brought
    assert not any("lunr" in name for name in brought), "no page asks for it"


@pytest.mark.parametrize("spoil", ["another build", "a mode", "a link"])
def test_a_picture_is_not_taken_from_the_last_site_if_it_is_not_the_same_file(
    tmp_path, monkeypatch, spoil
):
    last, other, made = (tmp_path / name for name in ("last.svg", "other.svg", "made.svg"))
    last.write_text("<svg/>")
    other.write_text("<svg>another</svg>" if spoil == "another build" else "<svg/>")
    if spoil == "another build":  # hangs its site between reading and linking
        monkeypatch.setattr(Path, "hardlink_to", lambda path, _: os.link(other, path))
    elif spoil == "a mode":
        last.chmod(0o600)
    else:
        last.unlink()
        last.symlink_to(other)
    kept = Kept("made.svg", None, str(tmp_path), use_directory_urls=True)
    kept.last, kept.content_string = last, "<svg/>"
    kept.copy_file()
    assert made.read_text() == "<svg/>" and not made.is_symlink()
    assert made.stat().st_mode & 0o4 and made.stat().st_nlink == 1
    assert "another" not in last.read_text()


def test_the_pages_are_those_that_the_navigation_leads_to_whatever_they_are_called():
    deep = {"Notes": [{"Code": "lab.py"}, "a b.md", {"Elsewhere": "https://example.org/"}]}
    nav = [{"About README.md": "index.md"}, deep, {"more.md": "übung/c.md"}]
    assert [*leaves(nav)] == ["index.md", "a b.md", "übung/c.md"] and not [*leaves(None)]


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
        around = page.select("#nav > ul > li > :is(a, span), .home span")
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
