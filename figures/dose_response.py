r"""In a little network a small mean is free, and a large one grows dear, nearly like its square.

Steps of whole-batch descent until a {{ hidden }}-{{ hidden }} network separates two moons (log loss {{ target }}), each at the best of {{ rates }} rates; hidden outputs are $\tanh z + c$.
The next layer's bias takes the shift $c$ back, so all networks start as the same function and can become the same functions.
Dots are medians of {{ seeds }} starts, seed {{ seed }}; bars span all of them.
"""

from functools import partial

import numpy as np

from zigzag import data
from zigzag.network import Network, absorbed, loss_and_gradient, race, random_weights

ALT = """Steps against the shift c. Level at about {{ none:.0f}} up to c one half, then {{ one:.0f}} at one and
{{ two:.0f}} at two; bars show the spread."""
SIZE = (4.8, 2.8)


def measure():
    seed, seeds, width, target = 9, 5, 32, 0.05
    rng, shifts, rates = (
        np.random.default_rng(seed),
        [0.0, 0.25, 0.5, 1.0, 2.0],
        np.geomspace(0.02, 20, 16),
    )
    x, y = data.two_moons(200, rng=rng)
    start = random_weights(Network((2, width, width, 1)), seeds, rng=rng)
    spans, edges = [], 0
    for shift in shifts:
        net = Network((2, width, width, 1), shift=shift)
        objective = partial(loss_and_gradient, net, x=x, y=y)
        won = race(objective, absorbed(net, start), rates=rates, target=target, limit=1500)
        edges += int(np.isin(won.rate, rates[[0, -1]]).sum())
        spans.append(np.quantile(won.steps, [0, 0.5, 1]))
    out = {"seed": seed, "seeds": seeds, "hidden": width, "target": target, "rates": len(rates)}
    out |= {"shifts": np.array(shifts), "steps": np.array(spans), "edges": edges}
    names = ("none", "quarter", "half", "one", "two")
    out |= {name: span[1] for name, span in zip(names, spans, strict=True)}
    return out | {"dearer": out["two"] / out["one"], "price": out["one"] / out["none"]}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(yscale="log", xlim=(-0.1, 2.3), ylim=(15, 900), xlabel="shift $c$")
    ax.set_xticks(data["shifts"], [f"{shift:g}" for shift in data["shifts"]])
    ax.set_yticks([30, 100, 300], ["30", "100", "300"])
    ax.minorticks_off()
    ax.set_title("steps", loc="left")
    low, steps, high = data["steps"].T
    ax.plot(data["shifts"], steps, color=ink.raw, marker="o", ms=4)
    ax.vlines(data["shifts"], low, high, color=ink.raw, lw=1)
    for shift, value in zip(data["shifts"], steps, strict=True):
        ax.annotate(
            f"{value:.0f}", (shift, value), (7, -11), textcoords="offset points", color=ink.raw
        )
