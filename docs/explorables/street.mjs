// The car seen from above, shape for shape as src/inks/car.py has it; and how it is driven by hand.

import {clearance, drive, on_car, outline, travel, travel_length, wheels} from "./car.mjs"

// A box with round corners, `half` to either side at the back, `nose` times that in front.
const rounded = (back, front, half, aside = 0, nose = 1) => Array.from({length: 64}, (_, i) => {
  const [x, y] = [Math.cos, Math.sin].map((f) => f((i * Math.PI) / 32))
    .map((v) => Math.sign(v) * Math.abs(v) ** 0.4)
  const taper = 1 - ((1 - nose) * (1 + x)) / 2
  return [(front + back + x * (front - back)) / 2, half * y * taper + aside]
})

export function seen(p, car, pose, angles, role) {
  const half = car.width / 2, from = -car.rear_overhang, long = outline(car, [0, 0, 0])[1][0] - from
  const panel = (start, end, ...rest) =>
    on_car(rounded(from + start * long, from + end * long, ...rest), pose)
  const body = panel(0, 1, half, 0, 0.9), roof = panel(0.13, 0.55, 0.7 * half)
  const glass = panel(0.07, 0.73, 0.84 * half, 0, 0.96)
  const sides = [-half, half].flatMap((side) =>
    [panel(0.62, 0.66, 0.1, side), panel(0.925, 0.965, 0.16 * half, 0.58 * side)])
  const tyres = wheels(car, pose).map(([x, y], i) =>
    on_car(rounded(-0.31, 0.31, 0.105), [x, y, pose[2] + angles[i]]))
  const all = (shapes, role, opacity) => shapes.map((s) => p.area(s, role, opacity)).join("")
  return all([body], "paper") + all(tyres, "text") + all([body], role, 0.25) +
    p.path([...body, body[0]], role) + all([glass, ...sides], role) + all([roof], "paper") +
    all([roof], role, 0.25)
}

// A drive by hand is a word such as r-2.4l-2.2: wheels right, 2.4 m back; wheels left, 2.2 m back.
export const pieces = (hand) => [...hand.matchAll(/([rsl])(-?[\d.]+)/g)]
  .map(([, lock, metres]) => ["rsl".indexOf(lock) - 1, +metres])

export const driven = (hand, {turning_radius}) => pieces(hand).filter(([, metres]) => metres)
  .map(([lock, metres]) => [lock / turning_radius, metres])

export const stands = (start, arcs, metres = travel_length(arcs)) =>
  arcs.length ? travel(start, arcs, metres) : [start, 0]

// Some metres more, or as many of them as are free; and whether it bumps.
export function further(hand, metres, lock, {car, plan, view: [x0, x1, , y1]}) {
  const done = pieces(hand), [before, s] = done.at(-1) ?? [0, 0], steer = lock ?? before
  const [here] = stands(plan.start, driven(hand, car))
  const free = (part) => {
    const pose = drive(here, steer / car.turning_radius, part), [x, y] = pose
    return x > x0 && x < x1 && y < y1 && clearance(outline(car, pose), plan.slot) >= 0
  }
  let part = metres
  while (part && !free(part)) part = Math.abs(part) > 0.03 ? part / 2 : 0
  const same = steer === before && s * part >= 0  // the same arc goes on
  if (same || !s) done.pop()
  done.push([steer, +(same ? s + part : part).toFixed(3)])
  return {hand: done.map(([lock, s]) => "rsl"[lock + 1] + s).join(""), bump: part !== metres && !part}
}

export function moved(arcs, metres) {  // how often it has set off, forward or in reverse
  let [moves, way] = [0, 0]
  for (const [, s] of arcs) {
    if (metres <= 1e-9) break
    moves += s * way <= 0
    way = s
    metres -= Math.abs(s)
  }
  return moves
}

// Where the rear axle has been after these metres: ten points an arc, fewer where arcs are many.
export function trail(start, arcs, metres) {
  const fine = Math.max(2, Math.min(10, Math.round(1500 / arcs.length))), points = [start]
  for (const [k, s] of arcs) {
    const part = Math.min(1, metres / Math.abs(s))
    for (let i = 1; i <= fine; i += 1) points.push(drive(start, k, (s * part * i) / fine))
    metres -= Math.abs(s)
    if (metres <= 1e-9) break
    start = points.at(-1)
  }
  return points
}
