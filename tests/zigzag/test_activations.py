"""The table of q, from closed forms and from scipy's own quadrature."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special
from scipy.integrate import quad

from zigzag.activations import ACTIVATIONS, Moments, moments


def oracle(activation, mean, std):
    """Mean and variance by scipy's adaptive quadrature, broken where the library's kinks are."""
    f = ACTIVATIONS[activation]
    lows, highs = mean - 12 * std, mean + 12 * std
    edges = sorted({lows, highs, *(p for p in (-30, -5, 0, 5, 30, mean) if lows < p < highs)})

    def average(g):
        def density(z):
            return math.exp(-0.5 * ((z - mean) / std) ** 2) / (std * math.sqrt(2 * math.pi))

        pieces = [
            quad(lambda z: g(f(np.array([z]))[0]) * density(z), a, b, epsabs=0, epsrel=1e-12)[0]
            for a, b in pairwise(edges)
        ]
        return math.fsum(pieces)

    centre = average(lambda a: a)
    return centre, average(lambda a: (a - centre) ** 2)


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("std", [0.01, 1.0, 100.0])
@pytest.mark.parametrize(
    "activation", ["logistic", "leaky_relu", "elu", "gelu", "softplus", "mish"]
)
def test_moments_agree_with_an_independent_quadrature(activation, std):
    mean, variance = oracle(activation, 0.3, std)
    ours = moments(activation, mean=0.3, std=std)
    assert ours.mean == pytest.approx(mean, rel=1e-9)
    assert ours.variance == pytest.approx(variance, rel=1e-9)


# μ and s to four places, q, c, φ in degrees: the site's table of q, for z ~ N(0, 1)
TABLE = {
    "logistic": (0.5000, 0.2083, 5.7632, 0.8521, 22.6),
    "relu": (0.3989, 0.5838, 0.4669, 0.3183, 55.7),
    "leaky_relu": (0.3590, 0.6133, 0.3428, 0.2553, 59.7),
    "gelu": (0.2821, 0.5879, 0.2302, 0.1871, 64.4),
    "silu": (0.2066, 0.5595, 0.1364, 0.1200, 69.7),
    "elu": (0.1605, 0.7869, 0.0416, 0.0400, 78.5),
}


@pytest.mark.parametrize("activation", TABLE)
def test_the_table_of_q_comes_out(activation):
    mean, std, q, cosine, degrees = TABLE[activation]
    m = moments(activation)
    assert (m.mean, math.sqrt(m.variance)) == pytest.approx((mean, std), abs=5.1e-5)
    assert (m.q, m.cosine) == pytest.approx((q, cosine), abs=5.1e-5)
    assert math.degrees(m.half_angle) == pytest.approx(degrees, abs=0.051)


@pytest.mark.parametrize("activation", ["tanh", "selu", "arctan", "softsign", "identity"])
def test_centred_activations_open_the_cone_to_a_right_angle(activation):
    assert moments(activation).q < 1e-30
    assert moments(activation).half_angle == pytest.approx(math.pi / 2, abs=1e-12)


@pytest.mark.parametrize("std", [0.01, 1.0, 100.0])
def test_relu_has_its_closed_form_at_every_scale(std):
    m = moments("relu", std=std)
    assert m.mean == pytest.approx(std / math.sqrt(2 * math.pi), rel=1e-13)
    assert m.q == pytest.approx(1 / (math.pi - 1), rel=1e-12)


def test_gelu_has_its_closed_form():
    assert moments("gelu").mean == pytest.approx(1 / (2 * math.sqrt(math.pi)), rel=1e-13)


@given(st.floats(-3.0, 3.0), st.floats(0.05, 20.0), st.floats(-1.0, 1.0))
def test_kinks_and_jumps_may_lie_anywhere(kink, std, mean):
    u = (mean - kink) / std
    above = 0.5 * math.erfc(-u / math.sqrt(2))
    assume(1e-9 < above < 1 - 1e-9)  # else the output is one constant, and has no variance
    density = math.exp(-0.5 * u**2) / math.sqrt(2 * math.pi)
    jump = moments(lambda z: np.where(z > kink, 1.0, -1.0), mean=mean, std=std)
    assert jump.mean == pytest.approx(2 * above - 1, abs=1e-9)
    bend = moments(lambda z: np.maximum(z - kink, 0.0), mean=mean, std=std)
    assert bend.mean == pytest.approx(std * (u * above + density), rel=1e-9, abs=1e-12 * std)


def test_q_of_the_logistic_falls_with_the_scale_of_centred_inputs_and_stays_above_one():
    qs = [moments("logistic", std=s).q for s in (0.25, 0.5, 1, 2, 4, 100)]
    assert qs == pytest.approx([66, 17.9, 5.76, 2.54, 1.57, 1.016], rel=4e-3)
    assert sorted(qs, reverse=True) == qs and qs[-1] > 1


@given(st.floats(0.05, 50.0), st.floats(0.2, 5.0))
def test_q_of_the_logistic_is_above_one_for_centred_inputs_and_may_fall_below_for_others(
    std, shift
):
    assert moments("logistic", std=std).q > 1
    least = moments("logistic", mean=-shift * 20, std=20.0)
    assert least.q < moments("logistic", std=20.0).q
    assert moments("logistic", mean=-2.0, std=4.0).q < 1


@given(st.floats(-5.0, 5.0), st.floats(0.01, 5.0))
def test_cosine_angle_and_q_say_the_same(mean, variance):
    m = Moments(mean, variance)
    assert m.cosine == pytest.approx(m.q / (1 + m.q))
    assert math.cos(m.half_angle) ** 2 == pytest.approx(m.cosine, abs=1e-12)
    assert 1 / math.sin(m.half_angle) == pytest.approx(math.sqrt(1 + m.q))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_neither_overflow_nor_change_their_argument(activation):
    z = np.array([-800.0, -1.0, 0.0, 1.0, 800.0])
    with np.errstate(all="raise", under="ignore"):
        a = ACTIVATIONS[activation](z)
    assert np.isfinite(a).all() and a.shape == z.shape
    assert a is not z and z.tolist() == [-800.0, -1.0, 0.0, 1.0, 800.0]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({"activation": "sigmoid"}, "activation = 'sigmoid'.*logistic"),
        ({"activation": "relu", "std": 0.0}, "std = 0"),
        ({"activation": "relu", "mean": np.nan}, "mean = nan"),
        ({"activation": lambda z: 0 * z + 1}, "activation = .*: must vary"),
        ({"activation": lambda z: 0 * z}, "activation = .*: must vary"),
    ],
)
def test_bad_input_is_named(arguments, names):
    with pytest.raises(ValueError, match=names):
        moments(**arguments)


@given(st.floats(-50, 50))
def test_the_sigmoid_is_tanh_at_half_its_scale_and_shifted_by_its_own_half_height(z):
    sigmoid = ACTIVATIONS["logistic"](np.array([z]))
    np.testing.assert_allclose(sigmoid, 0.5 + 0.5 * np.tanh(z / 2), atol=1e-15)


def test_the_logistic_function_is_positive_and_finite_however_far_out():
    z = np.array([-1e300, -800.0, -30.0, 0.0, 30.0, 800.0, np.nan])
    with np.errstate(over="raise", invalid="raise"):
        far = ACTIVATIONS["logistic"](z)
    assert (far[:-1] > 0).all() and (far[:-1] <= 1).all() and np.isnan(far[-1])
    np.testing.assert_allclose(far[2], special.expit(-30.0), rtol=1e-14)
