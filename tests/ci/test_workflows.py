"""The workflows are valid, safe, and run nothing but the commands that everybody runs."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
RUN = {  # a line of a workflow → what an author types
    ".ci/run": "make test",
    "make test-all": "make test-all",
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
    """When a workflow runs, and its jobs; YAML takes the key `on` for a truth."""
    workflow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    return workflow[True], workflow["jobs"]


def runs(job):
    """What a job runs itself."""
    return [step["run"] for step in job["steps"] if "run" in step]


def uses(job, what):
    """The one step of a job that uses an action, or has something to do with a path."""
    (step,) = (
        step for step in job["steps"] if what in step.get("uses", "") + str(step.get("with"))
    )
    return step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_what_the_platform_reads_and_nothing_that_an_attacker_likes(path):
    assert valid(path) and safe(path)


@pytest.mark.parametrize(
    ("judge", "old", "new"),
    [
        (valid, "runs-on:", "run-on:"),
        (safe, "persist-credentials: false", "persist-credentials: true"),
        (safe, "permissions:\n      contents: read", "permissions: write-all"),
        (safe, "11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "main"),
    ],
)
def test_a_spoilt_workflow_is_found_out(tmp_path, judge, old, new):
    text = (ROOT / ".github/workflows/site.yml").read_text()
    assert old in text
    spoilt = tmp_path / ".github/workflows/site.yml"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text(text.replace(old, new))
    assert not judge(spoilt)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_what_an_author_runs(path):
    lines = [line for job in read(path.stem)[1].values() for line in runs(job)]
    assert lines and set(lines) <= RUN.keys()


def test_every_push_and_every_pull_request_is_checked_and_only_main_is_published():
    triggers, jobs = read("site")
    assert triggers.keys() == {"push", "pull_request"} and not any(triggers.values())
    assert [job.get("needs") for job in jobs.values()] == [None, "check", "build"]
    assert "if" not in jobs["check"]
    assert jobs["build"]["if"] == "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert "if" not in jobs["deploy"]  # so it is skipped, or fails, with the build


def test_the_tests_run_once_before_the_site_is_built():
    _, jobs = read("site")
    assert {name: runs(job).count(".ci/run") for name, job in jobs.items()} == {
        "check": 1,
        "build": 0,
        "deploy": 0,
    }


def test_everything_is_tested_every_night_and_from_nothing():
    triggers, jobs = read("nightly")
    assert triggers.keys() == {"schedule", "workflow_dispatch"}
    assert runs(jobs["check"]) == ["make test-all"] and "cache@" not in str(jobs)


def test_the_oldest_and_the_newest_python_are_tested_and_the_oldest_builds_the_site():
    _, jobs = read("site")
    oldest, newest = jobs["check"]["strategy"]["matrix"]["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == f">={oldest}" != f">={newest}"
    assert uses(jobs["build"], "setup-python")["with"]["python-version"] == oldest
    assert read("nightly")[1]["check"]["strategy"] == jobs["check"]["strategy"]
    for text in ("README.md", ".ci/setup"):
        assert f"Python {oldest} or newer" in (ROOT / text).read_text()


def test_a_failing_test_hides_neither_the_changed_pictures_nor_their_report():
    job = read("site")[1]["check"]
    (check,) = [step for step in job["steps"] if "make check" in step.get("run", "")]
    upload = uses(job, "upload-artifact")
    assert check["if"] == "${{ !cancelled() }}" and upload["if"] == "always()"
    assert job["steps"].index(check) < job["steps"].index(upload)


def test_pictures_are_kept_by_python_and_kind_of_machine_and_the_site_is_built_of_them():
    _, jobs = read("site")
    kept, taken = (uses(jobs[name], "cache/darkroom") for name in ("check", "build"))
    kind = "darkroom-${{ matrix.python }}-${{ steps.machine.outputs.kind }}-"
    assert kept["with"]["restore-keys"] == kind
    assert kept["with"]["key"] == kind + "${{ github.sha }}"
    assert taken["with"]["key"] == kept["with"]["key"].replace("${{ matrix.python }}", "3.11")
    for name, cache in (("check", kept), ("build", taken)):
        (machine,) = [step for step in jobs[name]["steps"] if step.get("id") == "machine"]
        assert jobs[name]["steps"].index(machine) < jobs[name]["steps"].index(cache)
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
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    targets = set(" ".join(phony).split()) - {"ready", "rendered"}  # steps of the others
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
