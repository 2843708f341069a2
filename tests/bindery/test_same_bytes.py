"""Two clean builds of the same sources, in different folders, are the same site to the byte."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import MOTION, STILL, Project

ROOT = Path(__file__).parents[2]
CONFIG = """
site_name: Sample
site_url: https://example.org/
theme: {name: material, custom_dir: docs/theme, favicon: favicon.svg}
exclude_docs: theme/
extra_css: [type.css, inks.css, site.css]
extra: {repository: ""}
nav: [index.md, gallery.md, reference.md, lab.py]
plugins:
  - mkdocstrings: {handlers: {python: {paths: [src]}}}
  - mkdocs-jupyter: {include: [lab.py], execute: true}
  - bindery: {}
"""
KNOB = """PRESET = {"points": (3, 2, 9, 1)}
LABELS = {"points": "Points"}
READS = ("top",)
"""
LAB = """
# %% [markdown]
# # Lab

# %%
from zigzag import line

print(line.rise(3))
"""


def sample(root) -> Project:
    """A project with a still, an explorable, a motion, a gallery, a reference and a lab."""
    project = Project(root)
    shutil.copytree(ROOT / "docs/theme", root / "docs/theme")
    shutil.copy(ROOT / "CITATION.cff", root)
    project.figure("dot", MOTION)
    project.figure("knob", STILL.replace("SIZE", f"{KNOB}SIZE"))
    project.write("mkdocs.yml", CONFIG)
    shown = "\n\n".join(f"![](figure:{name})" for name in ("line", "dot", "knob"))
    project.write("docs/index.md", f"# Start\n\n{shown}\n\n$x^2$\n")
    project.write("docs/explorables/knob.mjs", "console.log(measured.top)\n")
    project.write("docs/gallery.md", "# Gallery\n\n[[gallery]]\n\n[[ledger]]\n\n[[bibtex]]\n")
    project.write("docs/reference.md", "# Reference\n\n::: zigzag.line\n")
    project.write("docs/lab.py", LAB)
    return project


def digests(project, seed: str) -> dict[str, str]:
    """Build from nothing; every file of the site → its digest."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONHASHSEED": seed}
    environment["PYTHONPATH"] = (
        f"{project.root / 'src'}:{os.environ.get('PYTHONPATH', '')}"  # lab's
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(
        command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = project.root / "site"
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {str(f.relative_to(site)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return digests(sample(tmp_path_factory.mktemp("one")), "1")


def test_two_folders_give_the_same_site(first, tmp_path):
    second = digests(sample(tmp_path / "a longer name for the folder"), "2")
    made = {"figures/dot.light.mp4", "figures/line.dark.svg", "figures/dot.dark.avif"}
    made |= {"lab/index.html", "reference/index.html", "search.js", "gallery/index.html"}
    assert made <= first.keys() and any(name.startswith("style.") for name in first)
    assert first == second


@pytest.mark.nightly
def test_another_number_gives_another_site(first, tmp_path):
    project = sample(tmp_path)
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    second = digests(project, "1")
    changed = {name for name in first if first[name] != second[name]}
    assert {"lab/index.html", "figures/line.light.svg"} <= changed
    assert "figures/dot.light.mp4" not in changed
