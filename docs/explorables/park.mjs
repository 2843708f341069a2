// Drive the car into the slot yourself, or let it park; shrink the slot and feel 1/h².

import {
  moves_to_shift, neighbours, on_car, outline, park, travel_length, wheel_angles,
} from "./car.mjs"
import {corridor_moves} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"
import {driven, further, moved, pieces, seen, stands, trail} from "./street.mjs"

const python = (car, {sideways}, slack, lines) => `import numpy as np
from zigzag import cone, parking

measures = {${Object.entries(car).map(([name, metres]) => `"${name}": ${metres}`).join(", ")}}
car, sideways, slack = parking.Car(**measures), ${sideways}, ${slack}
plan = parking.park(car, sideways=sideways, slack=slack)
${lines}
`
const WHOLE = `print(len(plan.arcs) // 2, parking.travel_length(plan.arcs))
print(parking.moves_to_shift(sideways, slack / 2, car.turning_radius))
print(cone.corridor_moves(sideways, [slack, slack / 2], np.pi / 4))`
const underway = (metres) => `ends = np.cumsum(np.abs(plan.arcs[:, 1]))
print(np.searchsorted(ends, ${metres}) // 2 + 1, len(ends) // 2, ${metres})`
const own = (hand) => `pieces = [${pieces(hand).filter(([, s]) => s).map((arc) => `(${arc})`)}]
arcs = np.array(pieces) / [car.turning_radius, 1]  # curvatures and metres, by hand
ends = [parking.travel(plan.start, a, parking.travel_length(a))[0] for a in (arcs, plan.arcs)]
print(1 + np.count_nonzero(np.diff(np.sign(arcs[:, 1]))), parking.travel_length(arcs))
print(abs(ends[0][1] - ends[1][1]), np.degrees(ends[0][2]), len(plan.arcs) // 2)`

const BUTTONS = {
  back_left: [-0.2, 1], back: [-0.2, 0], back_right: [-0.2, -1],
  forward_left: [0.2, 1], forward: [0.2, 0], forward_right: [0.2, -1],
}
const names = Object.keys(BUTTONS)

explore("park", {
  labels: {
    slack: "Room, m", turning_radius: "Radius, m",
    back_left: "Back ↖", back: "Back ←", back_right: "Back ↙",
    forward_left: "Forward ↗", forward: "Forward →", forward_right: "Forward ↘",
  },
  acts: Object.fromEntries(names.map((name) =>
    [name, ({hand}, {scene}) => further(hand, ...BUTTONS[name], scene)])),
  held: names,
  texts: {hand: /^([rsl]-?\d+(\.\d+)?)*$/},
  changed: {hand: "", bump: false},  // another slot, or it parks itself: the drive by hand is over
  draw({slack, turning_radius, step, hand, bump}, measured, size) {
    const {wheelbase, front_overhang, rear_overhang, width} = measured, [x0, x1, y0] = measured.view
    const car = {wheelbase, front_overhang, rear_overhang, width, turning_radius}
    const p = plane(measured.view, [0, 0, ...size]), plan = park(car, measured.sideways, slack)
    const runs = plan.arcs.length / 2, whole = travel_length(plan.arcs), scene = {car, plan, view: measured.view}
    const last = Math.max(60, Math.min(120, 10 * runs))
    const arcs = hand ? driven(hand, car) : plan.arcs
    const metres = hand || !step ? travel_length(arcs) : (Math.min(step, last) / last) * whole
    const [pose, k] = stands(plan.start, arcs, metres), [place] = stands(plan.start, plan.arcs)
    const [lock] = pieces(hand).at(-1) ?? [0], room = shown(slack, 1)
    const curvature = hand ? lock / turning_radius : metres < whole ? k : 0
    const moves = moved(arcs, metres), told = `${moves} ${moves === 1 ? "move" : "moves"}, ${shown(metres, 1)} m`
    const walker = [1, 2].map((n) => corridor_moves(measured.sideways, slack / n, Math.PI / 4))
    const at = on_car([[wheelbase / 2, 0]], pose)[0], middle = plan.slot.kerb_gap + width / 2
    const twins = neighbours(plan.slot).map(([[x]]) =>
      seen(p, car, [x + rear_overhang, middle, 0], [0, 0, 0, 0], "muted"))
    const box = (points, ...look) => p.path([...points, points[0]], ...look)
    const svg = p.area([[x0, y0], [x1, y0], [x1, 0], [x0, 0]], "muted", 0.14) +
      p.path([[x0, 0], [x1, 0]], "muted", 1.4) + twins.join("") +
      box(outline(car, plan.start), "muted", 1, "2 2") +
      (hand ? box(outline(car, place), "goal", 1.2, "4 3") : "") +
      p.path(trail(plan.start, arcs, metres), "raw", 1.3) +
      seen(p, car, pose, wheel_angles(car, curvature), "raw") +
      p.text((hand ? "by hand: " : "") + told, [-2.1, -0.55], "raw big plain") +
      p.text(`a walker, same room: ${walker[0]} moves`, [9.9, -0.55], "end plain")

    let sentence = `With ${room} m of room the car parks in ${told}. With half of it: ` +
      `${moves_to_shift(measured.sideways, slack / 2, turning_radius)} moves. ` +
      `A walker needs ${walker.join(", or ")}.`
    let lines = WHOLE
    if (hand) {
      const aside = Math.abs(pose[1] - place[1]), turned = (pose[2] * 180) / Math.PI
      const there = aside < 0.2 && Math.abs(turned) < 4 && pose[0] > 0 && pose[0] < plan.slot.length
      sentence = (bump ? "Bump: steer, or go the other way. " : there ? "Parked! " : "") +
        `By hand: ${told}; ${shown(aside, 1)} m beside its place, turned ${shown(turned, 0)}°. ` +
        `The plan takes ${runs} moves.`
      lines = own(hand)
    } else if (metres < whole) {
      sentence = `Move ${moves} of ${runs}, ${shown(metres, 1)} m driven.`
      lines = underway(metres)
    }
    const handles = {
      car: {
        plane: p, at, of: names, look: "bare", range: [pose[0], x0, x1], text: told,
        label: "Car: up and down drive, left and right steer",
        take: (x, y) => {
          const ahead = (x - at[0]) * Math.cos(pose[2]) + (y - at[1]) * Math.sin(pose[2])
          return further(hand, Math.max(-0.3, Math.min(0.3, ahead)), undefined, scene)
        },
        keys: (key, reach) => {
          const ahead = {ArrowUp: reach, ArrowDown: -reach}[key]
          const turn = {ArrowLeft: 1, ArrowRight: -1}[key], end = {Home: "s0", End: ""}[key]
          if (end !== undefined) return {hand: end, bump: false}
          if (ahead) return further(hand, ahead, undefined, scene)
          return turn && further(hand, 0, Math.max(-1, Math.min(1, lock + turn)), scene)
        },
      },
      slack: {
        plane: p, at: [plan.slot.length, middle], of: ["slack"], label: "Room in the slot",
        text: `${room} m more than the car`, take: (x) => ({slack: x - plan.slot.length + slack}),
      },
    }
    const code = hand && !arcs.length ? "" : python(car, measured, slack, lines)
    return {svg, sentence, python: code, handles, last, scene}
  },
})
