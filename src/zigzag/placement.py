r"""Where a normaliser stands: in front of ReLU, behind it, or behind the layer that follows.

One unit of that next layer reads x. Alone, the loss in its weights has the Hessian E[xxᵀ]. With a
batch norm behind it, the Gauss–Newton Hessian is that of the inputs *as its gradient sees them*:
centred, and without the direction that only rescales the unit.

| symbol | shape | meaning |
|---|---|---|
| z | (n, units) | pre-activations, or sums, of n samples |
| x | (n, units) | what the next layer reads |
| W | (units, m) | weights of the next layer |
| δ | (batches, B, m) | errors that come from above, batch by batch |

The experiments of the page on the cures, made here. Batch norm as a preconditioner: Lange, Helfrich
and Ye (2022).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from zigzag import cone, curvature, normalise
from zigzag._checks import Floats, batch, vectors
from zigzag.activations import ACTIVATIONS

_relu = ACTIVATIONS["relu"]


PLACEMENTS: Mapping[str, Callable[[Floats], Floats]] = {
    "raw": _relu,
    "before": lambda z: _relu(normalise.batch_norm(z)),
    "rms": lambda z: normalise.rms_norm(_relu(z)),
    "layer": lambda z: normalise.layer_norm(_relu(z)),
    "after": lambda z: normalise.batch_norm(_relu(z)),
}
"""What a ReLU layer hands on, from its pre-activations, by where which normaliser stands."""


def kinds_of_sums(z: ArrayLike, *, rng: np.random.Generator) -> dict[str, Floats]:
    """Pre-activations of a ReLU layer, from independent standard normal ones z (n, units), by kind.

    The `equal` ones are z; units have `means` of their own (standard normal), or `spreads` (from
    0.3 to 3.3, spread evenly in the logarithm); all means are 1 (`up`) or −1 (`down`); or the sums
    are `correlated`, as they are what another ReLU layer of as many units feeds through random
    weights.

    >>> sums = kinds_of_sums(np.zeros((9, 4)), rng=np.random.default_rng(0))
    >>> {kind: z.std() > 0 for kind, z in sums.items() if z.std() > 0}
    {'means': np.True_, 'correlated': np.True_}
    """
    z = batch("z", z)
    units = z.shape[-1]
    means = rng.normal(size=units)
    spreads = np.exp(rng.uniform(np.log(0.3), np.log(3.3), size=units))
    layer_before = _relu(rng.normal(size=z.shape))
    weights = rng.normal(scale=np.sqrt(2 / units), size=(units, units))
    return {
        "equal": z,
        "means": z + means,
        "spreads": z * spreads,
        "up": z + 1,
        "down": z - 1,
        "correlated": layer_before @ weights,
    }


def effective_inputs(x: ArrayLike, weights: ArrayLike) -> Floats:
    """The inputs x of one unit as its gradient sees them through a batch norm behind it, (n, d).

    Each column is the gradient of the normalised unit, times the unit's spread.

    >>> rng = np.random.default_rng(0)
    >>> inputs = effective_inputs(rng.uniform(size=(99, 3)), [1.0, 2.0, 3.0])
    >>> abs(inputs.mean(axis=0)).max() < 1e-12
    np.True_
    """
    x = batch("x", x)
    w = vectors("weights", weights, dimension=x.shape[-1])
    unit = x @ w[:, None]
    return np.asarray(normalise.batch_norm_gradient(x, unit) * unit.std())


def curvature_and_lock(
    x: ArrayLike,
    weights: ArrayLike,
    delta: ArrayLike,
    *,
    behind: bool,
    flat: int = 0,
) -> tuple[float, float, float]:
    """κ and spike of the loss in the first unit's weights, and the share of units that are locked.

    The spike is the largest eigenvalue over the median one; locked is a unit whose gradient over a
    batch is one-signed. `behind`: does a batch norm follow the layer? `flat` directions, known to
    be flat, are left out of κ, and one more, the unit's scale, if a batch norm follows.

    >>> rng = np.random.default_rng(0)
    >>> z, w, d = (rng.normal(size=s) for s in ((64, 4), (4, 4), (8, 8, 4)))
    >>> x = PLACEMENTS["raw"](z)
    >>> kappa, spike, locked = curvature_and_lock(x, w, abs(d), behind=False)
    >>> kappa > spike > 1, locked
    (True, 1.0)
    """
    x = batch("x", x)
    w = batch("weights", weights)
    errors = batch("delta", delta)
    batches = x.reshape(*errors.shape[:2], -1)
    inputs = x
    if behind:
        inputs = effective_inputs(x, w[:, 0])
        errors = normalise.batch_norm_gradient(errors, batches @ w)
    h = curvature.second_moment(inputs)
    kappa = curvature.condition_number(h, flat=flat + behind)
    spectrum = curvature.eigenvalues(h)
    spike = spectrum[-1] / np.median(spectrum)
    gradients = errors.mT @ batches
    locked = cone.one_signed(gradients).mean()
    return float(kappa), float(spike), float(locked)
