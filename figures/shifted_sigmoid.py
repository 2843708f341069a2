r"""Half off every sigmoid output, and a little network learns {{ logistic_least:.1f}} to {{ logistic_most:.1f}} times faster.

Steps of whole-batch descent until a network with two hidden layers separates two moons ({{ points }} points, log loss {{ target }}), each at the best of {{ rates }} rates.
$\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions: the next layer's bias takes the half back.
ReLU likewise, less its mean of {{ relu_mean:.3f}} under standard normal pre-activations.
Bars are medians of {{ seeds }} starts, seed {{ seed }}; thin lines span all of them.
In units of $1/\sqrt{\text{inputs} }$, starting weights have scale {{ logistic_gain:.0f}} for the sigmoid and $\sqrt 2$ for ReLU.
"""

import numpy as np

from inks import charts
from zigzag import activations, data
from zigzag.architecture import Network, random_weights
from zigzag.network import hidden_q, learning

ALT = """Four pairs of bars, raw above centred: sigmoid of width 8 {{ logistic_8_raw:.0f}} and
{{ logistic_8_centred:.0f}} steps, of width 32 {{ logistic_32_raw:.0f}} and {{ logistic_32_centred:.0f}};
ReLU {{ relu_8_raw:.0f}} and {{ relu_8_centred:.0f}}, {{ relu_32_raw:.0f}} and {{ relu_32_centred:.0f}}."""
SIZE = (4.8, 2.9)
CASES = {f"{name}_{width}": (name, width) for name in ("logistic", "relu") for width in (8, 32)}
NAMES = {"logistic": "sigmoid", "relu": "ReLU"}


def measure():
    seed, seeds, target, points, rates = 10, 5, 0.05, 200, np.geomspace(0.05, 100, 20)
    rng, gains = np.random.default_rng(seed), {"logistic": 4.0, "relu": 2**0.5}
    x, y = data.two_moons(points, rng=rng)
    means = {"logistic": 0.5, "relu": activations.moments("relu").mean}
    out = {"seed": seed, "seeds": seeds, "target": target, "points": points, "rates": len(rates)}
    out |= {"relu_mean": means["relu"], "logistic_gain": gains["logistic"], "edges": 0}
    for case, (name, width) in CASES.items():
        widths = (2, width, width, 1)
        start = random_weights(Network(widths, name), seeds, rng=rng, gain=gains[name])
        for kind, shift in (("raw", 0.0), ("centred", -means[name])):
            net = Network(widths, name, shift=shift)
            won = learning(net, start, x, y, rates=rates, target=target, limit=900)
            out |= {f"{case}_{kind}": won.span[1], f"{case}_{kind}_span": won.span[[0, 2]]}
            out["edges"] += won.edge.sum()
        out[f"{case}_q"] = np.median(hidden_q(Network(widths, name), start, x), axis=1)
    for name in means:
        factors = [out[f"{c}_raw"] / out[f"{c}_centred"] for c in CASES if name in c]
        out |= {f"{name}_least": min(factors), f"{name}_most": max(factors)}
    return out


def draw(fig, ink, data):
    rows = {}
    for case, (name, width) in CASES.items():
        pair = {f"{case}_{kind}": kind == "centred" for kind in ("raw", "centred")}
        bars = [(data[k], data[f"{k}_span"], centred) for k, centred in pair.items()]
        rows[f"{NAMES[name]}, width {width}"] = bars
    charts.bars(fig.subplots(), ink, rows, title="steps, raw and less the mean")
