// Drive the car into the slot yourself, or let it park; shrink the slot and feel 1/h².
import {clearance, corridor_moves, drive, neighbours, outline, park, travel, travel_length, wheel_angles, wheels} from "./core.mjs"
import {explore, plane, shown} from "./figure.mjs"

const python = ({slack, turning_radius}, {wheelbase, front_overhang, rear_overhang, width, sideways}) => `import numpy as np
from zigzag import cone, parking

car = parking.Car(${wheelbase}, ${front_overhang}, ${rear_overhang}, ${width}, turning_radius=${turning_radius})
plan = parking.park(car, sideways=${sideways}, slack=${slack})
print(len(plan.arcs) // 2, parking.travel_length(plan.arcs), cone.corridor_moves(${sideways}, ${slack}, np.pi / 4))
`

const counted = (moves, metres) => `${moves} ${moves === 1 ? "move" : "moves"}, ${shown(metres, 1)} m`

// One piece of a drive: metres along the present steering; a reversal begins a new move.
function driven(own, metres, car, slot) {
  const pose = drive(own.pose, own.lock / car.turning_radius, metres), way = Math.sign(metres)
  if (clearance(outline(car, pose), slot) < 0) return {...own, bump: true}
  const track = [...own.track, pose.slice(0, 2)], moves = own.moves + (way !== own.way)
  return {...own, pose, way, moves, metres: own.metres + Math.abs(metres), track, bump: false}
}

function said(own, plan, car, goal) {
  const off = [own.pose[1] - goal[1], (own.pose[2] * 180) / Math.PI], told = counted(own.moves, own.metres)
  if (own.bump) return `Bump. Go the other way, or steer. ${told}.`
  if (Math.abs(off[0]) < 0.2 && Math.abs(off[1]) < 4) return `Parked, in ${told}. The shuffle takes ${plan.arcs.length / 2} moves.`
  const wheel = ["right", "straight", "left"][own.lock + 1]
  return `You: ${told}, wheels ${wheel}, ${shown(Math.max(0, off[0]), 1)} m from the place, turned ${Math.round(off[1])}°.`
}

let here = null  // what the reader's buttons need to know
const act = (own, metres, lock) => {
  own ??= {pose: here.plan.start, lock: 0, way: 0, moves: 0, metres: 0, track: [here.plan.start.slice(0, 2)], bump: false}
  if (lock !== undefined) own = {...own, lock, bump: false}
  return {own: metres ? driven(own, metres, here.car, here.plan.slot) : own}
}
const keys = (own) => (key, far) => {
  const metres = {ArrowUp: 1, ArrowDown: -1}[key], turn = {ArrowLeft: 1, ArrowRight: -1}[key]
  return metres ? act(own, metres * (far ? 0.5 : 0.1)) : act(own, 0, Math.max(-1, Math.min(1, (own?.lock ?? 0) + turn)))
}
const button = (text, ...args) => ({name: () => text, act: ({own}) => act(own, ...args)})

// Where the rear axle has been after these metres: ten points an arc, fewer where arcs are many.
function trail({start, arcs}, metres) {
  const points = [start.slice(0, 2)], fine = Math.max(2, Math.min(10, Math.round(1500 / arcs.length)))
  let pose = start
  for (const [k, distance] of arcs) {
    const part = Math.min(1, metres / Math.abs(distance))
    for (let i = 1; i <= fine; i++) points.push(drive(pose, k, (distance * part * i) / fine).slice(0, 2))
    if ((metres -= Math.abs(distance)) <= 1e-9) return points
    pose = drive(pose, k, distance)
  }
  return points
}

// The windscreen, so that the front is known: across the car, seven tenths ahead.
const glass = ([a, b, c, d]) => [[a, b, d, c], [d, c, a, b]].map(([e, f, g, h]) =>
  e.map((v, i) => 0.85 * (v + 0.7 * (f[i] - v)) + 0.15 * (g[i] + 0.7 * (h[i] - g[i]))))

