"""Guard against make-believe: a core that is wrong by 1 % must change what a figure publishes."""

import ast
import dataclasses
import importlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from darkroom.render import figure_module, pack

FIGURES = Path(__file__).parents[2] / "figures"


def used() -> Iterator[tuple[str, str, str]]:
    """(figure, module, function) for every function of the core that a `measure` names."""
    for path in sorted(FIGURES.glob("*.py")):
        tree = ast.parse(path.read_bytes())
        modules = {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module == "zigzag"
            for alias in node.names
        }
        for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
            if function.name == "measure":
                names = {
                    (node.value.id, node.attr)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                }
                yield from (
                    (path.stem, module, name)
                    for module, name in sorted(names)
                    if module in modules and name.islower()
                )


def wrong(value):
    """The same kind of value, wrong by 1 % (or by one, or for one in a hundred)."""
    if isinstance(value, Iterator):
        return map(wrong, value)
    if isinstance(value, tuple):
        return tuple(map(wrong, value))
    if dataclasses.is_dataclass(value):
        fields = {f.name: wrong(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    if callable(value):
        return lambda *args: wrong(value(*args))
    array = np.asarray(value)
    if array.dtype == bool:
        flipped = np.atleast_1d(array.copy())
        flipped[:: max(1, min(100, flipped.size))] ^= True
        return flipped.reshape(array.shape)
    return array + 1 if array.dtype.kind == "i" else array * 1.01


@pytest.mark.parametrize(("figure", "module", "function"), list(used()))
def test_a_core_wrong_by_one_percent_changes_what_is_published(
    figure, module, function, monkeypatch
):
    path = FIGURES / f"{figure}.py"
    honest = pack(figure_module(path).measure())
    core = importlib.import_module(f"zigzag.{module}")
    right = getattr(core, function)
    monkeypatch.setattr(core, function, lambda *args, **kw: wrong(right(*args, **kw)))
    with suppress(ValueError):  # a core that refuses its own wrong numbers is noticed as well
        assert pack(figure_module(path).measure()) != honest
