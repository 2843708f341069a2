"""The set-up: what it asks of a machine, what it leaves alone, and what it notices."""

import ast
import hashlib
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = f'exec {sys.executable} "$@"'


def set_up(folder, *arguments, env=None, **stubs):
    """Run the set-up in a folder where only these stubs and the plainest tools are on the path."""
    commands = folder / "bin"
    shutil.rmtree(commands, ignore_errors=True)
    commands.mkdir()
    for tool in ("awk", "cat", "dirname", "find", "rm", "sed"):
        os.symlink(shutil.which(tool), commands / tool)
    for name, script in stubs.items():
        stub = commands / name.replace("_", "-")
        stub.write_text(f"#!/bin/sh\n{script}\n")
        stub.chmod(0o755)
    shutil.copytree(ROOT / ".ci", folder / ".ci", dirs_exist_ok=True)
    return subprocess.run(
        ["/bin/sh", ".ci/setup", *arguments],
        cwd=folder,
        env={"PATH": str(commands)} | (env or {}),
        capture_output=True,
        text=True,
    )


def test_without_rights_it_stops_with_the_exact_line_for_each_system(tmp_path):
    done = set_up(
        tmp_path, "browser", id="echo 1000", python3=PYTHON, pkg_config="exit 1", cc="exit 0"
    )
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
    log = tmp_path / "log"
    done = set_up(
        tmp_path,
        "browser",
        id="echo 0",
        python3=PYTHON,
        pkg_config='[ "$2" = cairo ]',
        cc="exit 0",
        chromium="exit 0",
        node="exit 0",
        npm="exit 0",
        apt_get=f'echo "$@" >>{log}; [ "$1" = update ]',
    )
    assert done.returncode != 0  # the stub refuses to install
    assert log.read_text().splitlines()[1].endswith("libpango1.0-dev")


ELSEWHERE = re.findall(r"^\w+", (ROOT / ".ci/elsewhere").read_text(), re.M)
SOURCES = [  # where packages come from
    *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CERT", "PIP_CONFIG_FILE"),
    *("UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_CACHE_DIR"),
    *("UV_CONFIG_FILE", "HTTPS_PROXY", "SSL_CERT_FILE"),
]


def test_variables_that_lead_elsewhere_are_forgotten_and_those_that_name_a_source_are_kept(
    tmp_path,
):
    assert {"UV_SYSTEM_PYTHON", "UV_PYTHON", "PIP_USER", "PYTHONPATH"} <= set(ELSEWHERE)
    told = f"{shutil.which('env')} >told; exit 1"
    set_up(tmp_path, env=dict.fromkeys([*ELSEWHERE, *SOURCES], "/x"), python3=told, id="echo 1")
    seen = {line.partition("=")[0] for line in (tmp_path / "told").read_text().splitlines()}
    assert seen >= set(SOURCES) and not seen & set(ELSEWHERE)


