"""Charts of numbers in stills: logarithmic axes, lines with their spread, bars that compare.

Raw is warm, solid and round, centred is cool, dashed and diamond, as in all pictures. A title
stands for the label of the upright axis, and words stand at the lines: there are no legends.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from inks.marks import note
from inks.palette import Ink

Bar = tuple[float, ArrayLike, bool]  # value, its spread (low, high), and whether it is centred


def look(ink: Ink, *, centred: bool) -> dict[str, Any]:
    """How lines of raw and of centred inputs are drawn."""
    return {"color": ink.centred, "ls": (0, (4, 2))} if centred else {"color": ink.raw, "ls": "-"}


def log_axes(
    ax: Axes, *, x: Sequence[float] = (), y: Sequence[float] = (), title: str = "", **settings: Any
) -> Axes:
    """Logarithmic axes with ticks at these places only; an axis without any stays as it is."""
    for axis, places in (("x", x), ("y", y)):
        if len(places):
            ax.set(**{f"{axis}scale": "log"})
            ax.set(**{f"{axis}ticks": places, f"{axis}ticklabels": [f"{p:,g}" for p in places]})
    ax.minorticks_off()
    ax.set_title(title, loc="left")
    ax.set(**settings)
    return ax


def line(
    ax: Axes,
    ink: Ink,
    x: ArrayLike,
    y: ArrayLike,
    label: str = "",
    shift: tuple[float, float] = (9, 0),
    *,
    centred: bool = False,
    spread: ArrayLike | None = None,
    at: int = -1,
) -> None:
    """A line through dots, the spread (2, n) of each as a bar, and words beside the dot `at`."""
    x, y, style = np.asarray(x), np.asarray(y), look(ink, centred=centred)
    ax.plot(x, y, marker="D" if centred else "o", ms=3.4 if centred else 4, **style)
    if spread is not None:
        ax.vlines(x, *np.asarray(spread), color=style["color"], lw=1)
    note(ax, ink, label, (x[at], y[at]), shift, color=style["color"], va="center")


def bars(
    ax: Axes,
    ink: Ink,
    rows: Mapping[str, Sequence[Bar]],
    *,
    title: str,
    form: str = ",.0f",
    room: float = 1.2,
) -> Axes:
    """Rows of lying bars, one or two each, with their values: raw full, centred hollow.

    The axis is `room` times as long as the longest.
    """
    for place, row in enumerate(rows.values()):
        for (value, spread, centred), up in zip(row, (-0.2, 0.2) if row[1:] else (0,), strict=True):
            y, (low, high), colour = place + up, np.asarray(spread), look(ink, centred=centred)
            ax.barh(y, value, 0.32 if up else 0.62, fill=not centred, ec=colour["color"], **colour)
            ax.plot([low, high], [y, y], color=ink.text, lw=1)
            beside = {"va": "center_baseline", "color": colour["color"]}
            ax.annotate(f"{value:{form}}", (high, y), (4, 0), textcoords="offset points", **beside)
    most = max(np.max(spread) for row in rows.values() for _, spread, _ in row)
    ax.set(xlim=(0, room * most), ylim=(len(rows) - 0.4, -0.6), xticks=[])
    ax.set(yticks=range(len(rows)), yticklabels=rows)
    ax.set_title(title, loc="left")
    ax.spines["bottom"].set_visible(False)
    return ax


def curve(
    ax: Axes, ink: Ink, z: ArrayLike, a: ArrayLike, bell: ArrayLike, mean: float, std: float
) -> None:
    """An activation a(z) over the bell of its inputs, its mean as a thick line in a band ± std."""
    z, a = np.asarray(z), np.asarray(a)
    floor, unit = a.min(), np.ptp(a)
    low = floor - 0.35 * unit
    ax.set(xlim=(z[0], z[-1]), ylim=(low, floor + 1.05 * unit), yticks=[0, 1])
    ax.set_xticks([z[0], 0, z[-1]])
    hill = low + 0.3 * np.asarray(bell) * unit
    ax.fill_between(z, hill, low, color=ink.muted, alpha=0.3, lw=0)
    ax.plot(z, hill, color=ink.muted, lw=0.7)
    ax.axhspan(mean - std, mean + std, color=ink.mean, alpha=0.12, lw=0)
    ax.axhline(mean, color=ink.mean, lw=2.6)
    ax.plot(z, a, color=ink.raw)
    ax.text(0.97 * z[-1], mean - 0.03 * unit, "mean ± spread", color=ink.mean, ha="right", va="top")
