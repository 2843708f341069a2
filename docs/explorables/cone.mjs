// Open the cone of allowed moves, turn the goal, and read what the way across it costs.

import {cone_detour, cone_walk, detour} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"

const AXIS = [Math.SQRT1_2, Math.SQRT1_2], DEGREES = Math.PI / 180

const python = ({half_angle, goal}) => `import numpy as np
from zigzag import cone

half, turn = np.radians([${half_angle}, ${goal}])
goal, axis = np.array([np.cos(turn), np.sin(turn)]), np.sqrt([0.5, 0.5])  # at distance 1
print(np.degrees(np.arccos(min(abs(goal @ axis), 1))))
print(cone.cone_detour(goal, axis, half), cone.detour(goal))
`

const turned = (x, y) => (Math.atan2(y, x) / DEGREES + 360 + 90) % 360 - 90  // −90 to 270

explore("cone", {
  draw({half_angle, goal: angle}, measured, size) {
    const p = plane(measured.view, [0, 0, ...size]), half = half_angle * DEGREES
    const goal = [Math.cos(angle * DEGREES), Math.sin(angle * DEGREES)]
    const edge = [Math.cos, Math.sin].map((f) => 0.65 * f((45 - half_angle) * DEGREES))
    const walk = cone_walk(goal, AXIS, half), corner = cone_walk(goal, AXIS, Math.PI / 4)
    const far = shown(cone_detour(goal, AXIS, half)), quadrant = shown(detour(goal))
    const turn = Math.abs(angle - 45) % 180, off = Math.round(Math.min(turn, 180 - turn))
    const svg = p.axes("w₁", "w₂") + p.cone([0, 0], 0.65, "moves", half_angle) +
      p.path([[0, 0], goal], "muted", 1.8, "1.8 2.97") + p.path(corner, "cone", 1.2) +
      p.path(walk, "raw") + p.dots(walk, "raw", 2.3) +
      p.text(`this cone: ${far}`, [0.12, -0.36], "raw big") +
      p.text(`a quadrant: ${quadrant}`, [0.12, -0.56], "cone big") +
      p.text("straight: 1", [0.12, -0.76], "muted big") + p.start([0, 0]) + p.star(goal)
    const handles = {
      goal: {
        plane: p, at: goal, of: ["goal"], look: "goal", label: "Goal",
        text: `at ${angle}°, ${off}° off the cone's axis`, take: (x, y) => ({goal: turned(x, y)}),
      },
      edge: {
        plane: p, at: edge, of: ["half_angle"], label: "Edge of the cone",
        text: `${half_angle}° to either side`,
        take: (x, y) => ({half_angle: Math.abs(turned(x, y) - 45)}),
      },
    }
    const sentence = (off <= half_angle ? "The goal lies in the cone: no detour. " : "") +
      `Cone ±${half_angle}°, goal ${off}° off its axis: the shortest walk is ${far} times the ` +
      `straight line (a quadrant: ${quadrant}).`
    return {svg, sentence, python: python({half_angle, goal: angle}), handles}
  },
})
