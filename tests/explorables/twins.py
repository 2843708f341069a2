"""For every function of the page's arithmetic: its Python twin, random and degenerate arguments.

Answers are compared number by number, to 1e-12 of each. Where terms cancel, a sum is no better than
its terms: there `floor` says how large they were, and 1e-12 of that is allowed as well.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from zigzag import activations, body, cone, neuron, parking, penalty, reading, track
from zigzag._checks import rounded_up
from zigzag.car import Car, drive, travel_length
from zigzag.descent import gradient_descent
from zigzag.gradients import cycled, normalised
from zigzag.slot import Slot, clearance, kerb_swing

LIMIT = 80
MEASURES = ("wheelbase", "front_overhang", "rear_overhang", "width", "turning_radius")
ROOM = ("length", "neighbour_length", "neighbour_width", "kerb_gap")
Case = tuple[Any, ...]


@dataclass
class Twin:
    """In the browser `page`, an expression in the arguments c; here `python` of the same."""

    python: Callable[..., Any]
    draw: Callable[[np.random.Generator], Case]
    page: str = ""  # core.NAME(...c), if nothing else is said
    floor: Callable[..., Any] = lambda *_: 0.0
    edges: list[Case] = field(default_factory=list)

    def cases(self, name: str, count: int) -> list[Case]:
        """Degenerate ones first."""
        rng = np.random.default_rng(sum(map(ord, name)))
        return [*self.edges, *(self.draw(rng) for _ in range(count))]


def size(*parts):
    """The largest magnitude among these."""
    return max(float(np.abs(part).max(initial=0.0)) for part in map(np.asarray, parts))


def vector(rng, n=2):
    return rng.choice([rng.normal(size=n), rng.integers(-1, 2, n).astype(float)])


def nonzero(rng):
    return vector(rng) + np.array([0.0, 1e-3])


def angle(rng):
    return float(rng.uniform(0.01, math.pi / 2))


def wander(rng):
    steps = rng.choice([rng.normal(size=(12, 2)), rng.integers(-1, 2, (12, 2)).astype(float)])
    return np.cumsum(steps, axis=0)


def numbers(rng, *ends):
    return [float(rng.uniform(*pair)) for pair in ends]


def samples(rng):
    """Nine of them, some zero, with targets."""
    x = rng.uniform(-rng.integers(2), 1, (9, 2)) * rng.integers(0, 2, (9, 1))
    return x, x @ nonzero(rng)


def task(rng):
    """A walk: samples, targets, batch, rate, start; rests, overshoot and divergence among them."""
    rate = float(rng.choice([0.1, 0.5, 1.0, 1.9, 2.0, 9.0]))
    return *samples(rng), int(rng.integers(1, 12)), rate, rng.choice([0.0, 1.0]) * vector(rng)


def walked(x, y, batch, rate, start):
    gradient = normalised(cycled(x, y, size=batch))
    return reading.path(gradient_descent(gradient, start, rate=rate), steps=LIMIT)


def so_far(*args):
    """The largest weight of a walk up to each step: what its next step is taken from."""
    largest = np.maximum.accumulate(np.abs(walked(*args)).max(axis=1))
    return np.maximum(largest, size(args[1]))[:, None] * np.ones(2)


def way(rng):
    """The path of a walk, and a goal."""
    return walked(*task(rng)), nonzero(rng)


def ended(path, goal):
    end = reading.arrival(iter(path), goal, tolerance=0.01, limit=LIMIT)
    return [end.steps, end.error, end.arrived, end.diverged]


def goals_share(path, goal):
    return size(path[: ended(path, goal)[0] + 1], goal) / np.hypot(*(path[0] - goal))


def garage(rng):
    return numbers(rng, (2, 3), (0.3, 1), (0.3, 1), (1.4, 2), (2, 6))


def pose(rng):
    return rng.uniform([-5, 0, -1], [9, 5, 1])


def space(rng):
    return numbers(rng, (4, 8), (3, 5), (1.4, 2), (0.05, 1))


def last_turn(sideways, slack, radius):
    """How well the last turn of a shuffle is known: it is the root of a small difference."""
    whole, shift = abs(sideways), float(parking.run_shift(slack, radius))
    rest = whole - (int(parking.moves_to_shift(sideways, slack, radius)) - 1) * shift
    return radius * whole / math.sqrt(radius * max(rest, 1e-12 * whole))


def shuffle_floor(sideways, slack, radius):
    arcs = parking.shuffle(sideways, slack, radius)
    floor = np.zeros_like(arcs)
    floor[-2:, 1] = last_turn(sideways, slack, radius)
    return floor.ravel()


def planned(measures, sideways, slack):
    plan = parking.park(Car(*measures), sideways=sideways, slack=slack)
    return [*plan.start, *plan.arcs.ravel(), *(getattr(plan.slot, name) for name in ROOM)]


def planned_floor(measures, sideways, slack):
    around = sum(measures) + sideways + slack
    return [*[around] * 3, *shuffle_floor(-sideways, slack, measures[-1]), *[around] * 4]


def law(name, std):
    m = activations.moments(str(name), std=std)
    return [m.mean, m.variance, m.q, m.half_angle]


def law_floor(name, std):
    """The mean of an odd function cancels, and q is its square."""
    m = activations.moments(str(name), std=std)
    spread = math.sqrt(m.variance)
    return [spread, 0, 2 * abs(m.mean) / spread + 1e-12, 0]


def batches(x, y, count):
    taken = (next(batch) for batch in [cycled(x, y, size=count)] for _ in range(5))
    return [value for batch in taken for part in batch for value in part.ravel()]


CAR = f"(measures => Object.fromEntries({list(MEASURES)}.map((k, i) => [k, measures[i]])))"
SLOT = f"(room => Object.fromEntries({list(ROOM)}.map((k, i) => [k, room[i]])))"
NAMES = list(activations.ACTIVATIONS)


def on_car(name: str, function, second) -> Twin:
    """A function of a car and something else."""
    return Twin(
        lambda m, a: function(Car(*m), a),
        lambda rng: (garage(rng), second(rng)),
        f"core.{name}({CAR}(c[0]), c[1])",
        lambda m, a: size(m, a) if name != "wheel_angles" else 0.0,
        [([2.5, 0.5, 0.5, 1.7, 2.7], [0.0, 0.0, 0.0] if second is pose else 0.0)],
    )


ZERO, AXIS = [0.0, 0.0], [1.0, 1.0]
TWINS = {
    # core.mjs
    "error_signal": Twin(
        neuron.error_signal,
        lambda rng: (vector(rng), vector(rng), float(rng.normal())),
        floor=lambda w, x, y: size(np.multiply(w, x), y),
        edges=[(ZERO, ZERO, 0.0), ([1e9, 1.0], [1.0, -1e9], 0.0)],
    ),
    "sample_gradients": Twin(
        neuron.sample_gradients,
        lambda rng: (vector(rng), rng.normal(size=(3, 2)), rng.normal(size=3)),
        floor=lambda w, x, y: size(x) * size(np.multiply(w, x), y),
        edges=[(ZERO, [ZERO], [0.0]), (ZERO, [[1.0, 0.0]], [3.0])],
    ),
    "path_length": Twin(
        track.path_length,
        lambda rng: (wander(rng),),
        edges=[([ZERO],), ([ZERO, ZERO],), ([ZERO, [3.0, 4.0], [3.0, 0.0]],)],
    ),
    "reversals": Twin(
        track.reversals,
        lambda rng: (wander(rng),),
        edges=[
            ([ZERO, [0.0, 2.0], [0.0, 2.0], [-3.0, 2.0], [-4.0, 1.0]],),
            ([ZERO, [0.0, 2.0], [3.0, 2.0]],),
            ([ZERO, [1.0, 0.0], [1.0, 1e-14]],),
            ([ZERO, [2.0, -2.0], [1.0, -3.0]],),
            # about the threshold between a right angle and a way back
            ([[-1.0, 0.0], ZERO, [-1.0000000005e-12, 1.0]],),
            ([[-1.0, 0.0], ZERO, [-1e-12, 1.0]],),
            ([[-1.0, 0.0], ZERO, [1e-12, -1.0]],),
            ([[-8.0, 0.0], ZERO, [-2e-12, 4.0]],),
        ],
    ),
    "one_signed": Twin(
        cone.one_signed,
        lambda rng: (vector(rng, 3),),
        edges=[([0.0, 0.0],), ([0.0, -2.0],), ([1.0, 0.0],), ([1.0, -2.0],)],
    ),
    "detour": Twin(cone.detour, lambda rng: (vector(rng, 3),), edges=[(ZERO,), ([-3.0, 4.0],)]),
    "cone_detour": Twin(
        cone.cone_detour,
        lambda rng: (vector(rng), nonzero(rng), angle(rng)),
        floor=lambda t, _, phi: size(t) / math.sin(phi),
        edges=[(AXIS, AXIS, 0.5), ([-1.0, 1.0], AXIS, math.pi / 2), (ZERO, AXIS, 1.0)],
    ),
    "cone_walk": Twin(
        cone.cone_walk,
        lambda rng: (rng.normal(size=2), nonzero(rng), angle(rng)),
        floor=lambda t, _, phi: size(t) / math.tan(phi) + size(t),
        edges=[(AXIS, AXIS, 0.5), ([-1.0, 1.0], AXIS, math.pi / 4), ([0.0, 2.0], AXIS, 1.5)],
    ),
    "rounded_up": Twin(
        rounded_up,
        lambda rng: (float(rng.choice([rng.uniform(0, 99), rng.integers(1, 99)])),),
        edges=[(0.0,), (100 + 1e-11,), (100 + 1e-9,), (100 - 1e-9,)],
    ),
    "corridor_moves": Twin(
        cone.corridor_moves,
        lambda rng: (*numbers(rng, (0.1, 4), (0.1, 4)), angle(rng) * 0.99),
        edges=[(1.0, 0.5, math.pi / 4), (1.0, 0.01, math.pi / 4), (1 + 2.5e-10, 0.5, math.pi / 4)],
    ),
    "cycled": Twin(
        batches,
        lambda rng: (*samples(rng), int(rng.integers(1, 12))),
        "(batches => Array.from({length: 5}, () => batches.next().value).flat(3))"
        "(core.cycled(...c))",
        edges=[([AXIS], [1.0], 3)],
    ),
    "normalised": Twin(
        lambda x, y, w: normalised([(np.asarray(x), np.asarray(y))])(np.asarray(w)),
        lambda rng: (*samples(rng), vector(rng)),
        "core.normalised([[c[0], c[1]]].values())(c[2])",
        lambda x, y, w: size(x) * size(w, y) * len(y) / max(float(np.square(x).sum()), 1e-300),
        [([ZERO, ZERO], [0.0, 0.0], AXIS), ([[0.0, 2.0]], [4.0], ZERO)],
    ),
    "gradient_descent": Twin(
        walked,
        task,
        "(() => { const out = []; for (const w of core.gradient_descent(core.normalised("
        f"core.cycled(c[0], c[1], c[2])), c[4], c[3])) if (out.push(w) > {LIMIT}) break; "
        "return out })()",
        so_far,
        [
            ([AXIS], [1.0], 1, 1e9, ZERO),
            ([ZERO], [0.0], 1, 1.0, AXIS),
            ([AXIS], [0.0], 1, 1e200, AXIS),
        ],
    ),
    "arrival": Twin(
        ended,
        way,
        "Object.values((({steps, error, arrived, diverged}) => "
        "({steps, error, arrived, diverged}))(core.arrival(...c, 0.01)))",
        lambda path, goal: [0, goals_share(path, goal), 0, 0],
        [
            (np.array([ZERO, [0.5, 0.5], [0.991, 1.0], [9.0, 9.0]]), np.array(AXIS)),
            (np.array([ZERO, [1e13, 0.0], [1e13, 0.0], AXIS]), np.array(AXIS)),
            (np.array([ZERO, ZERO, ZERO]), np.array(AXIS)),
            # just there, at the horizon, and just beyond it
            (np.array([ZERO, [99.0, 0.0], [100.0, 0.0]]), np.array([100.0, 0.0])),
            (np.array([ZERO, [1e12, 0.0], AXIS]), np.array(AXIS)),
            (np.array([ZERO, [1e12 + 100, 0.0], AXIS]), np.array(AXIS)),
        ],
    ),
    # moments.mjs
    "ACTIVATIONS": Twin(
        lambda name, z: activations.ACTIVATIONS[str(name)](np.asarray(z)),
        lambda rng: (rng.choice(NAMES), rng.uniform(-9, 9, 9)),
        "c[1].map(core.ACTIVATIONS[c[0]])",
        edges=[(name, [0.0, 1e-9, -1e-9, 20.0, -20.0]) for name in NAMES],
    ),
    "moments": Twin(
        law,
        lambda rng: (rng.choice(NAMES), float(rng.uniform(0.25, 4))),
        "(({mean, variance, q, half_angle}) => [mean, variance, q, half_angle])"
        "(core.moments(...c))",
        law_floor,
        [(name, std) for name in NAMES for std in (0.25, 1.0, 4.0)],
    ),
    "iid_condition_number": Twin(
        penalty.iid_condition_number,
        lambda rng: (float(rng.uniform(0, 9)), int(rng.integers(2, 513))),
        edges=[(0.0, 2), (1e9, 512)],
    ),
    "online_penalty": Twin(
        penalty.online_penalty, lambda rng: (float(rng.uniform(0, 9)),), edges=[(0.0,), (1e9,)]
    ),
    "batch_for_rate": Twin(
        penalty.batch_for_rate,
        lambda rng: (float(rng.uniform(0.001, 9)), float(rng.uniform(0.001, 1.999))),
        edges=[(1e-3, 1.0), (1e4, 1.0)],
    ),
    "half_pay_batch": Twin(
        penalty.half_pay_batch,
        lambda rng: (float(rng.uniform(0.001, 9)),),
        edges=[(1e-3,), (1e4,)],
    ),
    # car.mjs
    "drive": Twin(
        drive,
        lambda rng: (pose(rng), float(rng.choice([0, rng.normal()])), float(rng.normal())),
        floor=lambda at, k, s: size(at, s, k * s),
        edges=[(np.zeros(3), 0.0, 1.0), (np.zeros(3), 1e-9, -2.0), (np.ones(3), 0.4, 0.0)],
    ),
    "travel_length": Twin(
        travel_length,
        lambda rng: (rng.normal(size=(4, 2)),),
        edges=[([[1.0, 0.0]],), ([[0.0, 2.0], [0.2, -3.0]],)],
    ),
    "on_car": Twin(
        body.on_car,
        lambda rng: (rng.normal(size=(3, 2)), pose(rng)),
        floor=size,
        edges=[(np.array([ZERO]), np.zeros(3)), (np.array([AXIS]), np.array([0, 0, math.pi / 2]))],
    ),
    "outline": on_car("outline", body.outline, pose),
    "wheels": on_car("wheels", body.wheels, pose),
    "wheel_angles": on_car("wheel_angles", body.wheel_angles, lambda rng: float(rng.normal() / 4)),
    "neighbours": Twin(
        lambda room: Slot(*room).neighbours,
        lambda rng: (space(rng),),
        f"core.neighbours({SLOT}(c[0]))",
        size,
    ),
    "clearance": Twin(
        lambda at, room: clearance(at, Slot(*room)),
        lambda rng: (body.outline(Car(*garage(rng)), pose(rng)), space(rng)),
        f"core.clearance(c[0], {SLOT}(c[1]))",
        size,
        [(np.array([[1.0, 0.5], [4.0, 0.5], [4.0, 2.0], [1.0, 2.0]]), [5.0, 4.3, 1.8, 0.3])],
    ),
    "run_turn": Twin(
        parking.run_turn,
        lambda rng: tuple(numbers(rng, (0.2, 9), (2, 6))),
        edges=[(10.0, 5.0), (99.0, 5.0), (1e-9, 5.0)],
    ),
    "run_shift": Twin(
        parking.run_shift,
        lambda rng: tuple(numbers(rng, (0.2, 9), (2, 6))),
        edges=[(10.0, 5.0), (99.0, 5.0), (1e-9, 5.0)],
    ),
    "moves_to_shift": Twin(
        parking.moves_to_shift,
        lambda rng: (float(rng.normal()), *numbers(rng, (0.2, 19), (2, 6))),
        edges=[
            *((2.0, 4.0, 5.0), (-2.0, 0.1, 5.0), (10.0, 99.0, 5.0)),
            (3 * (1 + 4e-10) * float(parking.run_shift(1.0, 5.0)), 1.0, 5.0),
        ],
    ),
    "shuffle": Twin(
        parking.shuffle,
        lambda rng: (float(rng.normal()), *numbers(rng, (0.2, 9), (2, 6))),
        "core.shuffle(...c).flat()",
        shuffle_floor,
        [(-2.0, 1.0, 5.0), (2.0, 99.0, 5.0), (1e-6, 1.0, 5.0)],
    ),
    "kerb_swing": Twin(
        lambda m, turn, ahead: kerb_swing(Car(*m), turn, forward=bool(ahead)),
        lambda rng: (garage(rng), angle(rng), int(rng.integers(2))),
        f"core.kerb_swing({CAR}(c[0]), c[1], c[2])",
        lambda m, *_: sum(m),
        [([2.5, 0.5, 0.5, 1.7, 2.7], 0.0, 1), ([2.5, 0.5, 0.5, 1.7, 2.7], math.pi / 2, 0)],
    ),
    "park": Twin(
        planned,
        lambda rng: (garage(rng), *numbers(rng, (0.3, 3), (0.3, 4))),
        "(({start, arcs, slot}) => [...start, ...arcs.flat(), "
        f"...{list(ROOM)}.map(k => slot[k])])(core.park({CAR}(c[0]), c[1], c[2]))",
        planned_floor,
        [([2.5, 0.5, 0.5, 1.7, 2.7], 2.4, 9.0), ([2.5, 0.5, 0.5, 1.7, 2.7], 2.4, 0.3)],
    ),
}


def compared(count: int) -> Iterator[tuple[str, str, list[Any], list[Any], list[Any]]]:
    """Name, expression, arguments, answers, what is allowed beside them: as JSON may carry it."""
    for name, twin in TWINS.items():
        cases = twin.cases(name, count)
        answers = [np.asarray(twin.python(*c), dtype=float).ravel() for c in cases]
        allowed = [
            1e-12 * (np.abs(a) + np.asarray(twin.floor(*c), dtype=float).ravel())
            for a, c in zip(answers, cases, strict=True)
        ]
        plain = [[np.asarray(part).tolist() for part in c] for c in cases]
        page = twin.page or f"core.{name}(...c)"
        yield name, page, plain, [a.tolist() for a in answers], [a.tolist() for a in allowed]
