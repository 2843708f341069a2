"""A small project to build: a core of two modules, and figures that a test writes."""

import signal
import time
from pathlib import Path
from textwrap import dedent

from darkroom.build import Darkroom

LINE = """
from zigzag import scale

def rise(n):
    return [scale.UNIT * i for i in range(n)]
"""

STILL = '''
"""The line rises.

It has {{ points }} points, up to $y = {{ top:.1f}}$.
"""

from zigzag import line

ALT = "A line from the lower left to the upper right, through {{ points }} points."
SIZE = (2.0, 1.5)


def measure():
    y = line.rise(3)
    return {"points": len(y), "top": y[-1], "y": y}


def draw(fig, ink, data):
    fig.subplots().plot(data["y"], color=ink.raw)
'''

MOTION = '''
"""The dot moves."""

from manim import Dot, RIGHT

ALT = "A dot."
TRANSCRIPT = [(0.0, "A dot stands at {{ place:.1f}}."), (0.1, "It moves to the right.")]


def measure():
    return {"place": 0.0}


def play(scene, ink, data):
    dot = Dot(color=ink.raw)
    scene.add(dot)
    scene.play(dot.animate.shift(RIGHT), run_time=0.2)
'''


MEASURED = STILL.replace(
    "y = {{ top:.1f}}$.\n",
    "y = {{ top:.1f}}$.\n\nIts unit is {{ unit:.1f}}.\n\nIt has no seed.\n",
).replace('"points": len(y)', '"points": len(y), "unit": y[1]')


RECIPE = """
RECIPE = {
    "replace": "rise(3)",
    "by": "rise(4)",
    "then": "The line ends at {{ top }} < 3, then higher.",
}
"""


def heed_interrupts() -> None:
    """Call this in a child that a test interrupts (`preexec_fn`).

    A shell lets what it starts in the background ignore SIGINT, and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def until(true):
    """The value, once it is true."""
    for _ in range(1200):
        if value := true():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come true in a minute")


class Project:
    """A project's folder, to write to and to build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("src/zigzag/__init__.py", "")
        self.write("src/zigzag/line.py", LINE)
        self.write("src/zigzag/scale.py", "UNIT = 1.0\n")
        self.write("src/zigzag/other.py", "UNUSED = 1\n")
        self.figure("line", STILL)

    @property
    def room(self) -> Darkroom:
        return Darkroom(self.root)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def figure(self, name: str, text: str) -> None:
        self.write(f"figures/{name}.py", text)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def build(self, *names: str):
        """Build, and return the result and the lines that were said."""
        said = []
        return self.room.build(names, said.append), said

    def rendered(self) -> set[str]:
        """Build, and return the names of the figures that were rendered."""
        result, _ = self.build()
        return {name for name, made in result.figures.items() if made.seconds}
