"""A core that is wrong by 1 %, function by function, and what becomes of the figures."""

import ast
import dataclasses
import importlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unittest import mock

import numpy as np
from experiments import measured
from threadpoolctl import threadpool_limits

from darkroom.data import pack
from darkroom.render import figure_module

FIGURES = Path(__file__).parents[2] / "figures"


CORE = Path(__file__).parents[2] / "src" / "zigzag"
WORDS = {"formula_restored", "northeast_or_northwest"}  # they count words, not numbers of the core
EXPERIMENTS = {  # made of other functions
    "trials", "network_trials", "tuning", "rotation", "centring", "placement", "trajectory",
}  # fmt: skip


def named(tree: ast.Module, function: str, home: str = "") -> Iterator[tuple[str, str]]:
    """(module, name) for every function of the core that one function of a file calls by name.

    The module is where it is looked up: in `home`, a core module that has imported the name.
    """
    modules, bound = set(), {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "zigzag":
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zigzag."):
            place = node.module.removeprefix("zigzag.")
            bound |= {alias.name: home or place for alias in node.names if place != "_checks"}
    body = next(
        (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function), tree
    )
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in modules and node.attr.islower():
                yield node.value.id, node.attr
        elif isinstance(node, ast.Name) and node.id in bound and node.id.islower():
            yield bound[node.id], node.id


def figures() -> dict[str, ast.Module]:
    """The figures that measure, as syntax trees."""
    trees = {path.stem: ast.parse(path.read_bytes()) for path in sorted(FIGURES.glob("*.py"))}
    return {
        figure: tree
        for figure, tree in trees.items()
        if any(isinstance(node, ast.FunctionDef) and node.name == "measure" for node in tree.body)
    }


def reached(tree: ast.Module, function: str) -> set[str]:
    """A function of a file, and those of the same file that it names, however deep."""
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found: set[str] = set()
    ahead = [function]
    while ahead:
        name = ahead.pop()
        if name in own and name not in found:
            found.add(name)
            ahead += [node.id for node in ast.walk(own[name]) if isinstance(node, ast.Name)]
    return found


def used() -> Iterator[tuple[str, str, str]]:
    """(figure, module, function) for every function of the core that a `measure` reaches."""
    for figure, tree in figures().items():
        pairs = {pair for part in reached(tree, "measure") for pair in named(tree, part)}
        yield from ((figure, module, name) for module, name in sorted(pairs))


def parts() -> dict[tuple[str, str], list[str]]:
    """(module, function) of what experiments are made of → the figures that run these."""
    found: dict[tuple[str, str], list[str]] = {}
    for figure, module, name in used():
        if module in EXPERIMENTS:
            core = ast.parse((CORE / f"{module}.py").read_bytes())
            for pair in set(named(core, name, home=module)):
                found.setdefault(pair, []).append(figure)
    direct = {(module, name) for _, module, name in used()}
    return {pair: names for pair, names in sorted(found.items()) if pair not in direct}


def wrong(value):
    """The same kind of value, wrong by up to 1 % (or by one, or for one in a hundred).

    Each number is wrong by another share: all alike would be another unit, and of no consequence.
    """
    if isinstance(value, Iterator):
        return map(wrong, value)
    if isinstance(value, tuple | list):
        return type(value)(map(wrong, value))
    if isinstance(value, dict):
        return {key: wrong(part) for key, part in value.items()}
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
    if array.dtype.kind == "i":
        return array + 1
    return array * (1 + 0.01 * np.sin(1 + np.arange(array.size))).reshape(array.shape)


def published(figure: str) -> bytes:
    """What a figure's `measure` returns now, on one thread as in the darkroom."""
    with threadpool_limits(1):
        return pack(figure_module(FIGURES / f"{figure}.py").measure())


def noticed(figure: str, module: str, function: str) -> bool:
    """Whether a wrong core function changes what a figure publishes."""
    core = importlib.import_module(f"zigzag.{module}")
    right = getattr(core, function)
    patch = mock.patch.object(core, function, lambda *args, **kw: wrong(right(*args, **kw)))
    with patch, suppress(ValueError):  # a core that refuses its own wrong numbers is noticed too
        return published(figure) != pack(measured(figure))
    return True
