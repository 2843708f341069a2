"""Stills are as wide as a phone can show them."""

from pathlib import Path

from darkroom.figure import catalog

FIGURES = Path(__file__).parents[2] / "figures"


def test_no_still_is_so_wide_that_a_phone_makes_its_letters_small():
    figures, _ = catalog(FIGURES)
    assert not {name: f.size for name, f in figures.items() if f.size[0] > 4.8}
