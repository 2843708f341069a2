"""Size is a design tool: a file that passes its budget holds two ideas."""

import ast
from pathlib import Path

import pytest

from inventory.catalog import catalog

ROOT = Path(__file__).parents[2]
WORDS = {"ALT", "TRANSCRIPT"}
BUDGETS = {"src/inks": 150, "src/bindery": 210}
ROOMS = {"inventory": 640, "workshop": 590, "darkroom": 800}  # in all, templates and lint too


def code_lines(text: str) -> int:
    """Lines that do something: without the words (docstring, ALT, transcript), imports, blanks."""
    tree, left_out = ast.parse(text), set()
    for node in tree.body:
        match node:
            case ast.Expr() | ast.Import() | ast.ImportFrom():
                left_out |= set(range(node.lineno, node.end_lineno + 1))
            case ast.Assign(targets=[ast.Name(id=name)]) if name in WORDS:
                left_out |= set(range(node.lineno, node.end_lineno + 1))
    lines = enumerate(text.splitlines(), 1)
    return sum(bool(line.strip()) and number not in left_out for number, line in lines)


@pytest.mark.parametrize("path", sorted((ROOT / "figures").glob("*.py")), ids=lambda p: p.stem)
def test_what_a_figure_does_fits_in_forty_lines_beside_its_words(path):
    assert code_lines(path.read_text(encoding="utf-8")) <= 40


def test_no_still_is_so_wide_that_a_phone_makes_its_letters_small():
    figures, _ = catalog(ROOT / "figures")
    assert not {name: f.size for name, f in figures.items() if f.size[0] > 4.8}


@pytest.mark.parametrize("folder", BUDGETS)
def test_no_module_passes_its_budget(folder):
    sizes = {p.name: len(p.read_text("utf-8").splitlines()) for p in (ROOT / folder).glob("*.py")}
    assert not {name: size for name, size in sizes.items() if size > BUDGETS[folder]}


@pytest.mark.parametrize("folder", ROOMS)
def test_the_darkroom_and_its_back_rooms_stay_as_small_as_they_are(folder):
    files = filter(Path.is_file, (ROOT / "src" / folder).iterdir())
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) <= ROOMS[folder]


def test_a_figure_that_does_more_is_told():
    assert code_lines('"""Claim."""\nimport os\nALT = "x"\n\n' + "a = 1\n" * 41) == 41
