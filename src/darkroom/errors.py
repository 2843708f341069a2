"""Mistakes that people make, in words that tell them what to do; no traceback is theirs."""

import difflib
import errno
import os
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

RELATIVE_PATH_HINT = "a figure runs in an empty folder. Write Path(__file__).with_name(…)"
LATEX_HINT = "there is no LaTeX here. Words and Number of `inks.motions.lettering` set text"


@dataclass(eq=False)
class Fault(Exception):
    """What is wrong with one file: where, what, and what to do about it."""

    path: Path
    line: int
    message: str
    details: str = ""

    def __str__(self) -> str:
        place = f"{self.path.parent.name}/{self.path.name}:{self.line}"
        details = "\n" + self.details.rstrip() if self.details else ""
        return f"{place}: {self.message}{details}"


class Mistake(Exception):
    """What somebody wrote and cannot be meant; who knows the file makes it a `Fault`."""

    written = ""  # the reference as it stands in a file


class InputsChanged(Exception):
    """A file that a figure depends on was edited while the figure was made."""


def line_of(path: Path, written: str) -> int:
    """The first line of a file that has this text, or 1."""
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if written in line:
                return number
    return 1


def nearest(name: str, known: Iterable[str], what: str) -> str:
    """The name, if it is known; a `Mistake` that offers the nearest one otherwise."""
    names = list(known)
    if name in names:
        return name
    if close := difflib.get_close_matches(name, names, n=1):
        hint = f"Did you mean `{close[0]}`?"
    else:
        hint = f"There are: {', '.join(names) or 'none'}."
    raise Mistake(f"there is no {what} `{name}`. {hint}")


def fault_from(error: BaseException, path: Path, product: str, memory: float) -> Fault:
    """What a figure raised, as a fault of its file, with the traceback from its own lines on."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [place for place, frame in enumerate(frames) if frame.filename == str(path)]
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    match error:
        case Fault():
            return error
        case Mistake():
            return Fault(path, line or line_of(path, "def measure"), f"{product}: {error}")
        case SyntaxError(filename=str(file), lineno=int(at)) if Path(file).is_file():
            shown = traceback.format_exception_only(error)
            return Fault(Path(file), at, f"is not Python: {error.msg}", "".join(shown[1:-1]))
    shown = traceback.format_list(frames[own[0] :] if own else frames)
    return Fault(path, line or 1, f"{product}: {_in_words(error, memory)}", "".join(shown))


def _in_words(error: BaseException, memory: float) -> str:
    """The error's type and message, with a hint where one helps more than the message."""
    message = str(error)
    match error:
        case FileNotFoundError(filename=str(name)) if "tex" in Path(name).name:
            message = f"{name}: {LATEX_HINT}"
        case FileNotFoundError(filename=str(name)) if not os.path.isabs(name):
            message = f"{name}: {RELATIVE_PATH_HINT}"
        case SystemExit():
            return f"RuntimeError: a figure must not end the process: sys.exit({error.code!r})"
        case MemoryError():
            message = f"needs over {memory:g} MiB. Set MEMORY to give it more."
        case OSError(errno=errno.EFBIG):
            message = "prints or writes too much: no file may have over 256 MiB"
    return f"{type(error).__name__}: {message}"
