"""What the figures measured, as the darkroom keeps it: no test runs an experiment twice."""

from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from darkroom.build import Darkroom
from darkroom.results import RenderedFigure

ROOT = Path(__file__).parents[2]
SLOW = {  # their experiments take longer than a second: who wants another one waits for the night
    "adam_floor", "condition_number", "critical_batch", "digits", "dose_response", "locked_share",
    "normalisers", "optimisers", "saturation", "shifted_sigmoid",
}  # fmt: skip


@cache
def rendered(name: str) -> RenderedFigure:
    """A figure as the darkroom has it; if it is stale, one worker renders it for all."""
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "tests.lock"):
        result = Darkroom(ROOT).build([name])
    assert not result.faults, result.fault_messages()
    return result.figures[name]


def measured(name: str) -> dict[str, Any]:
    """What a figure's `measure` returned."""
    return rendered(name).data
