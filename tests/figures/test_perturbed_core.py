"""Guard against make-believe: a core that is wrong by 1 % must change what a figure publishes."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from unittest import mock

import pytest
from perturbed import WORDS, figures, noticed, parts, used

from darkroom.inputs import ONE_THREAD


@pytest.fixture(scope="module")
def answers():
    """All verdicts, on their way: every core judges at once."""
    direct, inner = list(used()), parts()
    pairs = dict.fromkeys([*direct, *((f, *pair) for pair, names in inner.items() for f in names)])
    with mock.patch.dict(os.environ, ONE_THREAD):
        pool = ProcessPoolExecutor(mp_context=get_context("spawn"))
        yield {pair: pool.submit(noticed, *pair) for pair in pairs}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("pair", list(used()), ids="-".join)
def test_a_core_wrong_by_one_percent_changes_what_is_published(answers, pair):
    assert answers[pair].result()


@pytest.mark.parametrize("pair", parts(), ids="-".join)
def test_a_wrong_part_of_an_experiment_changes_what_some_figure_publishes(answers, pair):
    assert any(answers[figure, *pair].result() for figure in parts()[pair])


def test_every_figure_that_measures_is_guarded():
    assert set(figures()) - {figure for figure, *_ in used()} == WORDS
    assert ("curvature", "best_rate") in parts() | {(m, f): [] for _, m, f in used()}
