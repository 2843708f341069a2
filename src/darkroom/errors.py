"""Mistakes that people make, in words that tell them what to do; no traceback is theirs."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(eq=False)
class Fault(Exception):
    """What is wrong with one file: where, what, and what to do about it."""

    path: Path
    line: int
    message: str
    details: str = ""

    def __str__(self) -> str:
        details = "\n" + self.details.rstrip() if self.details else ""
        return f"{self.path.parent.name}/{self.path.name}:{self.line}: {self.message}{details}"


class Mistake(Exception):
    """What somebody wrote and cannot be meant; who knows the file makes it a `Fault`."""

    written = ""  # the reference as it stands in a file


def line_of(path: Path, written: str) -> int:
    """The first line of a file that has this text, or 1."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if written in line), 1)


def nearest(name: str, known: Iterable[str], what: str) -> str:
    """The name, if it is known; a `Mistake` that offers the nearest one otherwise."""
    names = list(known)
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(names) or 'none'}."
    raise Mistake(f"there is no {what} `{name}`. {hint}")
