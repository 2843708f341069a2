"""core.mjs is the Python core: the same numbers for the same arguments, in a browser."""

import math

import numpy as np
import pytest

from zigzag import activations, cone, neuron, parking, penalty, reading
from zigzag.descent import gradient_descent
from zigzag.gradients import cycled, normalised

CASES = 220
LIMIT = 80


def angles(rng):
    return float(rng.uniform(0.01, math.pi / 2))


def vector(rng, size=2):
    return rng.choice([rng.normal(size=size), rng.integers(-1, 2, size).astype(float)])


def nonzero(rng):
    return vector(rng) + np.array([0.0, 1e-3])


def wander(rng):
    steps = rng.choice([rng.normal(size=(12, 2)), rng.integers(-1, 2, (12, 2)).astype(float)])
    return np.cumsum(steps, axis=0)


def task(rng):
    """Samples, goal, batch, rate: rests, divergence and overshoot among them."""
    x = rng.uniform(-rng.integers(2), 1, (9, 2)) * rng.integers(0, 2, (9, 1))
    return x, nonzero(rng), int(rng.integers(1, 5)), float(rng.choice([0.5, 1.0, 1.9, 2.0, 9.0]))


def walked(x, goal, batch, rate):
    gradient = normalised(cycled(x, x @ goal, size=batch))
    return reading.path(gradient_descent(gradient, np.zeros(2), rate=rate), steps=LIMIT)


def ended(*args):
    walk = walked(*args)
    end = reading.arrival(iter(walk), args[1], tolerance=0.01, limit=LIMIT)
    return [end.steps, end.error, end.arrived, end.diverged, reading.diverged(walk)]


MEASURES = ("wheelbase", "front_overhang", "rear_overhang", "width", "turning_radius")


def garage(rng):
    return [float(rng.uniform(*ends)) for ends in ((2, 3), (0.3, 1), (0.3, 1), (1.4, 2), (2, 6))]


def pose(rng):
    return rng.uniform([-5, 0, -1], [9, 5, 1])


def space(rng):
    return [float(rng.uniform(*ends)) for ends in ((4, 8), (3, 5), (1.4, 2), (0.05, 1))]


def parked(measures, sideways, slack):
    plan = parking.park(parking.Car(*measures), sideways=sideways, slack=slack)
    n = plan.slot
    slot = [n.length, n.neighbour_length, n.neighbour_width, n.kerb_gap]
    return [*plan.start, *plan.arcs.ravel(), *slot]


def travelled(start, arcs, share):
    end, k = parking.travel(start, arcs, share * parking.travel_length(arcs))
    return [*end, k]


def law(name, std):
    m = activations.moments(str(name), std=std)
    return [m.mean, m.variance]


CAR = f"const car = Object.fromEntries({list(MEASURES)}.map((k, i) => [k, c[0][i]]));"
SLOT = (
    "const slot = (([length, neighbour_length, neighbour_width, kerb_gap]) => "
    "({length, neighbour_length, neighbour_width, kerb_gap}))(c.at(-1));"
)


def on_car(name, second):
    code = f"(() => {{ {CAR} return core.{name}(car, c[1]) }})()"
    return code, lambda m, a: getattr(parking, name)(parking.Car(*m), a), second


