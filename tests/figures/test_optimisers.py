"""What each optimiser takes in the valley and in the bowl, and where Adam's floor ends."""

import numpy as np
import pytest
from test_stills import drawn

from zigzag import trials


@pytest.fixture(scope="module")
def measured():
    return {name: drawn(name) for name in ("optimisers", "adam_floor", "rotation_test")}


@pytest.fixture(scope="module")
def problems(measured):
    """Second moments, raw and centred, of the figure's data sets, and their goals."""
    _, data = measured["optimisers"]
    rng = np.random.default_rng(data["seed"])
    x, goal = trials.uniform_problems(data["sets"], data["samples"], data["inputs"], rng=rng)
    centred = x - x.mean(axis=1, keepdims=True)
    moments = {kind: s.mT @ s / data["samples"] for kind, s in (("", x), ("_centred", centred))}
    return moments, goal


def test_every_best_rate_stands_inside_its_grid(measured):
    assert measured["optimisers"][1]["edges"] == measured["adam_floor"][1]["edges"] == 0


def closed_form_steps(h, goal, kind, tolerance):
    """Steps of descent or the heavy ball on one data set, by powers of two by two matrices."""
    values, axes = np.linalg.eigh(h)
    low, high = np.sqrt(values[[0, -1]])
    rate, m = 2 / (low**2 + high**2), 0.0
    if kind == "ball":
        rate, m = 4 / (low + high) ** 2, ((high - low) / (high + low)) ** 2
    turn = np.zeros((len(values), 2, 2))  # (now, before) → (next, now), for each eigenvalue
    turn[:, 0, 0], turn[:, 0, 1], turn[:, 1, 0] = 1 + m - rate * values, -m, 1
    off = (axes.T @ goal)[:, None] * np.ones(2)
    steps = 0
    while np.linalg.norm(off[:, 0]) > tolerance * np.linalg.norm(goal):
        off = np.matvec(turn, off)
        steps += 1
    return steps


@pytest.mark.parametrize("kind", ["gd", "ball"])
@pytest.mark.parametrize("centred", ["", "_centred"])
def test_descent_and_the_heavy_ball_take_the_steps_of_their_closed_forms(
    measured, problems, kind, centred
):
    _, data = measured["optimisers"]
    moments, goals = problems
    pairs = zip(moments[centred], goals, strict=True)
    steps = [closed_form_steps(h, goal, kind, data["tolerance"]) for h, goal in pairs]
    assert data[kind + centred] == np.median(steps)
    assert np.allclose(data[f"{kind}_span{centred}"], np.quantile(steps, [0.1, 0.9]))


def test_descent_is_the_same_number_as_in_the_rotation_test_and_in_the_lowest_valley(measured):
    _, data = measured["optimisers"]
    _, rotation = measured["rotation_test"]
    _, floor = measured["adam_floor"]
    assert data["gd"] == rotation["given_batch"] and data["gd_centred"] == rotation["centred_batch"]
    here = list(floor["means"]).index(0.5)
    assert floor["gd"][here] == data["gd"] and floor["ball"][here] == data["ball"]
    assert floor["kappas"][here] == pytest.approx(rotation["given_kappa"], rel=1e-9)
    assert floor["adam"][here] == pytest.approx(data["adam"], rel=0.03)  # at other rates


def test_the_optimisers_take_the_steps_of_the_science(measured):
    _, data = measured["optimisers"]
    quoted = {"gd": (313, 5), "ball": (45, 4), "adam": (156, 163), "gd_one": (845, 359)}
    for name, (raw, centred) in (quoted | {"adam_one": (800, 490)}).items():
        assert data[name] == pytest.approx(raw, rel=0.1), name
        assert data[f"{name}_centred"] == pytest.approx(centred, rel=0.1, abs=1), name
    assert data["adam_price"] < 1.1 < data["adam_one_price"] < data["gd_one_price"]


def test_full_batches_buy_descent_less_than_three_and_the_others_more(measured):
    _, data = measured["optimisers"]
    assert data["gd_gain"] < 3
    assert data["adam_gain"] == pytest.approx(5.2, rel=0.1)
    assert data["ball_gain"] > 12  # 19 against descent one by one, whose momentum is zero
    assert data["gd_one"] / data["ball"] == pytest.approx(19, rel=0.1)
    assert data["ball_one"] <= data["gd_one"]  # a momentum of zero is among those tried


def test_sign_descent_on_single_positive_inputs_comes_no_nearer(measured):
    _, data = measured["optimisers"]
    # steps lie on the line of ones, across which the goal lies: |w - w*|² = |w|² + |w*|²
    assert 1 <= data["sign_left"] < 1.0001 and data["sign_left_centred"] < 0.02


