r"""The mean of the inputs makes one long valley out of a round bowl.

The loss of a neuron with two inputs, seen from above, for inputs in (0, 1) and for the same inputs with their mean taken away.
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
    uniform = Moments(mean=0.5, variance=1 / 12)
    mean = np.full(2, uniform.mean)
    centred = uniform.variance * np.eye(2)
    raw = centred + np.outer(mean, mean)
    hinton = np.array([[101.0, 101.0], [101.0, 99.0]])
    hinton_kappa = curvature.condition_number(curvature.second_moment(hinton))
    centred_kappa = curvature.condition_number(curvature.second_moment(hinton - 100))

    def steps(contraction):
        """Steps until a millionth of the way is left."""
        return np.ceil(curvature.steps_to(1e-6, contraction))

    return {
        "mean": mean,
        "raw": raw,
        "centred": centred,
        "kappa": curvature.condition_number(raw),
        "steps": steps(curvature.contraction(raw)),
        # an example of Hinton's
        "hinton": hinton_kappa,
        "hinton_steps": steps(1 - 2 / (hinton_kappa + 1)),
        "hinton_centred": centred_kappa,
        "hinton_centred_steps": steps(1 - 2 / (centred_kappa + 1)),
    }


def draw(fig, ink, data):
    left, right = fig.subplots(1, 2)
    ends = np.linspace(-1.4, 1.4, 201)
    w = np.stack(np.meshgrid(ends, ends), axis=-1)
    levels = 0.5 * data["centred"][0, 0] * np.array([0.3, 0.6, 0.9, 1.15]) ** 2
    for ax, kind in (left, "centred"), (right, "raw"):
        look = marks.look(ink, centred=kind == "centred")
        colour = look["color"]
        marks.plane(ax, ink, limit=1.42)
        ax.set_title(f"{kind} inputs", color=colour)
        loss = 0.5 * np.vecdot(w, np.matvec(data[kind], w))
        ax.contourf(ends, ends, loss, [0, *levels], colors=[colour], alpha=0.06)
        lines = {"colors": [colour], "linestyles": [look["ls"]], "linewidths": 1.4}
        ax.contour(ends, ends, loss, levels, **lines)
        marks.goal(ax, ink, (0, 0), "")
    tip = 1.1 * data["mean"] / data["mean"].max()
    marks.mean(right, ink, tip, (0.08, 0.08))
    steep = f"mean: {data['kappa']:.0f}×\nas steep"
    flat = "across it: as flat as before"
    marks.note(right, ink, steep, tip, (4, 2), color=ink.mean, ha="right", va="bottom")
    marks.note(right, ink, flat, (-0.1, -1.3), color=ink.raw, ha="center")
