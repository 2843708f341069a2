r"""After every layer norm of a real language model the mean is all but the steepest direction, and without it a long valley is left.

What the linear layers of all-MiniLM-L6-v2 read, over {{ tokens:,}} tokens of technical English: above, largest eigenvalue of their second moment over the median one, as it is and with the mean taken away; below, $|\cos|$ of the angle between the mean and the steepest direction.
After the layer norms the cosine is {{ norm_cosine_least:.2f}} or more, and taking the mean away makes the valley {{ norm_factor_least:.1f}} to {{ norm_factor_most:.1f}} times shorter; {{ norm_centred_least:.0f}} to {{ norm_centred_most:.0f}} are left.

The model (six layers, {{ width }} wide, Apache-2.0) reads {{ sentences:,}} sentences of `pydoc_data.topics`, the reference that CPython 3.11.7 ships; with each come the two marks that its tokenizer puts around it.
Rings: without these marks, over the {{ words:,}} word pieces alone.
The moments were computed once, by `figures/data/minilm.py`, and lie beside that script; the weights are not here.
"""

from pathlib import Path

import numpy as np

from inks.stills import charts, marks
from zigzag import activations, data, elongation

ALT = """Four groups of six columns. Above, on a logarithmic axis, each column drops a little from a dot, raw,
to a diamond, centred; behind GELU the first three hardly do. Below, dots: after layer norms and
attention heads all near one, behind GELU from {{ hidden_cosine_least:.1f}} up, with rings above them."""
SIZE = (4.8, 4.0)
FILE = Path(__file__).parent / "data" / "minilm.npz"
GROUPS = {  # in the order of the picture: what the file calls them, and what made what is read
    "attention": "layer norm,\nto attention",
    "feed": "layer norm, to\nfeed-forward",
    "mixing": "attention's\nheads",
    "hidden": "GELU",
}


def measure():
    draws = 1_000_000
    seed = 4
    with np.load(FILE) as file:
        parts = dict(file)
    numbers = {}
    for group in GROUPS:
        mean = parts[f"{group}_mean"].astype(float)
        centred = parts[f"{group}_centred"].astype(float)
        numbers[f"{group}_q"] = elongation.moment_ratio(mean, centred)
        numbers[f"{group}_share"] = elongation.largest_share(mean)
        numbers[f"{group}_raw"] = elongation.elongation(parts[f"{group}_raw"].astype(float))
        numbers[f"{group}_centred"] = elongation.elongation(centred)
        for part in ("cosine", "opening_cosine", "words_cosine", "words_raw", "words_centred"):
            numbers[f"{group}_{part}"] = parts[f"{group}_{part}"].astype(float)
        for words in ("", "_words"):
            raw = numbers[f"{group}{words}_raw"]
            numbers[f"{group}{words}_factor"] = raw / numbers[f"{group}{words}_centred"]
    for name in ("cosine", "factor", "words_factor", "centred", "share", "q"):
        both = [numbers[f"attention_{name}"], numbers[f"feed_{name}"]]
        numbers[f"norm_{name}"] = np.concatenate(both)
    ranges = {}
    for name, values in numbers.items():
        ranges[f"{name}_least"] = values.min()
        ranges[f"{name}_most"] = values.max()
    early = slice(0, 3)  # layers

    rng = np.random.default_rng(seed)
    gated = []
    for gate in ("silu", "gelu"):
        outputs = data.inputs(gate, draws, rng=rng) * rng.normal(size=draws)
        gated.append(outputs.mean() ** 2 / outputs.var())
    return {
        # the text and the model
        "tokens": parts["tokens"],
        "words": parts["words"],
        "sentences": parts["sentences"],
        "width": parts["attention_mean"].shape[-1],
        # of each group of layers, from the first layer to the last, and its least and its most
        **numbers,
        **ranges,
        "hidden_early_most": numbers["hidden_factor"][early].max(),
        "hidden_early_opening": numbers["hidden_opening_cosine"][early].min(),
        # hidden units at the start of training: their q, drawn or by its integral
        "draws": draws,
        "seed": seed,
        "gated_q": max(gated),
        "squared_relu_q": activations.moments(squared_relu).q,
        "gelu_q": activations.moments("gelu").q,
        "relu_q": activations.moments("relu").q,
    }


def squared_relu(z):
    """The square of a ReLU."""
    return np.maximum(z, 0.0) ** 2


def draw(fig, ink, data):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=[2, 1])
    charts.log_axes(upper, y=[10, 100, 1000], ylim=(30, 16_000))
    upper.set_title("length of the valley: steepest over median", loc="left")
    lower.set_title("|cos|, mean and steepest direction", loc="left")
    lower.set(ylim=(0, 1.08), yticks=[0, 1])
    ticks = {}
    for place, (group, label) in enumerate(GROUPS.items()):
        x = 7.5 * place + np.arange(6)
        raw = data[f"{group}_raw"]
        centred = data[f"{group}_centred"]
        upper.vlines(x, centred, raw, color=ink.raw, lw=1.2)
        upper.plot(x, raw, "o", color=ink.raw, ms=4)
        upper.plot(x, centred, "D", color=ink.centred, ms=3.4)
        lower.plot(x, data[f"{group}_cosine"], "o", color=ink.mean, ms=4)
        rings = {"mfc": "none", "mec": ink.mean, "ms": 4, "mew": 0.8}
        lower.plot(x, data[f"{group}_words_cosine"], "o", **rings)
        factor = data[f"{group}_factor"]
        words = f"÷ {factor.min():.1f} to {factor.max():.1f}"
        marks.note(upper, ink, words, (x.mean(), 9000), ha="center", va="center")
        ticks[x.mean()] = label
    lower.set_xticks(list(ticks), ticks.values())
    lower.tick_params(axis="x", length=0)
    first = data["attention_raw"][2], data["attention_centred"][2]
    marks.note(upper, ink, "raw", (2, first[0]), (0, 6), ha="center", color=ink.raw)
    marks.note(
        upper, ink, "centred", (2, first[1]), (3, -9), ha="center", va="top", color=ink.centred
    )
    ring = (22.5 + 1.3, data["hidden_words_cosine"][1])
    marks.note(lower, ink, "words alone", ring, (2, -3), va="top", color=ink.mean)
    for ax in (upper, lower):
        ax.spines["bottom"].set_visible(False)
    upper.tick_params(axis="x", length=0)
