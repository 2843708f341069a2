"""The set-up on a machine that lacks something, and on one that is ready."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def set_up(folder, *tools, **stubs):
    """Run the set-up in a folder where only these tools are on the path, some of them stubs."""
    commands = folder / "bin"
    commands.mkdir()
    for tool in ("dirname", "cat", "find", *tools):
        os.symlink(shutil.which(tool), commands / tool)
    for name, script in stubs.items():
        stub = commands / name.replace("_", "-")
        stub.write_text(f"#!/bin/sh\n{script}\n")
        stub.chmod(0o755)
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    return subprocess.run(
        ["/bin/sh", ".ci/setup", "browser"],
        cwd=folder,
        env={"PATH": str(commands)},
        capture_output=True,
        text=True,
    )


def test_without_rights_it_stops_with_the_exact_line_for_each_system(tmp_path):
    python = f'exec {sys.executable} "$@"'
    done = set_up(tmp_path, id="echo 1000", python3=python, pkg_config="exit 1", cc="exit 0")
    assert done.returncode == 1
    assert "these are missing: cairo pango chromium node npm" in done.stderr
    assert "sudo apt-get install libcairo2-dev libpango1.0-dev chromium nodejs npm\n" in done.stderr
    assert "sudo dnf install cairo-devel pango-devel chromium nodejs nodejs-npm\n" in done.stderr
    assert "brew install cairo pango node && brew install --cask chromium\n" in done.stderr


def test_an_old_python_is_named(tmp_path):
    old = 'case "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac'
    done = set_up(tmp_path, id="echo 1000", python3=old)
    assert done.returncode == 1
    assert "python3 is Python 3.9.2; this site needs Python 3.11 or newer." in done.stderr


def test_as_root_on_debian_it_installs_what_is_missing_and_no_more(tmp_path):
    python = f'exec {sys.executable} "$@"'
    log = tmp_path / "log"
    done = set_up(
        tmp_path,
        id="echo 0",
        python3=python,
        pkg_config='[ "$2" = cairo ]',
        cc="exit 0",
        chromium="exit 0",
        node="exit 0",
        npm="exit 0",
        apt_get=f'echo "$@" >>{log}; [ "$1" = update ]',
    )
    assert done.returncode != 0  # the stub refuses to install
    assert log.read_text().splitlines()[1].endswith("libpango1.0-dev")


def test_a_ready_environment_is_left_alone():
    done = subprocess.run(
        ["/bin/sh", str(ROOT / ".ci" / "setup"), "browser"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def imported(folder):
    """The packages that the Python below a folder imports."""
    brings = packages_distributions()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                yield from brings.get(name.partition(".")[0], [])


@pytest.mark.parametrize("folder", ["src", "figures", "tests"])
def test_what_is_imported_is_declared(folder):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *told["project"]["dependencies"],
        *told["project"]["optional-dependencies"]["cluster"],
    ]
    wanted += told["dependency-groups"]["test"] if folder == "tests" else []
    names = {re.match(r"[\w-]+", one)[0].lower() for one in wanted}
    assert names >= {name.lower() for name in imported(ROOT / folder)} > set()


def test_no_file_names_a_registry_and_every_locked_package_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all(entry.endswith("\\") and "==" in entry for entry in entries)
    assert "://" not in lock
    for folder in (ROOT / "tests", ROOT / "tests/bench"):
        kept = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        packages = [package for path, package in kept.items() if path]
        assert packages and all(package["integrity"] for package in packages)
        assert not any("resolved" in package for package in packages)
        assert "registry=" not in (folder / ".npmrc").read_text(encoding="utf-8")
