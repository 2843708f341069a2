"""No layer knows those above it: each folder's lint names them all."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ["inks", "darkroom", "bindery"]
BANNED = {f"src/{name}": {"zigzag", "mkdocs", *LAYERS[i + 1 :]} for i, name in enumerate(LAYERS)}
BANNED |= {"src/zigzag": {*LAYERS, "mkdocs"}, "figures": {*LAYERS[1:], "mkdocs"}}


@pytest.mark.parametrize(("folder", "banned"), BANNED.items())
def test_a_layer_may_import_none_above_it(folder, banned):
    lint = tomllib.loads((ROOT / folder / "ruff.toml").read_text(encoding="utf-8"))["lint"]
    assert banned <= lint["flake8-tidy-imports"]["banned-api"].keys()


def test_every_package_is_a_layer():
    packages = {f"src/{path.parent.name}" for path in (ROOT / "src").glob("*/__init__.py")}
    assert packages == BANNED.keys() - {"figures"}
