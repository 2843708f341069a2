"""No package imports those above it, and the core needs numpy alone: `make test` runs the rules."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def broken(root):
    """The rules of this project that the sources in a folder break, up to their first comma."""
    shutil.copy(ROOT / "pyproject.toml", root)
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    rules = re.findall(r"^([^,\n]+).* BROKEN$", done.stdout, re.M)
    assert done.returncode == bool(rules), done.stdout + done.stderr
    return rules


@pytest.mark.parametrize(
    ("module", "line", "rule"),
    [
        ("bindery/mkdocs.py", "import mkdocs.plugins", None),
        ("bindery/pages.py", "import mkdocs.plugins", "One adapter knows the generator"),
        ("bindery/pages.py", "import bindery.mkdocs", "One adapter knows the generator"),
        ("darkroom/job.py", "import bindery.pages", "A layer knows none above it"),
        ("inks/motion.py", "if 0: from darkroom import job", "A layer knows none above it"),
        ("inks/motion.py", "import zigzag.cone", "The house makes pictures of anything"),
        ("zigzag/cone.py", "import scipy.stats", "The maths stands alone"),
        ("zigzag/cone.py", "import inks.motion", "The maths stands alone"),
    ],
)
def test_an_import_that_its_package_may_not_have_is_found(tmp_path, module, line, rule):
    for name in ("bindery/mkdocs", "bindery/pages", "darkroom/job", "inks/motion", "zigzag/cone"):
        path = tmp_path / f"src/{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name("__init__.py").touch()
        path.write_text("import mkdocs\n" if name == "bindery/mkdocs" else "")
    with (tmp_path / "src" / module).open("a") as file:
        file.write(line + "\n")
    assert broken(tmp_path) == ([rule] if rule else [])


def test_the_rules_name_every_package():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    packages = {path.parent.name for path in (ROOT / "src").glob("*/__init__.py")}
    assert packages == set(rules["importlinter"]["root_packages"])


def test_the_core_needs_numpy_alone():
    used = set()
    for path in (ROOT / "src/zigzag").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {name.name.partition(".")[0] for name in node.names}
            if isinstance(node, ast.ImportFrom):
                used |= {(node.module or "").partition(".")[0]}
    assert used - sys.stdlib_module_names == {"numpy", "zigzag"}


def test_a_figure_may_import_none_of_the_house():
    lint = tomllib.loads((ROOT / "figures/ruff.toml").read_text(encoding="utf-8"))["lint"]
    assert {"darkroom", "bindery", "mkdocs"} <= lint["flake8-tidy-imports"]["banned-api"].keys()
