"""On real digits: what centring gains, by optimiser, batch and unit of grey."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier
from test_stills import drawn

from zigzag.architecture import Network, layers, random_weights

CASES = [
    f"{name}_{size}_{unit}"
    for name in ("descent", "ball", "adam")
    for size in ("full", "small")
    for unit in (16, 1)
]


@pytest.fixture(scope="module")
def measured():
    return drawn("digits")


def theirs(data, case, kind):
    """Steps of scikit-learn's network from the first start, at the rate of the figure."""
    name, size, unit = case.split("_")
    pixels, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(data["seed"])
    train = rng.permutation(len(pixels))[: data["train"]]
    net = Network((pixels.shape[1], data["hidden"], 10))
    start = random_weights(net, data["seeds"], rng=rng, gain=1 / pixels.std())[0]
    mean = pixels[train].mean(axis=0) * (kind == "centred")
    scale = 16 / int(unit)
    x, labels = (pixels[train] - mean) / scale, y[train]
    (weights, biases), last = layers(net, start)
    weights, biases = scale * weights, biases + mean @ weights
    model = MLPClassifier(
        (data["hidden"],), activation="tanh", solver="adam" if name == "adam" else "sgd",
        alpha=0.0, momentum=0.9 if name == "ball" else 0.0, nesterovs_momentum=False,
        batch_size=len(x) if size == "full" else data["batch"], random_state=0,
        learning_rate_init=float(data[f"{case}_{kind}_rate"]),
    )  # fmt: skip
    model.partial_fit(x, labels, classes=np.arange(10))
    del model._optimizer  # else it would remember this first step
    model.coefs_ = [weights.copy(), last[0].copy()]
    model.intercepts_ = [biases.copy(), last[1].copy()]
    every = 1 if size == "full" else data["every"]
    chance = np.random.default_rng(data["seed"])
    losses = []
    for step in range(400):
        if step % every == 0:
            losses.append(log_loss(labels, model.predict_proba(x)))
            if losses[-1] <= data["target"]:
                before, now = np.log(losses[-2:])
                return step - every * (np.log(data["target"]) - now) / (before - now)
        some = slice(None) if size == "full" else chance.integers(len(x), size=data["batch"])
        model.partial_fit(x[some], labels[some])
    return np.inf


@pytest.mark.parametrize("kind", ["raw", "centred"])
@pytest.mark.parametrize("case", [c for c in CASES if c.endswith("16")] + ["adam_small_1"])
def test_scikit_learn_takes_the_same_steps(measured, case, kind):
    _, data = measured
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        steps = theirs(data, case, kind)
    # raw walks swing at their best rates: a change in the sixth digit moves an arrival by a tenth
    near = 0.15 if kind == "raw" else 0.03
    assert data[f"{case}_{kind}"][0] == pytest.approx(steps, rel=near)


def test_every_case_gains_and_none_more_than_descent_with_whole_batches(measured):
    _, data = measured
    faster = {case: data[case] for case in CASES}
    assert max(faster, key=faster.get) == "descent_full_16"
    assert data["most_faster"] == pytest.approx(8, rel=0.1)
    assert 1 < data["least_faster"] == min(faster.values()) < 1.5
    others = [value for case, value in faster.items() if case != "descent_full_16"]
    assert max(others) < data["descent_full_16_span"][0]
    for case in CASES:
        low, high = data[f"{case}_span"]
        assert low <= data[case] <= high
        if case.endswith("_16"):  # what the caption says of the unit, optimiser by optimiser
            assert data[case.removesuffix("6")] < data[case]


def test_the_gains_are_those_of_the_science(measured):
    _, data = measured
    quoted = {"descent_full_16": 8, "ball_full_16": 2.8, "adam_full_16": 2.7, "adam_small_1": 1.6}
    for case, gain in (quoted | {"descent_small_16": 3.8}).items():
        assert data[case] == pytest.approx(gain, rel=0.2), case


def test_every_rate_stands_inside_its_grid(measured):
    assert measured[1]["edges"] == 0


def test_centred_digits_are_read_no_better(measured):
    _, data = measured
    assert data["train"] + data["held"] == data["all"]
    assert abs(data["raw_right"] - data["centred_right"]) < 0.02 and data["raw_right"] > 0.9
    assert data["centred_steps"] < data["raw_steps"] / 6


def test_each_dot_stands_at_its_gain(measured):
    fig, data = measured
    dots = [line.get_xdata()[0] for line in fig.axes[0].lines if line.get_marker() == "o"]
    assert sorted(dots) == sorted(data[case] for case in CASES)
