// zigzag.activations and .penalty, name for name; integrals are sums over the nodes of panels.

const NODES = Array.from({length: 20}, (_, i) => {  // of Gauss and Legendre: place and weight
  let x = Math.cos((Math.PI * (i + 0.75)) / 20.5), slope = 0
  for (let k = 0; k < 9; k += 1) {
    let [before, p] = [1, x]
    for (let n = 1; n < 20; n += 1) {
      [before, p] = [p, ((2 * n + 1) * x * p - n * before) / (n + 1)]
    }
    slope = (20 * (x * p - before)) / (x * x - 1)
    x -= p / slope
  }
  return [(1 + x) / 2, 1 / ((1 - x * x) * slope * slope)]
})

const bell = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

function distribution(z) {  // P(Z ≤ z), from its tail: two panels are wide enough
  const x = Math.abs(z), wide = 25 / (x + 5)
  let tail = 0
  for (const [at, weight] of NODES) {
    tail += weight * wide * (bell(x + at * wide) + bell(x + (1 + at) * wide))
  }
  return z < 0 ? tail : 1 - tail
}

const logistic = (z) => 1 / (1 + Math.exp(-z))
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
const elu = (z) => (z > 0 ? z : Math.expm1(z))

export const ACTIVATIONS = {
  logistic,
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
  leaky_relu: (z) => (z > 0 ? z : 0.1 * z),
  softplus,
  elu,
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  gelu: (z) => z * distribution(z),
  silu: (z) => z * logistic(z),
  mish: (z) => z * Math.tanh(softplus(z)),
  softsign: (z) => z / (1 + Math.abs(z)),
  arctan: Math.atan,
  identity: (z) => z,
}

export function moments(activation, std) {  // a kink lies at 0, where two panels meet
  const points = []
  for (let k = -11; k < 11; k += 1) for (const [at, weight] of NODES) {
    points.push([ACTIVATIONS[activation]((k + at) * std), weight * bell(k + at)])
  }
  const mean = points.reduce((sum, [v, weight]) => sum + weight * v, 0)
  const variance = points.reduce((sum, [v, weight]) => sum + weight * (v - mean) ** 2, 0)
  const half_angle = Math.atan2(Math.sqrt(variance), Math.abs(mean))
  return {mean, variance, q: mean ** 2 / variance, half_angle}
}

export const iid_condition_number = (q, dimension) => 1 + dimension * q

export const online_penalty = (q) => 1 + q / 2

export function batch_for_rate(q, t) {
  const linear = t / q, square = (t ** 2 * (3 - t)) / (q * (2 - t) ** 2)
  return (linear + Math.sqrt(linear ** 2 + 4 * square)) / 2
}

export function half_pay_batch(q) {
  const root = Math.sqrt(1 + q)
  let [low, high] = [0, 2]
  for (let k = 0; k < 50; k += 1) {
    const t = (low + high) / 2, b = batch_for_rate(q, t)
    const gain = 2 * t - t ** 2 / (b * q) - t ** 3 / (b ** 2 * q * (2 - t))
    if (gain > (2 * q * b) / (1 + root) ** 2) low = t
    else high = t
  }
  return batch_for_rate(q, low)
}
