"""A stage for motions: plays them without a film, then holds them still at any row."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from experiments import measured
from manim import Mobject, Scene, ValueTracker, VMobject, tempconfig

from darkroom.render import figure_module
from inks.palette import LIGHT

FIGURES = Path(__file__).parents[2] / "figures"


class Stage(Scene):
    """A scene that remembers its first frame's marks."""

    def wait(self, *args: Any, **kwargs: Any) -> None:
        self.opening = getattr(self, "opening", None) or list(marks(self))
        super().wait(*args, **kwargs)

    def at(self, row: int) -> None:
        """Set the clock of a film to this row."""
        clock, *others = (mark for mark in self.mobjects if isinstance(mark, ValueTracker))
        assert not others, "a motion has one clock"
        clock.set_value(row)
        self.update_mobjects(dt=0)


@contextmanager
def played(name: str, folder: Path) -> Iterator[tuple[Stage, dict[str, Any]]]:
    """The figure's scene after its last frame, and what it measured."""
    module = figure_module(FIGURES / f"{name}.py")
    settings = {"dry_run": True, "frame_rate": 1, "media_dir": str(folder)}
    quiet = {"progress_bar": "none", "verbosity": "ERROR", "disable_caching": True}
    with tempconfig(settings | quiet | {"pixel_width": 160, "pixel_height": 90}):
        scene, data = Stage(), measured(name)
        module.play(scene, LIGHT, data)
        yield scene, data


def marks(scene: Scene, kind: type[Mobject] = VMobject) -> list[Any]:
    """All marks of a kind in the scene, however deep."""
    family = (part for mark in scene.mobjects for part in mark.get_family())
    return list(dict.fromkeys(mark for mark in family if isinstance(mark, kind)))


def corners(mark: VMobject) -> np.ndarray:
    """The corners of a polygon on the screen, (n, 2)."""
    return mark.get_start_anchors()[:, :2]
