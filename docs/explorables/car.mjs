// zigzag.car, .body, .slot and .parking, name for name; a car and a slot are their measures.

import {rounded_up} from "./core.mjs"

const sinc = (a) => (a === 0 ? 1 : Math.sin(a) / a)
const car_length = (car) => car.rear_overhang + car.wheelbase + car.front_overhang

export function drive([x, y, theta], curvature, distance) {
  const turn = curvature * distance, chord = distance * sinc(turn / 2), bearing = theta + turn / 2
  return [x + chord * Math.cos(bearing), y + chord * Math.sin(bearing), theta + turn]
}

export const travel_length = (arcs) => arcs.reduce((sum, [, s]) => sum + Math.abs(s), 0)

export const on_car = (points, [x, y, theta]) => points.map(([ahead, left]) => [
  x + Math.cos(theta) * ahead - Math.sin(theta) * left,
  y + Math.sin(theta) * ahead + Math.cos(theta) * left,
])

const corners = (back, front, side) => [[back, -side], [front, -side], [front, side], [back, side]]

export const outline = (car, pose) =>
  on_car(corners(-car.rear_overhang, car.wheelbase + car.front_overhang, car.width / 2), pose)

const hubs = (car) => corners(0, car.wheelbase, (0.86 * car.width) / 2)

export const wheels = (car, pose) => on_car(hubs(car), pose)

export const wheel_angles = (car, curvature) =>
  hubs(car).map(([ahead, left]) => Math.atan2(curvature * ahead, 1 - curvature * left))

export const neighbours = ({length, neighbour_length, neighbour_width, kerb_gap}) =>
  [-neighbour_length, length].map((x) => {
    const [y, top] = [kerb_gap, kerb_gap + neighbour_width], end = x + neighbour_length
    return [[x, y], [end, y], [end, top], [x, top]]
  })

function separation(a, b) {
  return Math.max(...[a, b].flatMap((sides) => [0, 1].flatMap((i) => {
    const dx = sides[i + 1][0] - sides[i][0], dy = sides[i + 1][1] - sides[i][1]
    const on = (points) => points.map(([x, y]) => (x * dx + y * dy) / Math.hypot(dx, dy))
    return [Math.min(...on(b)) - Math.max(...on(a)), Math.min(...on(a)) - Math.max(...on(b))]
  })))
}

export const clearance = (outline, slot) =>
  Math.min(...outline.map(([, y]) => y), ...neighbours(slot).map((car) => separation(outline, car)))

export const run_turn = (slack, turning_radius) =>
  Math.asin(Math.min(slack / (2 * turning_radius), 1))

export const run_shift = (slack, turning_radius) =>
  4 * turning_radius * Math.sin(run_turn(slack, turning_radius) / 2) ** 2

export const moves_to_shift = (sideways, slack, turning_radius) =>
  rounded_up(Math.abs(sideways) / run_shift(slack, turning_radius))

export function shuffle(sideways, slack, turning_radius) {
  const runs = moves_to_shift(sideways, slack, turning_radius)
  const turns = Array(runs).fill(run_turn(slack, turning_radius))
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
  const arcs = shuffle(-sideways, slack, car.turning_radius), {width} = car
  let done = 0, swing = -Infinity
  for (let i = 0; i < arcs.length; i += 2) {
    const turn = Math.abs(arcs[i][0] * arcs[i][1])
    done += 4 * car.turning_radius * Math.sin(turn / 2) ** 2
    swing = Math.max(swing, kerb_swing(car, turn, arcs[i][1] > 0) - (sideways - done))
  }
  const kerb_gap = margin + Math.max(0, swing), neighbour_length = car_length(car)
  const length = neighbour_length + slack + 2 * margin
  const start = [margin + slack + car.rear_overhang, kerb_gap + width / 2 + sideways, 0]
  return {start, arcs, slot: {length, neighbour_length, neighbour_width: width, kerb_gap}}
}
