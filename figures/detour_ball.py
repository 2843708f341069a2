r"""Locked signs cost nothing on two sides, and at most a factor of √2 on the other two.

All places that one unit of walking can reach, if each step may be chosen but must be one-signed.
To the northeast and the southwest the border is part of the circle of the straight way.
To the other sides it is the straight edge of a diamond: half a unit up and half a unit left end {{ nearest:.2f}} away.
So the same goal costs {{ worst:.3f}} times as much as without the lock, and no goal costs more.
"""

import numpy as np

from inks.stills import marks
from zigzag import cone

ALT = """A filled shape in the plane of two weights: quarter of a circle in the upper right and lower left,
straight edges of a diamond in the upper left and lower right. A dotted circle runs around all."""
SIZE = (4.2, 3.6)


def measure():
    goals = 2000
    dimensions = (2, 10, 100, 1000)
    rng = np.random.default_rng(13)
    angle = np.linspace(0, 2 * np.pi, 361)  # a point at each degree
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    costs = cone.detour(circle)
    ratios = []
    for d in dimensions:
        goal = rng.normal(size=(goals, d))
        ratios.append(cone.detour(goal) / np.linalg.norm(goal, axis=1))
    ratio = np.array(ratios)
    return {
        # in the plane
        "circle": circle,
        "ball": circle / costs[:, None],
        "worst": costs.max(),
        "nearest": 1 / costs.max(),
        # of random goals in more dimensions
        "goals": goals,
        "dimensions": dimensions,
        "mean": ratio.mean(axis=1),
        "largest": ratio.max(axis=1),
        "error": ratio.std(axis=1) / np.sqrt(goals),
    }


def draw(fig, ink, data):
    ax = marks.weight_plane(fig, ink, limit=(-1.2, 1.25, -1.1, 1.2))
    northeast = data["circle"][45]
    northwest = data["ball"][135]
    start = np.zeros(2)
    corner = np.array([0, northwest[1]])
    ax.fill(*data["ball"].T, color=ink.cone, alpha=0.12, lw=0)
    ax.plot(*data["circle"].T, color=ink.muted, ls=":", lw=1.4, zorder=1)
    ax.plot(*data["ball"].T, color=ink.raw)
    for walk in ([start, northeast], [start, corner, northwest]):
        ax.plot(*np.transpose(walk), color=ink.raw, marker="o", ms=3, lw=1.2)
    ax.plot(*np.transpose([start, northwest]), color=ink.muted, ls=":", lw=1.4)
    marks.note(ax, ink, "straight: 1", (0.4, 0.4), (5, -5), color=ink.raw, va="top")
    marks.note(ax, ink, "half up,\nhalf left", (0.04, 0.52), color=ink.raw)
    away = f"{data['nearest']:.2f} away"
    marks.note(ax, ink, away, northwest / 2, (-6, -3), color=ink.muted, ha="right", va="top")
    marks.start(ax, ink, start)
