// Handles over the picture, for mouse, thumb and keys: {plane, at, of, label, text, take}.
// `of` names the fields or buttons that do the same; take(x, y) answers what changes.

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}

export function handles(stage, it) {
  const {size: [width, height], preset, set} = it
  const pointed = ({clientX, clientY}) => {
    const box = stage.getBoundingClientRect()
    return [((clientX - box.x) / box.width) * width, ((clientY - box.y) / box.height) * height]
  }

  function handle() {
    const knob = Object.assign(document.createElement("div"), {tabIndex: 0, role: "slider"})
    let spec, before, grip  // the state when a drag began; from the pointer to the middle
    const keyed = (key, reach) => {
      const [right, up] = ARROWS[key] ?? [], end = {Home: 1, End: 2}[key], [first] = spec.of
      if (end) return {[first]: preset[first][end]}
      const along = spec.flat ? right + up : right
      return key in ARROWS && spec.take(spec.at[0] + along * reach, spec.at[1] + up * reach)
    }
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
      const [now, least, most] = spec.range ?? [it.state[first], ...preset[first].slice(1)]
      Object.assign(knob, {
        className: `handle ${spec.look ?? ""}`, ariaLabel: spec.label, ariaValueText: spec.text,
        ariaValueNow: now, ariaValueMin: least, ariaValueMax: most,
      })
      knob.dataset.of = spec.of.join(" ")
      knob.style.left = `${(100 * x) / width}%`
      knob.style.top = `${(100 * y) / height}%`
    }
  }

  const known = {}
  return (specs) => {
    for (const key of Object.keys({...known, ...specs})) (known[key] ??= handle())(specs[key])
  }
}
