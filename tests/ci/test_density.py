"""Code is to be read: nothing dense on a line, nothing endless in a function.

A budget of lines would only put more on each line. So what is counted is how much a line holds, in
nodes of the syntax tree for every 100 lines of code, and how many statements a function has.
Docstrings, comments and blank lines count for neither.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODES = {  # for every 100 lines of code, at most; array expressions are denser by nature
    "src/darkroom": 950,
    "src/bindery": 950,
    "src/zigzag": 1150,
    "src/inks": 1150,
    "figures": 1150,
}
STATEMENTS = 40  # of a function, at most
LAYOUT = {  # tokens that are no code
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def docstrings(tree: ast.Module) -> list[ast.Expr]:
    """The statements that are docstrings."""
    documented = [node for node in ast.walk(tree) if isinstance(node, DOCUMENTED)]
    return [node.body[0] for node in documented if ast.get_docstring(node) is not None]


def code_nodes(text: str) -> int:
    """How many nodes the syntax tree has without its docstrings."""
    tree = ast.parse(text)
    nodes = sum(1 for _ in ast.walk(tree))
    return nodes - 2 * len(docstrings(tree))  # each is an expression with a constant in it


def code_lines(text: str) -> int:
    """How many lines hold code, whole or in part."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in LAYOUT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for docstring in docstrings(ast.parse(text)):
        lines.difference_update(range(docstring.lineno, docstring.end_lineno + 1))
    return len(lines)


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and number of statements of each function; those of functions inside it count."""
    tree = ast.parse(text)
    words = docstrings(tree)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(function))[1:]
            statements = [n for n in inside if isinstance(n, ast.stmt) and n not in words]
            yield function.name, len(statements)


def test_every_package_has_its_limit():
    packages = {f"src/{path.parent.name}" for path in (ROOT / "src").glob("*/__init__.py")}
    assert packages | {"figures"} == NODES.keys()


@pytest.mark.parametrize("folder", NODES)
def test_no_package_is_written_densely(folder):
    texts = [path.read_text(encoding="utf-8") for path in python_files(folder)]
    nodes = sum(map(code_nodes, texts))
    lines = sum(map(code_lines, texts))
    assert 100 * nodes / lines <= NODES[folder]


@pytest.mark.parametrize("folder", NODES)
def test_no_function_does_more_than_a_reader_holds_in_mind(folder):
    long = {}
    for path in python_files(folder):
        for name, statements in functions(path.read_text(encoding="utf-8")):
            if statements > STATEMENTS:
                long[f"{path.relative_to(ROOT)}: {name}"] = statements
    assert not long


SHORT = '''"""A module."""

# a comment
x = 1


def double(y):
    """Twice as much."""
    z = 2 * y  # another

    return z
'''


def test_words_and_blank_lines_do_not_count():
    assert code_lines(SHORT) == 4
    assert list(functions(SHORT)) == [("double", 2)]


def test_more_on_a_line_is_denser():
    apart = "a = 1\nb = 2\n"
    together = "a, b = 1, 2\n"
    assert code_nodes(apart) / code_lines(apart) < code_nodes(together) / code_lines(together)
    documented = '"""Words."""\n' + apart
    assert code_nodes(documented) == code_nodes(apart)
    assert code_lines(documented) == code_lines(apart)


def test_a_function_that_does_too_much_is_found():
    body = "    x = 1\n" * (STATEMENTS + 1)
    assert list(functions(f"def much():\n{body}")) == [("much", STATEMENTS + 1)]
