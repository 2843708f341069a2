r"""The loss of a classifier: how surprised it is by the labels, and how to correct it.

| symbol | shape | meaning |
|---|---|---|
| f | (..., n, K) | logits of n samples; one output is the logit of label 1, several are softmax's |
| y | (n,) | labels 0, 1, …, as numbers |
| δ | (..., n, K) | error signals ∂L/∂f, with the 1/n of the mean in them |

Source: calculus; δ is the predicted probability less the observed one, in both cases.
"""

import numpy as np

from zigzag._checks import Booleans, Floats


def log_loss(f: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The mean loss −log P(y), shape (...), and its error signals δ.

    `ValueError` unless there is one label for each sample: 0 or 1 for a single output, a whole
    number below K for several. Logits may be of any size; what is not a number stays so.

    >>> loss, delta = log_loss(np.array([[0.0], [0.0]]), np.array([1.0, 0.0]))
    >>> print(loss.round(4), delta.ravel())        # ln 2
    0.6931 [-0.25  0.25]
    """
    samples, outputs = f.shape[-2:]
    observed = _observed(y, samples, max(outputs, 2))
    if outputs == 1:
        return _logistic_loss(f, observed[:, 1:])
    return _softmax_loss(f, observed)


def _logistic_loss(f: Floats, target: Booleans) -> tuple[Floats, Floats]:
    """The loss and its error signals, if f (..., n, 1) is the logit of what the target says."""
    samples = f.shape[-2]
    losses = np.logaddexp(0.0, f) - target * f
    probability = np.exp(-np.logaddexp(0.0, -f))
    delta = (probability - target) / samples
    return losses.mean(axis=(-2, -1)), delta


def _softmax_loss(f: Floats, observed: Booleans) -> tuple[Floats, Floats]:
    """The loss and its error signals, if f (..., n, K) are the logits of K classes."""
    samples = f.shape[-2]
    f = f - f.max(axis=-1, keepdims=True)  # so that no power overflows
    total = np.exp(f).sum(axis=-1, keepdims=True)
    logs = f - np.log(total)
    loss = -(logs * observed).sum(axis=(-2, -1)) / samples
    delta = (np.exp(logs) - observed) / samples
    return loss, delta


def _observed(
    y: Floats,
    samples: int,
    classes: int,
) -> Booleans:
    """Which class each sample belongs to, (samples, classes)."""
    if y.shape != (samples,):
        raise ValueError(
            f"labels y have shape {y.shape}: must be one for each of {samples} samples"
        )
    observed = y[:, None] == np.arange(classes)
    if not observed.any(axis=-1).all():
        raise ValueError(f"labels y = {y}: must be whole numbers below {classes}")
    return np.asarray(observed)
