r"""Where one neuron's weights may go, and what it costs to go elsewhere.

One sample moves w along its own input: by $-\eta\,\delta\,x$. If the inputs fill a cone K, every
step lies in K or in −K. Positive inputs fill the orthant: northeast or southwest, in the plane.
Many iid inputs stand near a round cone about their mean, narrow if the mean exceeds their spread.

| symbol | shape | meaning |
|---|---|---|
| g | (..., d) | a gradient, or any direction |
| t | (..., d) | displacement from here to the goal, w* − w |
| K | | the cone of allowed moves; steps lie in K ∪ −K |
| φ | (...), radians | half-angle of a round cone about its axis, 0 < φ ≤ π/2 |
| ψ | radians | angle between the goal and the axis line, 0 ≤ ψ ≤ π/2 |
| c | scalar | cosine between two samples, q/(1 + q) |

Sources: the zig-zag story: LeCun et al., "Efficient BackProp" (1998), section 4.3; how often large
batches are locked: Sheppard (1899), Steck (1962). The detours and their proofs: derived here. What
concerns a whole layer stands in `zigzag.layer`, what concerns a path in `zigzag.track`.
"""

import numpy as np
from numpy.typing import ArrayLike

from zigzag._checks import Booleans, Floats, Integers, positive, rounded_up, vectors, whole, within
from zigzag._gaussian import distribution, quadrature
from zigzag.track import length


def one_signed(g: ArrayLike) -> Booleans:
    """Whether no two components of g have opposite signs; zeros are allowed (ReLU), shape (...).

    >>> print(one_signed([[1, 2], [-1, -2], [0, -2], [1, -2]]))
    [ True  True  True False]
    """
    g = vectors("g", g)
    up = (g >= 0).all(axis=-1)
    down = (g <= 0).all(axis=-1)
    return np.asarray(up | down)


def strictly_one_signed(g: ArrayLike) -> Booleans:
    """Whether all components of g are positive or all are negative, shape (...).

    >>> print(strictly_one_signed([[1, 2], [-1, -2], [0, -2]]))
    [ True  True False]
    """
    g = vectors("g", g)
    up = (g > 0).all(axis=-1)
    down = (g < 0).all(axis=-1)
    return np.asarray(up | down)


def locked_probability(cosine: float, dimension: int) -> float:
    """How often the gradient of an endless batch is one-signed, when δ is symmetric noise.

    Such a gradient is Gaussian with covariance E[xxᵀ], so any two components have correlation c:
    P = 2 E[Φ(z √(c/(1 − c)))^d] with z ~ N(0, 1), the orthant probability of one common factor. In
    the plane P = ½ + arcsin(c)/π (Sheppard 1899). For iid inputs and δ independent of x. How far
    batches undo the lock depends on c and d.

    >>> round(locked_probability(0.75, 2), 4)      # inputs uniform on (0, 1), where q = 3
    0.7699
    """
    c = float(within("cosine", cosine, 0.0, 1.0))
    d = whole("dimension", dimension)
    if c == 1.0:
        return 1.0
    slope = np.sqrt(c / (1 - c))

    def all_negative(z: Floats) -> Floats:
        return distribution(slope * z) ** d

    z, weights = quadrature(all_negative, mean=0.0, std=1.0)
    return float(2 * weights @ all_negative(z))


def detour(t: ArrayLike) -> Floats:
    """N(t) = |t⁺| + |t⁻|: the shortest walk to t in steps that are one-signed, shape (...).

    Proof (derived here): if u, v ≥ 0 and u − v = t, then u ≥ t⁺ and v ≥ t⁻ everywhere: no walk is
    shorter than "t⁺, then −t⁻". By Cauchy–Schwarz |t| ≤ N(t) ≤ √2·|t|, in any dimension.

    >>> print(detour([[3.0, 4.0], [-3.0, 4.0]]))   # northeast is free, northwest is not
    [5. 7.]
    """
    t = vectors("t", t)
    up = length(np.maximum(t, 0.0))
    down = length(np.maximum(-t, 0.0))
    return np.asarray(up + down)


