"""The hypotheses of the theorems, as hypothesis strategies: one for each kind of thing."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zigzag.car import Car

seeds = st.integers(0, 2**32 - 1)
dimensions = st.integers(1, 8)
numbers = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda a: 0.0 if abs(a) < 1e-6 else a)
half_angles = st.floats(0.02, np.pi / 2)
turns = st.floats(0.01, np.pi / 2)
mean_ratios = st.floats(0.0, 1e6)  # q, squared mean over variance
relaxations = st.floats(0.01, 1.99)


def generators() -> st.SearchStrategy[np.random.Generator]:
    """Random generators: for what needs many numbers and no shrinking."""
    return seeds.map(np.random.default_rng)


def vectors(dimension: int | st.SearchStrategy[int] = dimensions) -> st.SearchStrategy[np.ndarray]:
    """Any vector (d,)."""
    if isinstance(dimension, int):
        return arrays(np.float64, dimension, elements=numbers)
    return dimension.flatmap(vectors)


def nonzero(dimension: int | st.SearchStrategy[int] = dimensions) -> st.SearchStrategy[np.ndarray]:
    """A vector that points somewhere."""
    return vectors(dimension).filter(lambda v: np.linalg.norm(v) > 1e-3)


@st.composite
def samples(draw, inputs=numbers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A neuron w (d,) with a batch x (n, d), y (n,); `inputs` is the hypothesis on x."""
    d, n = draw(dimensions), draw(st.integers(1, 6))
    x = draw(arrays(np.float64, (n, d), elements=inputs))
    return draw(vectors(d)), x, draw(arrays(np.float64, n, elements=numbers))


positive_inputs = st.floats(1e-3, 1e3)
nonnegative_inputs = st.one_of(st.just(0.0), positive_inputs)
negative_inputs = positive_inputs.map(lambda a: -a)


@st.composite
def spectra(draw) -> np.ndarray:
    """A symmetric positive definite matrix (d, d) with eigenvalues between 0.1 and 10."""
    d, rng = draw(st.integers(2, 6)), draw(generators())
    basis = np.linalg.qr(rng.normal(size=(d, d)))[0]
    return (basis * draw(arrays(np.float64, d, elements=st.floats(0.1, 10.0)))) @ basis.T


@st.composite
def cars(draw) -> Car:
    """A car that could be on the road: from a microcar to a van."""
    wheelbase = draw(st.floats(1.8, 4.0))
    overhangs = draw(st.floats(0.3, 1.2)), draw(st.floats(0.3, 1.2))
    return Car(wheelbase, *overhangs, draw(st.floats(1.4, 2.2)), draw(st.floats(3.0, 8.0)))


def poses() -> st.SearchStrategy[np.ndarray]:
    """Somewhere on the ground, heading anywhere."""
    return arrays(np.float64, 3, elements=st.floats(-10.0, 10.0))
