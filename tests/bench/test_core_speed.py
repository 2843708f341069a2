"""What vectors buy: each group prints its members side by side, as ratios of one run.

No time is asserted: machines differ, and the same machine differs from itself.
"""

import subprocess
import sys
import tracemalloc
from functools import partial

import numpy as np
import pytest
from bench import most

from zigzag import curvature, data, descent, gradients, reading, track
from zigzag.architecture import Network, absorbed, random_weights
from zigzag.network import loss_and_gradient
from zigzag.race import race

WALKERS, STEPS, DIMENSION = *most((1000, 1000), (10, 10)), 20


def samples_and_goal():
    rng = np.random.default_rng(0)
    return data.uniform(5000, DIMENSION, rng=rng), rng.normal(size=DIMENSION)


def together():
    """All walkers in one call."""
    (x, goal), rng = samples_and_goal(), np.random.default_rng(1)
    drawn = gradients.draws(x, x @ goal, rng=rng, walkers=(WALKERS,))
    return reading.arrival(
        descent.kaczmarz(drawn, np.zeros((WALKERS, DIMENSION))), goal, tolerance=1e-9, limit=STEPS
    )


def one_by_one():
    """The same in plain Python: walker by walker, step by step, numpy for the vectors."""
    (x, goal), rng = samples_and_goal(), np.random.default_rng(1)
    y = x @ goal
    ends = []
    for _ in range(WALKERS):
        w = np.zeros(DIMENSION)
        for i in rng.integers(len(x), size=STEPS):
            w = w - (x[i] @ w - y[i]) / (x[i] @ x[i]) * x[i]
            np.linalg.norm(w - goal)
        ends.append(w)
    return ends


@pytest.mark.benchmark(group="1,000 walkers × 1,000 steps × 20 weights")
@pytest.mark.parametrize("way", [together, one_by_one], ids=["core", "plain"])
def test_walkers_walk_together(benchmark, way):
    benchmark.pedantic(way, rounds=3 if way is together else 1)


@pytest.mark.benchmark(group="κ measured from d = 2 to 512")
def test_the_condition_number_sweep(benchmark):
    def sweep():
        rng = np.random.default_rng(0)
        for d in 2 ** np.arange(1, 10):
            curvature.condition_number(curvature.second_moment(data.uniform(4096, d, rng=rng)))

    benchmark.pedantic(sweep, rounds=2)


@pytest.mark.benchmark(group="dose and response: 5 shifts × 3 seeds × 18 rates, width 32")
def test_the_dose_response_sweep(benchmark):
    def sweep():
        rng = np.random.default_rng(0)
        x, y = data.two_moons(200, rng=rng)
        w = random_weights(Network((2, 32, 32, 1)), 3, rng=rng)
        for shift in (0.0, 0.25, 0.5, 1.0, 2.0):
            net = Network((2, 32, 32, 1), shift=shift)
            objective = partial(loss_and_gradient, net, x=x, y=y)
            race(
                objective,
                absorbed(net, w),
                rates=np.geomspace(0.01, 30, 18),
                target=0.05,
                limit=900,
            )

    benchmark.pedantic(sweep, rounds=1)


@pytest.mark.benchmark(group="import")
@pytest.mark.parametrize("module", ["numpy", "zigzag.cone"])
def test_importing(benchmark, module):
    """In a fresh interpreter; the difference of the two is what the core adds."""
    benchmark.pedantic(
        lambda: subprocess.run([sys.executable, "-c", f"import {module}"], check=True), rounds=10
    )


def test_memory_stays_flat_when_no_path_is_asked_for():
    """Not a time, so asserted: ten times the steps, the same peak."""
    x, goal = samples_and_goal()

    def peak(steps):
        drawn = gradients.draws(x, x @ goal, rng=np.random.default_rng(1), walkers=(100,))
        walk = descent.kaczmarz(drawn, np.zeros((100, DIMENSION)))
        tracemalloc.start()
        reading.arrival(walk, goal, tolerance=1e-9, limit=steps)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(1000) < 1.1 * peak(100)


@pytest.mark.benchmark(group="reading a path of 1,000 walkers")
def test_reversals(benchmark):
    path = np.random.default_rng(0).normal(size=(201, WALKERS, 2)).cumsum(axis=0)
    benchmark(track.reversals, path)
