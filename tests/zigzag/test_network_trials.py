"""What a mean costs a little network, start by start."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import generators

from zigzag.architecture import Network, absorbed
from zigzag.network import current_means, loss_and_gradient, starting_means
from zigzag.network_trials import learning_times, median_error, moon_problems, paired
from zigzag.race import race, rounded

GOAL = {"rates": np.array([1.0, 3.0, 9.0]), "target": 0.3, "limit": 200}


def test_every_start_has_weights_and_dots_of_its_own():
    net = Network((2, 6, 1), "logistic")
    w, x, y = moon_problems(net, 4, 30, rng=np.random.default_rng(0), gain=4.0)
    assert len(np.unique(w[:, 0])) == len(np.unique(x[:, 0, 0])) == 4
    assert (y == np.arange(30) % 2).all()
    assert w[:, :12].std() == pytest.approx(4 / 2**0.5, rel=0.3)  # gain over √inputs


@pytest.mark.parametrize("without", [None, "start", "current"])
def test_each_start_runs_a_race_of_its_own(without):
    net = Network((2, 6, 1), "logistic", shift=0.2)
    w, x, y = moon_problems(net, 3, 30, rng=np.random.default_rng(1), gain=4.0)
    together = learning_times(net, w, x, y, without=without, **GOAL)
    for k in range(3):
        start = absorbed(net, w[k])
        centring = {"start": starting_means(net, start, x[k]), "current": current_means}
        objective = partial(
            loss_and_gradient, net, x=x[k], y=y[k], centring=centring.get(str(without))
        )
        alone = race(rounded(objective), start, **GOAL)
        assert together.time[k] == alone.time and together.steps[k] == alone.steps
        assert together.rate[k] == alone.rate and together.loss[k] == alone.loss <= 0.3
        assert together.edge[k] == alone.edge


def test_the_three_ways_to_take_a_mean_away_all_help_a_sigmoid_and_differ():
    net, half = (Network((2, 8, 8, 1), "logistic", shift=shift) for shift in (0.0, -0.5))
    problems = moon_problems(net, 4, 60, rng=np.random.default_rng(2), gain=4.0)
    goal = GOAL | {"rates": np.geomspace(2, 60, 6)}
    times = [
        learning_times(net, *problems, **goal).time,
        learning_times(half, *problems, **goal).time,
        learning_times(net, *problems, without="start", **goal).time,
        learning_times(net, *problems, without="current", **goal).time,
    ]
    assert len(np.unique(np.array(times).round(6), axis=0)) == 4
    for cured in times[1:]:
        assert np.median(times[0] / cured) > 1


@given(generators(), st.integers(1, 30))
def test_paired_ratios_are_those_of_each_start(rng, starts):
    times, others = rng.uniform(1, 9, size=(2, starts))
    low, middle, high = paired(times, others)
    ratios = sorted(a / b for a, b in zip(times, others, strict=True))
    assert low <= middle <= high and ratios[0] <= low and high <= ratios[-1]
    assert middle == pytest.approx(np.median(ratios))
    if starts % 2:  # an even number has no middle one
        assert paired(others, times)[1] == pytest.approx(1 / middle)
    slower = paired(3 * times, others)
    np.testing.assert_allclose(slower, 3 * paired(times, others))


def test_the_error_of_a_median_is_how_far_medians_of_other_starts_lie_apart():
    rng = np.random.default_rng(3)
    ratios = np.exp(0.35 * rng.normal(size=(4000, 24)))
    apart = np.log(np.median(ratios, axis=1)).std()
    claimed = np.median([median_error(row, np.ones(24)) for row in ratios])
    assert claimed == pytest.approx(apart, rel=0.06)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: paired([1.0, 0.0], [1.0, 1.0]), "times = "),
        (lambda: paired([1.0], [-1.0]), "others = "),
        (
            lambda: moon_problems(Network((2, 3, 1)), 0, 9, rng=np.random.default_rng()),
            "starts = 0",
        ),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