def test_make_forgets_them_for_whatever_it_runs(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text() + "env:\n\t@env\n")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    environment = os.environ | dict.fromkeys([*ELSEWHERE, *SOURCES], "/x")
    done = subprocess.run(
        ["make", "env"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    seen = {line.partition("=")[0] for line in done.stdout.splitlines()}
    assert seen >= set(SOURCES) and not seen & set(ELSEWHERE)


def wheel(folder, name, files):
    """A package's wheel with these files, in a folder."""
    told = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", "RECORD": ""}
    told["WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    path = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        for part, text in (files | {f"{name}-1.dist-info/{k}": v for k, v in told.items()}).items():
            entry = zipfile.ZipInfo(part)
            entry.external_attr = 0o100755 << 16
            packed.writestr(entry, text)
    return path


PROJECT = """
[build-system]
requires = []
build-backend = "builder"
backend-path = ["."]
[project]
name = "small"
version = "1"
"""
BUILDER = f"""
import os, zipfile
from pathlib import Path

{inspect.getsource(wheel)}
def build_editable(folder, *_):
    return wheel(Path(folder), "small", {{"small.pth": os.getcwd() + "/src"}}).name
"""
TOOLS = {"python3": PYTHON, "cc": "exit 0", "pkg_config": "exit 0", "id": "echo 1000"}


def installed(folder):
    """The folder whose sources an environment runs."""
    (link,) = folder.glob(".venv/lib/python3*/site-packages/small.pth")
    return link.read_text().removesuffix("/src")


def snapshot(folder):
    """All that lies in a folder, and since when."""
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def user(tmp_path_factory):
    """The environment of a user whose shell leads installations to other places of theirs."""
    home = tmp_path_factory.mktemp("user")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "python"], check=True)
    env = {"HOME": home, "VIRTUAL_ENV": home / "python", "UV_PYTHON": home / "python/bin/python"}
    for name in ("UV_WORKING_DIR", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH"):
        env[name] = home / name
        env[name].mkdir()
    return {name: str(path) for name, path in env.items()} | {
        "UV_SYSTEM_PYTHON": "1",
        "PIP_USER": "1",
    }


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Where packages come from: a folder with the installer, which is this environment's own."""
    folder = tmp_path_factory.mktemp("packages")
    installer = f'#!/bin/sh\nexec "{Path(sys.executable).with_name("uv")}" "$@"\n'
    wheel(folder, "uv", {"uv-1.data/scripts/uv": installer})
    env = {"PIP_FIND_LINKS": folder, "UV_FIND_LINKS": folder, "UV_CACHE_DIR": folder / "cache"}
    return {name: str(path) for name, path in env.items()} | {
        "PIP_NO_INDEX": "1",
        "UV_OFFLINE": "1",
    }


@pytest.fixture(scope="module")
def ready(tmp_path_factory, user, packages):
    """A small project that such a user has set up."""
    folder = tmp_path_factory.mktemp("project")
    (uv,) = Path(packages["PIP_FIND_LINKS"]).glob("uv-*")
    hashed = hashlib.sha256(uv.read_bytes()).hexdigest()
    (folder / "requirements.lock").write_text(f"uv==1 \\\n    --hash=sha256:{hashed}\n")
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "builder.py").write_text(BUILDER)
    before = snapshot(Path(user["HOME"]))
    done = set_up(folder, env=user | packages, **TOOLS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert snapshot(Path(user["HOME"])) == before, "something was installed outside of the project"
    return folder


@pytest.fixture
def copied(ready, tmp_path):
    """A copy of it, as if it had been set up where it lies."""
    folder = tmp_path / "project"
    shutil.copytree(ready, folder, symlinks=True)
    (folder / ".venv/ready").write_text(f"{folder}\n")
    return folder


def test_it_installs_into_its_own_folder_whatever_the_environment_says(ready):
    assert installed(ready) == str(ready)
    assert (ready / ".venv/ready").read_text().strip() == str(ready)


def test_a_ready_environment_is_left_alone(ready):
    before = snapshot(ready / ".venv")
    done = set_up(ready, python3="echo asked")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert snapshot(ready / ".venv") == before


def test_a_copied_folder_is_set_up_anew_with_its_own_sources(copied, user, packages):
    new = copied.with_name("new")
    subprocess.run(["cp", "-a", copied, new], check=True)
    done = set_up(new, env=user | packages, **TOOLS)
    assert done.returncode == 0 and f"copied or moved here from {copied}" in done.stdout
    assert installed(new) == str(new)


@pytest.mark.parametrize("change", ["link", "lock", "move", "python", "stamp"])
def test_an_environment_of_another_folder_or_another_lock_is_not_ready(copied, change):
    if change == "link":
        (copied / ".venv").rename(copied.with_name("elsewhere"))
        (copied / ".venv").symlink_to(copied.with_name("elsewhere"))
    if change == "lock":
        made = (copied / ".venv/ready").stat().st_mtime
        os.utime(copied / "requirements.lock", (made + 1, made + 1))
    if change == "move":
        copied = copied.rename(copied.with_name("moved"))
    if change == "python":
        (copied / ".venv/bin/python").unlink()
    if change == "stamp":
        (copied / ".venv/ready").unlink()
    done = set_up(copied, python3="exit 1", id="echo 1000")
    assert done.returncode == 1  # it went on, to the first thing that it asks of a machine


@pytest.mark.parametrize("key", ["target", "prefix"])
def test_settings_that_lead_elsewhere_are_refused_before_anything_is_installed(
    copied, user, packages, key
):
    elsewhere = copied.with_name("elsewhere")
    (copied / "uv.toml").write_text(f'[pip]\n{key} = "{elsewhere}"\n')
    (copied / "pyproject.toml").touch()
    done = set_up(copied, env=user | packages, **TOOLS)
    assert done.returncode == 1 and "Nothing was installed." in done.stderr
    assert not [path for path in elsewhere.rglob("*") if path.is_file()]
    assert not (copied / ".venv/ready").exists()


def test_what_comes_from_npm_goes_into_the_tests_folder(copied):
    (copied / "tests").mkdir()
    (copied / "tests/package-lock.json").touch()
    tools = TOOLS | {"npm": 'echo "$@"', "node": "exit 0", "chromium": "exit 0"}
    done = set_up(copied, "browser", **tools)
    assert done.stdout.startswith("ci --prefix tests --no-global --location=project ")


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
