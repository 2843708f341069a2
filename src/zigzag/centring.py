r"""Where a mean is taken away: over the samples or over the inputs, and what is left of the walk.

The gradient of a linear neuron is E[δx]. Over the **samples** one may centre the inputs or the
errors; for the weights it is the same, E[(δ − δ̄)x] = E[δ(x − x̄)]: the centring lemma. Over the
**inputs** one may take the mean out of the gradient or out of the weights; either keeps the walk
where it began along u = (1, …, 1). If the means of the inputs are equal, m lies along u, and

    P H e = P (Σ + mmᵀ) e = P Σ e,    P = I − uuᵀ/|u|²:

if Σ does not mix them (as for independent inputs of one variance), the walk across the mean is
that of centred inputs, and the part along it is given up.

| symbol | shape | meaning |
|---|---|---|
| x, y | (..., n, d), (..., n) | data sets of n samples, and what the neuron should say |
| δ | (..., n) | error signals |
| m | (..., d) | the mean of the inputs, over the samples |
| q | (...) | squared length of m over the sum of the variances |
| u | (d,) or (..., d) | the direction that is taken out, of any length |
| w* | (..., d) | the goal: walks start at zero |

Sources: centred error signals: Schraudolph (1998), of earlier work; gradients without their mean:
Yong et al. (2020); weights without theirs: Qiao et al. (2019), who also divide by the spread.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zigzag import curvature, descent, gradients, neuron, normalise, reading
from zigzag._checks import Floats, Integers, batch, finite, positive, vectors
from zigzag.gradients import Gradient


def random_signs(x: ArrayLike, *, rng: np.random.Generator) -> Floats:
    """Each sample with a random sign of its own, (..., n, d): no mean is left, and the same E[xxᵀ].

    The target of a sample that turns has to turn with it, (x, y) → (−x, −y); then δx stays, for a
    neuron without a bias.

    >>> x = random_signs(np.ones((1000, 2)), rng=np.random.default_rng(0))
    >>> print((x.T @ x / 1000).tolist(), abs(x.mean()) < 0.1)
    [[1.0, 1.0], [1.0, 1.0]] True
    """
    x = batch("x", x)
    signs = rng.choice([-1.0, 1.0], size=x.shape[:-1])
    return np.asarray(x * signs[..., None])


def mean_ratio(x: ArrayLike) -> Floats:
    """q = |m|²/tr Σ: the squared length of the mean over the sum of the variances, (...).

    >>> print(mean_ratio([[1.0, 5.0], [3.0, 9.0]]))
    10.6
    """
    x = batch("x", x)
    mean = x.mean(axis=-2)
    variance = x.var(axis=-2).sum(axis=-1)
    return np.asarray(np.vecdot(mean, mean) / positive("variance of x", variance))


def centred_errors(x: ArrayLike, y: ArrayLike) -> Gradient:
    """The gradient with the errors centred, E[(δ − δ̄)x], over data sets (..., n, d), (..., n).

    It is that of centred inputs, E[δ(x − x̄)]: the difference of the two is E[δ]x̄ − δ̄E[x] = 0.

    >>> gradient = centred_errors([[1.0, 2.0], [3.0, 0.0]], [1.0, 1.0])
    >>> print(gradient(np.array([1.0, 0.0])))
    [ 1. -1.]
    """
    x = batch("x", x)
    y = finite("y", y)
    samples = x.shape[-2]

    def gradient(w: Floats) -> Floats:
        delta = neuron.error_signal(w, x, y)
        centred = delta - delta.mean(axis=-1, keepdims=True)
        return np.asarray(np.vecmat(centred, x) / samples)

    return gradient


def across(v: ArrayLike, direction: ArrayLike) -> Floats:
    """v without its part along a direction, P v = v − u(u·v)/|u|², shape (..., d).

    Across (1, …, 1) it is v minus the mean of its own entries.

    >>> print(across([1.0, 2.0, 6.0], [1.0, 1.0, 1.0]))
    [-2. -1.  3.]
    """
    u = vectors("direction", direction)
    v = vectors("v", v, dimension=u.shape[-1])
    square = positive("squared length of the direction", np.vecdot(u, u))
    along = np.vecdot(v, u) / square
    return np.asarray(v - along[..., None] * u)


def across_both(h: ArrayLike, direction: ArrayLike) -> Floats:
    """P H P: the curvatures across a direction u, (..., d, d); along it the loss is flat.

    >>> print(across_both([[3.0, 2.0], [2.0, 3.0]], [1.0, 1.0]))
    [[ 0.5 -0.5]
     [-0.5  0.5]]
    """
    h = batch("h", h)
    rows = vectors("direction", direction)[..., None, :]
    one_side = across(h, rows)
    return across(one_side.mT, rows)


def centralised(gradient: Gradient, direction: ArrayLike) -> Gradient:
    """P g(w): a gradient without its part along a direction; along (1, …, 1), without its mean.

    >>> slope = centralised(lambda w: 2 * w, [1.0, 1.0])
    >>> print(slope(np.array([3.0, 1.0])))
    [ 2. -2.]
    """
    u = vectors("direction", direction)
    return lambda w: across(gradient(w), u)


def centred_weights(gradient: Gradient, direction: ArrayLike) -> Gradient:
    """P g(Pw): the gradient where the neuron uses Pw, its weights without their part along u.

    >>> slope = centred_weights(lambda w: w + [4.0, 0.0], [1.0, 1.0])
    >>> print(slope(np.array([3.0, 1.0])))
    [ 3. -3.]
    """
    u = vectors("direction", direction)
    return lambda w: across(gradient(across(w, u)), u)


@dataclass(frozen=True, slots=True)
class Walked:
    """How descent walks on some data sets, all (sets,): steps, what is left of the way, and κ.

    `steps` are those until arrival, or the limit; κ is that of the curvatures that it sees.
    """

    steps: Integers
    left: Floats
    kappa: Floats


def four_centrings(
    x: ArrayLike,
    goal: ArrayLike,
    *,
    tolerance: float,
    limit: int,
) -> dict[str, Walked]:
    """Whole-batch descent `raw`, and with a mean taken out of what the name says.

    Over the samples of `inputs` or of `errors`; over the inputs of the `gradient` or of the
    `weights`; and out of the gradient its part along the `mean` of the inputs. Each at the rate
    2/(λ₁ + λ_d) of the curvatures that it sees.

    >>> x = np.random.default_rng(0).uniform(size=(3, 200, 4))
    >>> goal = np.tile([1.0, -1.0, 1.0, -1.0], (3, 1))
    >>> found = four_centrings(x, goal, tolerance=0.01, limit=500)
    >>> [bool((found[name].steps < 7).all()) for name in ("raw", "inputs", "gradient")]
    [False, True, True]
    """
    x = batch("x", x)
    w = vectors("goal", goal, dimension=x.shape[-1])
    ones = np.ones(x.shape[-1])
    mean = x.mean(axis=-2)
    h = curvature.second_moment(x)
    sigma = curvature.second_moment(normalise.centre(x))
    across_ones = across_both(h, ones)
    raw = gradients.quadratic(h, w)
    cases = {  # a gradient, the curvatures that it sees, and how many of these are flat
        "raw": (raw, h, 0),
        "inputs": (gradients.quadratic(sigma, w), sigma, 0),
        "errors": (centred_errors(x, neuron.predict(w, x)), sigma, 0),
        "gradient": (centralised(raw, ones), across_ones, 1),
        "weights": (centred_weights(raw, ones), across_ones, 1),
        "mean": (centralised(raw, mean), across_both(h, mean), 1),
    }
    found = {}
    for name, (gradient, seen, flat) in cases.items():
        rate = curvature.best_rate(seen, flat=flat)
        walk = descent.gradient_descent(gradient, np.zeros_like(w), rate=rate)
        end = reading.arrival(walk, w, tolerance=tolerance, limit=limit)
        kappa = curvature.condition_number(seen, flat=flat)
        found[name] = Walked(end.steps, end.error, kappa)
    return found
