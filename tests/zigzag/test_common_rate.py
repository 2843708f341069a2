"""One rate for all starts, found in rounds, for any optimiser and for small batches."""

from functools import partial

import numpy as np
import pytest

from zigzag import data, descent, reading
from zigzag.architecture import Network, random_weights
from zigzag.common_rate import at_common_rate, narrowed
from zigzag.network import loss_and_gradient
from zigzag.small_batches import sampled_objective


def bowl(w):
    """Two directions, one nine times as steep: (loss, gradient)."""
    steepness = np.array([1.0, 9.0])
    return (steepness * w**2).sum(axis=-1) / 2, steepness * w


def test_at_the_at_common_rate_three_quarters_of_the_starts_arrive_first():
    rng = np.random.default_rng(3)
    starts, rates = rng.normal(size=(13, 2)), np.array([0.02, 0.1, 0.19, 0.5])
    best = at_common_rate(bowl, starts, rates=rates, target=1e-6, limit=500)
    alone = [at_common_rate(bowl, starts, rates=[rate], target=1e-6, limit=500) for rate in rates]
    upper = [one.quartiles[2] for one in alone]
    assert best.place == np.argmin(upper) == 2 and not best.edge
    np.testing.assert_allclose(best.quartiles, alone[2].quartiles)
    assert (best.steps < 500).sum() == 10  # nobody waits for the slowest quarter
    assert alone[0].edge and (alone[3].steps == 500).all()  # a rate that diverges


def test_an_arrival_lies_between_the_two_steps_about_it():
    starts, rate = np.array([[3.0, 0.0], [1.0, 0.0]]), 0.1
    best = at_common_rate(bowl, starts, rates=[rate], target=0.01, limit=99)
    # along one direction ln L falls by the same at every step, so the line is exact
    np.testing.assert_allclose(best.steps, np.log(0.02 / starts[:, 0] ** 2) / np.log(0.81), 1e-3)


@pytest.mark.parametrize("every", [1, 3])
def test_another_optimiser_may_race_and_be_looked_at_now_and_then(every):
    ball = partial(descent.heavy_ball, momentum=0.5)
    starts, looks = np.array([[3.0, 0.0], [0.5, 0.0], [1.0, 0.0]]), iter(range(999))
    held = []

    def objective(w):
        loss, g = bowl(w)
        if next(looks) % every == 0:
            held[:] = [loss]
        return held[0], g

    settings = {"rates": [0.05], "target": 1e-3, "limit": 200, "optimiser": ball, "share": 1.0}
    best = at_common_rate(objective, starts, every=every, **settings)
    walk = reading.path(ball(lambda w: bowl(w)[1], starts, rate=0.05), steps=90)
    logs = np.log(bowl(walk)[0] / 1e-3)[::every]
    for steps, log in zip(best.steps, logs.T, strict=True):
        k = int((log <= 0).argmax())
        assert steps == pytest.approx(every * (k - log[k] / (log[k] - log[k - 1])))


def test_a_rate_is_narrowed_down_to_near_the_best():
    """Two directions, 1 and 9 times as steep: of all fixed rates 2/(1 + 9) is the fastest."""
    rng = np.random.default_rng(4)
    starts = rng.normal(size=(6, 2))
    seen = []

    def listed(w, rates):
        seen.append((len(w), len(rates)))
        return at_common_rate(bowl, w, rates=rates, target=1e-9, limit=999, share=1.0)

    rate, won = narrowed(listed, starts, 0.01 * 2.0 ** np.arange(6), scouts=2, judges=4)
    assert rate == pytest.approx(0.2, rel=0.15) and not won.edge
    assert seen == [(2, 6), (4, 5), (6, 1)]
    alone = at_common_rate(bowl, starts, rates=[rate], target=1e-9, limit=999, share=1.0)
    np.testing.assert_allclose(won.steps, alone.steps)


def test_an_objective_of_batches_looks_at_the_whole_now_and_then():
    rng = np.random.default_rng(6)
    net = Network((2, 5, 1))
    x, y = data.two_moons(40, rng=rng)
    objective = sampled_objective(net, x, y, size=7, every=3, rng=np.random.default_rng(1))
    same_chance = np.random.default_rng(1)
    for call in range(7):
        w = random_weights(net, 4, rng=rng)
        loss, g = objective(w)
        if call % 3 == 0:
            looked = loss_and_gradient(net, w, x, y)[0]
        np.testing.assert_allclose(loss, looked)
        batch = same_chance.integers(40, size=7)
        np.testing.assert_allclose(g, loss_and_gradient(net, w, x[batch], y[batch])[1])
