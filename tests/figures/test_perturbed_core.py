"""Guard against make-believe: a core that is wrong by 1 % must change what a figure publishes."""

import pytest
from experiments import SLOW, measured
from nightly import mostly
from perturbed import WORDS, figures, noticed, parts, published, used

from darkroom.data import pack

QUICK = set(figures()) - SLOW
ONLY_SLOW = {("descent", "on_samples")}  # of its quick figures none shows it
PARTS = [
    pytest.param(
        pair,
        names,
        id="-".join(pair),
        marks=pytest.mark.nightly if pair in ONLY_SLOW or QUICK.isdisjoint(names) else (),
    )
    for pair, names in parts().items()
]


@pytest.mark.parametrize(("figure", "module", "function"), mostly(used(), daily=QUICK))
def test_a_core_wrong_by_one_percent_changes_what_is_published(figure, module, function):
    assert noticed(figure, module, function)


@pytest.mark.parametrize(("pair", "names"), PARTS)
def test_a_wrong_part_of_an_experiment_changes_what_some_figure_publishes(pair, names):
    assert any(noticed(figure, *pair) for figure in sorted(names, key=SLOW.__contains__))


@pytest.mark.parametrize("figure", mostly([(name,) for name in figures()], daily=QUICK))
def test_a_core_that_is_right_changes_nothing(figure):
    assert published(figure) == pack(measured(figure))


def test_every_figure_that_measures_is_guarded():
    assert set(figures()) - {figure for figure, *_ in used()} == WORDS
    assert ("curvature", "best_rate") in parts() | {(m, f): [] for _, m, f in used()}
