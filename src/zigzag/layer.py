r"""A whole layer under the sign lock: which sign patterns its gradient can show.

One sample changes a layer's weights by a rank-one matrix, $\Delta W = \delta x^{\mathsf T}$. For
x > 0 its row k has the sign of $\delta_k$: rows are locked, the layer is not. How free the rows are
depends on the errors. Those of hidden units may have any signs; those of a softmax are
$\delta = p - y$, with the probabilities p > 0 and y = 1 for the one right class: that class's error
is negative, all others are positive.

| symbol | shape | meaning |
|---|---|---|
| δ | (K,) | error signals of the layer's K outputs for one sample |
| x | (d,) | that sample |

Source: counted here.
"""

from zigzag._checks import whole


def sign_patterns(
    outputs: int,
    inputs: int,
    *,
    centred: bool,
    softmax: bool = False,
) -> int:
    """How many of the 2^(Kd) sign patterns one sample can give to a layer's gradient δxᵀ.

    Positive inputs: 2^K, one sign a row. Inputs of both signs: 2^(K + d − 1), still only the sign
    matrices of rank one. With a softmax behind the K ≥ 2 outputs, positive inputs: K, one a class.
    `ValueError` for a softmax of one output, whose error is always zero.

    >>> sign_patterns(2, 2, centred=False), sign_patterns(2, 2, centred=True)
    (4, 8)
    >>> sign_patterns(4, 2, centred=False), sign_patterns(4, 2, centred=False, softmax=True)
    (16, 4)
    """
    k = whole("outputs", outputs)
    d = whole("inputs", inputs)
    if not softmax:
        return 1 << (k + d - 1 if centred else k)
    if k == 1:
        raise ValueError(f"outputs = {k}: must be at least 2 for a softmax")
    if not centred:
        return k
    rows = 1 if k == 2 else k  # of two classes one's errors are the other's, turned over
    return rows << d
