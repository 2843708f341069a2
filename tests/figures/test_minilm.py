"""The file of moments agrees with itself, and the pass that made it is right piece by piece."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf, softmax

DATA = Path(__file__).parents[2] / "figures" / "data"
PLACES = ("attention", "mixing", "feed", "hidden")
VISITED = [f"{layer}_{place}" for layer in range(1, 7) for place in PLACES]
each_layer = pytest.mark.parametrize("layer", range(6))
each_place = pytest.mark.parametrize("place", PLACES)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("minilm", DATA / "minilm.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def moments():
    with np.load(DATA / "minilm.npz") as file:
        return {name: values.astype(float) for name, values in file.items()}


def test_the_file_is_small_and_has_every_place(moments):
    assert (DATA / "minilm.npz").stat().st_size < 150_000
    parts = ("mean", "raw", "centred", "cosine")
    words = ("words_ratio", "words_raw", "words_centred", "words_cosine", "opening_cosine")
    names = {f"{place}_{part}" for place in PLACES for part in parts + words}
    assert set(moments) == names | {"sentences", "tokens", "words"}
    assert moments["tokens"] - moments["words"] == 2 * moments["sentences"]
    for place in PLACES:
        width = 1536 if place == "hidden" else 384
        assert all(moments[f"{place}_{part}"].shape == (6, width) for part in parts[:3])
        assert all(moments[f"{place}_{part}"].shape == (6,) for part in (parts[3], *words))


@each_layer
@each_place
def test_with_the_mean_the_trace_is_larger_by_its_square(moments, place, layer):
    mean = moments[f"{place}_mean"][layer]
    raw = moments[f"{place}_raw"][layer].sum()
    centred = moments[f"{place}_centred"][layer].sum()
    assert raw - centred == pytest.approx(mean @ mean, abs=2e-4 * raw)


@each_layer
@each_place
def test_eigenvalues_with_and_without_the_mean_interlace(moments, place, layer):
    raw = moments[f"{place}_raw"][layer]
    centred = moments[f"{place}_centred"][layer]
    assert (np.diff(raw) >= 0).all() and (np.diff(centred) >= 0).all()
    rounding = 1 + 2**-11
    assert (centred <= raw * rounding).all()
    assert (raw[:-1] <= centred[1:] * rounding).all()
    assert centred[0] >= -1e-6 * centred[-1]


@each_layer
@each_place
def test_the_steepest_direction_is_as_steep_as_its_cosine_with_the_mean_allows(
    moments, place, layer
):
    mean = moments[f"{place}_mean"][layer]
    top = moments[f"{place}_raw"][layer][-1]
    bare = moments[f"{place}_centred"][layer][-1]
    cosine = moments[f"{place}_cosine"][layer]
    assert 0 <= cosine <= 1 and 0 <= moments[f"{place}_words_cosine"][layer] <= 1
    # v·Hv = v·Σv + (v·m)²: at most the largest of Σ and the square; m·Hm/|m|² is at most the top
    along = cosine**2 * (mean @ mean)
    assert top <= (bare + along) * (1 + 2**-10)
    assert top >= (mean @ mean) * (1 - 2**-10)


def test_a_row_after_the_norm_has_mean_nought_and_spread_one(script):
    x = np.random.default_rng(0).normal(3, 2, size=(4, 10))
    out = script.layer_norm(x, 2.0, 5.0)
    np.testing.assert_allclose(out.mean(axis=1), 5)
    np.testing.assert_allclose(out.std(axis=1), 2)


def test_gelu_is_that_of_the_error_function_and_not_of_tanh(script):
    z = np.linspace(-5, 5, 101)
    exact = 0.5 * z * (1 + erf(z / np.sqrt(2)))
    np.testing.assert_allclose(script.gelu(z), exact, atol=1e-12)
    tanh = 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))
    assert np.abs(script.gelu(z) - tanh).max() > 1e-4


def test_attention_is_what_loops_over_heads_and_tokens_make(script):
    rng = np.random.default_rng(1)
    q, k, v = rng.normal(size=(3, 5, 6))
    out = script.attention(q, k, v, heads=2)
    for head in (slice(0, 3), slice(3, 6)):
        for i in range(5):
            scores = [q[i, head] @ k[j, head] / np.sqrt(3) for j in range(5)]
            mixed = softmax(scores) @ v[:, head]
            np.testing.assert_allclose(out[i, head], mixed)


def little(rng):
    """Weights of a model with the names of the real one, 24 wide, with 7 word pieces."""
    weights = {}

    def add(name, *shape):
        weights[f"{name}.weight"] = rng.normal(size=shape)
        weights[f"{name}.bias"] = rng.normal(size=shape[:1])

    for table, rows in ("word", 7), ("position", 9), ("token_type", 2):
        weights[f"embeddings.{table}_embeddings.weight"] = rng.normal(size=(rows, 24))
    add("embeddings.LayerNorm", 24)
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            add(f"{name}.attention.{part}", 24, 24)
        add(f"{name}.attention.output.LayerNorm", 24)
        add(f"{name}.intermediate.dense", 48, 24)
        add(f"{name}.output.dense", 24, 48)
        add(f"{name}.output.LayerNorm", 24)
    return weights


def test_a_pass_visits_every_place_in_order_and_ends_normalised(script):
    weights = little(np.random.default_rng(2))
    visited = list(script.forward(np.array([1, 5, 2]), weights))
    assert [name for name, _ in visited] == [*VISITED, "out"]
    widths = {name: x.shape for name, x in visited}
    assert widths["3_hidden"] == (3, 48) and widths["out"] == (3, 24)
    embedding = script.embedding(np.array([1, 5, 2]), weights)
    assert np.linalg.norm(embedding) == pytest.approx(1)


def test_words_are_counted_without_the_two_marks(script):
    class Tokenizer:
        def encode(self, text):
            ids = [0, *(int(c) for c in text), 6]
            return type("Encoding", (), {"ids": ids})

    weights = little(np.random.default_rng(3))
    found = script.reads(["123", "45"], Tokenizer(), weights)
    of_all, of_words, of_opening = found["2_feed"]
    assert (of_all.rows, of_words.rows, of_opening.rows) == (9, 5, 2) and list(found) == VISITED
    texts = ([0, 1, 2, 3, 6], [0, 4, 5, 6])
    visits = [dict(script.forward(np.array(tokens), weights)) for tokens in texts]
    x = np.concatenate([visit["2_feed"] for visit in visits])
    np.testing.assert_allclose(of_all.first / 9, x.mean(axis=0))
    np.testing.assert_allclose(of_all.second / 9, x.T @ x / 9)
    np.testing.assert_allclose(of_opening.mean, x[[0, 5]].mean(axis=0))
    assert 0 <= script.kept(of_all, of_words, of_opening)["opening_cosine"] <= 1


def test_the_text_is_cut_into_sentences_of_prose_each_once(script):
    topics = {
        "a": "Title\n*****\n\nThis is a sentence of some length, e.g. one.  And\nhere is another "
        "one that is long enough.\n\n   This paragraph is indented and so it is no prose.\n",
        "b": "And here is another one that is long enough.\n\nToo short.\n\nx ::= no prose at all",
    }
    assert script.sentences(topics) == [
        "This is a sentence of some length, e.g. one.",
        "And here is another one that is long enough.",
    ]


def test_numbers_are_rounded_to_twelve_binary_digits(script):
    values = np.random.default_rng(4).lognormal(sigma=5, size=999)
    short = script.rounded(values)
    np.testing.assert_allclose(short, values, rtol=2**-12)
    assert len(np.unique(np.frexp(short)[0])) <= 2**11 + 1


def test_another_file_of_weights_is_refused(script):
    with pytest.raises(SystemExit, match="the weights have the SHA-256"):
        script.checked(b"others", script.WEIGHTS, "weights")
