// Drive the car into the slot yourself, or let it park; shrink the slot and feel 1/h².

import {
  clearance, moves_to_shift, neighbours, on_car, outline, park, travel_length, wheel_angles,
} from "./car.mjs"
import {corridor_moves} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"
import {curved, further, pieces, ride, seen} from "./street.mjs"

const python = (car, sideways, slack, lines) => `import numpy as np
from zigzag import cone, parking
from zigzag.car import Car, travel, travel_length

car, sideways, slack = Car(${Object.values(car).join(", ")}), ${sideways}, ${slack}
plan = parking.park(car, sideways=sideways, slack=slack)
${lines}
`
const planned = (metres) => `s, ends = ${metres}, np.cumsum(np.abs(plan.arcs[:, 1]))
print(np.searchsorted(ends, s * (1 - 1e-9)) // 2 + 1, s)
print(parking.moves_to_shift(sideways, slack / 2, car.turning_radius))
print(cone.corridor_moves(sideways, [slack, slack / 2], np.pi / 4))`
const own = (pieces) => `pieces = np.array(${JSON.stringify(pieces)})  # locks and metres, by hand
arcs = pieces[pieces[:, 1] != 0] / [car.turning_radius, 1]
ends = [travel(plan.start, a, travel_length(a))[0] for a in (arcs, plan.arcs)]
print(1 + np.count_nonzero(np.diff(np.sign(arcs[:, 1]))), travel_length(arcs))
print(abs(ends[0][1] - ends[1][1]), np.degrees(ends[0][2]), len(plan.arcs) // 2)`

const act = (metres, lock) => (_, {go}) => go(metres, lock)
const acts = {
  back_left: act(-0.2, 1), back: act(-0.2, 0), back_right: act(-0.2, -1),
  forward_left: act(0.2, 1), forward: act(0.2, 0), forward_right: act(0.2, -1),
}

explore("park", {
  acts, held: true,
  texts: {hand: /^([rsl]-?\d{1,3}(\.\d+)?)*$/},
  changed: {hand: "", bump: 0},
  draw({slack, turning_radius, step, hand, bump}, measured, size) {
    const {wheelbase, front_overhang, rear_overhang, width, sideways, view} = measured
    const car = {wheelbase, front_overhang, rear_overhang, width, turning_radius}
    const p = plane(view, [0, 0, ...size]), [x0, x1, y0] = view, plan = park(car, sideways, slack)
    const whole = travel_length(plan.arcs), runs = plan.arcs.length / 2, scene = {car, plan, view}
    const last = Math.max(60, Math.min(120, 10 * runs)), room = shown(slack, 1)
    const done = pieces(hand), [lock] = done.at(-1) ?? [0]
    const arcs = hand ? curved(done, car) : plan.arcs
    const metres = hand || !step ? travel_length(arcs) : (Math.min(step, last) / last) * whole
    const {track, pose, k, moves} = ride(plan.start, arcs, metres), [x, y, turn] = pose
    const place = ride(plan.start, plan.arcs).pose, aside = Math.abs(y - place[1])
    const curvature = hand ? lock / turning_radius : metres < whole ? k : 0
    const told = `${moves} move${moves === 1 ? "" : "s"}, ${shown(metres, 1)} m`
    const walker = [1, 2].map((n) => corridor_moves(sideways, slack / n, Math.PI / 4))
    const middle = plan.slot.kerb_gap + width / 2, [at] = on_car([[wheelbase / 2, 0]], pose)
    const twin = ([[back]]) =>
      seen(p, car, [back + rear_overhang, middle, 0], [0, 0, 0, 0], "muted")
    const street = () => p.area([[x0, y0], [x1, y0], [x1, 0], [x0, 0]], "muted", 0.14) +
      p.path([[x0, 0], [x1, 0]], "muted", 1.4) + neighbours(plan.slot).map(twin).join("") +
      p.closed(outline(car, plan.start), "muted", 1, "2 2")
    const svg = (hand && p.closed(outline(car, place), "goal", 1.2, "4 3")) +
      p.path(track, "raw", 1.3) + seen(p, car, pose, wheel_angles(car, curvature), "raw") +
      p.text((hand && "by hand: ") + told, [-2.1, -0.55], "raw big plain") +
      p.text(`a walker, same room: ${walker[0]} moves`, [9.9, -0.55], "end plain")

    const half = moves_to_shift(sideways, slack / 2, turning_radius)
    const degrees = (turn * 180) / Math.PI
    const there = aside < 0.2 && Math.abs(degrees) < 4 && x > 0 && x < plan.slot.length
    const hits = bump || clearance(outline(car, pose), plan.slot) < 0
    const sentence = hand ? (hits ? "Bump: go the other way. " : there ? "Parked! " : "") +
      `By hand: ${told}; ${shown(aside, 1)} m beside its place, turned ${shown(degrees, 0)}°. ` +
      `The plan takes ${runs} moves.`
      : `With ${room} m of room the car ${metres < whole ? "has made" : "parks in"} ${told}. ` +
      `With half of it: ${half} moves. A walker needs ${walker.join(", or ")}.`
    const go = (metres, lock) => further(hand, metres, lock, scene)
    const handles = {
      car: {
        plane: p, at, of: Object.keys(acts), look: "bare", range: [x, x0, x1], text: told,
        label: "Car: up and down drive, left and right steer",
        take: (x, y) => {
          const ahead = (x - at[0]) * Math.cos(turn) + (y - at[1]) * Math.sin(turn)
          return go(Math.max(-0.3, Math.min(0.3, ahead)))
        },
        keys: (key, reach) => ({
          ArrowUp: () => go(reach), ArrowDown: () => go(-reach),
          ArrowLeft: () => go(0, Math.min(1, lock + 1)),
          ArrowRight: () => go(0, Math.max(-1, lock - 1)),
          Home: () => ({hand: "s0"}), End: () => ({hand: ""}),
        })[key]?.(),
      },
      slack: {
        plane: p, at: [plan.slot.length, middle], of: ["slack"], label: "Room in the slot",
        flat: true,
        text: `${room} m more than the car`, take: (x) => ({slack: x - plan.slot.length + slack}),
      },
    }
    const lines = hand ? own(done) : planned(metres)
    const code = arcs.length ? python(car, sideways, slack, lines) : ""
    const back = [`${slack} ${turning_radius}`, street]
    return {back, svg, sentence, python: code, handles, last, go}
  },
})
