"""The canvas of a still: one face, thin axes, few ticks, and nothing that varies by machine.

Letters are drawn as outlines of a face that the lock installs, so a picture is the same bytes and
the same shape wherever it is rendered and wherever it is read.
"""

import logging
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from inks.palette import Ink

FACE = "Source Sans Pro"
CUTS = ("Regular", "It", "Semibold")


def faces() -> Path:
    """The folder of the face's files."""
    return Path(str(files("font_source_sans_pro"))) / "files"


@cache
def _register_face() -> None:
    """Make the face known to matplotlib, which is imported here: others need only the files."""
    from matplotlib import font_manager

    logging.getLogger(font_manager.__name__).setLevel(logging.ERROR)  # DejaVu has no semibold
    for cut in CUTS:
        font_manager.fontManager.addfont(faces() / f"SourceSansPro-{cut}.ttf")


def style(ink: Ink) -> dict[Any, Any]:
    """matplotlib settings for one theme, to lay over its defaults."""
    _register_face()
    return {
        "font.family": [FACE, "DejaVu Sans"],
        "font.size": 10.5,
        "mathtext.fontset": "stix",
        "axes.titlesize": 10.5,
        "axes.titleweight": "semibold",
        "axes.labelsize": 10.5,
        "xtick.labelsize": 9.5,
        "ytick.labelsize": 9.5,
        "figure.facecolor": ink.paper,
        "axes.facecolor": ink.paper,
        "text.color": ink.text,
        "axes.titlecolor": ink.text,
        "axes.labelcolor": ink.text,
        "axes.edgecolor": ink.muted,
        "xtick.color": ink.muted,
        "ytick.color": ink.muted,
        "xtick.labelcolor": ink.text,
        "ytick.labelcolor": ink.text,
        "hatch.color": ink.cone,
        "hatch.linewidth": 0.5,
        "axes.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.major.width": 0.7,
        "ytick.major.width": 0.7,
        "xtick.major.size": 3,
        "ytick.major.size": 3,
        "lines.linewidth": 1.8,
        "lines.solid_capstyle": "round",
        "figure.constrained_layout.use": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "parallel parking",
        "path.simplify": True,
    }
