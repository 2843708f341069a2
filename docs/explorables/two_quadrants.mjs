// One input x that you drag, one error signal δ: the gradient δx stays on its line.

import {one_signed, sample_gradients} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"

const KINDS = ["positive", "ReLU", "centred"]

const python = ({x_1, x_2, delta}) => `import numpy as np
from zigzag import neuron

x = np.array([${x_1}, ${x_2}])
inputs = np.stack([x, np.maximum(4 * x - 2, 0.0), x - 0.5])  # as it is, through a ReLU, centred
print(neuron.sample_gradients(np.zeros(2), inputs, np.full(3, ${-delta})))
`

const where = ([east, north]) => ["south", "", "north"][Math.sign(north) + 1] +
  ["west", north ? "" : "nowhere", "east"][Math.sign(east) + 1]

const planes = (measured) =>
  measured.reach.map((r, i) => plane([-r, r, -r, r], measured.boxes[i]))

function backdrop(p, measured, i) {  // the plane, its dots, the quadrants of locked gradients
  const r = measured.reach[i], locked = i < 2, look = locked ? "raw" : "centred"
  const dot = locked ? "a1 1 0 1 0 2 0a1 1 0 1 0-2 0" : "l1.4-1.4l1.4 1.4l-1.4 1.4z"
  const cloud = measured.dots[i].map((mille) => {
    const [x, y] = p.place(mille.map((v) => (v * r) / 1000))
    return `M${(x - (locked ? 1 : 1.4)).toFixed(1)} ${y.toFixed(1)}${dot}`
  })
  const quadrant = (v) => p.area([[0, 0], [v, 0], [v, v], [0, v]], "cone", 0.12)
  const share = [measured.positive, measured.relu, measured.centred][i]
  return (locked ? p.axes("∂L/∂w₁", "∂L/∂w₂") + quadrant(r) + quadrant(-r) : p.axes()) +
    `<path class="area ${look}" d="${cloud.join("")}"/>` +
    p.text(KINDS[i], [0, r], `middle title ${look}`, [0, -6]) +
    p.text(`${Math.round(100 * share)}% one-signed`, [0, -1.08 * r], "middle", [0, 8])
}

explore("two_quadrants", {
  draw(state, measured) {
    const x = [state.x_1, state.x_2], all = planes(measured)
    const inputs = [x, x.map((v) => Math.max(4 * v - 2, 0)), x.map((v) => v - 0.5)]
    const gradients = sample_gradients([0, 0], inputs, inputs.map(() => -state.delta))
    const svg = inputs.map((at, i) => all[i].path([at.map((v) => -v), at], "text", 0.9, "1.5 2.5") +
      all[i].dots([at], "ring", 3.2, 1.2) + all[i].dots([gradients[i]], "edge", 3.2, 1)).join("")
    const told = gradients.map((g, i) =>
      `${KINDS[i]}: (${g.map((v) => shown(v)).join(", ")}), ${where(g)}.`)
    if (!one_signed(gradients[0])) told.push("An input below zero breaks the lock.")
    const back = ["all", () => all.map((p, i) => backdrop(p, measured, i)).join("")]
    const handles = {x: all[0].pair("x", x, "x", "Input x")}
    return {back, svg, sentence: told.join(" "), python: python(state), handles}
  },
})