WALK = (
    "core.path(core.gradient_descent(core.normalised(core.cycled(c[0], "
    f"c[0].map(x => x[0]*c[1][0] + x[1]*c[1][1]), c[2])), [0, 0], c[3]), {LIMIT})"
)
SAME = {  # name → (in the browser, in Python, one random case)
    "error_signal": (
        "core.error_signal(...c)",
        neuron.error_signal,
        lambda rng: (vector(rng), vector(rng), float(rng.normal())),
    ),
    "sample_gradients": (
        "core.sample_gradients(...c)",
        neuron.sample_gradients,
        lambda rng: (vector(rng), rng.normal(size=(3, 2)), rng.normal(size=3)),
    ),
    "one_signed": ("core.one_signed(...c)", cone.one_signed, lambda rng: (vector(rng, 3),)),
    "path_length": ("core.path_length(...c)", cone.path_length, lambda rng: (wander(rng),)),
    "reversals": ("core.reversals(...c)", cone.reversals, lambda rng: (wander(rng),)),
    "detour": ("core.detour(...c)", cone.detour, lambda rng: (vector(rng, 3),)),
    "cone_detour": (
        "core.cone_detour(...c)",
        cone.cone_detour,
        lambda rng: (vector(rng), nonzero(rng), angles(rng)),
    ),
    "cone_walk": (
        "core.cone_walk(...c)",
        cone.cone_walk,
        lambda rng: (rng.normal(size=2), nonzero(rng), angles(rng)),
    ),
    "gradient_descent": (WALK, walked, task),
    "corridor_moves": (
        "core.corridor_moves(...c)",
        cone.corridor_moves,
        lambda rng: (*rng.uniform(0.1, 4, 2).tolist(), angles(rng) * 0.99),
    ),
    "drive": (
        "core.drive(...c)",
        parking.drive,
        lambda rng: (pose(rng), float(rng.choice([0, rng.normal()])), float(rng.normal())),
    ),
    "travel": (
        "(([p, k]) => [...p, k])(core.travel(c[0], c[1], c[2] * core.travel_length(c[1])))",
        travelled,
        lambda rng: (
            pose(rng),
            rng.normal(size=(4, 2)),
            float(rng.choice([0, 0.999, rng.random()])),
        ),
    ),
    "outline": on_car("outline", lambda rng: (garage(rng), pose(rng))),
    "wheels": on_car("wheels", lambda rng: (garage(rng), pose(rng))),
    "wheel_angles": on_car("wheel_angles", lambda rng: (garage(rng), float(rng.normal() / 4))),
    "neighbours": (
        f"(() => {{ {SLOT} return core.neighbours(slot) }})()",
        lambda slot: parking.Slot(*slot).neighbours,
        lambda rng: (space(rng),),
    ),
    "clearance": (
        f"(() => {{ {CAR} {SLOT} return core.clearance(core.outline(car, c[1]), slot) }})()",
        lambda m, at, slot: parking.clearance(
            parking.outline(parking.Car(*m), at), parking.Slot(*slot)
        ),
        lambda rng: (garage(rng), pose(rng), space(rng)),
    ),
    "shuffle": (
        "core.shuffle(...c)",
        parking.shuffle,
        lambda rng: (float(rng.normal()), float(rng.uniform(0.2, 9)), float(rng.uniform(2, 6))),
    ),
    "moves": (
        "[core.run_turn(c[1], c[2]), core.run_shift(c[1], c[2]), core.moves_to_shift(...c)]",
        lambda d, h, r: [
            parking.run_turn(h, r),
            parking.run_shift(h, r),
            parking.moves_to_shift(d, h, r),
        ],
        lambda rng: (float(rng.normal()), float(rng.uniform(0.2, 19)), float(rng.uniform(2, 6))),
    ),
    "kerb_swing": (
        f"(() => {{ {CAR} return core.kerb_swing(car, c[1], c[2]) }})()",
        lambda m, turn, way: parking.kerb_swing(parking.Car(*m), turn, forward=bool(way)),
        lambda rng: (garage(rng), angles(rng), int(rng.integers(2))),
    ),
    "park": (
        f"(() => {{ {CAR} const p = core.park(car, c[1], c[2]); "
        "return [...p.start, ...p.arcs.flat(), ...Object.values(p.slot)] })()",
        parked,
        lambda rng: (garage(rng), float(rng.uniform(0.3, 3)), float(rng.uniform(0.3, 4))),
    ),
    "ACTIVATIONS": (
        "c[1].map(core.ACTIVATIONS[c[0]])",
        lambda name, z: activations.ACTIVATIONS[str(name)](z),
        lambda rng: (rng.choice(list(activations.ACTIVATIONS)), rng.uniform(-9, 9, 9)),
    ),
    "moments": (
        "(({mean, variance}) => [mean, variance])(core.moments(...c))",
        law,
        lambda rng: (rng.choice(list(activations.ACTIVATIONS)), float(rng.uniform(0.25, 4))),
    ),
    "penalty": (
        "[core.iid_condition_number(...c), core.online_penalty(c[0]), core.critical_batch(...c)]",
        lambda q, d: [
            penalty.iid_condition_number(q, d),
            penalty.online_penalty(q),
            penalty.critical_batch(q, d),
        ],
        lambda rng: (float(rng.choice([0, rng.uniform(0, 9)])), int(rng.integers(2, 513))),
    ),
    "arrival": (
        f"(w => {{ const e = core.arrival(w, c[1], 0.01); return [e.steps, e.error, "
        f"+e.arrived, +e.diverged, +core.diverged(w)] }})({WALK})",
        ended,
        task,
    ),
}
RUN = """async ([source, code, cases]) => {
  const core = await import(source)
  const answer = new Function('core', 'c', 'return ' + code)
  return cases.map(c => JSON.parse(JSON.stringify(answer(core, c)))) }"""


