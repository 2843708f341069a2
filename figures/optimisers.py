r"""Adam does not see the valley; momentum shortens it; sign descent never leaves a line.

Steps of each optimiser with raw inputs and with centred ones, on one data set (seed {{ seed }}) of {{ samples:,}} samples with {{ inputs }} inputs in (0, 1), from weights of zero to a goal across the mean, until {{ tolerance:.2%}} of the distance is left; the best of {{ rates }} rates.
Full batches; in the lower rows one sample at a time, medians of {{ walkers }} walks, thin lines for their middle four fifths.
Sign descent gets nowhere in {{ limit:,}} steps: of the distance, {{ sign_left:.3f}} is left with raw inputs, {{ sign_left_centred:.3f}} with centred ones.
"""

import numpy as np

from zigzag import curvature, data, descent, gradients, neuron

ALT = """Pairs of bars, raw and centred. Gradient descent {{ gd:.0f}} and {{ gd_centred:.0f}} steps, heavy ball
{{ ball:.0f}} and {{ ball_centred:.0f}}, Adam {{ adam:.0f}} and {{ adam_centred:.0f}}; one sample at a time,
descent {{ sgd:.0f}} and {{ sgd_centred:.0f}}, Adam {{ adam_one:.0f}} and {{ adam_one_centred:.0f}}."""
SIZE = (4.8, 3.3)
ROWS = {"gd": "gradient descent", "ball": "heavy ball", "adam": "Adam"}
ROWS |= {"sgd": "descent, one by one", "adam_one": "Adam, one by one"}


def measure():
    n, d, tolerance, seed, walkers, rates, limit = 2000, 20, 1e-4, 8, 9, 24, 3000
    out = {"samples": n, "inputs": d, "tolerance": tolerance, "seed": seed}
    out |= {"walkers": walkers, "rates": rates, "limit": limit, "edges": 0}
    rng = np.random.default_rng(seed)
    x, goal = data.uniform(n, d, rng=rng), rng.normal(size=d) @ (np.eye(d) - 1 / d)
    for kind, inputs in (("", x), ("_centred", x - x.mean(axis=0))):
        h, y = curvature.second_moment(inputs), neuron.predict(goal, inputs)
        slope, least, most = descent.quadratic(h, goal), *curvature.eigenvalues(h)[[0, -1]]
        out["gd_rate" + kind] = curvature.best_rate(h)
        root = np.sqrt(most / least)  # Polyak's best rate and momentum for the heavy ball
        polyak = {"rate": (2 / (most**0.5 + least**0.5)) ** 2}
        polyak["momentum"] = ((root - 1) / (root + 1)) ** 2

        def on_samples(walks, seed=seed, inputs=inputs, y=y):
            draws = gradients.draws(inputs, y, rng=np.random.default_rng(seed), walkers=walks)
            return gradients.on_samples(draws)

        several, single = (rates, walkers), np.ones(walkers)
        many = np.zeros((*several, d))  # starts: every rate, every walk
        start, gentle = np.zeros((rates, d)), np.geomspace(0.6, 2.5, rates) / np.trace(h)
        races = {
            "gd": descent.gradient_descent(slope, start[0], rate=curvature.best_rate(h)),
            "ball": descent.heavy_ball(slope, start[0], **polyak),
            "adam": descent.adam(slope, start, rate=np.geomspace(0.01, 1, rates)),
            "sgd": descent.gradient_descent(
                on_samples(several), many, rate=np.outer(gentle, single)
            ),
            "adam_one": descent.adam(
                on_samples(several), many, rate=np.outer(np.geomspace(0.002, 0.1, rates), single)
            ),
        }
        for name, walk in races.items():
            end = descent.arrival(walk, goal, tolerance=tolerance, limit=limit)
            steps = np.atleast_2d(np.where(end.arrived, end.steps, limit).T).T  # (rates, walks)
            middle = np.median(steps, axis=1)
            best = middle.argmin()
            out["edges"] += int(len(steps) > 1 and best in (0, rates - 1))
            out[f"{name}{kind}_span"] = np.quantile(steps[best], [0.1, 0.9])
            out[name + kind] = middle[best]
        signs = descent.sign_descent(
            on_samples((rates,)), start, rate=np.geomspace(1e-4, 1e-1, rates)
        )
        out["sign_left" + kind] = descent.errors(signs, goal, steps=limit)[-1].min()
    return out | {f"{name}_price": out[name] / out[f"{name}_centred"] for name in ROWS}


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.set(xlim=(0, 1000), xticks=[], yticks=range(len(ROWS)), yticklabels=ROWS.values())
    ax.set(ylim=(len(ROWS) - 0.4, -0.6))
    ax.set_title("steps, raw and centred", loc="left")
    ax.spines["bottom"].set_visible(False)
    for place, row in enumerate(ROWS):
        for kind, colour, dash, up in (
            ("", ink.raw, "-", -0.2),
            ("_centred", ink.centred, "--", 0.2),
        ):
            value, y = data[row + kind], place + up
            ax.barh(y, value, 0.32, fill=not kind, color=colour, ec=colour, ls=dash)
            low, high = data[f"{row}{kind}_span"]
            ax.plot([low, high], [y, y], color=ink.text, lw=1)
            ax.text(high + 10, y, f"{value:.0f}", color=colour, va="center")
