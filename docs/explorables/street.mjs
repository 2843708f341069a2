// The car seen from above, shape for shape as src/inks/car.py has it, and where it has been.

import {clearance, drive, on_car, outline, wheels} from "./car.mjs"

const ROUND = Array.from({length: 64}, (_, i) => [Math.cos, Math.sin]
  .map((f) => f((i * Math.PI) / 32)).map((v) => Math.sign(v) * Math.abs(v) ** 0.4))

// A box with round corners, `half` to either side at the back, `nose` times that in front.
const rounded = (back, front, half, aside = 0, nose = 1) => ROUND.map(([x, y]) => {
  const taper = 1 - ((1 - nose) * (1 + x)) / 2
  return [(front + back + x * (front - back)) / 2, half * y * taper + aside]
})

export function seen(p, car, pose, angles, role) {
  const half = car.width / 2, from = -car.rear_overhang
  const long = car.wheelbase + car.front_overhang - from
  const panel = (start, end, ...more) =>
    on_car(rounded(from + start * long, from + end * long, ...more), pose)
  const all = (shapes, role, opacity) => shapes.map((s) => p.area(s, role, opacity)).join("")
  const body = [panel(0, 1, half, 0, 0.9)], roof = [panel(0.13, 0.55, 0.7 * half)]
  const tyres = wheels(car, pose).map(([x, y], i) =>
    on_car(rounded(-0.31, 0.31, 0.105), [x, y, pose[2] + angles[i]]))
  const others = [-half, half].flatMap((side) =>
    [panel(0.62, 0.66, 0.1, side), panel(0.925, 0.965, 0.16 * half, 0.58 * side)])
  others.push(panel(0.07, 0.73, 0.84 * half, 0, 0.96))
  return all(body, "paper") + all(tyres, "text") + all(body, role, 0.25) + p.closed(body[0], role) +
    all(others, role) + all(roof, "paper") + all(roof, role, 0.25)
}

// Along arcs for some metres: where it has been, how its wheels stand, how often it set off.
export function ride(start, arcs, metres = Infinity) {
  const fine = Math.max(2, Math.min(10, Math.round(1500 / arcs.length))), track = [start]
  let [k, way, moves] = [0, 0, 0]
  for (const [curvature, s] of arcs) {
    if (metres < 1e-9) break
    const from = track.at(-1), part = Math.min(1, metres / Math.abs(s))
    for (let i = 1; i <= fine; i += 1) track.push(drive(from, curvature, (s * part * i) / fine))
    moves += s * way <= 0
    k = curvature
    way = s
    metres -= Math.abs(s)
  }
  return {track, pose: track.at(-1), k, moves}
}

// A drive by hand is a word such as r-2.4l-2.2: wheels right, 2.4 m back; wheels left, 2.2 m back.
export const pieces = (hand) => [...hand.matchAll(/([rsl])(-?[\d.]+)/g)]
  .map(([, lock, metres]) => ["rsl".indexOf(lock) - 1, +metres])

export const curved = (arcs, {turning_radius}) => arcs.filter(([, metres]) => metres)
  .map(([lock, metres]) => [lock / turning_radius, metres])

// Some metres more, or as many of them as are free; and whether it bumps.
export function further(hand, metres, lock, {car, plan, view: [x0, x1, , y1]}) {
  const done = pieces(hand), [before, s] = done.at(-1) ?? [0, 0], steer = lock ?? before
  const here = ride(plan.start, curved(done, car)).pose
  const free = (part) => {
    const pose = drive(here, steer / car.turning_radius, part), [x, y] = pose
    return x > x0 && x < x1 && y < y1 && clearance(outline(car, pose), plan.slot) >= 0
  }
  let part = metres
  while (part && !free(part)) part = Math.abs(part) > 0.03 ? part / 2 : 0
  const same = steer === before && s * part >= 0  // the same arc goes on
  if (same || !s) done.pop()
  done.push([steer, +(same ? s + part : part).toFixed(3)])
  return {hand: done.map(([lock, s]) => "rsl"[lock + 1] + s).join(""), bump: metres && !part}
}
