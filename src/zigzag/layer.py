r"""A whole layer under the sign lock: which sign patterns it can show, and how few steps it needs.

One sample changes a layer's weights by a rank-one matrix, $\Delta W = \delta x^{\mathsf T}$. For
x > 0 its row k has the sign of $\delta_k$: rows are locked, the layer is not.

| symbol | shape | meaning |
|---|---|---|
| T | (K, d) | the change that the layer should make |
| δ | (k, K) | error signals of k samples (with the step size in them) |
| x | (k, d) | inputs of k samples, strictly positive |
| p | (d,) | a strictly positive vector in the row space of T |

Source: derived here.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Floats, batch, whole


def sign_patterns(outputs: int, inputs: int, *, centred: bool) -> int:
    """How many of the 2^(Kd) sign patterns one sample can give to a layer's gradient δxᵀ.

    Positive inputs: 2^K, one sign a row. Inputs of both signs: 2^(K + d − 1), still only the sign
    matrices of rank one.

    >>> sign_patterns(2, 2, centred=False), sign_patterns(2, 2, centred=True)
    (4, 8)
    """
    m, n = whole("outputs", outputs), whole("inputs", inputs)
    return int(2 ** (m + n - 1)) if centred else int(2**m)


def rank_one_steps(target: ArrayLike) -> tuple[Floats, Floats]:
    """The fewest one-sample steps δxᵀ with x > 0 that sum to the target: (δ, x) with δᵀx = T.

    A target of rank r takes r steps if its row space contains a strictly positive vector p, and
    r + 1 if not: positivity costs a whole layer one step, whatever its size. Proof (derived here):
    r rank-one matrices span T's row space, so their x lie in it; given p, the basis p, p + εvᵢ is
    positive. Without p, shift each vᵢ by a large multiple of 1 and take it all back in one step.
    Rank and p are decided numerically, to 1e-10 of the largest singular value.

    >>> delta, x = rank_one_steps([[1.0, -2.0]])      # northwest, for a single neuron
    >>> len(x), bool((x > 0).all()), np.round(delta.T @ x, 12).tolist()
    (2, True, [[1.0, -2.0]])
    """
    t = batch("target", target)
    left, size, rows = np.linalg.svd(t, full_matrices=False)
    rank = int((size > 1e-10 * size[0]).sum())
    v, delta = rows[:rank], left[:, :rank] * size[:rank]
    p = _positive_vector(v)
    if p is None:
        shift = 1 + 2 * np.abs(v).max(initial=0.0)
        x = np.vstack([v + shift, np.ones(t.shape[1])]) if rank else v
        return np.vstack([delta.T, -shift * delta.sum(axis=1)]) if rank else delta.T, x
    basis = np.linalg.qr(np.column_stack([v @ p, np.eye(rank)]))[0].T @ v
    x = p + 0.5 * p.min() * basis / np.abs(basis).max()
    x[0] = p
    return (t @ np.linalg.pinv(x)).T, x


def _positive_vector(v: Floats) -> Floats | None:
    """A vector ≥ 1 in the span of the orthonormal rows of v, if there is one.

    It is 1 + s with s ≥ 0 and no part outside the span: non-negative least squares decides.
    """
    outside = np.eye(v.shape[1]) - v.T @ v
    p = 1 + _nonnegative_least_squares(outside, -outside.sum(axis=1))
    return v.T @ (v @ p) if np.abs(outside @ p).max() <= 1e-10 * p.max() else None


def _nonnegative_least_squares(a: Floats, b: Floats) -> Floats:
    """The s ≥ 0 that minimises |as − b|: active sets, Lawson and Hanson (1974), chapter 23."""
    s = np.zeros(a.shape[1])
    free = np.zeros(a.shape[1], dtype=bool)
    for _ in range(3 * len(s)):
        slope = np.where(free, -np.inf, a.T @ (b - a @ s))
        if slope.max() <= 1e-12:
            break
        free[slope.argmax()] = True
        while True:
            best = np.zeros_like(s)
            best[free] = np.linalg.lstsq(a[:, free], b)[0]
            falling = free & (best <= 0)
            if not falling.any():
                break
            s = s + (s[falling] / (s[falling] - best[falling])).min() * (best - s)
            free &= s > 1e-14
        s = best
    return s
