"""The workflows are valid, safe, and run nothing but the commands that everybody runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent


def valid(path):
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", path]
    return subprocess.run(command, capture_output=True).returncode == 0


def safe(path):
    command = [BIN / "zizmor", "--offline", "--quiet", "--persona=auditor", path]
    return subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_what_the_platform_reads_and_nothing_that_an_attacker_likes(path):
    assert valid(path) and safe(path)


@pytest.mark.parametrize(
    ("judge", "old", "new"),
    [
        (valid, "runs-on:", "run-on:"),
        (safe, "persist-credentials: false", "persist-credentials: true"),
        (safe, "permissions:\n  contents: read", "permissions: write-all"),
        (safe, "11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "main"),
    ],
)
def test_a_spoilt_workflow_is_found_out(tmp_path, judge, old, new):
    text = (ROOT / ".github/workflows/check.yml").read_text()
    assert old in text
    spoilt = tmp_path / ".github/workflows/check.yml"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text(text.replace(old, new))
    assert not judge(spoilt)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_what_an_author_runs(path):
    commands = re.findall(r"^\s*- (?:name: .*\n\s*)?run: (\S+ ?\S*)", path.read_text(), re.M)
    assert commands and {c.strip() for c in commands} <= {".ci/run", "make check", "make site"}
