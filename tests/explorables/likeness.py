"""What a picture consists of: the marks of a still as matplotlib has them, and those of the page.

A mark is (kind, look, points): lines and areas with their vertices, dots with centre and radius,
words with the place that they hang from; all in CSS pixels from the picture's upper left corner.
"""

import io
import re
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from experiments import ROOT, measured
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch, Wedge
from matplotlib.spines import Spine
from matplotlib.text import Text

from darkroom.data import pack, unpack
from darkroom.render import figure_module
from inks.palette import LIGHT
from inks.style import style

CLOSE = 0.5  # CSS pixels
SIGNS = {r"\partial ": "∂", r"\kappa": "κ", "_1": "₁", "_2": "₂", "$": ""}
SAID = re.compile(r'<!-- (.*?) -->\s*<g [^>]*?transform="translate\((\S+) (\S+)\)')


class Mark(NamedTuple):
    """`look`: colours as #rrggbb or words; `size`: width, opacity, radius or height, and dashes."""

    kind: str
    look: tuple[str, ...]
    size: tuple[float, ...]
    points: np.ndarray

    def __str__(self):
        return f"{self.kind} {' '.join(self.look)} {self.size} from {self.points[0].round(1)}"


def explorables(root: Path) -> list[str]:
    """The figures of a project that a module of their name makes playable."""
    modules = sorted((root / "docs" / "explorables").glob("*.mjs"))
    return [path.stem for path in modules if (root / "figures" / f"{path.stem}.py").is_file()]


def drawn(figure: Path) -> Figure:
    """The figure's still, in light, in whatever state its PRESET asks for."""
    module = figure_module(figure)
    with mpl.rc_context(style(LIGHT)):
        fig = Figure(figsize=module.SIZE)
        FigureCanvasAgg(fig)
        own = figure.parents[1] == ROOT
        data = measured(figure.stem) if own else unpack(pack(module.measure()))
        module.draw(fig, LIGHT, data)
        fig.canvas.draw()
    return fig


