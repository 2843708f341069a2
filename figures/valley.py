r"""The mean of the inputs makes one long valley out of a round bowl.

The loss of a neuron with two inputs, seen from above, for inputs in (0, 1) and for the same inputs less their mean.
All contours mark the same losses.
Northwest to southeast the two landscapes are the same.
Along the mean the loss rises {{ kappa:.0f}} times as steeply as across it: that is the condition number $\kappa$.
Without the mean it rises the same way in all directions.
"""

import numpy as np

from inks.stills import marks
from zigzag import curvature
from zigzag.activations import Moments

ALT = """Contour lines of two losses around a star. Centred inputs give dashed circles. Raw inputs give
solid ellipses as long as the circles are wide, narrow along an arrow to the northeast, the mean."""
SIZE = (4.8, 2.75)


def measure():
    uniform, kappa = Moments(mean=0.5, variance=1 / 12), curvature.condition_number
    mean, centred = np.full(2, uniform.mean), uniform.variance * np.eye(2)
    raw = centred + np.outer(mean, mean)
    data = {"mean": mean, "raw": raw, "centred": centred, "kappa": kappa(raw)}
    data["steps"] = np.ceil(curvature.steps_to(1e-6, curvature.contraction(raw)))
    hinton = np.array([[101.0, 101.0], [101.0, 99.0]])
    for name, x in {"hinton": hinton, "hinton_centred": hinton - 100}.items():
        data[name] = kappa(curvature.second_moment(x))
        data[f"{name}_steps"] = np.ceil(curvature.steps_to(1e-6, 1 - 2 / (data[name] + 1)))
    return data


def draw(fig, ink, data):
    ends = np.linspace(-1.4, 1.4, 201)
    w = np.stack(np.meshgrid(ends, ends), axis=-1)
    levels = 0.5 * data["centred"][0, 0] * np.array([0.3, 0.6, 0.9, 1.15]) ** 2
    for ax, kind in zip(fig.subplots(1, 2), ("centred", "raw"), strict=True):
        look = marks.look(ink, centred=kind == "centred")
        colour, dash = look["color"], look["ls"]
        marks.plane(ax, ink, limit=1.42)
        ax.set_title(f"{kind} inputs", color=colour)
        loss = 0.5 * np.vecdot(w, np.matvec(data[kind], w))
        ax.contourf(ends, ends, loss, [0, *levels], colors=[colour], alpha=0.06)
        ax.contour(ends, ends, loss, levels, colors=[colour], linestyles=[dash], linewidths=1.4)
        marks.goal(ax, ink, (0, 0), "")
    tip = 1.1 * data["mean"] / data["mean"].max()
    marks.mean(ax, ink, tip, 0.08 * np.ones(2))
    steep = f"mean: {data['kappa']:.0f}×\nas steep"
    marks.note(ax, ink, steep, tip, (4, 2), color=ink.mean, ha="right", va="bottom")
    marks.note(ax, ink, "across it: as flat as before", (-0.1, -1.3), color=ink.raw, ha="center")
