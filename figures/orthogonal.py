r"""From a layer, even of two units, Muon's step hides most of the valley that a mean makes; from a single neuron it hides nothing.

Full-batch steps against the number of units in a linear layer, on inputs that are all positive ($q = {{ q:.0f}}$, $\kappa = {{ kappa:.0f}}$) and on the same inputs centred ($\kappa = {{ kappa_centred:.1f}}$); the goals lie across the mean.
With {{ most }} units the mean costs descent a factor of {{ descent_price:.0f}}, and Muon one of {{ muon_price:.1f}}.

Medians of {{ sets }} data sets, seed {{ seed }}, of {{ samples }} samples with {{ inputs }} inputs; thin lines span the middle four fifths.
Walks of {{ shortest }}, {{ second }}, … and at most {{ longest:,}} steps start from weights of zero; in each, the rate falls to zero in a straight line, from the best of {{ rates }} for each data set.
Counted are the steps to {{ tolerance:.0%}} of the distance in the weights, between two lengths by interpolation.
Muon's step is the gradient orthogonalised by five Newton–Schulz steps with the published coefficients; its momentum is left out.
"""

from functools import partial

import numpy as np

from inks.stills import charts, marks
from zigzag import curvature, data, normalise, orthogonal, trials

ALT = """Steps against units in a layer, on logarithmic axes. The line of Muon on raw inputs falls from
{{ alone:.0f}} steps at one unit to {{ pair:.0f}} at two, and goes on towards the dashed line for
centred inputs. The line of descent on raw inputs is level, near {{ descent:.0f}}; on centred inputs, near {{ descent_centred:.0f}}."""
SIZE = (4.8, 3.2)


def measure():
    sets = 16
    samples = 512
    inputs = 48
    q = 4.0
    seed = 3
    tolerance = 0.01
    rates = 12
    units = 2 ** np.arange(6)
    lengths = 2 ** np.arange(1, 11)
    middle = np.sqrt(q / 3)  # of inputs that reach one to either side
    rng = np.random.default_rng(seed)
    x = data.uniform(sets, samples, inputs, rng=rng, low=middle - 1, high=middle + 1)
    goals = trials.zero_sum(sets, units[-1], inputs, rng=rng)
    # how far all rates of a walk lead together, and rates where the steepest curvature is one
    reach = np.geomspace(0.5, 8, rates) * np.sqrt(inputs)
    factors = np.geomspace(1, 8, rates)

    def by_muon(h, goal, grid, length):
        return orthogonal.left_by(orthogonal.newton_schulz, h, goal, rates=grid, steps=length)

    def by_descent(h, goal, grid, length):
        return orthogonal.left_by_descent(h, goal, rates=grid, steps=length)

    def centralised(h, goal, grid, length):
        return orthogonal.left_by(across_ones, h, goal, rates=grid, steps=length)

    numbers = {}
    for kind, seen in ("", x), ("_centred", normalise.centre(x)):
        h = curvature.second_moment(seen)
        races = {
            "muon": (by_muon, 2 * reach / lengths[:, None]),
            "descent": (by_descent, factors / curvature.eigenvalues(h).max()),
            "centralised": (centralised, 3 * factors),  # 3 is one over the variance of an input
        }
        for name, (walk, grid) in races.items():
            grids = np.broadcast_to(grid, (len(lengths), rates))
            steps = []
            for count in units if name != "centralised" else units[-1:]:
                left = partial(walk, h, goals[:, :count])
                steps.append(
                    orthogonal.fewest_steps(left, rates=grids, lengths=lengths, tolerance=tolerance)
                )
            low, median, high = np.quantile(steps, [0.1, 0.5, 0.9], axis=1)
            numbers[f"{name}{kind}_steps"] = median
            numbers[f"{name}{kind}_span"] = np.stack([low, high])
            numbers[name + kind] = median[-1]
        numbers[f"kappa{kind}"] = np.median(curvature.condition_number(h))
    return {
        # the experiment
        "sets": sets,
        "samples": samples,
        "inputs": inputs,
        "q": q,
        "seed": seed,
        "tolerance": tolerance,
        "rates": rates,
        "units": units,
        "most": units[-1],
        "shortest": lengths[0],
        "second": lengths[1],
        "longest": lengths[-1],
        # steps of a layer of so many units, and condition numbers
        **numbers,
        # Muon's, on raw inputs
        "alone": numbers["muon_steps"][0],
        "pair": numbers["muon_steps"][1],
        "alone_price": numbers["muon_steps"][0] / numbers["muon_centred_steps"][0],
        # how many times the centred steps the raw ones are, with the most units
        "muon_price": numbers["muon"] / numbers["muon_centred"],
        "descent_price": numbers["descent"] / numbers["descent_centred"],
    }


def across_ones(gradient):
    """A centralised gradient: each unit's part minus its mean over the inputs."""
    return gradient - gradient.mean(axis=-1, keepdims=True)


def draw(fig, ink, data):
    units = data["units"]
    ax = charts.log_axes(fig.subplots(), x=units, y=[1, 10, 100, 1000])
    ax.set(xlim=(0.85, 120), ylim=(2, 1400), xlabel="units in the layer")
    ax.set_title("steps to the goal", loc="left")
    for kind, word in ("", "raw"), ("_centred", "centred"):
        style = marks.look(ink, centred=bool(kind))
        steps = data[f"descent{kind}_steps"]
        ax.plot(units, steps, lw=1, **style)
        end = (units[-1], steps[-1])
        marks.note(ax, ink, f"descent, {word}", end, (9, 0), va="center", color=style["color"])
        charts.line(
            ax,
            ink,
            units,
            data[f"muon{kind}_steps"],
            f"Muon, {word}",
            centred=bool(kind),
            spread=data[f"muon{kind}_span"],
        )
    for place, price, shift in (0, "alone_price", (6, -8)), (-1, "muon_price", (-6, 0)):
        high = data["muon_steps"][place]
        low = data["muon_centred_steps"][place]
        x = units[place]
        ax.plot([x, x], [low, high], "_-", color=ink.muted, lw=0.9, ms=8, zorder=1)
        side = "left" if place == 0 else "right"
        middle = (x, np.sqrt(low * high))
        marks.note(ax, ink, f"× {data[price]:.2g}", middle, shift, ha=side, va="center")
