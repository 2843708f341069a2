"""Which cases of a guard are tried every day, and which wait for `make test-all`."""

import pytest


def mostly(cases, *, daily):
    """All cases of a guard; only those that begin with one of these are tried every day."""
    return [
        pytest.param(*case, marks=() if case[0] in daily else pytest.mark.nightly) for case in cases
    ]


def sampled(cases, daily):
    """All cases of a guard; only these are tried every day."""
    return [
        case if case in daily else pytest.param(*case, marks=pytest.mark.nightly) for case in cases
    ]
