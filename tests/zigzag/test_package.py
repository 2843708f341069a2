"""The package loads what it is asked for, and nothing else; each name has one home."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "zigzag"
IMPORTED = re.compile(r"^ *(?:>>> )?`*from zigzag import ([\w, ]+)$", re.MULTILINE)
FROM = re.compile(r"^ *(?:>>> )?`*from zigzag\.(\w+) import ([\w, ]+)$", re.MULTILINE)


def defined(tree: ast.Module) -> set[str]:
    """The names that a module defines itself."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


HOMES = {path.stem: defined(ast.parse(path.read_bytes())) for path in CORE.glob("*.py")}


def used(text: str) -> set[tuple[str, str]]:
    """(module, name) for every name of the core that a text imports, or reads off a module."""
    pairs = set()
    for module, names in FROM.findall(text):
        pairs |= {(module, name.strip()) for name in names.split(",")}
    for modules in IMPORTED.findall(text):
        for module in (part.strip() for part in modules.split(",")):
            calls = re.findall(rf"(?<![\w./]){module}\.([a-zA-Z]\w*)\(", text)
            pairs |= {(module, name) for name in calls}
    return pairs


def callers() -> list[Path]:
    """Whatever has code that uses the core: modules, figures, tests, pages and live pictures."""
    folders = ("src", "figures", "tests/zigzag", "tests/figures", "tests/explorables", "docs")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.*")]
    suffixes = {".py", ".md", ".mjs"}
    found = [path for path in [*files, ROOT / "README.md"] if path.suffix in suffixes]
    return sorted(path for path in found if used(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", callers(), ids=lambda path: path.name)
def test_a_name_of_the_core_is_taken_from_its_one_home(path):
    text = path.read_text(encoding="utf-8")
    assert {(m, name) for m, name in used(text) if name not in HOMES[m]} == set()


def test_no_public_name_of_the_core_has_two_homes():
    seen: dict[str, str] = {}
    for module, names in HOMES.items():
        for name in names:
            if not name.startswith("_"):
                assert name not in seen, f"{name} is defined in {module} and in {seen[name]}"
                seen[name] = module


def test_a_name_taken_from_elsewhere_is_told():
    text = "from zigzag import descent\nfrom zigzag.network import Network\ndescent.path(walk)\n"
    assert used(text) == {("descent", "path"), ("network", "Network")}
    assert "path" not in HOMES["descent"] and "Network" not in HOMES["network"]


def test_importing_the_cone_loads_nothing_heavy():
    code = "import sys, zigzag.cone; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"scipy", "matplotlib", "manim", "sklearn"} & set(loaded.stdout.split())


def test_the_package_itself_imports_nothing():
    code = "import sys, zigzag; print([m for m in sys.modules if m[:6] in ('numpy', 'zigzag.')])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split("\n")[0] == "[]"
