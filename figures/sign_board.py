r"""One sample locks each neuron of a layer, but not the layer.

Each board is the gradient of a layer with two neurons (rows) and two inputs (columns), as signs; there are {{ all_2 }}.
With positive inputs one sample can give {{ positive_2 }}: one sign along each row, as the row's neuron has one error signal.
Centred inputs reach {{ centred_2 }}: the second row is the first one, or the first one with all signs turned.
No single sample gives the rest.
For three neurons and three inputs the counts are {{ positive_3 }}, {{ centred_3 }} and {{ all_3 }}.
"""

from itertools import product

import numpy as np
from matplotlib.patches import Rectangle

from zigzag import layer

ALT = """Sixteen boards of two by two signs. In the first four, framed solid, both signs of a row agree. In
the next four, framed dashed, the rows are mixed, and equal or opposite. The lower eight are faint."""
SIZE = (4.8, 2.3)


def measure():
    samples = 9999
    rng = np.random.default_rng(3)
    numbers = {}
    for m in (2, 3):  # as many neurons as inputs
        delta, z = rng.normal(size=(2, samples, m))
        for kind, x in {"positive": np.abs(z), "centred": z}.items():
            gradients = delta[:, :, None] * x[:, None, :]
            signs = np.sign(gradients).reshape(samples, m * m)
            numbers[f"{kind}_{m}"] = layer.sign_patterns(m, m, centred=kind == "centred")
            numbers[f"{kind}_{m}_seen"] = np.unique(signs, axis=0)
        numbers[f"all_{m}"] = 2 ** (m * m)
    return numbers


def draw(fig, ink, data):
    ax = fig.subplots()
    positive = [tuple(board) for board in data["positive_2_seen"]]
    centred = [tuple(board) for board in data["centred_2_seen"]]
    more = [board for board in centred if board not in positive]
    rest = [board for board in product((-1, 1), repeat=4) if board not in positive + centred]
    looks = [  # of boards: colour, dashes and width of their frames
        (positive, ink.raw, "-", 2.0),
        (more, ink.centred, (0, (3, 2)), 1.4),
        (rest, ink.muted, ":", 0.8),
    ]
    places = [(2.7 * column, -3.9 * row) for row in range(2) for column in range(8)]
    for boards, colour, dash, width in looks:
        for board in boards:
            x, y = places.pop(0)
            frame = {"fill": False, "ec": colour, "ls": dash, "lw": width}
            ax.add_patch(Rectangle((x - 0.6, y - 1.6), 2.2, 2.2, **frame))
            for (row, column), sign in np.ndenumerate(np.reshape(board, (2, 2))):
                marker = "+" if sign > 0 else "_"
                ax.plot(x + column, y - row, marker, color=colour, ms=8, mew=2)
    above = {"y": 1.0, "ha": "center"}
    below = {"y": -5.9, "ha": "center", "va": "top"}
    ax.text(4.55, s=f"positive inputs: {len(positive)}", color=ink.raw, **above)
    ax.text(15.35, s=f"centred inputs: {len(more)} more", color=ink.centred, **above)
    ax.text(9.95, s=f"no single sample: {len(rest)}", color=ink.muted, **below)
    ax.set(aspect="equal", xlim=(-0.8, 20.7), ylim=(-7.2, 2.2))
    ax.axis("off")