def printed(fig: Figure, width: float) -> list[Mark]:
    """The marks of a still that is shown `width` pixels wide."""
    scale, height = width / fig.bbox.width, fig.bbox.height
    point = width / (fig.get_figwidth() * 72)  # in pixels

    def placed(points):
        return (np.asarray(points, dtype=float) * [1, -1] + [0, height]) * scale

    def outlines(path, transform):
        return [placed(p) for p in transform.transform_path(path).to_polygons(closed_only=False)]

    def area(points, colour):
        *_, opacity = to_rgba(colour)
        return [Mark("area", (to_hex(colour),), (opacity,), points)] if opacity else []

    def line(points, colour, width, dashed=False):
        look = (to_hex(colour), "dashed" if dashed else "solid")
        return [Mark("line", look, (width * point,), points)] if width and len(points) > 1 else []

    def dot(at, radius, face, edge):
        return Mark("dot", (to_hex(face), to_hex(edge)), (radius * point,), np.array([at]))

    def of_line(a):
        points = placed(a.get_transform().transform(a.get_xydata()))
        shown = a.get_linestyle() != "None"
        yield from line(points, a.get_color(), a.get_linewidth(), a.is_dashed()) if shown else []
        if a.get_marker() == "*":
            star = mpl.markers.MarkerStyle("*")
            shape = star.get_path().vertices[:10] * a.get_markersize() / 2 * [1, -1] * point
            yield from (m for p in points for m in area(p + shape, a.get_markerfacecolor()))
        elif a.get_marker() == "o":
            radius = (a.get_markersize() + a.get_markeredgewidth()) / 2
            for p in points:
                yield dot(p, radius, a.get_markerfacecolor(), a.get_markeredgecolor())
        elif a.get_marker() not in ("None", "", None):  # a tick of an axis
            way = {2: (0, 1), 3: (0, 1), 0: (-1, 0)}[a.get_marker()]
            stub = np.array([(0, 0), way]) * a.get_markersize() * point
            edge = a.get_markeredgecolor(), a.get_markeredgewidth()
            yield from (m for p in points for m in line(p + stub, *edge))

    def of_patch(a):
        if isinstance(a, Wedge) and a.get_hatch():
            turns = np.radians(np.linspace(a.theta1, a.theta2, 33))
            rim = a.center + (a.r - a.width / 2) * np.stack([np.cos(turns), np.sin(turns)], 1)
            rim, edge = (
                placed(a.axes.transData.transform(p)) for p in (rim, [(0, 0), (a.width, 0)])
            )
            yield from line(rim, a.get_edgecolor(), np.ptp(edge[:, 0]) / point, dashed=True)
        elif isinstance(a, FancyArrowPatch):
            shaft, head = (placed(p.vertices) for p in a._get_path_in_displaycoord()[0])
            edge = a.get_edgecolor(), a.get_linewidth()
            yield from [
                *line(shaft, *edge),
                *area(head[:3], a.get_facecolor()),
                *line(head[:3], *edge),
            ]
        else:
            for points in outlines(a.get_path(), a.get_transform()):
                dashed = a.get_linestyle() not in ("solid", "-")
                yield from area(points, a.get_facecolor()) if a.get_fill() else []
                visible = to_rgba(a.get_edgecolor())[3] > 0
                yield from line(points, a.get_edgecolor(), a.get_linewidth() * visible, dashed)

    def of_scatter(a):
        radius, face = np.sqrt(a.get_sizes()[0]) / 2, a.get_facecolor()[0]
        diamond = np.ptp(a.get_paths()[0].vertices[:, 0]) > 1.2
        for p in placed(a.get_offset_transform().transform(a.get_offsets())):
            yield dot(p, radius * (2**0.5 if diamond else 1), face, face)

    def of_filling(a):
        for path in a.get_paths():
            for points in outlines(path, a.get_transform()):
                yield from area(points, a.get_facecolor()[0])

    def of_words(a):
        (x, _), box = placed(a.get_transform().transform(a.get_position())), a.get_window_extent()
        for words in a.get_text().split("\n"):
            level = min(
                (y for said, y in baselines if said == words),
                key=lambda y: abs(y - (height - box.y0) * scale),
                default=None,
            )
            baselines.remove((words, level))
            for tex, sign in SIGNS.items():
                words = words.replace(tex, sign)
            size = a.get_fontsize() * point
            look = words, to_hex(a.get_color()), a.get_ha().replace("center", "middle")
            yield Mark("words", look, (size,), np.array([[x, level]]))

    baselines = [(words, y * point) for words, y in levels(fig)]
    hidden = {fig.patch, *(ax.patch for ax in fig.axes)}
    kinds = {Line2D: of_line, FancyArrowPatch: of_patch, Spine: of_patch, Patch: of_patch}
    kinds |= {PathCollection: of_scatter, PolyCollection: of_filling, Text: of_words}
    marks = []
    for ax in fig.axes:
        shown = [a for a in visible(ax) if a not in hidden]
        for a in shown:
            of = next((of for kind, of in kinds.items() if isinstance(a, kind)), None)
            marks += of(a) if of else []
    return marks


def visible(artist):
    """What stands on an axes, however deep, except for what is switched off or empty."""
    if arrow := getattr(artist, "arrow_patch", None):
        yield arrow
    if not artist.get_visible() or (isinstance(artist, Text) and not artist.get_text()):
        return
    if isinstance(artist, mpl.axes.Axes) and not artist.axison:
        children = [c for c in artist.get_children() if not isinstance(c, Spine | mpl.axis.Axis)]
    else:
        children = artist.get_children()
    if isinstance(artist, mpl.axis.Axis):
        children = [part for tick in artist.get_major_ticks() for part in tick.get_children()]
    yield artist
    for child in children:
        yield from visible(child)


def levels(fig: Figure) -> list[tuple[str, float]]:
    """Every line of words in the picture, and its base line in points from the top."""
    for text in fig.findobj(Text):
        text.set_path_effects([])
    out = io.StringIO()
    with mpl.rc_context(style(LIGHT)):
        fig.savefig(out, format="svg")
        fig.canvas.draw()  # at its own resolution again
    return [(words, float(y)) for words, _, y in SAID.findall(out.getvalue())]


