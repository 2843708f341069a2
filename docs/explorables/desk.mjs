// The desk below the picture: fields that tell the state, buttons that act on it.

export function desk(element, it) {  // answers how to fill the fields with the state
  const inputs = element.querySelectorAll("input, select"), buttons = {}
  for (const button of element.querySelectorAll("button")) buttons[button.name] = button
  const lines = Object.assign(document.createElement("pre"), {tabIndex: 0})
  const play = buttons.play?.textContent
  let playing, held, ran = 0  // times that a button held down has acted

  it.stop = () => {
    if (playing) buttons.play.textContent = play
    playing = clearInterval(playing)
  }
  const advance = (by) => {
    const {state: {step}, drawn: {last}} = it
    it.set({step: step >= last ? by : Math.min(last, step + by)})
  }
  const acts = {
    step: () => advance(1),
    play: () => {
      const beat = Math.max(40, Math.min(300, 5000 / it.drawn.last))  // five seconds in all
      playing = setInterval(() => {
        advance(Math.ceil((it.drawn.last * beat) / 5000))
        if (it.state.step >= it.drawn.last) it.stop()
      }, beat)
      buttons.play.textContent = "Stop"
    },
    reset: it.reset,
    copy: () => {
      const {python} = it.drawn
      if (!python) return it.say(" There is nothing to copy.")
      const aside = () => {
        element.append(lines)
        it.say(" Its Python stands below.")
      }
      const copied = navigator.clipboard?.writeText(python) ?? Promise.reject()
      copied.then(() => it.say(" Copied as Python."), aside)
    },
  }
  const press = (key) => {
    const ended = playing
    it.stop()
    if (key === "play" && ended) return
    acts[key] ? acts[key]() : it.set(it.play.acts[key](it.state, it.drawn))
  }

  element.onpointerdown = ({target, button}) => {
    if (button || !(it.play.held && target.name in it.play.acts)) return
    clearInterval(held)  // of another finger
    held = setInterval(() => {
      ran += 1
      press(target.name)
    }, 90)
  }
  const release = () => {
    clearInterval(held)
    setTimeout(() => { ran = 0 })  // the click that follows is over then
  }
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, release)
  element.onclick = ({target}) => {
    if (target.name in buttons && !ran) press(target.name)
  }
  element.oninput = ({target}) => {
    const {name, type, value, checked} = target
    if (value === "" || !target.validity.valid) return
    it.set({[name]: type === "checkbox" ? +checked : value})
  }
  element.onchange = ({target}) => {
    if (target.type === "checkbox") return
    it.set({[target.name]: target.value})
    target.value = it.state[target.name]
  }

  return (all) => {
    for (const input of inputs) {
      const value = it.state[input.name]
      if (input.type === "checkbox") input.checked = value === 1
      else if (all || !input.matches("[type=number]:focus")) input.value = value
      input.closest(".field").hidden = value === null
    }
    const {words = {}, python} = it.drawn
    for (const name in words) buttons[name].textContent = words[name]
    lines.textContent = python
  }
}
