"""Charts of numbers in stills: logarithmic axes, lines with their spread, bars that compare.

Raw is warm, solid and round, centred is cool, dashed and diamond, as in all pictures. A title
stands for the label of the upright axis, and words stand at the lines: there are no legends.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from inks.palette import Ink
from inks.stills.marks import look, note


class Bar(NamedTuple):
    """A bar as long as its value; its spread (low, high) is a thin line.

    Beside it stands the value, or `words` in its place.
    """

    value: float
    spread: ArrayLike
    centred: bool = False
    words: str | None = None


def log_axes(
    ax: Axes, *, x: Sequence[float] = (), y: Sequence[float] = (), title: str = "", **settings: Any
) -> Axes:
    """Logarithmic axes with ticks at these places only; an axis without any stays as it is."""
    for axis, places in (("x", x), ("y", y)):
        if len(places):
            labels = [f"{place:,g}" for place in places]
            ax.set(**{f"{axis}scale": "log"})
            ax.set(**{f"{axis}ticks": places, f"{axis}ticklabels": labels})
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
    x = np.asarray(x)
    y = np.asarray(y)
    style = look(ink, centred=centred)
    colour = style["color"]
    dots: dict[str, Any] = {"marker": "D", "ms": 3.4} if centred else {"marker": "o", "ms": 4}
    ax.plot(x, y, **dots, **style)
    if spread is not None:
        ax.vlines(x, *np.asarray(spread), color=colour, lw=1)
    note(ax, ink, label, (x[at], y[at]), shift, color=colour, va="center")


def bars(
    ax: Axes,
    ink: Ink,
    rows: Mapping[str, Sequence[Bar]],
    *,
    title: str,
    form: str = ",.0f",
    stretch: float = 1.2,
) -> Axes:
    """Rows of lying bars, one or two each, with their values: raw full, centred hollow.

    The axis is `stretch` times as long as the longest.
    """
    longest = 0.0
    for place, row in enumerate(rows.values()):
        if len(row) == 2:
            upper, lower = row
            _bar(ax, ink, upper, place - 0.2, 0.32, form)
            _bar(ax, ink, lower, place + 0.2, 0.32, form)
        else:
            (only,) = row
            _bar(ax, ink, only, place, 0.62, form)
        longest = max(longest, *(np.max(bar.spread) for bar in row))
    ax.set(xlim=(0, stretch * longest), ylim=(len(rows) - 0.4, -0.6), xticks=[])
    ax.set(yticks=range(len(rows)), yticklabels=rows)
    ax.set_title(title, loc="left")
    ax.spines["bottom"].set_visible(False)
    return ax


def _bar(ax: Axes, ink: Ink, bar: Bar, y: float, width: float, form: str) -> None:
    """One lying bar at the height y, its spread, and its value beside it."""
    style = look(ink, centred=bar.centred)
    colour = style["color"]
    ax.barh(y, bar.value, width, fill=not bar.centred, ec=colour, **style)
    low, high = np.asarray(bar.spread)
    ax.plot([low, high], [y, y], color=ink.text, lw=1)
    ax.annotate(
        f"{bar.value:{form}}" if bar.words is None else bar.words,
        (high, y),
        (4, 0),
        textcoords="offset points",
        va="center_baseline",
        color=colour,
    )


def curve(
    ax: Axes, ink: Ink, z: ArrayLike, a: ArrayLike, bell: ArrayLike, mean: float, std: float
) -> None:
    """An activation a(z) over the bell of its inputs, its mean as a thick line in a band ± std."""
    z = np.asarray(z)
    a = np.asarray(a)
    unit = np.ptp(a)
    low = a.min() - 0.35 * unit
    high = a.min() + 1.05 * unit
    ax.set(xlim=(z[0], z[-1]), ylim=(low, high), yticks=[0, 1])
    ax.set_xticks([z[0], 0, z[-1]])
    hill = low + 0.3 * np.asarray(bell) * unit
    ax.fill_between(z, hill, low, color=ink.muted, alpha=0.3, lw=0)
    ax.plot(z, hill, color=ink.muted, lw=0.7)
    ax.axhspan(mean - std, mean + std, color=ink.mean, alpha=0.12, lw=0)
    ax.axhline(mean, color=ink.mean, lw=2.6)
    ax.plot(z, a, color=ink.raw)
    ax.text(
        0.97 * z[-1],
        mean - 0.03 * unit,
        "mean ± spread",
        color=ink.mean,
        ha="right",
        va="top",
    )
