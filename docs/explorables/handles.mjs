// Handles lie over the picture: HTML elements that a mouse, a thumb or keys can move.
// A handle is {plane, at, of, label, text, take}: it stands at a place of the plane and says `text`;
// take(x, y) answers what changes in the state. `of` names what it sets: fields, or buttons.

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}

export function handles(stage, it) {
  const {size: [width, height], preset, set} = it
  const pointed = ({clientX, clientY}) => {
    const box = stage.getBoundingClientRect()
    return [((clientX - box.x) / box.width) * width, ((clientY - box.y) / box.height) * height]
  }

  function handle() {
    const knob = Object.assign(document.createElement("div"), {tabIndex: 0})
    let spec, before = null, grip  // the state when the drag began; from the pointer to the middle
    const keyed = (key, reach) => {
      const way = ARROWS[key], end = {Home: 1, End: 2}[key], [first] = spec.of
      if (end) return {[first]: preset[first][end]}
      return way && spec.take(spec.at[0] + way[0] * reach, spec.at[1] + way[1] * reach)
    }
    knob.setAttribute("role", "slider")
    knob.onpointerdown = (event) => {
      if (event.button) return
      const [px, py] = pointed(event), [x, y] = spec.plane.place(spec.at)
      before = {...it.state}
      grip = [x - px, y - py]
      knob.setPointerCapture(event.pointerId)
    }
    knob.onpointermove = (event) => {
      const [px, py] = pointed(event)
      if (before) set(spec.take(...spec.plane.back(px + grip[0], py + grip[1])))
    }
    knob.onlostpointercapture = () => { before = null }
    knob.onkeydown = (event) => {
      let patch = (spec.keys ?? keyed)(event.key, event.shiftKey ? 0.5 : 0.1)
      if (event.key === "Escape") [patch, before] = [before, null]
      if (!patch) return
      event.preventDefault()
      set(patch)
    }
    stage.append(knob)
    return (given) => {
      knob.hidden = !given
      if (!given) return
      spec = given
      const [x, y] = spec.plane.place(spec.at), [first] = spec.of
      const [now, least, most] = spec.range ?? [it.state[first], ...preset[first].slice(1, 3)]
      const said = {label: spec.label, valuetext: spec.text, valuenow: now, valuemin: least, valuemax: most}
      for (const [name, value] of Object.entries(said)) knob.setAttribute(`aria-${name}`, value)
      knob.className = `handle ${spec.look ?? ""}`
      knob.dataset.of = spec.of.join(" ")
      Object.assign(knob.style, {left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%`})
    }
  }

  const known = {}
  return (specs) => {
    for (const key of Object.keys({...known, ...specs})) (known[key] ??= handle())(specs[key])
  }
}
