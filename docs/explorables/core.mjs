// The arithmetic of src/zigzag that readers play with: the same names, arrays in, arrays out.
// Every function here is compared with its Python original, in a browser (tests/explorables).

const dot = (a, b) => a.reduce((sum, ai, i) => sum + ai * b[i], 0)
const minus = (a, b) => a.map((ai, i) => ai - b[i])
const length = (v) => Math.hypot(...v)
const steps = (path) => path.slice(1).map((w, k) => minus(w, path[k]))

// zigzag.neuron, zigzag.cone, zigzag.track

export const error_signal = (w, x, y) => dot(w, x) - y

export const sample_gradients = (w, x, y) => x.map((xj, j) => xj.map((v) => v * error_signal(w, xj, y[j])))

export const one_signed = (g) => g.every((v) => v >= 0) || g.every((v) => v <= 0)

export const path_length = (path) => steps(path).reduce((sum, step) => sum + length(step), 0)

export function reversals(path) {
  const moved = steps(path).filter((step) => step.some((v) => v !== 0))
  return moved.slice(1).filter((after, k) => {
    const before = moved[k], product = dot(before, after), scale = 1e-12 * length(before) * length(after)
    const crossed = before.reduce((a, b) => a + b) * after.reduce((a, b) => a + b) < 0
    return product < -scale || (Math.abs(product) <= scale && crossed)
  }).length
}

export const detour = (t) => length(t.map((v) => Math.max(v, 0))) + length(t.map((v) => Math.max(-v, 0)))

function parts(t, axis) {  // of t, along the axis and across it
  const size = length(axis), u = axis.map((v) => v / size), along = dot(t, u)
  return {u, along, across: t.map((v, i) => v - along * u[i])}
}

export const cone_detour = (t, axis, half_angle) =>
  Math.max(length(t), length(parts(t, axis).across) / Math.sin(half_angle))

export function cone_walk(t, axis, half_angle) {
  const {u, along, across} = parts(t, axis), top = length(across) / Math.tan(half_angle)
  const bent = () => t.map((v, i) => (v + top * u[i] + (along / top) * across[i]) / 2)
  return [t.map(() => 0), top <= Math.abs(along) ? t : bent(), t]
}

const rounded_up = (moves) => Math.ceil(moves * (1 - 1e-12))

export const corridor_moves = (distance, width, half_angle) =>
  rounded_up(distance / (width * Math.tan(half_angle)))

// zigzag.gradients, zigzag.descent, zigzag.reading

export function* cycled(x, y, size = 1) {
  for (let k = 0; ; k += size) {
    const turn = Array.from({length: size}, (_, i) => (k + i) % x.length)
    yield [turn.map((i) => x[i]), turn.map((i) => y[i])]
  }
}

export function normalised(batches) {
  return (w) => {
    const [x, y] = batches.next().value
    const power = x.reduce((sum, xj) => sum + dot(xj, xj), 0)
    const delta = x.map((xj, j) => error_signal(w, xj, y[j]))
    return w.map((_, i) => x.reduce((sum, xj, j) => sum + delta[j] * xj[i], 0) / (power > 0 ? power : 1))
  }
}

const horizon = (start) => 1e12 * Math.max(1, ...start.map(Math.abs))
const beyond = (w, edge) => w.some((v) => Math.abs(v) > edge)

export function* gradient_descent(gradient, start, rate) {
  const edge = horizon(start)
  for (let w = start; ; ) {
    yield w
    if (beyond(w, edge)) continue  // held where it is: no NaN
    const g = gradient(w)
    w = w.map((v, i) => Math.max(-1e150, Math.min(1e150, v - rate * g[i])))
  }
}

export function path(walk, steps) {
  const out = []
  for (const w of walk) if (out.push(w) > steps) break
  return out
}

export const diverged = (path) => beyond(path.at(-1), horizon(path[0]))

export function arrival(path, goal, tolerance) {  // of a path; the same field names
  const scale = length(minus(path[0], goal)), edge = horizon(path[0])
  const error = (k) => length(minus(path[k], goal)) / scale
  let k = 0
  while (k < path.length - 1 && !(k > 0 && beyond(path[k], edge)) && !(error(k) <= tolerance)) k += 1
  const arrived = error(k) <= tolerance
  return {steps: k, error: error(k), arrived, diverged: !arrived && beyond(path[k], edge)}
}

