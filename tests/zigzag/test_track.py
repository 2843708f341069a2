"""Lengths and reversals of walked paths."""

import numpy as np
import pytest

from zigzag import track


def test_rests_are_passed_over_and_ensembles_counted_apart():
    straight = [[0, 0], [1, 1], [2, 2], [2, 2], [3, 3]]
    zigzag = [[0, 0], [1, 2], [1, 2], [-1, 1], [0, 3]]
    both = np.stack([straight, zigzag], axis=1)
    assert track.reversals(both).tolist() == [0, 2]
    assert track.path_length(both) == pytest.approx([np.sqrt(18), 3 * np.sqrt(5)])
