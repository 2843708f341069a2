"""Part 3, the end: optimisers in the valley, and digits."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from test_stills import drawn

from zigzag import data as sets
from zigzag.architecture import Network, layers, random_weights

NAMES = ("optimisers", "digits")


@pytest.fixture(scope="module")
def measured():
    return {name: drawn(name) for name in NAMES}


def test_every_best_rate_stands_inside_its_grid(measured):
    assert measured["optimisers"][1]["edges"] == 0
    assert measured["digits"][1]["raw_edges"] == measured["digits"][1]["centred_edges"] == 0


def valley(data, kind):
    """Eigenvalues of the loss, and the goal in the eigenvectors' frame."""
    rng, d = np.random.default_rng(data["seed"]), data["inputs"]
    x = sets.uniform(data["samples"], d, rng=rng)
    goal = rng.normal(size=d)
    x = x - x.mean(axis=0) if kind else x
    values, axes = np.linalg.eigh(x.T @ x / len(x))
    return values, (goal - goal.mean()) @ axes


@pytest.mark.parametrize("kind", ["", "_centred"])
def test_descent_and_the_heavy_ball_take_the_steps_of_their_closed_forms(measured, kind):
    _, data = measured["optimisers"]
    values, start = valley(data, kind)
    low, high = np.sqrt(values[[0, -1]])
    momentum = ((high - low) / (high + low)) ** 2
    for name, rate, m in (
        ("gd", 2 / (low**2 + high**2), 0.0),
        ("ball", 4 / (low + high) ** 2, momentum),
    ):
        steps = int(data[name + kind])
        turn = np.zeros((len(values), 2, 2))  # (now, before) → (next, now), for each eigenvalue
        turn[:, 0, 0], turn[:, 0, 1], turn[:, 1, 0] = 1 + m - rate * values, -m, 1
        left = [
            np.linalg.norm(np.linalg.matrix_power(turn, k).sum(axis=2)[:, 0] * start)
            for k in (steps - 1, steps)
        ] / np.linalg.norm(start)
        assert left[1] <= data["tolerance"] < left[0], name


def test_the_optimisers_take_the_steps_of_the_science(measured):
    _, data = measured["optimisers"]
    quoted = {"gd": (312, 5), "ball": (45, 4), "adam": (157, 164), "sgd": (845, 359)}
    for name, (raw, centred) in (quoted | {"adam_one": (800, 490)}).items():
        assert data[name] == pytest.approx(raw, rel=0.1), name
        assert data[f"{name}_centred"] == pytest.approx(centred, rel=0.1), name
    assert data["adam_price"] < 1.1 < data["adam_one_price"] < data["sgd_price"]


def test_sign_descent_on_positive_inputs_comes_no_nearer(measured):
    _, data = measured["optimisers"]
    # steps lie on the line of ones, across which the goal lies: |w - w*|² = |w|² + |w*|²
    assert 1 <= data["sign_left"] < 1.0001 and data["sign_left_centred"] < 0.02


def test_the_bars_of_the_optimisers_are_the_medians(measured):
    rows = ["gd", "ball", "adam", "sgd", "adam_one"]
    fig, data = measured["optimisers"]
    cases = [row + kind for row in rows for kind in ("", "_centred")]
    bars = fig.axes[0].patches
    assert [bar.get_width() for bar in bars] == [data[case] for case in cases]
    assert [bar.get_fill() for bar in bars] == [True, False] * len(rows)
    for case in cases:
        low, high = data[f"{case}_span"]
        assert low <= data[case] <= high


@pytest.mark.parametrize("kind", ["raw", "centred"])
def test_scikit_learn_walks_the_digits_down_the_same_losses(measured, kind):
    _, data = measured["digits"]
    x, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(data["seed"])
    order = rng.permutation(len(x))
    train = order[: data["train"]]
    net = Network((x.shape[1], data["hidden"], 10))
    start = random_weights(net, data["seeds"], rng=rng, gain=1 / x.std())[0]
    inputs, (first, last) = x[train], layers(net, start)
    if kind == "centred":
        first[1][:] += inputs.mean(axis=0) @ first[0]
        inputs = inputs - inputs.mean(axis=0)
    rate = float(data[f"{kind}_rates"][0])
    theirs = MLPClassifier(
        (data["hidden"],), activation="tanh", solver="sgd", alpha=0.0, momentum=0.0,
        batch_size=len(train), learning_rate_init=rate, nesterovs_momentum=False, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.partial_fit(inputs, y[train], classes=np.arange(10))
        theirs.coefs_ = [first[0].copy(), last[0].copy()]
        theirs.intercepts_ = [first[1].copy(), last[1].copy()]
        losses = []
        for _ in range(int(data[f"{kind}_least"])):
            theirs.partial_fit(inputs, y[train])
            losses.append(theirs.loss_)
    assert np.allclose(losses, data[f"{kind}_losses"][: len(losses), 0], rtol=1e-6)


def test_centred_digits_start_alike_and_arrive_sooner_but_read_no_better(measured):
    _, data = measured["digits"]
    assert np.allclose(data["raw_losses"][0], data["centred_losses"][0], rtol=1e-12)
    assert data["centred_most"] < data["raw_least"] and data["train"] + data["held"] == data["all"]
    assert 0.9 < data["centred_right"] <= data["raw_right"] < 1
