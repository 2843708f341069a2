// Choose an activation and the spread of its input; the mean of its output tells the rest.

import {explore} from "./figure.mjs"
import {
  ACTIVATIONS, half_pay_batch, iid_condition_number, moments, online_penalty,
} from "./moments.mjs"
import {plane, shown} from "./plane.mjs"

const KEYS = Object.keys(ACTIVATIONS)
const three = (v) => `${+v.toPrecision(3)}`

const python = (name, spread, inputs) => `from zigzag import penalty
from zigzag.activations import moments

q = round(moments("${name}", std=${spread}).q, 12)
print(q, penalty.iid_condition_number(q, ${inputs}))
print(penalty.online_penalty(q), penalty.half_pay_batch(q))
`

explore("activations", {
  draw({activation, spread, inputs}, measured, size) {
    const key = KEYS[activation], name = measured.names[activation], {box} = measured
    const m = moments(key, spread), q = +m.q.toFixed(12), std = Math.sqrt(m.variance)
    const curve = Array.from({length: 81}, (_, i) => [i / 10 - 4, ACTIVATIONS[key](i / 10 - 4)])
    const values = curve.map(([, v]) => v), floor = Math.min(...values)
    const unit = Math.max(...values) - floor, y0 = floor - 0.35 * unit, y1 = floor + 1.05 * unit
    const bell = (z) => y0 + 0.3 * Math.exp(-0.5 * (z / spread) ** 2) * unit
    const hill = curve.map(([z]) => [z, bell(z)])
    const [low, high] = [m.mean - std, m.mean + std].map((v) => Math.max(y0, Math.min(y1, v)))
    const p = plane([-4, 4, y0, y1], box), fan = plane([-1.1, 1.1, -1.2, 1.2], measured.fan)
    const axis = (...ends) => p.path(ends, "muted", 0.7), tick = (3 * (y1 - y0)) / box[3]
    const ticks = [-4, 0, 4].map((z) => axis([z, y0], [z, y0 - tick]) +
      p.text(shown(z, 0), [z, y0], "middle tick", [0, 13.7]))
    const marks = [0, 1].filter((v) => v > y0 && v < y1).map((v) => axis([-4, v], [-4.109, v]) +
      p.text(`${v}`, [-4, v], "end tick", [-6.5, 3.5]))
    const [kappa, online] = [iid_condition_number(q, inputs), online_penalty(q)].map(three)
    const batch = q ? three(half_pay_batch(q)) : "no limit"
    const cells = Object.entries(
      {q: three(q), [`κ, ${inputs} inputs`]: kappa,
        "one by one, ×": online, "half-pay batch": batch})
    const whole = plane([0, size[0], size[1], 0], [0, 0, ...size])
    const table = cells.map(([words, value], i) => {
      const at = [measured.columns[i] - 1, measured.line + 1]  // the corner of the still's cell
      return whole.text(value, at, "middle raw huge") +
        whole.text(words, at, i ? "middle" : "middle name", [0, 14])
    })
    const degrees = (m.half_angle * 180) / Math.PI, tip = [[-0.059, 0.9], [0, 1.018], [0.059, 0.9]]
    const svg = p.area([[-4, y0], ...hill, [4, y0]], "muted", 0.3) + p.path(hill, "muted", 0.7) +
      p.area([[-4, low], [4, low], [4, high], [-4, high]], "mean", 0.12) +
      axis([-4, y1], [-4, y0]) + axis([-4, y0], [4, y0]) + [...ticks, ...marks, ...table].join("") +
      p.path([[-4, m.mean], [4, m.mean]], "mean", 2.6) + p.path(curve, "raw") +
      p.text(`${name} output, normal input`, [-4, y1], "raw title", [0, -6]) +
      p.text("mean ± spread", [3.88, m.mean], "end mean", [0, 10.4]) +
      fan.cone([0, 0], 1, "", degrees, 90) + fan.path([[0, 0], tip[1]], "mean", 2.6) +
      fan.area(tip, "mean") + fan.path(tip, "mean", 2.6) +
      fan.text(`cone ±${shown(degrees, 1)}°`, [0, -1.2], "middle", [0, 7.9])
    const handles = {
      spread: {
        plane: p, at: [spread, bell(spread)], of: ["spread"], label: "Spread of the input",
        flat: true,
        text: `standard deviation ${shown(spread)}`, take: (x) => ({spread: Math.abs(x)}),
      },
    }
    const cost = q ? `without a bias ${online} times the steps one by one; half-pay batch ${batch}`
      : "no mean, and nothing to pay"
    const sentence = `${name}, spread ${shown(spread)}: q = ${three(q)}, κ = ${kappa}; ${cost}.`
    return {svg, sentence, python: python(key, spread, inputs), handles}
  },
})
