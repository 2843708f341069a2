// Choose an activation and the spread of its input; the mean of its output tells the rest.

import {explore} from "./figure.mjs"
import {
  ACTIVATIONS, critical_batch, iid_condition_number, moments, online_penalty,
} from "./moments.mjs"
import {plane, shown} from "./plane.mjs"

const KEYS = Object.keys(ACTIVATIONS)
const three = (v) => String(+v.toPrecision(3)).replace("-", "−")

const python = ({activation, spread, inputs}) => `from zigzag import penalty
from zigzag.activations import moments

q = round(moments("${KEYS[activation]}", std=${spread}).q, 12)
print(q, penalty.iid_condition_number(q, ${inputs}))
print(penalty.online_penalty(q), penalty.critical_batch(q, ${inputs}))
`

explore("activations", {
  labels: {activation: "Activation", spread: "Spread", inputs: "Inputs d"},
  choices: {activation: "names"},
  draw(state, measured, [width, height]) {
    const {activation, spread, inputs} = state, name = measured.names[activation]
    const a = ACTIVATIONS[KEYS[activation]], m = moments(KEYS[activation], spread)
    const q = +m.q.toFixed(12), std = Math.sqrt(m.variance), phi = (m.half_angle * 180) / Math.PI
    const curve = Array.from({length: 81}, (_, i) => [-4 + i / 10, a(-4 + i / 10)])
    const values = curve.map(([, v]) => v), floor = Math.min(...values)
    const unit = Math.max(...values) - floor, y0 = floor - 0.35 * unit, y1 = floor + 1.05 * unit
    const p = plane([-4, 4, y0, y1], measured.box), fan = plane([-1.1, 1.1, -1.2, 1.2], measured.fan)
    const bell = (z) => y0 + 0.3 * Math.exp(-0.5 * (z / spread) ** 2) * unit
    const [low, high] = [m.mean - std, m.mean + std].map((v) => Math.max(y0, Math.min(y1, v)))
    const [kappa, online, batch] = [
      iid_condition_number(q, inputs), online_penalty(q), critical_batch(q, inputs),
    ].map(three)
    const cells = [
      [three(q), "q"], [kappa, `κ, ${inputs} inputs`], [online, "one by one, ×"], [batch, "useful batch"],
    ]
    const tip = [[-0.059, 0.9], [0, 1.018], [0.059, 0.9]]
    const axis = (...ends) => p.path(ends, "muted", 0.7), point = (y1 - y0) / measured.box[3]
    const page = plane([0, width, height, 0], [0, 0, width, height])
    const table = cells.map(([value, words], i) => {
      const at = [measured.columns[i] - 1, measured.line + 1]  // the corner of the still's cell
      const look = i ? "middle" : "middle name"
      return page.text(value, at, "middle raw huge") + page.text(words, at, look, [0, 14])
    }).join("")
    const svg = p.area([[-4, y0], ...curve.map(([z]) => [z, bell(z)]), [4, y0]], "muted", 0.3) +
      p.area([[-4, low], [4, low], [4, high], [-4, high]], "mean", 0.12) +
      axis([-4, y1], [-4, y0]) + axis([-4, y0], [4, y0]) + [-4, 0, 4].map((z) =>
        axis([z, y0], [z, y0 - 3 * point]) + p.text(shown(z, 0), [z, y0], "middle tick", [0, 13.7])
      ).join("") + [0, 1].filter((v) => v > y0 && v < y1).map((v) =>
        axis([-4, v], [-4.109, v]) + p.text(`${v}`, [-4, v], "end tick", [-6.5, 3.5])).join("") +
      p.path([[-4, m.mean], [4, m.mean]], "mean", 2.6) + p.path(curve, "raw") +
      p.text(`${name} output, normal input`, [-4, y1], "raw title", [0, -6]) +
      p.text("mean ± spread", [3.88, m.mean], "end mean", [0, 10.4]) +
      fan.cone([0, 0], 1, "", phi, 90) + fan.path([[0, 0], tip[1]], "mean", 2.6) +
      fan.area(tip, "mean") + fan.path(tip, "mean", 2.6) +
      fan.text(`cone ±${shown(phi, 1)}°`, [0, -1.2], "middle", [0, 7.9]) + table
    const handles = {
      spread: {
        plane: p, at: [spread, bell(spread)], of: ["spread"], label: "Spread of the input",
        text: `standard deviation ${shown(spread)}`, take: (x) => ({spread: Math.abs(x)}),
      },
    }
    const cost = q ? `${online} times the steps one by one; batches pay up to ${batch}`
      : "no mean, and nothing to pay"
    const sentence = `${name}, input spread ${shown(spread)}: q = ${three(q)}, κ = ${kappa}; ${cost}.`
    return {svg, sentence, python: python(state), handles}
  },
})
