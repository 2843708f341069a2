"""What of a figure's file counts for its experiment, and what for its picture."""

import pytest

from darkroom import reach


@pytest.mark.parametrize(
    "looked_up",
    [
        "globals()['FACTOR']",
        "vars()['FACTOR']",
        "eval('FACTOR')",
        "getattr(sys.modules[__name__], 'FACTOR')",
        "sys.modules['figures.line'].FACTOR",
        "measure.__globals__['FACTOR']",
        "sys._getframe().f_globals['FACTOR']",
    ],
)
def test_a_name_that_is_looked_up_counts_though_it_is_not_written_out(looked_up):
    source = "import sys\nFACTOR = 2\ndef measure():\n    return {'y': %s}\ndef draw(): ...\n"
    before, after = (
        reach.reached((source.replace("2", value) % looked_up).encode(), "figures", ("measure",))
        for value in "23"
    )
    assert before != after
    drawn = [
        reach.reached((source.replace("2", value) % looked_up).encode(), "figures", ("draw",))
        for value in "23"
    ]
    assert drawn[0] == drawn[1], "a picture that looks nothing up does not depend on it"


def test_an_argument_of_a_default_hides_no_name():
    source = "FACTOR = 2\ndef measure(a=lambda FACTOR: 1):\n    return {'y': FACTOR}\n"
    two, three = (
        reach.reached(source.replace("2", value).encode(), "figures", ("measure",))
        for value in "23"
    )
    assert two != three