// zigzag.activations, zigzag.penalty; the mean over a normal distribution is a sum over panels

function distribution(z) {  // P(Z ≤ z): a series near the middle, a continued fraction in the tails
  const x = Math.abs(z) * Math.SQRT1_2, bell = Math.exp(-x * x) / Math.sqrt(Math.PI)
  let tail = x
  if (x < 2.5) {
    for (let n = 1, term = x, sum = x; n < 60; n += 1) tail = (sum += term *= (2 * x * x) / (2 * n + 1))
    tail = 0.5 - bell * tail
  } else {
    for (let k = 90; k > 0; k -= 1) tail = x + k / 2 / tail
    tail = (0.5 * bell) / tail
  }
  return z < 0 ? tail : 1 - tail
}

const logistic = (z) => 1 / (1 + Math.exp(-z))
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
const elu = (z) => (z > 0 ? z : Math.expm1(z))

export const ACTIVATIONS = {
  logistic, tanh: Math.tanh, relu: (z) => Math.max(z, 0), leaky_relu: (z) => (z > 0 ? z : 0.1 * z), softplus, elu,
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)), gelu: (z) => z * distribution(z),
  silu: (z) => z * logistic(z), mish: (z) => z * Math.tanh(softplus(z)), softsign: (z) => z / (1 + Math.abs(z)),
  arctan: Math.atan, identity: (z) => z,
}

const NODES = Array.from({length: 20}, (_, i) => {  // of Gauss and Legendre: place and weight
  let x = Math.cos((Math.PI * (i + 0.75)) / 20.5), slope = 0
  for (let k = 0; k < 9; k += 1) {
    let [before, p] = [1, x]
    for (let n = 1; n < 20; n += 1) [before, p] = [p, ((2 * n + 1) * x * p - n * before) / (n + 1)]
    slope = (20 * (x * p - before)) / (x * x - 1)
    x -= p / slope
  }
  return [x, 2 / ((1 - x * x) * slope * slope)]
})

export function moments(activation, std) {  // a kink lies at 0, where two panels meet
  const a = ACTIVATIONS[activation], step = Math.min(1, std), panels = Math.ceil((11 * std) / step), points = []
  for (let k = -panels; k < panels; k += 1) for (const [x, weight] of NODES) {
    const z = (k + (1 + x) / 2) * step
    points.push([a(z), (weight * step * Math.exp(-0.5 * (z / std) ** 2)) / (std * Math.sqrt(8 * Math.PI))])
  }
  const mean = points.reduce((sum, [v, weight]) => sum + weight * v, 0)
  const variance = points.reduce((sum, [v, weight]) => sum + weight * (v - mean) ** 2, 0)
  return {mean, variance, q: mean ** 2 / variance, half_angle: Math.atan2(Math.sqrt(variance), Math.abs(mean))}
}

export const iid_condition_number = (q, dimension) => 1 + dimension * q
export const online_penalty = (q) => 1 + q / 2
export const critical_batch = (q, dimension) => (dimension * (1 + q)) / (1 + dimension * q)

// zigzag.car, zigzag.body, zigzag.slot, zigzag.parking; a car is its five measures, by name

const sinc = (a) => (a === 0 ? 1 : Math.sin(a) / a)
const car_length = (car) => car.rear_overhang + car.wheelbase + car.front_overhang

export function drive([x, y, theta], curvature, distance) {
  const turn = curvature * distance, chord = distance * sinc(turn / 2), bearing = theta + turn / 2
  return [x + chord * Math.cos(bearing), y + chord * Math.sin(bearing), theta + turn]
}

export const travel_length = (arcs) => arcs.reduce((sum, [, s]) => sum + Math.abs(s), 0)

