"""The cures, tested: what a normaliser does in front of a layer, and what it does behind one."""

import numpy as np
import pytest
from hypothesis import given
from strategies import generators

from zigzag import cone, curvature, normalise
from zigzag.activations import moments


def batches(rng):
    return rng.normal(size=(7, 4)) * rng.uniform(0.5, 2, size=4) + rng.normal(size=4)


@given(generators())
def test_each_normaliser_normalises_along_its_own_axis(rng):
    x = batches(rng)
    by_batch, by_layer = normalise.batch_norm(x, epsilon=0), normalise.layer_norm(x, epsilon=0)
    np.testing.assert_allclose(by_batch.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(by_batch.std(axis=0), 1)
    np.testing.assert_allclose(by_layer.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(by_layer.std(axis=1), 1)
    rms = normalise.rms_norm(x, epsilon=0)
    np.testing.assert_allclose((rms**2).mean(axis=1), 1)
    np.testing.assert_array_equal(np.sign(rms), np.sign(x))


@given(generators())
def test_a_row_less_its_mean_never_has_one_sign(rng):
    assert not cone.one_signed(normalise.layer_norm(np.abs(batches(rng)))).any()


@given(generators())
def test_the_way_back_through_a_batch_norm_agrees_with_central_differences(rng):
    x, delta, direction = batches(rng), rng.normal(size=(7, 4)), rng.normal(size=(7, 4))
    step = 1e-6
    ahead, behind = ((delta * normalise.batch_norm(x + s * direction)).sum() for s in (step, -step))
    claimed = (normalise.batch_norm_gradient(delta, x) * direction).sum()
    assert claimed == pytest.approx((ahead - behind) / (2 * step), rel=1e-5, abs=1e-6)


@given(generators())
def test_behind_a_batch_norm_the_gradient_is_that_of_centred_inputs(rng):
    x, weights, delta = batches(rng), rng.normal(size=(4, 3)), rng.normal(size=(7, 3))
    back = normalise.batch_norm_gradient(delta, x @ weights)
    np.testing.assert_allclose(back.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(x.T @ back, normalise.centre(x).T @ back, atol=1e-11)


@given(generators())
def test_the_way_back_through_a_batch_norm_is_also_the_way_forward(rng):
    """Its Jacobian is symmetric: so it may be applied to inputs as it is to errors."""
    unit, ahead, behind = rng.normal(size=(3, 9, 1))
    forward, back = (normalise.batch_norm_gradient(v, unit) for v in (ahead, behind))
    assert (forward * behind).sum() == pytest.approx((back * ahead).sum(), rel=1e-9, abs=1e-9)


def hidden_layer(rng, *, offset_spread=0.0, samples=20_000, units=64):
    """Pre-activations of a layer: iid N(0, 1), with a mean of its own for each unit if asked."""
    return rng.normal(size=(samples, units)) + offset_spread * rng.normal(size=units)


def relu(z):
    return np.maximum(z, 0)


def test_normalising_before_relu_leaves_the_valley_and_after_it_does_not():
    z = hidden_layer(np.random.default_rng(0))
    # (one-signed share, κ); sampling adds up to 2·√(64/20000) = 11 % to each κ, as in the quoted
    quoted = {
        "raw": (relu(z), 1.00, 32.5),
        "BN before": (relu(normalise.batch_norm(z)), 1.00, 32.4),
        "BN after": (normalise.batch_norm(relu(z)), 0.0, 1.10),
        "RMSNorm after": (normalise.rms_norm(relu(z)), 1.00, 31.7),
    }
    for outputs, locked, kappa in quoted.values():
        assert cone.one_signed(outputs).mean() == locked
        h = curvature.second_moment(outputs)
        assert curvature.condition_number(h) == pytest.approx(kappa, rel=0.13)
    outputs = normalise.layer_norm(relu(z))
    assert cone.one_signed(outputs).mean() == 0
    # rows of a layer norm sum to zero: one direction is flat and left out
    rotated = curvature.second_moment(outputs)
    spectrum = curvature.eigenvalues(rotated)
    assert spectrum[-1] / spectrum[1] == pytest.approx(1.10, rel=0.13)


def test_a_layer_norm_keeps_the_valley_of_units_with_unequal_means():
    shares = []
    for seed in range(6):
        z = hidden_layer(np.random.default_rng(seed), offset_spread=1.0)
        outputs = normalise.layer_norm(relu(z))
        assert cone.one_signed(outputs).mean() == 0
        spectrum = curvature.eigenvalues(curvature.second_moment(outputs))
        mean = outputs.mean(axis=0)
        shares.append(
            (
                spectrum[-1] / np.median(spectrum),
                mean @ mean / np.trace(curvature.second_moment(outputs)),
            )
        )
    valley, share = np.mean(shares, axis=0)
    spread = np.std(shares, axis=0, ddof=1)
    assert abs(valley - 55) < 4 * spread[0]
    assert abs(share - 0.41) < 4 * spread[1]


@pytest.mark.parametrize(("batch", "locked"), [(1, True), (2, False), (3, False), (64, False)])
def test_a_batch_norm_behind_a_layer_unlocks_its_weights(batch, locked):
    """Linear → BN → ReLU → Linear (→ BN), all error signals from above positive."""
    rng = np.random.default_rng(batch)
    h = relu(rng.normal(size=(batch, 64)))
    weights, delta = rng.normal(size=(64, 64)) / 8, rng.uniform(0.1, 1, size=(batch, 64))
    assert cone.one_signed((h.T @ delta).T).all()
    if not locked and batch > 2:
        back = normalise.batch_norm_gradient(delta, h @ weights)
        assert not cone.one_signed((h.T @ back).T).any()


def test_behind_a_batch_norm_a_units_valley_is_that_of_centred_inputs():
    """Gauss–Newton κ of a unit's 64 weights on ReLU inputs, 200 samples: raw, behind, centred."""
    kappas = []
    for seed in range(12):
        rng, n = np.random.default_rng(seed), 200
        h = relu(rng.normal(size=(n, 64)))
        z = h @ rng.normal(size=(64, 1))
        back = normalise.batch_norm_gradient(np.eye(n)[:, :, None], z)[..., 0]  # one row an output
        jacobian = back @ h
        behind = curvature.second_moment(jacobian * z.std())
        raw, centred = curvature.second_moment(h), curvature.second_moment(normalise.centre(h))
        # the batch norm does not see the length of the weights: one flat direction
        kappas.append(
            (
                curvature.condition_number(raw),
                curvature.condition_number(behind, flat=1),
                curvature.condition_number(centred),
            )
        )
    mean, spread = np.mean(kappas, axis=0), np.std(kappas, axis=0, ddof=1)
    assert (np.abs(mean - (145, 13.2, 13.6)) < 2 * spread).all()  # quoted for one data set
    assert mean[1] == pytest.approx(mean[2], rel=0.1)


def test_relu_layers_close_the_cone_as_the_recursion_says():
    recursion = [0.0]
    for _ in range(50):
        recursion.append(float(normalise.arc_cosine(recursion[-1])))
    quoted = {1: 0.318, 2: 0.494, 3: 0.605, 5: 0.736, 10: 0.871, 20: 0.948, 50: 0.988}
    for layer, cosine in quoted.items():
        assert recursion[layer] == pytest.approx(cosine, abs=6e-4)
    assert recursion[1] == pytest.approx(moments("relu").cosine)
    runs = np.array(
        [
            normalise.cosines_by_depth(
                "relu", 10, rng=np.random.default_rng(s), gain=np.sqrt(2), width=256, samples=100
            )
            for s in range(16)
        ]
    )
    error = runs.std(axis=0, ddof=1) / 4
    # the recursion is the limit of endless width; 0.01 is for a width of 256
    assert (np.abs(runs.mean(axis=0) - recursion[1:11]) < 4 * error + 0.01).all()
    assert abs(runs[:, 9].mean() - 0.85) < 4 * runs[:, 9].std(ddof=1)


@pytest.mark.parametrize(
    ("activation", "gain", "quoted", "tolerance"),
    [
        ("logistic", 1.0, {1: 0.85, 2: 0.991, 3: 0.9995}, 0.01),
        ("tanh", 1.0, {1: 0.0, 10: 0.0, 20: 0.0}, 0.02),
        ("gelu", 1.5335, {1: 0.24, 10: 0.75}, 0.1),  # the gain that keeps the second moment
        ("elu", 1.2452, {1: 0.06, 20: 0.4}, 0.15),
    ],
)
def test_other_activations_close_it_at_their_own_pace(activation, gain, quoted, tolerance):
    cosines = normalise.cosines_by_depth(
        activation, 20, rng=np.random.default_rng(0), gain=gain, width=256, samples=100
    )
    for layer, cosine in quoted.items():
        assert cosines[layer - 1] == pytest.approx(cosine, abs=tolerance)


def test_a_batch_norm_before_relu_keeps_the_cone_from_closing():
    cosines = normalise.cosines_by_depth(
        "relu", 50, rng=np.random.default_rng(1), width=256, samples=100, normalised=True
    )
    assert cosines == pytest.approx(1 / np.pi, abs=0.02)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: normalise.batch_norm(np.empty((0, 2))), "x has shape"),
        (lambda: normalise.arc_cosine(1.5), "cosine = 1.5"),
        (lambda: normalise.mean_cosine(np.ones((1, 3))), "samples in x = 1"),
        (lambda: normalise.layer_norm([1.0, np.inf]), "x = "),
        (lambda: normalise.rms_norm(np.ones((2, 2)), epsilon=-9), "epsilon = -9"),
        (lambda: normalise.batch_norm(np.ones((2, 2)), epsilon=0.0), "spread of x"),
        (lambda: normalise.rms_norm(np.zeros((2, 2)), epsilon=0.0), "spread of x"),
        (lambda: normalise.mean_cosine([[1.0, 0.0], [0.0, 0.0]]), "lengths of x"),
    ],
)
def test_bad_input_is_named(call, names):
    with pytest.raises(ValueError, match=names):
        call()
