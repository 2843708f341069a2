// src/zigzag as far as readers play with it: the same names; tests compare what is exported.

const dot = (a, b) => a.reduce((sum, ai, i) => sum + ai * b[i], 0)
const minus = (a, b) => a.map((ai, i) => ai - b[i])
const length = (v) => Math.hypot(...v)
const steps = (path) => path.slice(1).map((w, k) => minus(w, path[k]))

// zigzag.neuron, zigzag.track

export const error_signal = (w, x, y) => dot(w, x) - y

export const sample_gradients = (w, x, y) =>
  x.map((xj, j) => xj.map((v) => v * error_signal(w, xj, y[j])))

export const path_length = (path) => steps(path).reduce((sum, step) => sum + length(step), 0)

export function reversals(path) {
  const moved = steps(path).filter((step) => step.some((v) => v !== 0))
  return moved.slice(1).filter((after, k) => {
    const before = moved[k], product = dot(before, after)
    const scale = 1e-12 * length(before) * length(after)
    const crossed = before.reduce((a, b) => a + b) * after.reduce((a, b) => a + b) < 0
    return product < -scale || (Math.abs(product) <= scale && crossed)
  }).length
}

// zigzag.cone

export const one_signed = (g) => g.every((v) => v >= 0) || g.every((v) => v <= 0)

export const detour = (t) =>
  length(t.map((v) => Math.max(v, 0))) + length(t.map((v) => Math.max(-v, 0)))

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

export const rounded_up = (moves) => Math.ceil(moves * (1 - 1e-12))

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
    const along = w.map((_, i) => x.reduce((sum, xj, j) => sum + delta[j] * xj[i], 0))
    return along.map((v) => v / (power > 0 ? power : 1))
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

export function arrival(path, goal, tolerance) {  // of a path; the same field names
  const scale = length(minus(path[0], goal)), edge = horizon(path[0])
  const error = (k) => length(minus(path[k], goal)) / scale
  let k = 0
  while (k < path.length - 1 && !(k > 0 && beyond(path[k], edge)) && error(k) > tolerance) k += 1
  const arrived = error(k) <= tolerance
  return {steps: k, error: error(k), arrived, diverged: !arrived && beyond(path[k], edge)}
}
