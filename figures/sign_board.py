r"""One sample locks each neuron of a layer, but not the layer.

Each board is the gradient of a layer with two neurons (rows) and two inputs (columns), as signs; there are {{ all_2 }}.
With positive inputs one sample can give {{ positive_2 }}, if the two errors may have any signs: one sign along each row, as the row's neuron has one error signal.
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
            centred = kind == "centred"
            numbers[f"{kind}_{m}"] = layer.sign_patterns(m, m, centred=centred)
            numbers[f"{kind}_{m}_seen"] = np.unique(signs, axis=0)
        numbers[f"all_{m}"] = 2 ** (m * m)
    classes = 4
    numbers["rows_4"] = layer.sign_patterns(classes, 2, centred=False)
    numbers["softmax_4"] = layer.sign_patterns(classes, 2, centred=False, softmax=True)
    return numbers


def draw(fig, ink, data):
    ax = fig.subplots()
    every = product((-1, 1), repeat=4)
    positive = [tuple(board) for board in data["positive_2_seen"]]
    centred = [tuple(board) for board in data["centred_2_seen"]]
    more = [board for board in centred if board not in positive]
    rest = [board for board in every if board not in centred]
    looks = [  # of boards: colour, dashes and width of their frames
        (positive, ink.raw, "-", 2.0),
        (more, ink.centred, (0, (3, 2)), 1.4),
        (rest, ink.muted, ":", 0.8),
    ]
    place = 0
    for boards, colour, dash, width in looks:
        frame = {"fill": False, "ec": colour, "ls": dash, "lw": width}
        for board in boards:
            x = 2.7 * (place % 8)
            y = -3.9 * (place // 8)
            place += 1
            ax.add_patch(Rectangle((x - 0.6, y - 1.6), 2.2, 2.2, **frame))
            signs = np.reshape(board, (2, 2))
            for (row, column), sign in np.ndenumerate(signs):
                marker = "+" if sign > 0 else "_"
                ax.plot(x + column, y - row, marker, color=colour, ms=8, mew=2)
    positive_label = f"positive inputs: {len(positive)}"
    more_label = f"centred inputs: {len(more)} more"
    rest_label = f"no single sample: {len(rest)}"
    ax.text(4.55, 1.0, positive_label, color=ink.raw, ha="center")
    ax.text(15.35, 1.0, more_label, color=ink.centred, ha="center")
    ax.text(9.95, -5.9, rest_label, color=ink.muted, ha="center", va="top")
    ax.set(aspect="equal", xlim=(-0.8, 20.7), ylim=(-7.2, 2.2))
    ax.axis("off")
