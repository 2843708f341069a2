r"""The loss of a classifier: how surprised it is by the labels, and how to correct it.

| symbol | shape | meaning |
|---|---|---|
| f | (..., n, K) | logits of n samples; one output is the logit of label 1, several are softmax's |
| y | (n,) | labels 0, 1, …, as numbers |
| δ | (..., n, K) | error signals ∂L/∂f, with the 1/n of the mean in them |

Source: calculus; δ is the predicted probability less the observed one, in both cases.
"""

import numpy as np

from zigzag._checks import Floats


def log_loss(f: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The mean loss −log P(y), shape (...), and its error signals δ.

    >>> loss, delta = log_loss(np.array([[0.0], [0.0]]), np.array([1.0, 0.0]))
    >>> print(loss.round(4), delta.ravel())        # ln 2
    0.6931 [-0.25  0.25]
    """
    n = f.shape[-2]
    if f.shape[-1] == 1:
        target = y[:, None]
        loss = np.logaddexp(0.0, f) - target * f
        return loss.mean(axis=(-2, -1)), (np.exp(-np.logaddexp(0.0, -f)) - target) / n
    observed = y[:, None] == np.arange(f.shape[-1])
    if not observed.any(axis=-1).all():
        raise ValueError(f"labels y = {y}: must be whole numbers below {f.shape[-1]}")
    f = f - f.max(axis=-1, keepdims=True)
    logs = f - np.log(np.exp(f).sum(axis=-1, keepdims=True))
    return -(logs * observed).sum(axis=(-2, -1)) / n, (np.exp(logs) - observed) / n