explore("park", {
  labels: {slack: "Room, m", turning_radius: "Radius, m"},
  buttons: {
    left: button("Steer left", 0, 1), ahead: button("Straight", 0, 0), right: button("Steer right", 0, -1),
    back: button("◀ Back", -0.25), forth: button("Forward ▶", 0.25),
  },
  changed: {own: null},  // another slot, or it parks itself: the reader's drive is over
  draw(state, measured, {width, height}) {
    const p = plane(measured.view, [0, 0, width, height]), {own} = state, {sideways} = measured
    const car = {
      wheelbase: measured.wheelbase, front_overhang: measured.front_overhang, rear_overhang: measured.rear_overhang,
      width: measured.width, turning_radius: state.turning_radius,
    }
    const plan = park(car, measured.sideways, state.slack), metres = travel_length(plan.arcs), moves = plan.arcs.length / 2
    here = {car, plan}
    const last = Math.max(60, Math.min(120, 10 * moves)), at = state.step ? (Math.min(state.step, last) / last) * metres : metres
    const [end] = travel(plan.start, plan.arcs, metres)
    const [pose, k] = own ? [own.pose, own.lock / car.turning_radius] : travel(plan.start, plan.arcs, at)
    const track = own ? own.track : trail(plan, at)
    const tyres = wheels(car, pose), angles = wheel_angles(car, at === metres && !own ? 0 : k)
    const tyre = ([x, y], a) => [[x - 0.31 * Math.cos(a), y - 0.31 * Math.sin(a)], [x + 0.31 * Math.cos(a), y + 0.31 * Math.sin(a)]]
    const walker = corridor_moves(sideways, state.slack, Math.PI / 4), [x0, x1, y0] = measured.view
    const closed = (points, look) => p.path([...points, points[0]], look)
    const told = own ? counted(own.moves, own.metres) : counted(moves, metres)
    const svg = closed([[x0, y0], [x1, y0], [x1, 0], [x0, 0]], "lock") + p.line([x0, 0], [x1, 0], "kerb") +
      neighbours(plan.slot).map((c) => closed(c, "parked")).join("") + closed(outline(car, plan.start), "begin") +
      (own ? closed(outline(car, end), "bay") : "") + p.path(track, "track") + closed(outline(car, pose), "paper") + closed(outline(car, pose), "car") + p.path(glass(outline(car, pose)), "glass") +
      tyres.map((hub, i) => p.path(tyre(hub, pose[2] + angles[i]), "tyre")).join("") +
      p.text((own ? "you: " : "") + told, [-2.1, -0.55], "raw big plain") + p.text(`a walker, same room: ${walker} moves`, [9.9, -0.55], "end plain")
    const bumper = [plan.slot.length, plan.slot.kerb_gap + car.width / 2]
    const handles = {
      car: {
        plane: p, at: [pose[0] + car.wheelbase / 2 * Math.cos(pose[2]), pose[1] + car.wheelbase / 2 * Math.sin(pose[2])], label: "Car: up and down drive, left and right steer",
        now: [pose[0], -99, 99], text: own ? said(own, plan, car, end) : told, keys: keys(own),
        take: (x, y) => act(own, Math.max(-0.3, Math.min(0.3, (x - handles.car.at[0]) * Math.cos(pose[2]) + (y - handles.car.at[1]) * Math.sin(pose[2])))),
      },
      slack: {
        plane: p, at: bumper, label: "Room in the slot", now: [state.slack, 0.3, 4], text: `${shown(state.slack, 1)} m more than the car`,
        take: (x) => ({slack: x - plan.slot.length + state.slack}),
      },
    }
    const sentence = own ? said(own, plan, car, end)
      : `With ${shown(state.slack, 1)} m of room the car parks in ${moves} ${moves === 1 ? "move" : "moves"} over ${shown(metres, 1)} m; a walker needs ${walker}.`
    return {svg, sentence, python: python(state, measured), handles, last}
  },
})
