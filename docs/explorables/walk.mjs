// Two weights walk to a goal that you place; one switch takes the mean away from what they see.

import {
  arrival, cycled, gradient_descent, normalised, one_signed, path_length, reversals,
} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"

const LIMIT = 1000, KINDS = ["raw", "centred"]

const compass = ([x, y]) => (y < 0 ? "south" : "north") + (x < 0 ? "west" : "east")

function walked(samples, {goal_1, goal_2, relaxation, batch}) {
  const goal = [goal_1, goal_2], y = samples.map(([a, b]) => a * goal_1 + b * goal_2), walk = []
  let end
  for (const w of gradient_descent(normalised(cycled(samples, y, batch)), [0, 0], relaxation)) {
    walk.push(w)
    end = arrival([[0, 0], w], goal, 0.01)
    if (walk.length > LIMIT || end.arrived || end.diverged) break
  }
  const {arrived} = end, steps = walk.length - 1
  const lost = end.diverged || (batch === 1 && relaxation > 2)
  const short = arrived ? `${steps} steps` : lost ? "diverges" : "not there"
  return {arrived, steps, walk, lost, short, seen: walk.slice(0, arrived ? 400 : 9)}
}

// What to say of a run, and the Python that prints the numbers in it.
function told({walk, steps, arrived, lost, short}, {goal_1, goal_2, relaxation, batch}) {
  const far = path_length(walk) / Math.hypot(goal_1, goal_2)
  const rate = `step length ${shown(relaxation)}`
  if (arrived) return [
    `${short}, ${reversals(walk)} reversals, ${shown(far)} times the straight line`,
    "end.steps, track.reversals(walk), track.path_length(walk) / np.hypot(*goal)",
  ]
  const why = batch > 1 ? ": they overshoot more and more" : " > 2: each ends farther from the goal"
  return [`${short} after ${steps} steps at ${rate}${lost ? why : ""}`, "end.steps"]
}

const python = (s, seed, printed) => `import numpy as np
from zigzag import descent, gradients, reading, track

goal = np.array([${s.goal_1}, ${s.goal_2}])
x = np.random.default_rng(${seed}).uniform(size=(200, 2)).round(3)${s.centred ? " - 0.5" : ""}
gradient = gradients.normalised(gradients.cycled(x, x @ goal, size=${s.batch}))
walk = descent.gradient_descent(gradient, [0, 0], rate=${s.relaxation})
walk = reading.path(walk, steps=${LIMIT})
end = reading.arrival(iter(walk), goal, tolerance=0.01, limit=${LIMIT})
walk = walk[: end.steps + 1]
print(${printed})
`

explore("walk", {
  acts: {
    predict: ({asking}) => asking ? {asking: false, step: 1}
      : {asking: true, step: 0, guess_1: 0, guess_2: 0},
  },
  draw(state, measured, size) {
    const p = plane(measured.view, [0, 0, ...size]), {asking, centred, batch, guess_1} = state
    const goal = [state.goal_1, state.goal_2], guess = [guess_1, state.guess_2]
    const words = {predict: asking ? "Reveal" : "Predict"}, plain = p.axes("w₁", "w₂")
    const away = Math.hypot(...goal)
    const handles = asking && away ? {guess: p.pair("guess", guess, "w", "Your mark", "bare")}
      : {goal: p.pair("goal", goal, "w", "Goal", "goal")}
    if (!away) {
      const sentence = "The goal is where the walk begins: move it."
      return {svg: plain + p.star(goal), sentence, handles, words, python: "", last: 1}
    }
    const tame = measured.samples.map((x) => x.map((v) => v - 0.5))
    const runs = [measured.samples, tame].map((samples) => walked(samples, state))
    const run = runs[centred], other = runs[1 - centred], look = KINDS[centred]
    const at = asking ? 0 : Math.min(state.step, run.steps), here = run.walk[at]
    const free = centred || batch > 1
    const seen = at ? run.seen.slice(0, at + 1) : run.seen
    let svg = plain + p.cone(here, 0.5, "allowed\nmoves", free ? 90 : 45)
    if (!asking) {
      svg += p.path(other.seen, KINDS[1 - centred], 1.1) + p.path(seen, look) +
        p.dots(seen, look, 1.7)
    }
    svg += p.text(`positive: ${runs[0].short}`, [0.12, -0.3], "raw big") +
      p.text(`centred: ${runs[1].short}`, [0.12, -0.47], "centred big") +
      p.start([0, 0]) + p.star(goal) + p.dots([here], look, 3.5)
    if (guess_1 !== null) {
      svg += p.dots([guess], "ring", 5, 1.6, "2 2") + p.text("your mark", guess, "", [8, -6])
    }

    let [sentence, printed] = told(run, state)
    sentence = `${centred ? "Centred inputs" : "All inputs positive"}: ${sentence}.`
    if (asking) {
      sentence = "Where does the first step end? Move your mark there, then reveal."
      printed = "end.steps"
    } else if (guess_1 !== null && at === 1) {
      const off = Math.hypot(here[0] - guess[0], here[1] - guess[1])
      sentence = `The first step went ${compass(here)} and ended ${shown(off)} from your mark.`
      if (!free && !one_signed(guess)) sentence += ` No positive sample goes ${compass(guess)}.`
      printed = `np.hypot(*(walk[1] - [${guess}]))`
    } else if (at && at < run.steps) {
      const move = here.map((v, i) => v - run.walk[at - 1][i]), by = move.map((v) => shown(v))
      sentence = `Step ${at} of ${run.steps} went ${compass(move)}, by (${by.join(", ")}).`
      printed = `${at}, end.steps, walk[${at}] - walk[${at - 1}]`
    }
    const code = python(state, measured.seed, printed)
    return {svg, sentence, handles, words, last: run.steps, python: code}
  },
})
