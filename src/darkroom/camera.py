"""A camera for motions that remembers outlines: most marks stand still in most frames.

manim hands cairo every curve of every mark in every frame, one by one, in Python, and a word has
hundreds. An outline that has not changed since is handed over at once: the frames are the same.
"""

from typing import Any, Self
from weakref import WeakKeyDictionary

import manim
import numpy as np


class OutlineCamera(manim.Camera):
    """Draws what manim's own camera draws, in less time."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.outlines = WeakKeyDictionary[manim.VMobject, Any]()  # mark → its points, cairo's path

    def set_cairo_context_path(self, ctx: Any, vmobject: manim.VMobject) -> Self:
        """Make a mark's outline the path of a cairo context."""
        points, path = self.outlines.get(vmobject, (None, None))
        if points is not None and np.array_equal(points, vmobject.points):
            ctx.new_path()
            ctx.append_path(path)
            return self
        super().set_cairo_context_path(ctx, vmobject)
        self.outlines[vmobject] = vmobject.points.copy(), ctx.copy_path()
        return self
