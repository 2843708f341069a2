r"""Half off every sigmoid output, and a little network learns {{ logistic_least:.1f}} to {{ logistic_most:.1f}} times faster.

Steps of whole-batch descent until a network with two hidden layers separates two moons (log loss {{ target }}), each at the best of {{ rates }} rates.
$\sigma$ and $\sigma - \frac{1}{2}$ start as the same functions: the next layer's bias takes the half back.
ReLU likewise, less its mean of {{ relu_mean:.3f}} under standard normal pre-activations.
Bars are medians of {{ seeds }} starts, seed {{ seed }}; thin lines span all of them.
"""

from functools import partial

import numpy as np

from zigzag import activations, data
from zigzag.network import Network, absorbed, loss_and_gradient, race, random_weights

ALT = """Four pairs of bars, raw above centred: sigmoid of width 8 {{ logistic_8_raw:.0f}} and
{{ logistic_8_centred:.0f}} steps, of width 32 {{ logistic_32_raw:.0f}} and {{ logistic_32_centred:.0f}};
ReLU {{ relu_8_raw:.0f}} and {{ relu_8_centred:.0f}}, {{ relu_32_raw:.0f}} and {{ relu_32_centred:.0f}}."""
SIZE = (4.8, 2.9)
CASES = {("logistic", 8): 4.0, ("logistic", 32): 4.0, ("relu", 8): 2**0.5, ("relu", 32): 2**0.5}


def measure():
    seed, seeds, target, rates = 10, 5, 0.05, np.geomspace(0.05, 100, 20)
    rng, edges, gains = np.random.default_rng(seed), 0, {}
    x, y = data.two_moons(200, rng=rng)
    means = {"logistic": 0.5, "relu": activations.moments("relu").mean}
    out = {"seed": seed, "seeds": seeds, "target": target, "rates": len(rates)}
    out["relu_mean"] = means["relu"]
    for (name, width), gain in CASES.items():
        widths = (2, width, width, 1)
        start = random_weights(Network(widths, name), seeds, rng=rng, gain=gain)
        for kind, shift in (("raw", 0.0), ("centred", -means[name])):
            net = Network(widths, name, shift=shift)
            objective = partial(loss_and_gradient, net, x=x, y=y)
            won = race(objective, absorbed(net, start), rates=rates, target=target, limit=900)
            edges += int(np.isin(won.rate, rates[[0, -1]]).sum())
            case = f"{name}_{width}_{kind}"
            out |= {case: np.median(won.steps), f"{case}_span": [won.steps.min(), won.steps.max()]}
        gains.setdefault(name, []).append(out[f"{name}_{width}_raw"] / out[case])
    out |= {f"{name}_least": min(gain) for name, gain in gains.items()}
    return out | {f"{name}_most": max(gain) for name, gain in gains.items()} | {"edges": edges}


def draw(fig, ink, data):
    ax = fig.subplots()
    names = [
        f"{'sigmoid' if name == 'logistic' else 'ReLU'}, width {width}" for name, width in CASES
    ]
    ax.set(xlim=(0, 100), xticks=[], yticks=range(len(names)), yticklabels=names)
    ax.set(ylim=(len(names) - 0.4, -0.6))
    ax.set_title("steps, raw and less the mean", loc="left")
    ax.spines["bottom"].set_visible(False)
    for place, (name, width) in enumerate(CASES):
        for kind, colour, dash, up in (
            ("raw", ink.raw, "-", -0.2),
            ("centred", ink.centred, "--", 0.2),
        ):
            value, y = data[f"{name}_{width}_{kind}"], place + up
            low, high = data[f"{name}_{width}_{kind}_span"]
            ax.barh(y, value, 0.32, fill=kind == "raw", color=colour, ec=colour, ls=dash)
            ax.plot([low, high], [y, y], color=ink.text, lw=1)
            ax.text(high + 1, y, f"{value:.0f}", color=colour, va="center")
