// Choose an activation and the spread of its input; the mean of its output tells the rest.
import {ACTIVATIONS, critical_batch, iid_condition_number, moments, online_penalty} from "./core.mjs"
import {explore, plane, shown} from "./figure.mjs"

const KEYS = Object.keys(ACTIVATIONS)
const three = (v) => String(+v.toPrecision(3)).replace("-", "−")

const python = ({activation, spread, inputs}) => `from zigzag import penalty
from zigzag.activations import moments

m = moments("${KEYS[activation]}", std=${spread})
print(m.q, penalty.iid_condition_number(m.q, ${inputs}))
print(penalty.online_penalty(m.q), penalty.critical_batch(m.q, ${inputs}))
`

explore("activations", {
  labels: {activation: "Activation", spread: "Spread", inputs: "Inputs d"},
  options: (measured) => ({activation: measured.names}),
  draw(state, measured, {width, height}) {
    const {activation, spread, inputs} = state, a = ACTIVATIONS[KEYS[activation]], name = measured.names[activation]
    const m = moments(KEYS[activation], spread), std = Math.sqrt(m.variance), phi = (m.half_angle * 180) / Math.PI
    const q = m.q < 1e-12 ? 0 : m.q
    const curve = Array.from({length: 81}, (_, i) => [-4 + i / 10, a(-4 + i / 10)]), values = curve.map(([, v]) => v)
    const floor = Math.min(...values), unit = Math.max(...values) - floor, [y0, y1] = [floor - 0.35 * unit, floor + 1.05 * unit]
    const p = plane([-4, 4, y0, y1], measured.box), fan = plane([-1.1, 1.1, -1.2, 1.2], measured.fan), all = plane([0, width, 0, height], [0, 0, width, height])
    const bell = (z) => floor + (0.3 * Math.exp(-0.5 * (z / spread) ** 2) - 0.35) * unit, inside = (v) => Math.max(y0, Math.min(y1, v))
    const low = inside(m.mean - std), high = inside(m.mean + std)
    const cells = {q: three(q), [`κ, ${inputs} inputs`]: three(iid_condition_number(q, inputs)), "one by one, ×": three(online_penalty(q)), "useful batch": three(critical_batch(q, inputs))}
    const svg = p.path([[-4, y0], ...curve.map(([z]) => [z, bell(z)]), [4, y0]], "parked") + p.path([[-4, low], [4, low], [4, high], [-4, high]], "band") +
      p.path([[-4, y1], [-4, y0], [4, y0]], "axis") + [-4, 0, 4].map((z) => p.text(shown(z, 0), [z, y0], "middle", [0, 14])).join("") +
      [0, 1].filter((v) => v > y0 && v < y1).map((v) => p.text(`${v}`, [-4, v], "end", [-6, 3.5])).join("") +
      p.line([-4, m.mean], [4, m.mean], "mean") + p.path(curve, "raw curve walk") + p.text(`${name} output, normal input`, [-4, y1], "raw title", [0, -6]) +
      p.text("mean ± spread", [3.9, m.mean], "end mean", [0, 13]) + fan.cone([0, 0], 1, "", phi, 90) + fan.line([0, 0], [0, 1], "mean") +
      fan.path([[-0.1, 0.9], [0, 1.1], [0.1, 0.9]], "tip") + fan.text(`cone ±${shown(phi, 1)}°`, [0, -1.2], "middle", [0, 11]) +
      Object.entries(cells).map(([words, value], i) => {
        const x = measured.columns[i], y = height - measured.line
        return all.text(value, [x, y], "middle raw huge") + all.text(words, [x, y], words === "q" ? "middle name" : "middle", [0, 15])
      }).join("")
    const handles = {
      spread: {
        plane: p, at: [spread, bell(spread)], label: "Spread of the input", now: [spread, 0.25, 4],
        text: `standard deviation ${shown(spread)}`, take: (x) => ({spread: Math.abs(x)}),
      },
    }
    const cost = q ? `${cells["one by one, ×"]} times the steps one by one; batches pay up to ${cells["useful batch"]}` : "no mean, and nothing to pay"
    return {svg, sentence: `${name}, input spread ${shown(spread)}: q = ${three(q)}, κ = ${cells[`κ, ${inputs} inputs`]}; ${cost}.`, python: python(state), handles}
  },
})
