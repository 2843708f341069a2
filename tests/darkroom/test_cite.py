"""A measured number stands in prose and in formulas as a reader expects it."""

import numpy as np
import pytest

from darkroom.cite import cited, expanded
from darkroom.errors import Mistake

MEASURED = {
    "f": {"small": 1.5e-6, "large": -2e12, "share": 0.125, "x": np.array([3, 4]), "n": 40006}
}


def say(name, spec="", *, tex=False):
    return cited(name, spec, MEASURED, tex=tex)


def test_a_power_of_ten_is_written_as_one():
    assert say("f.small") == "1.5 × 10⁻⁶"
    assert say("f.small", tex=True) == r"1.5 \cdot 10^{-6}"
    assert say("f.large") == "−2 × 10¹²"
    assert say("f.large", tex=True) == r"-2 \cdot 10^{12}"
    assert say("f.n", ".1E") == "4.0 × 10⁴"
    assert say("f.n", ".2e", tex=True) == r"4.00 \cdot 10^{4}"
    assert expanded("{{ f.small }} of $w$", MEASURED) == "1.5 × 10⁻⁶ of $w$"


def test_other_numbers_are_written_as_they_were():
    assert say("f.n", ",") == "40,006" and say("f.n", ",", tex=True) == "40{,}006"
    assert say("f.share", ".0%") == "12%" and say("f.share", ".0%", tex=True) == r"12\%"
    assert say("f.x[0]") == "3" and say("f.x[-1]") == "4"


@pytest.mark.parametrize("name", ["f.x[0", "f.x[", "f.x]", "f.x[0]]", "f.x[a]", "f..x", "f.x-1"])
def test_a_reference_that_is_none_is_told(name):
    with pytest.raises(Mistake, match="is no reference"):
        say(name)


def test_what_cannot_be_cited_is_told():
    with pytest.raises(Mistake, match=r"`f\.x\[2\]` cannot be cited: index 2"):
        say("f.x[2]")
    with pytest.raises(Mistake, match=r"`f\.x` is an array"):
        say("f.x")
    with pytest.raises(Mistake, match=r"`f\.n:\.q` cannot be cited"):
        say("f.n", ".q")