def test_the_bars_of_the_optimisers_are_the_medians(measured):
    fig, data = measured["optimisers"]
    rows = ["gd", "ball", "adam", "gd_one", "ball_one", "adam_one"]
    bars = fig.axes[0].patches
    assert [bar.get_width() for bar in bars] == [
        data[row + kind] for row in rows for kind in ("", "_centred")
    ]
    assert [bar.get_fill() for bar in bars] == [True, False] * len(rows)
    for row in rows:
        for kind in ("", "_centred"):
            low, high = data[f"{row}_span{kind}"]
            assert low <= data[row + kind] <= high


def adam_steps(h, goal, rate, tolerance, limit):
    """Kingma and Ba's algorithm 1, once more, for one data set."""
    w, m, v = np.zeros((3, len(goal)))
    for t in range(1, limit + 1):
        g = h @ (w - goal)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        step = rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)  # the order of their last remark
        w = w - step * m / (np.sqrt(v) + 1e-8 * np.sqrt(1 - 0.999**t))
        if np.linalg.norm(w - goal) <= tolerance * np.linalg.norm(goal):
            return t
    return limit


@pytest.mark.parametrize(("mean", "limit"), [(0.5, 200), (1.0, 250)])
def test_another_adam_takes_the_same_steps(measured, problems, mean, limit):
    _, data = measured["adam_floor"]
    _, goals = problems
    rng = np.random.default_rng(data["seed"])
    x, _ = trials.uniform_problems(data["sets"], data["samples"], data["inputs"], rng=rng)
    moved = x + (mean - 0.5)
    h = moved.mT @ moved / data["samples"]
    medians = []
    for rate in np.geomspace(0.3, 0.9, 7):
        pairs = zip(h, goals, strict=True)
        steps = [adam_steps(each, goal, rate, data["tolerance"], limit) for each, goal in pairs]
        medians.append(np.median(steps))
    here = list(data["means"]).index(mean)
    assert data["adam"][here] == pytest.approx(min(medians), rel=0.05)


def test_adams_floor_is_that_of_its_momentum_and_ends(measured):
    _, data = measured["adam_floor"]
    assert data["centred"] == pytest.approx(data["momentum_floor"], rel=0.1)
    short = data["kappas"] < 100
    assert np.allclose(data["adam"][short], data["centred"], rtol=0.05)
    assert 150 < data["floor_end"] < 600
    assert (data["adam"][data["kappas"] > data["floor_end"]] > 1.25 * data["centred"]).all()
    assert data["adam_longest"] > 8 * data["centred"]


def test_in_long_valleys_descent_grows_as_kappa_the_ball_as_its_root_and_adam_between(measured):
    _, data = measured["adam_floor"]

    def slope(name):
        late = data["kappas"] > 1000
        return np.polyfit(np.log(data["kappas"][late]), np.log(data[name][late]), 1)[0]

    assert slope("gd") == pytest.approx(1, abs=0.02)
    assert slope("ball") == pytest.approx(0.5, abs=0.03)
    assert 0.7 < slope("adam") < 1


def test_adam_takes_the_steps_of_the_science_in_every_valley(measured):
    _, data = measured["adam_floor"]
    quoted = {1.0: 175, 2.0: 453}  # of one data set each, at its own best rate
    for mean, steps in quoted.items():
        here = list(data["means"]).index(mean)
        assert steps * 0.95 < data["adam"][here] < 1.25 * steps
    layers = {370: 225, 2952: 1029, 240: 139, 957: 378}
    for (kappa, steps), (expected_kappa, expected) in zip(
        data["layers"], layers.items(), strict=True
    ):
        assert kappa == pytest.approx(expected_kappa, rel=0.01)
        assert steps == pytest.approx(expected, rel=0.12)


def test_with_whole_batches_sign_descent_suffers_from_the_valley_even_if_its_rate_falls(measured):
    _, data = measured["adam_floor"]
    assert 20 <= data["sign_centred"] <= 30 < 10 * data["sign_centred"] < data["sign_raw"]


def test_the_picture_of_the_floor_shows_what_was_measured(measured):
    fig, data = measured["adam_floor"]
    (ax,) = fig.axes
    descent, ball, adam, level = ax.lines[:4]
    for line, name in ((descent, "gd"), (ball, "ball"), (adam, "adam")):
        assert np.array_equal(line.get_xydata().T, [data["kappas"], data[name]])
    assert set(level.get_ydata()) == {data["centred"]} and level.get_linestyle() == "--"
    rings = [
        tuple(line.get_xydata()[0]) for line in ax.lines if line.get_markerfacecolor() == "none"
    ]
    assert rings == [tuple(layer) for layer in data["layers"]]
