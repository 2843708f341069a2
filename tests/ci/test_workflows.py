"""The workflows are valid, safe, and run nothing but the commands that everybody runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
RUN = {  # a line of a workflow → what an author types
    ".ci/run": "make test",
    "make site": "make site",
    "make check ${GITHUB_BASE_REF:+BASE=origin/$GITHUB_BASE_REF}": "make check BASE=origin/main",
    'echo "kind=$(.ci/machine)" >>"$GITHUB_OUTPUT"': ".ci/machine",
}


def valid(path, kind="github-workflows"):
    command = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{kind}", path]
    return subprocess.run(command, capture_output=True).returncode == 0


def safe(path):
    command = [BIN / "zizmor", "--offline", "--quiet", "--persona=auditor", path]
    return subprocess.run(command, capture_output=True).returncode == 0


def read(name):
    """A workflow; YAML takes its key `on` for a truth."""
    workflow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    return workflow[True], [step for job in workflow["jobs"].values() for step in job["steps"]]


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
    lines = [step["run"] for step in read(path.stem)[1] if "run" in step]
    assert lines and set(lines) <= RUN.keys()


def test_every_push_and_every_pull_request_is_checked_and_only_main_is_published():
    triggers, _ = read("check")
    assert triggers.keys() == {"push", "pull_request"} and not any(triggers.values())
    assert read("publish")[0] == {"push": {"branches": ["main"]}}


def test_a_failing_test_hides_neither_the_changed_pictures_nor_their_report():
    _, steps = read("check")
    (check,) = [step for step in steps if "make check" in step.get("run", "")]
    (upload,) = [step for step in steps if "upload-artifact" in step.get("uses", "")]
    assert check["if"] == "${{ !cancelled() }}" and upload["if"] == "always()"
    assert steps.index(check) < steps.index(upload)


def test_pictures_are_kept_by_kind_of_machine():
    _, steps = read("check")
    machine, kept = (
        [step for step in steps if what in str(step)] for what in ("ci/machine", ".cache/darkroom")
    )
    kind = "darkroom-${{ steps.machine.outputs.kind }}-"
    assert machine[0]["id"] == "machine" and steps.index(machine[0]) < steps.index(kept[0])
    assert kept[0]["with"]["key"].startswith(kind) and kept[0]["with"]["restore-keys"] == kind
    named = subprocess.run([ROOT / ".ci/machine"], capture_output=True, text=True, check=True)
    assert named.stdout.startswith(f"{os.uname().sysname}-{os.uname().machine}-")
    assert len(named.stdout.split()) == 1


def make(*arguments):
    """What make says on a terminal of its own: not in another make, nor on the platform."""
    inner = ("GITHUB", "MAKE", "MFLAGS")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(inner)}
    command = ["make", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def recipe(*arguments):
    """What make would run."""
    return " ".join(make("--dry-run", "check", *arguments).replace("\\\n", "").split())


def test_a_pull_request_is_compared_with_the_pictures_of_its_base(tmp_path):
    assert "--baseline" not in recipe()
    assert "--baseline elsewhere" in recipe("BASELINE=elsewhere")
    told = recipe("BASE=HEAD", "NAME=valley")
    assert "check valley --baseline .cache/base/tests/baseline" in told
    taken = told[told.index("rm -rf") : told.index(".venv/bin/darkroom")]
    script = taken.replace(".cache/base", str(tmp_path / "base"))
    subprocess.run(script, shell=True, cwd=ROOT, check=True)
    assert (tmp_path / "base/tests/baseline/valley.png").is_file()


def test_make_says_what_each_of_its_targets_does_with_any_make_and_any_awk():
    targets = (ROOT / "Makefile").read_text().partition(".PHONY: ")[2].partition("\n")[0].split()
    told = dict(line.removeprefix("make ").split(maxsplit=1) for line in make("help").splitlines())
    assert sorted(told) == sorted(targets) and all(len(does) > 20 for does in told.values())


def test_the_citation_file_is_one_and_agrees_with_the_package_and_the_changelog():
    assert valid(ROOT / "CITATION.cff", "citation-file-format")
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{cff["version"]}"' in project and f'license = "{cff["license"]}"' in project
    whole = cff["preferred-citation"]
    assert all(whole[key] == cff[key] for key in ("title", "authors", "version"))
    assert whole["year"] == cff["date-released"].year
    released = re.search(r"^## (\d\S*) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert released and released.groups() == (cff["version"], str(cff["date-released"]))


def test_a_spoilt_citation_file_is_found_out(tmp_path):
    spoilt = tmp_path / "CITATION.cff"
    spoilt.write_text((ROOT / "CITATION.cff").read_text().replace("type: website", "type: webpage"))
    assert not valid(spoilt, "citation-file-format")
