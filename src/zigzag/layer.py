r"""A whole layer under the sign lock: which sign patterns its gradient can show.

One sample changes a layer's weights by a rank-one matrix, $\Delta W = \delta x^{\mathsf T}$. For
x > 0 its row k has the sign of $\delta_k$: rows are locked, the layer is not.

| symbol | shape | meaning |
|---|---|---|
| δ | (K,) | error signals of the layer's K outputs for one sample |
| x | (d,) | that sample |

Source: derived here.
"""

from zigzag._checks import whole


def sign_patterns(
    outputs: int,
    inputs: int,
    *,
    centred: bool,
) -> int:
    """How many of the 2^(Kd) sign patterns one sample can give to a layer's gradient δxᵀ.

    Positive inputs: 2^K, one sign a row. Inputs of both signs: 2^(K + d − 1), still only the sign
    matrices of rank one.

    >>> sign_patterns(2, 2, centred=False), sign_patterns(2, 2, centred=True)
    (4, 8)
    """
    k = whole("outputs", outputs)
    d = whole("inputs", inputs)
    free_signs = k + d - 1 if centred else k
    return 1 << free_signs