def cone_detour(
    t: ArrayLike,
    axis: ArrayLike,
    half_angle: ArrayLike,
) -> Floats:
    """N(t) = |t|·max(1, sin ψ/sin φ): the shortest walk to t in steps from a round cone K ∪ −K.

    Proof (derived here): a step s has |s⊥| ≤ sin φ·|s| across the axis, hence |t⊥| ≤ sin φ·N(t);
    the cone's two extreme rays in the plane of axis and t attain it. Shape (...).

    >>> print(cone_detour([-1.0, 1.0], [1.0, 1.0], np.radians([45.0, 30.0])) / np.sqrt(2.0))
    [1.41421356 2.        ]
    """
    phi = within("half_angle", half_angle, 0.0, np.pi / 2, ends="(]")
    goal, u = _goal_and_axis(t, axis)
    along = np.vecdot(goal, u)[..., None]
    across = goal - along * u
    needed = length(across) / np.sin(phi)
    return np.asarray(np.maximum(length(goal), needed))


def _goal_and_axis(t: ArrayLike, axis: ArrayLike) -> tuple[Floats, Floats]:
    """The displacement t, and the unit vector of the axis, both (..., d)."""
    axis = vectors("axis", axis)
    t = vectors("t", t, dimension=axis.shape[-1])
    size = positive("length of the axis", length(axis))
    return t, axis / size[..., None]


def cone_walk(
    t: ArrayLike,
    axis: ArrayLike,
    half_angle: float,
) -> Floats:
    """The walk that `cone_detour` measures: up one edge of the cone, down another, (3, d).

    Straight, with both steps in one, if t lies in the cone.

    >>> print(cone_walk([-1.0, 1.0], [1.0, 1.0], np.pi / 4).round(12).tolist())
    [[0.0, 0.0], [0.0, 1.0], [-1.0, 1.0]]
    """
    phi = within("half_angle", half_angle, 0.0, np.pi / 2, ends="(]")
    goal, u = _goal_and_axis(t, axis)
    along = goal @ u
    across = goal - along * u
    top = length(across) / np.tan(phi)
    corner = goal
    if top > abs(along):
        corner = (goal + top * u + along / top * across) / 2
    return np.stack([np.zeros_like(goal), corner, goal])


def corridor_moves(
    distance: ArrayLike,
    width: ArrayLike,
    half_angle: ArrayLike,
) -> Integers:
    """⌈D/(h·tan φ)⌉: the fewest runs to a goal at D across the axis, in a corridor of width h.

    A run is a stretch between two reversals. Proof (derived here): a run stays in K or in −K, so
    while it uses h along the axis it gains at most h·tan φ across it. Compare a car: ∝ 1/h².

    >>> print(corridor_moves(1.0, [0.5, 0.1, 0.01], np.pi / 4))
    [  2  10 100]
    """
    phi = within("half_angle", half_angle, 0.0, np.pi / 2, ends="()")
    gain = positive("width", width) * np.tan(phi)
    return rounded_up(positive("distance", distance) / gain)


def corridor_walk(
    distance: float,
    width: float,
    half_angle: float,
) -> Floats:
    """The walk that `corridor_moves` counts, in equal moves: (moves + 1, 2), along and across.

    It alternates between the cone's two extreme rays, so its length is D/sin φ in any corridor.

    >>> print(corridor_walk(1.0, 0.5, np.pi / 4))
    [[0.  0. ]
     [0.5 0.5]
     [0.  1. ]]
    """
    moves = int(corridor_moves(distance, width, half_angle))
    across = np.linspace(0.0, distance, moves + 1)
    top = across[1] / np.tan(half_angle)
    odd = np.arange(moves + 1) % 2 == 1
    along = np.where(odd, top, 0.0)
    return np.stack([along, across], axis=1)
