// Two weights walk to a goal that you place; one switch takes the mean away from what they see.
import {arrival, cycled, diverged, gradient_descent, normalised, one_signed, path, path_length, reversals} from "./core.mjs"
import {explore, plane, shown} from "./figure.mjs"

const LIMIT = 1000

function* until(walk, goal) {  // the goal is reached
  for (const w of walk) {
    yield w
    if (Math.hypot(w[0] - goal[0], w[1] - goal[1]) < 0.009 * Math.hypot(...goal)) return
  }
}

function walked(samples, goal, {relaxation, batch}) {
  const y = samples.map(([a, b]) => a * goal[0] + b * goal[1])
  const full = path(until(gradient_descent(normalised(cycled(samples, y, batch)), [0, 0], relaxation), goal), LIMIT)
  const end = arrival(full, goal, 0.01), walk = full.slice(0, end.steps + 1)
  return {...end, walk, lost: diverged(walk), turns: reversals(walk), far: path_length(walk) / Math.hypot(...goal)}
}

function outcome({arrived, steps, turns, far, lost}, {relaxation, batch}) {
  if (arrived) return `${steps} steps, ${turns} reversals, ${shown(far)} times the straight line`
  if (batch === 1 && relaxation > 2) return `diverges: relaxation ${shown(relaxation)} > 2, so every step ends farther from the goal`
  if (batch === 1 && relaxation === 2) return "never arrives: at relaxation 2 every step ends as far from the goal as it began"
  return lost ? `diverges: at relaxation ${shown(relaxation)} the steps overshoot more and more` : `not there after ${LIMIT} steps`
}

const python = (s, seed) => `import numpy as np
from zigzag import cone, reading
from zigzag.descent import gradient_descent
from zigzag.gradients import cycled, normalised

goal = np.array([${s.goal_1}, ${s.goal_2}])
x = np.random.default_rng(${seed}).uniform(size=(200, 2)).round(3)${s.centred ? " - 0.5" : ""}
batches = cycled(x, x @ goal, size=${s.batch})
walk = reading.path(gradient_descent(normalised(batches), [0, 0], rate=${s.relaxation}), steps=${LIMIT})
end = reading.arrival(iter(walk), goal, tolerance=0.01, limit=${LIMIT})
walk = walk[: end.steps + 1]
print(end.arrived, end.steps, cone.reversals(walk), cone.path_length(walk) / np.hypot(*goal))
`

function compass([x, y]) {
  return (y < 0 ? "south" : "north") + (x < 0 ? "west" : "east")
}

explore("walk", {
  labels: {centred: "Centre the inputs", relaxation: "Relaxation", batch: "Batch size", goal_1: "Goal w₁", goal_2: "w₂"},
  buttons: {
    predict: {
      name: ({asking}) => (asking ? "Reveal" : "Predict"),
      act: ({asking}) => (asking ? {asking: false, step: 1} : {asking: true, step: 0, guess: [0.3, 0.5]}),
    },
  },
  draw(state, measured, {set, width, height}) {
    const p = plane(measured.view, [0, 0, width, height]), goal = [state.goal_1, state.goal_2]
    if (!Math.hypot(...goal)) {
      const handles = {goal: {...knob(p, goal)}}
      return {svg: p.axes(["w₁", "w₂"]) + p.star(goal), sentence: "The goal is where the walk begins: move it.", python: "", handles, last: 1}
    }
    const kinds = {raw: measured.samples, centred: measured.samples.map((x) => x.map((v) => v - 0.5))}
    const runs = Object.fromEntries(Object.entries(kinds).map(([kind, x]) => [kind, walked(x, goal, state)]))
    const [live, other] = state.centred ? ["centred", "raw"] : ["raw", "centred"], run = runs[live]
    const at = Math.min(state.step, run.steps), here = run.walk[at], free = state.centred || state.batch > 1
    const label = (kind) => `${kind === "raw" ? "positive" : "centred"}: ${runs[kind].arrived ? `${runs[kind].steps} steps` : runs[kind].lost || state.relaxation > 2 ? "diverges" : "not there"}`
    let svg = p.axes(["w₁", "w₂"]) + p.cone(here, 0.5, "allowed\nmoves", free ? 90 : 45)
    if (!state.asking) {
      const drawn = (kind) => runs[kind].walk.slice(0, runs[kind].arrived ? 400 : 9)
      const seen = state.step ? drawn(live).slice(0, at + 1) : drawn(live)
      svg += p.path(drawn(other), `${other} walk faint`) + p.path(seen, `${live} walk`) + p.dots(seen, live, 1.8)
    }
    svg += p.text(label("raw"), [0.12, -0.3], "raw big") + p.text(label("centred"), [0.12, -0.47], "centred big")
    svg += p.dots([[0, 0]], "start", 3.5) + p.text("start", [0, 0], "", [7, 14]) + p.star(goal) + p.dots([here], live, 3)
    const handles = {goal: state.asking ? null : knob(p, goal)}
    if (state.guess) svg += p.dots([state.guess], "guess", 5) + p.text("your mark", state.guess, "", [8, -6])
    if (state.asking) handles.guess = {
      plane: p, at: state.guess, label: "Your mark", now: [state.guess[0], measured.view[0], measured.view[1]],
      text: `w₁ ${shown(state.guess[0])}, w₂ ${shown(state.guess[1])}, ${compass(state.guess)} of the start`,
      take: (x, y) => ({guess: [Math.max(-1.7, Math.min(1, x)), Math.max(-0.6, Math.min(1.4, y))]}),
    }
    const name = state.centred ? "Centred inputs" : "All inputs positive"
    let sentence = `${name}: ${outcome(run, state)}.`
    if (at && at < run.steps) sentence = `${name}: step ${at} of ${run.steps} went ${compass(run.walk[at].map((v, i) => v - run.walk[at - 1][i]))}.`
    if (state.asking) sentence = "Where does the first step end? Drag your mark there, or move it with the arrow keys. Then reveal."
    else if (state.guess && state.step === 1) sentence = verdict(state.guess, run.walk[1], free)
    return {svg, sentence, python: python(state, measured.seed), handles, last: run.steps, runs}
  },
})

function verdict(guess, first, free) {
  const off = shown(Math.hypot(guess[0] - first[0], guess[1] - first[1]))
  const where = free || one_signed(guess) ? "" : ` Your mark lay ${compass(guess)}: no single positive sample goes there.`
  return `The first step went ${compass(first)} and ended ${off} from your mark.${where}`
}

function knob(p, goal) {
  return {
    plane: p, at: goal, label: "Goal", now: [goal[0], -1.6, 0.9],
    text: `w₁ ${shown(goal[0])}, w₂ ${shown(goal[1])}`, take: (x, y) => ({goal_1: x, goal_2: y}),
  }
}