export function travel(pose, arcs, s) {  // the pose and the curvature after s metres
  for (const [i, [k, distance]] of arcs.entries()) {
    const size = Math.abs(distance)
    if (s < size || i === arcs.length - 1) return [drive(pose, k, Math.sign(distance) * Math.min(s, size)), k]
    pose = drive(pose, k, distance)
    s -= size
  }
}

const on_car = (points, [x, y, theta]) => points.map(([ahead, left]) =>
  [x + Math.cos(theta) * ahead - Math.sin(theta) * left, y + Math.sin(theta) * ahead + Math.cos(theta) * left])

const corners = (back, front, side) => [[back, -side], [front, -side], [front, side], [back, side]]

export const outline = (car, pose) =>
  on_car(corners(-car.rear_overhang, car.wheelbase + car.front_overhang, car.width / 2), pose)

const hubs = (car) => corners(0, car.wheelbase, (0.86 * car.width) / 2)

export const wheels = (car, pose) => on_car(hubs(car), pose)

export const wheel_angles = (car, curvature) =>
  hubs(car).map(([ahead, left]) => Math.atan2(curvature * ahead, 1 - curvature * left))

export const neighbours = ({length, neighbour_length, neighbour_width, kerb_gap}) =>
  [-neighbour_length, length].map((x) => corners(x, x + neighbour_length, neighbour_width / 2).map(([a, b]) => [a, kerb_gap + neighbour_width / 2 + b]))

function separation(a, b) {
  return Math.max(...[a, b].flatMap((sides) => [0, 1].flatMap((i) => {
    const side = minus(sides[i + 1], sides[i]), axis = side.map((v) => v / length(side))
    const [on_a, on_b] = [a, b].map((points) => points.map((p) => dot(p, axis)))
    return [Math.min(...on_b) - Math.max(...on_a), Math.min(...on_a) - Math.max(...on_b)]
  })))
}

export const clearance = (outline, slot) =>
  Math.min(...outline.map(([, y]) => y), ...neighbours(slot).map((car) => separation(outline, car)))

export const run_turn = (slack, turning_radius) => Math.asin(Math.min(slack / (2 * turning_radius), 1))

export const run_shift = (slack, turning_radius) =>
  4 * turning_radius * Math.sin(run_turn(slack, turning_radius) / 2) ** 2

export const moves_to_shift = (sideways, slack, turning_radius) =>
  rounded_up(Math.abs(sideways) / run_shift(slack, turning_radius))

export function shuffle(sideways, slack, turning_radius) {
  const runs = moves_to_shift(sideways, slack, turning_radius), turns = Array(runs).fill(run_turn(slack, turning_radius))
  const rest = Math.abs(sideways) - (runs - 1) * run_shift(slack, turning_radius)
  turns[runs - 1] = 2 * Math.asin(Math.sqrt(Math.max(rest, 0) / (4 * turning_radius)))
  return turns.flatMap((turn, i) => [1, -1].map((lock) =>
    [(Math.sign(sideways) / turning_radius) * lock, (i % 2 ? 1 : -1) * turn * turning_radius]))
}

export function kerb_swing(car, turn, forward) {
  const reach = forward ? car.wheelbase + car.front_overhang : car.rear_overhang
  const radius = car.turning_radius + car.width / 2, phi = Math.min(turn, Math.atan2(reach, radius))
  return reach * Math.sin(phi) - 2 * radius * Math.sin(phi / 2) ** 2
}

export function park(car, sideways, slack, margin = 0.05) {
  const arcs = shuffle(-sideways, slack, car.turning_radius)
  let done = 0, swing = -Infinity
  for (let i = 0; i < arcs.length; i += 2) {
    const turn = Math.abs(arcs[i][0] * arcs[i][1])
    done += 4 * car.turning_radius * Math.sin(turn / 2) ** 2
    swing = Math.max(swing, kerb_swing(car, turn, arcs[i][1] > 0) - (sideways - done))
  }
  const kerb_gap = margin + Math.max(0, swing), neighbour_length = car_length(car)
  const slot = {length: neighbour_length + slack + 2 * margin, neighbour_length, neighbour_width: car.width, kerb_gap}
  return {start: [margin + slack + car.rear_overhang, kerb_gap + car.width / 2 + sideways, 0], arcs, slot}
}
