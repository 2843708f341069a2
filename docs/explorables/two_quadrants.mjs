// One input x that you drag, one error signal δ: the gradient δx stays on its line.
import {one_signed, sample_gradients} from "./core.mjs"
import {explore, plane, shown} from "./figure.mjs"

const KINDS = ["positive", "ReLU", "centred"]
const pair = (v) => `(${v.map((c) => shown(c)).join(", ")})`

const python = ({x_1, x_2, delta}) => `import numpy as np
from zigzag import cone, neuron

x = np.array([${x_1}, ${x_2}])
inputs = np.stack([x, np.maximum(4 * x - 2, 0.0), x - 0.5])  # as it is, through a ReLU, centred
gradients = neuron.sample_gradients(np.zeros(2), inputs, np.full(3, ${-delta}))
print(gradients, cone.one_signed(gradients))
`

function where(g) {
  if (g.every((v) => v === 0)) return "nowhere"
  const name = (g[1] > 0 ? "north" : g[1] < 0 ? "south" : "") + (g[0] > 0 ? "east" : g[0] < 0 ? "west" : "")
  return g.every((v) => v !== 0) ? name : `${name}, along an axis`
}

// What does not change: the plane, its dots, the two quadrants that locked gradients have.
function backdrop(p, measured, i) {
  const r = measured.reach[i], look = i < 2 ? "raw" : "centred"
  const spots = measured.dots[i].map((d) => p.place(d.map((v) => (v * r) / 1000)))
  const shape = ([x, y]) => (i < 2 ? `M${(x - 1).toFixed(1)} ${y.toFixed(1)}a1 1 0 1 0 2 0a1 1 0 1 0-2 0` : `M${x.toFixed(1)} ${(y - 1.4).toFixed(1)}l1.4 1.4l-1.4 1.4l-1.4-1.4z`)
  const quadrants = [[[-r, 0], [-r, r], [0, r], [0, 0]], [[0, 0], [r, 0], [r, -r], [0, -r]]].map((q) => p.path(q, "lock")).join("")
  const share = [measured.positive, measured.relu, measured.centred][i]
  return p.axes(i < 2 ? ["∂L/∂w₁", "∂L/∂w₂"] : ["", ""]) + (i < 2 ? quadrants : "") +
    `<path class="cloud fill ${look}" d="${spots.map(shape).join("")}"/>` + p.text(KINDS[i], [0, r], `middle title ${look}`, [0, -6]) +
    p.text(`${Math.round(100 * share)}% one-signed`, [0, -1.08 * r], "middle", [0, 8])
}

let back = ""

explore("two_quadrants", {
  labels: {delta: "Error δ", x_1: "Input x₁", x_2: "x₂"},
  draw(state, measured) {
    const x = [state.x_1, state.x_2]
    const inputs = [x, x.map((v) => Math.max(4 * v - 2, 0)), x.map((v) => v - 0.5)]
    const gradients = sample_gradients([0, 0], inputs, inputs.map(() => -state.delta))
    const planes = measured.reach.map((r, i) => plane([-r, r, -r, r], measured.boxes[i]))
    const svg = planes.map((p, i) => {
      const far = inputs[i].map((v) => -v)
      return p.line(far, inputs[i], "ray") + p.dots([inputs[i]], "sample", 3.2) + p.dots([gradients[i]], "gradient", 3.2)
    }).join("")
    back ||= planes.map((p, i) => backdrop(p, measured, i)).join("")
    const handles = {
      x: {
        plane: planes[0], at: x, label: "Input x", now: [x[0], -0.5, 1], text: `x₁ ${shown(x[0])}, x₂ ${shown(x[1])}`,
        take: (a, b) => ({x_1: a, x_2: b}),
      },
    }
    const told = gradients.map((g, i) => `${KINDS[i]}: ${where(g)}`).join(". ")
    const broken = x.some((v) => v < 0) && !one_signed(gradients[0]) ? " An input below zero breaks the lock." : ""
    return {svg, back, sentence: `x = ${pair(x)}, δ = ${shown(state.delta)}. ${told}.${broken}`, python: python(state), handles, gradients}
  },
})
