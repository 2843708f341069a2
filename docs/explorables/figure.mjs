// What every explorable shares: one state, one draw, one sentence, and its address.
// The figure carries PRESET, what the module reads of the experiment, and the desk.

import {desk} from "./desk.mjs"
import {handles} from "./handles.mjs"

// play.draw(state, measured, size) answers {svg, back, sentence, python, handles, last, words}:
// what to show, and behind it (a key, and how to draw it for a new one); what to say and copy;
// handles; the number of steps; what buttons are called now.
export function explore(name, play) {
  const figure = document.getElementById(name)
  const [preset, measured, size] = ["preset", "measured", "size"]
    .map((name) => JSON.parse(figure.dataset[name]))
  const texts = play.texts ?? {}  // words that the address keeps too, and their form
  const kept = [...Object.keys(preset), ...Object.keys(texts)]
  const pictures = [...figure.querySelectorAll(":scope > img")]
  const status = figure.querySelector(".says")
  const stage = Object.assign(document.createElement("div"), {className: "stage"})
  stage.innerHTML = `<svg role="img" aria-labelledby="${status.id}" viewBox="0 0 ${size.join(" ")}">
    <g></g><g></g></svg>`
  pictures[0].before(stage)
  stage.prepend(...pictures)
  const [back, front] = stage.querySelectorAll("g")

  const clamped = (key, value) => {
    if (key in texts) return texts[key].test(value) ? value : ""
    const [start, least, most, step] = preset[key]
    const steps = Math.round((parseFloat(value) - least) / step)
    if (Number.isNaN(steps)) return start
    return +Math.max(least, Math.min(most, least + steps * step)).toFixed(6)
  }
  const asked = () => { try { return decodeURIComponent(location.hash) } catch { return "" } }
  const ours = () => asked().startsWith(`#${name}:`)
  const read = () => {  // #walk:goal_1=-0.5,centred=1; what cannot be read is the default
    const list = ours() ? asked().slice(name.length + 2).split(",") : []
    const given = Object.fromEntries(list.map((pair) => pair.split("=")))
    return Object.fromEntries(kept.map((key) => [key, clamped(key, given[key])]))
  }

  let saying, behind
  const set = (patch, state = it.state) => {
    if (Object.keys(patch).some((key) => key in preset)) patch = {...play.changed, ...patch}
    for (const [key, value] of Object.entries(patch)) {
      state[key] = kept.includes(key) ? clamped(key, value) : value
    }
    it.state = state
    draw()
  }
  const draw = () => {
    it.drawn = play.draw(it.state, measured, size)
    const [now, scenery] = it.drawn.back ?? []
    if (behind !== now) back.innerHTML = scenery()
    behind = now
    front.innerHTML = it.drawn.svg
    hold(it.drawn.handles)
    fill()
    clearTimeout(saying)
    saying = setTimeout(say, status.textContent ? 350 : 0, "")
  }
  const say = (more) => {
    clearTimeout(saying)
    const sentence = it.drawn.sentence + more
    if (status.textContent !== sentence) status.textContent = sentence
    const pairs = kept.filter((key) => it.state[key] !== clamped(key))
    const hash = pairs.length ? `#${name}:${pairs.map((key) => `${key}=${it.state[key]}`)}` : ""
    if (hash || ours()) history.replaceState(null, "", hash || location.pathname + location.search)
  }
  const reset = () => set(Object.fromEntries(kept.map((key) => [key, null])), {})

  const it = {play, preset, size, set, say, reset, state: read()}
  const hold = handles(stage, it), fill = desk(figure.querySelector(".desk"), it)
  new IntersectionObserver(([seen]) => seen.isIntersecting || it.stop()).observe(stage)
  addEventListener("hashchange", () => {
    clearTimeout(saying)
    if (ours()) set(read())
    fill(true)
  })
  if (ours()) figure.scrollIntoView()
  draw()
  figure.classList.add("playing")
}
