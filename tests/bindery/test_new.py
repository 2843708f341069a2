"""A new figure's file renders as it stands, and says where to go on."""

from pathlib import Path

import pytest

from bindery.new import new_figure
from darkroom.build import Darkroom

SRC = Path(__file__).parents[2] / "src"


@pytest.mark.parametrize("motion", [False, True], ids=["still", "motion"])
def test_a_new_figure_renders_as_it_stands(tmp_path, motion):
    (tmp_path / "src").symlink_to(SRC)
    (tmp_path / "figures").mkdir()
    new_figure(tmp_path / "figures", "mine", motion=motion)
    result = Darkroom(tmp_path, draft=True).build()
    assert not result.faults
    assert result.figures["mine"].figure.kind == ("motion" if motion else "still")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Two Words", "must be small letters"),
        ("../outside", "must be small letters"),
        ("où", "must be small letters"),
        ("class", "must be small letters"),
        ("valley", "exists already. Choose another name"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_advice(tmp_path, name, advice):
    (tmp_path / "valley.py").write_text("mine")
    with pytest.raises(ValueError, match=advice):
        new_figure(tmp_path, name)
    assert (tmp_path / "valley.py").read_text() == "mine"
