"""Two clean builds of the same sources, in different folders, are the same site to the byte."""

import hashlib
import os
import subprocess
import sys

import pytest
from projects import MOTION, Project

CONFIG = """
site_name: Sample
site_url: https://example.org/
theme: {name: material, font: false}
plugins:
  - search: {}
  - mkdocs-jupyter: {include: [lab.py], execute: true, allow_errors: false}
  - bindery: {}
"""
LAB = """
# %% [markdown]
# # Lab

# %%
from zigzag import line

print(line.rise(3))
"""


def sample(root) -> Project:
    """A project with a still, a motion and a lab."""
    project = Project(root)
    project.figure("dot", MOTION)
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Start\n\n![](figure:line)\n\n![](figure:dot)\n\n$x^2$\n")
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
        command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=120
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
    assert {"figures/dot.light.mp4", "figures/line.dark.svg", "lab/index.html"} <= first.keys()
    assert first == second


def test_another_number_gives_another_site(first, tmp_path):
    project = sample(tmp_path)
    project.edit("src/zigzag/scale.py", "1.0", "2.0")
    second = digests(project, "1")
    changed = {name for name in first if first[name] != second[name]}
    assert {"lab/index.html", "figures/line.light.svg"} <= changed
    assert "figures/dot.light.mp4" not in changed