def apart(page, source, names):
    """Which functions differ from Python's by more than 1e-12, relative to each answer's size."""
    wrong = []
    for name in names:
        code, python, case = SAME[name]
        rng = np.random.default_rng(sum(map(ord, name)))
        cases = [case(rng) for _ in range(CASES)]
        plain = [[np.asarray(a).tolist() for a in c] for c in cases]
        for got, c in zip(page.evaluate(RUN, [source, code, plain]), cases, strict=True):
            expected, got = np.asarray(python(*c), dtype=float), np.asarray(got, dtype=float)
            size = np.abs(expected).max(initial=1e-300)
            if got.shape != expected.shape or not np.abs(got - expected).max() <= 1e-12 * size:
                wrong.append(name)
                break
    return wrong


@pytest.fixture(scope="module")
def lone(browser, served):
    """A page without any policy, from which the modules can be tried."""
    folder, address = served
    (folder / "lone.html").write_text("<!doctype html><title>lone</title>")
    page = browser.new_page()
    page.goto(f"{address}lone.html")
    yield page, folder
    page.close()


def test_every_exported_function_is_compared(lone):
    page, _ = lone
    names = page.evaluate("import('/explorables/core.mjs').then(Object.keys)")
    compared = " ".join(code for code, _, _ in SAME.values())
    assert all(f"core.{name}" in compared for name in names), set(names)


@pytest.mark.parametrize("name", SAME)
def test_a_function_gives_pythons_numbers(lone, name):
    page, _ = lone
    assert not apart(page, "/explorables/core.mjs", [name])


MUTANTS = [
    ("v - rate * g[i]", "v - (rate + 1e-9) * g[i]", "gradient_descent"),
    ("dot(w, x) - y", "dot(w, x) + y", "gradient_descent"),
    ("(k + i) % x.length", "(k + i + 1) % x.length", "gradient_descent"),
    ("Math.sin(half_angle))", "Math.sin(half_angle + 1e-10))", "cone_detour"),
    ("top * u[i] +", "top * u[i] -", "cone_walk"),
    ("product < -scale", "product < scale", "reversals"),
    ("v >= 0) ||", "v > 0) ||", "one_signed"),
    ("error(k) <= tolerance", "error(k) <= tolerance * 1.1", "arrival"),
    ("sinc(turn / 2)", "sinc(turn / 2 + 1e-9)", "drive"),
    ("(sideways - done)", "sideways", "park"),
    ("(0.86 * car.width)", "(0.87 * car.width)", "wheels"),
    ("(z / std) ** 2", "(z / std + 1e-9) ** 2", "moments"),
    ("1.6732632423543772", "1.6732632423", "ACTIVATIONS"),
    ("if (beyond(w, edge)) continue", "if (false) continue", "gradient_descent"),
]


@pytest.mark.parametrize(("right", "wrong", "name"), MUTANTS)
def test_a_wrong_core_is_caught(lone, right, wrong, name):
    page, folder = lone
    text = (folder / "explorables" / "core.mjs").read_text()
    assert right in text
    mutant = f"mutant{MUTANTS.index((right, wrong, name))}.mjs"
    (folder / mutant).write_text(text.replace(right, wrong))
    assert apart(page, f"/{mutant}", [name])