LIVE = """figure => {
  const svg = figure.querySelector('svg[role=img]'), home = svg.getBoundingClientRect()
  const hex = (c) => '#' + (c.match(/[\\d.]+/g) ?? []).slice(0, 3).map(v => (+v).toString(16)
    .padStart(2, '0')).join('')
  return [...svg.querySelectorAll('path, circle, text')].flatMap(e => {
    const s = getComputedStyle(e), m = e.getScreenCTM()
    const at = ([x, y]) => [m.a * x + m.c * y + m.e - home.x, m.b * x + m.d * y + m.f - home.y]
    const fill = s.fill === 'none' ? null : hex(s.fill)
    const stroke = s.stroke === 'none' ? null : hex(s.stroke)
    const width = stroke ? parseFloat(s.strokeWidth) : 0
    if (e.tagName === 'text') {
      const hangs = {start: 'left', end: 'right', middle: 'middle'}[s.textAnchor]
      const points = [at([+e.getAttribute('x'), +e.getAttribute('y')])]
      const size = [parseFloat(s.fontSize) * m.a]
      return [{kind: 'words', look: [e.textContent, fill, hangs], size, points}]
    }
    if (e.tagName === 'circle') return [{kind: 'dot', look: [fill, stroke ?? fill],
      size: [(+e.getAttribute('r') + width / 2) * m.a],
      points: [at([+e.getAttribute('cx'), +e.getAttribute('cy')])]}]
    const d = e.getAttribute('d'), parts = d.match(/M[^M]+/g)
    if (parts.length > 1) return parts.map(part => {
      const one = svg.appendChild(e.cloneNode())
      one.setAttribute('d', part)
      const box = one.getBBox()
      one.remove()
      return {kind: 'dot', look: [fill, fill], size: [box.width / 2 * m.a],
        points: [at([box.x + box.width / 2, box.y + box.height / 2])]}
    })
    const points = d.match(/-?[\\d.]+,-?[\\d.]+/g).map(p => at(p.split(',').map(Number)))
    if (fill) return [{kind: 'area', look: [fill], size: [+s.fillOpacity], points}]
    const dashes = s.strokeDasharray === 'none' ? 'solid' : 'dashed'
    return [{kind: 'line', look: [stroke, dashes], size: [width * m.a], points}]
  })
}"""


def played(page, name: str) -> list[Mark]:
    """The marks that the module has drawn."""
    return [
        Mark(m["kind"], tuple(m["look"]), tuple(m["size"]), np.array(m["points"], dtype=float))
        for m in page.locator(f"figure#{name}").evaluate(LIVE)
    ]


def off(points, line):
    """How far the farthest of the points lies from the line through these vertices."""
    if len(line) == 1:
        return np.linalg.norm(points - line, axis=1).max()
    start, along = line[:-1], np.diff(line, axis=0)
    share = np.vecdot(points[:, None] - start, along) / np.maximum(np.vecdot(along, along), 1e-12)
    nearest = start + share.clip(0, 1)[..., None] * along
    return np.linalg.norm(points[:, None] - nearest, axis=2).min(axis=1).max()


def alike(a: Mark, b: Mark) -> bool:
    """The same kind and look, and nowhere half a pixel apart."""
    if (a.kind, a.look) != (b.kind, b.look) or abs(a.size[0] - b.size[0]) >= CLOSE:
        return False
    if a.kind == "area":
        a, b = (m._replace(points=np.append(m.points, m.points[:1], axis=0)) for m in (a, b))
        if abs(a.size[0] - b.size[0]) > 0.02:
            return False
    return max(off(a.points, b.points), off(b.points, a.points)) < CLOSE


def differences(still: list[Mark], live: list[Mark]) -> list[str]:
    """Marks of either that the other lacks."""
    live, lacking = list(live), []
    for mark in still:
        twin = next((other for other in live if alike(mark, other)), None)
        if twin is None:
            lacking.append(f"only in the still: {mark}")
        else:
            live = [other for other in live if other is not twin]
    return lacking + [f"only on the page: {mark}" for mark in live]
