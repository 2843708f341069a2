r"""Half off every sigmoid output, and a little network learns {{ logistic_least:.1f}} to {{ logistic_most:.1f}} times faster.

Steps of whole-batch descent until a network with two hidden layers separates two moons ({{ points }} points, log loss {{ target }}), each at the best of {{ rates }} rates.
$\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions: the next layer's bias takes the half back.
ReLU likewise, less its mean of {{ relu_mean:.3f}} under standard normal pre-activations.
Bars are medians of {{ seeds }} starts, seed {{ seed }}; thin lines span all of them.
In units of $1/\sqrt{\text{inputs} }$, starting weights have scale {{ logistic_gain:.0f}} for the sigmoid and $\sqrt 2$ for ReLU.
"""

import numpy as np

from inks.stills import charts
from zigzag import activations, data
from zigzag.architecture import Network, random_weights
from zigzag.network import hidden_q, learning

ALT = """Four pairs of bars, raw above centred: sigmoid of width 8 {{ logistic_8_raw:.0f}} and
{{ logistic_8_centred:.0f}} steps, of width 32 {{ logistic_32_raw:.0f}} and {{ logistic_32_centred:.0f}};
ReLU {{ relu_8_raw:.0f}} and {{ relu_8_centred:.0f}}, {{ relu_32_raw:.0f}} and {{ relu_32_centred:.0f}}."""
SIZE = (4.8, 2.9)
CASES = {  # activation, and width of each hidden layer
    "logistic_8": ("logistic", 8),
    "logistic_32": ("logistic", 32),
    "relu_8": ("relu", 8),
    "relu_32": ("relu", 32),
}
NAMES = {"logistic": "sigmoid", "relu": "ReLU"}


def measure():
    seed = 10
    seeds = 5
    target = 0.05
    points = 200
    rates = np.geomspace(0.05, 100, 20)
    means = {"logistic": 0.5, "relu": activations.moments("relu").mean}
    gains = {"logistic": 4.0, "relu": 2**0.5}
    rng = np.random.default_rng(seed)
    x, y = data.two_moons(points, rng=rng)
    numbers = {}
    edges = 0
    for case, (name, width) in CASES.items():
        widths = (2, width, width, 1)
        net = Network(widths, name)
        start = random_weights(net, seeds, rng=rng, gain=gains[name])
        for kind, shift in (("raw", 0.0), ("centred", -means[name])):
            shifted = Network(widths, name, shift=shift)
            won = learning(shifted, start, x, y, rates=rates, target=target, limit=900)
            numbers[f"{case}_{kind}"] = won.span[1]
            numbers[f"{case}_{kind}_span"] = won.span[[0, 2]]
            edges += won.edge.sum()
        numbers[f"{case}_q"] = np.median(hidden_q(net, start, x), axis=1)

    def factors(name):
        """How many times faster the networks of an activation learn when it is centred."""
        cases = [f"{name}_8", f"{name}_32"]
        return [numbers[f"{case}_raw"] / numbers[f"{case}_centred"] for case in cases]

    return {
        # the experiment
        "seed": seed,
        "seeds": seeds,
        "target": target,
        "points": points,
        "rates": len(rates),
        "relu_mean": means["relu"],
        "logistic_gain": gains["logistic"],
        # how often the best rate was the first or the last one tried
        "edges": edges,
        # steps of each network, and the q of its hidden layers
        **numbers,
        "logistic_least": min(factors("logistic")),
        "logistic_most": max(factors("logistic")),
        "relu_least": min(factors("relu")),
        "relu_most": max(factors("relu")),
    }


def draw(fig, ink, data):
    rows = {}
    for case, (name, width) in CASES.items():
        rows[f"{NAMES[name]}, width {width}"] = [
            charts.Bar(data[f"{case}_raw"], data[f"{case}_raw_span"]),
            charts.Bar(data[f"{case}_centred"], data[f"{case}_centred_span"], centred=True),
        ]
    charts.bars(fig.subplots(), ink, rows, title="steps, raw and less the mean")
