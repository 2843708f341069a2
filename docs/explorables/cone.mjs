// Open the cone of allowed moves, turn the goal, and read what the way across it costs.
import {cone_detour, cone_walk, detour} from "./core.mjs"
import {explore, plane, shown} from "./figure.mjs"

const AXIS = [Math.SQRT1_2, Math.SQRT1_2], DEGREES = Math.PI / 180

const python = ({half_angle, goal}) => `import numpy as np
from zigzag import cone

half, turn = np.radians([${half_angle}, ${goal}])
goal = [np.cos(turn), np.sin(turn)]  # at distance 1; the cone opens about the northeast
print(cone.cone_detour(goal, [1, 1], half), cone.detour(goal))
`

const turned = (x, y) => (Math.atan2(y, x) / DEGREES + 360 + 90) % 360 - 90  // −90 to 270

explore("cone", {
  labels: {half_angle: "Cone ±°", goal: "Goal at °"},
  draw(state, measured, {width, height}) {
    const p = plane(measured.view, [0, 0, width, height]), half = state.half_angle * DEGREES
    const goal = [Math.cos(state.goal * DEGREES), Math.sin(state.goal * DEGREES)], edge = (45 - state.half_angle) * DEGREES
    const walk = cone_walk(goal, AXIS, half), corner = cone_walk(goal, AXIS, Math.PI / 4)
    const far = cone_detour(goal, AXIS, half), quadrant = detour(goal)
    const off = Math.round(Math.acos(Math.min(1, Math.abs(goal[0] * AXIS[0] + goal[1] * AXIS[1]))) / DEGREES)
    const svg = p.axes(["w₁", "w₂"]) + p.cone([0, 0], 0.65, "moves", state.half_angle) + p.line([0, 0], goal, "straight") +
      p.path(corner, "quadrant") + p.path(walk, "raw walk") + p.dots(walk, "raw", 2.3) +
      p.text(`this cone: ${shown(far)}`, [0.12, -0.36], "raw big") + p.text(`a quadrant: ${shown(quadrant)}`, [0.12, -0.56], "cone big") +
      p.text("straight: 1", [0.12, -0.76], "muted big") + p.dots([[0, 0]], "start", 3.5) + p.text("start", [0, 0], "", [7, 14]) + p.star(goal)
    const handles = {
      goal: {
        plane: p, at: goal, label: "Goal", now: [state.goal, 0, 210], text: `at ${state.goal}°, ${off}° off the cone's axis`,
        take: (x, y) => ({goal: turned(x, y)}),
      },
      edge: {
        plane: p, at: [0.65 * Math.cos(edge), 0.65 * Math.sin(edge)], label: "Edge of the cone", now: [state.half_angle, 5, 90],
        text: `${state.half_angle}° to either side`, take: (x, y) => ({half_angle: Math.abs(turned(x, y) - 45)}),
      },
    }
    const within = far <= 1 + 1e-9 ? "The goal lies in the cone: no detour. " : ""
    const sentence = `${within}Cone ±${state.half_angle}°, goal ${off}° off its axis: the shortest walk is ${shown(far)} times the straight line (a quadrant: ${shown(quadrant)}).`
    return {svg, sentence, python: python(state), handles}
  },
})
