"""Real tables: what scaling and centring buy, in the weights and in the loss."""

import experiments
import pytest


def test_on_real_tables_neither_scaling_nor_centring_buys_what_both_do():
    data = experiments.measured("real_tables")
    for table in ("digits", "breast_cancer", "wine"):
        steps = {case: data[f"{table}_{case}_weights"] for case in ("raw", "centred", "scaled")}
        both = data[f"{table}_both_weights"]
        assert steps["scaled"] < steps["centred"] < steps["raw"]
        assert both < min(steps.values()) / 10
    assert data["diabetes_centring"] == pytest.approx(1), "it is shipped centred"


def test_the_loss_of_real_tables_is_there_long_before_the_weights():
    data = experiments.measured("real_tables")
    weights = {key for key in data if key.endswith("_weights")}
    assert all(data[key.replace("_weights", "_loss")] < data[key] / 5 for key in weights)
    assert 1 < data["least_overstated"] < data["most_overstated"] < 2.5, "κ foretells the steps"
