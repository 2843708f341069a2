r"""One sample locks each neuron of a layer, but not the layer.

Each board is the gradient of a layer with two neurons (rows) and two inputs (columns), as signs; there are {{ all_2 }}.
With positive inputs one sample can give {{ positive_2 }}: one sign along each row, as the row's neuron has one error signal.
Centred inputs reach {{ centred_2 }}: the second row is the first one, or the first one with all signs turned.
No single sample gives the rest.
For three neurons and three inputs the counts are {{ positive_3 }}, {{ centred_3 }} and {{ all_3 }}.
"""

import numpy as np
from matplotlib.patches import Rectangle

from zigzag import layer

ALT = """Sixteen boards of two by two signs. In the first four, framed solid, both signs of a row agree. In
the next four, framed dashed, the rows are mixed, and equal or opposite. The lower eight are faint."""
SIZE = (4.8, 2.3)


def measure():
    rng, found = np.random.default_rng(3), {}
    for m in (2, 3):
        delta, z = rng.normal(size=(2, 9999, m))
        for kind, x in {"positive": np.abs(z), "centred": z}.items():
            signs = np.sign(delta[:, :, None] * x[:, None, :]).reshape(-1, m * m)
            found[f"{kind}_{m}"] = layer.sign_patterns(m, m, centred=kind == "centred")
            found[f"{kind}_{m}_seen"] = np.unique(signs, axis=0)
        found[f"all_{m}"] = 2 ** (m * m)
    return found


def draw(fig, ink, data):
    ax, kinds = fig.subplots(), ("positive", "centred")
    boards = np.array(list(np.ndindex(2, 2, 2, 2))) * 2 - 1
    ways = sum((boards[:, None] == data[f"{kind}_2_seen"]).all(-1).any(-1) * 1 for kind in kinds)
    looks = {2: (ink.raw, "-", 2.0), 1: (ink.centred, (0, (3, 2)), 1.4), 0: (ink.muted, ":", 0.8)}
    for place, board in enumerate(np.argsort(-ways, stable=True)):
        colour, dash, width = looks[ways[board]]
        x, y = 2.7 * (place % 8), -3.9 * (place // 8)
        frame = {"fill": False, "ec": colour, "ls": dash, "lw": width}
        ax.add_patch(Rectangle((x - 0.6, y - 1.6), 2.2, 2.2, **frame))
        for (row, column), sign in np.ndenumerate(boards[board].reshape(2, 2)):
            ax.plot(x + column, y - row, "_ +"[sign + 1], color=colour, ms=8, mew=2)
    ax.text(4.55, 1.0, f"positive inputs: {data['positive_2']}", color=ink.raw, ha="center")
    added, rest = data["centred_2"] - data["positive_2"], data["all_2"] - data["centred_2"]
    ax.text(15.35, 1.0, f"centred inputs: {added} more", color=ink.centred, ha="center")
    ax.text(9.95, -5.9, f"no single sample: {rest}", color=ink.muted, ha="center", va="top")
    ax.set(aspect="equal", xlim=(-0.8, 20.7), ylim=(-7.2, 2.2))
    ax.axis("off")
