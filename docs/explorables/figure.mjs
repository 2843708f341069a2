// What every explorable shares: one state, one draw, handles, fields, one sentence, the address.
// A module calls explore(name, play). The figure carries what it starts from: data-preset holds
// name → [default, least, most, step], data-measured what the module reads of the experiment.

const part = (tag, attributes = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), attributes)
  for (const [key, value] of Object.entries(attributes)) if (key.includes("-") || key === "role") element.setAttribute(key, value)
  element.append(...inside)
  return element
}

export const shown = (value, places = 2) => value.toFixed(places).replace("-", "−")
export const still = matchMedia("(prefers-reduced-motion: reduce)")

// A plane of data inside the picture: `view` x₀, x₁, y₀, y₁ in the box left, top, width, height.
export function plane([x0, x1, y0, y1], [left, top, width, height]) {
  const x = (v) => left + ((v - x0) / (x1 - x0)) * width, y = (v) => top + ((y1 - v) / (y1 - y0)) * height
  const near = (v) => Math.max(-9999, Math.min(9999, v)).toFixed(2)  // for SVG; off the picture is off
  const at = ([a, b]) => `${near(x(a))},${near(y(b))}`
  const unit = width / (x1 - x0)
  const text = (words, place, look = "", [dx, dy] = [0, 0]) => words.split("\n").map((line, i) =>
    `<text class="${look}" x="${near(x(place[0]) + dx)}" y="${near(y(place[1]) + dy + 12 * i)}">${line}</text>`).join("")
  const path = (points, look) => `<path class="${look}" d="M${points.map(at).join("L")}"/>`
  const dots = (points, look, r) => points.map((p) => `<circle class="${look}" cx="${near(x(p[0]))}" cy="${near(y(p[1]))}" r="${r}"/>`).join("")
  const wedge = (tip, radius, middle, half, look) => {
    const turns = Array.from({length: 33}, (_, i) => ((middle + (i / 16 - 1) * half) * Math.PI) / 180)
    const edge = turns.map((t) => [tip[0] + radius * Math.cos(t), tip[1] + radius * Math.sin(t)])
    const rim = edge.map((e) => e.map((v, i) => tip[i] + 0.975 * (v - tip[i])))
    return path([tip, ...edge], `${look} fill`) + path(rim, `${look} hatch`)
  }
  return {
    unit, text, path, dots,
    line: (a, b, look) => path([a, b], look),
    back: (px, py) => [x0 + ((px - left) / width) * (x1 - x0), y1 - ((py - top) / height) * (y1 - y0)],
    place: ([a, b]) => [x(a), y(b)],
    axes: (names) => path([[x0, 0], [x1, 0]], "axis") + path([[0, y0], [0, y1]], "axis") +
      text(names[0], [x1, 0], "end name", [-2, 13]) + text(names[1], [0, y1], "end name", [-4, 11]),
    cone: (tip, radius, label, half = 45, axis = 45) => wedge(tip, radius, axis, half, "cone") + wedge(tip, radius, axis + 180, half, "cone") +
      text(label, [0, 1].map((i) => tip[i] + 0.55 * radius * (i ? Math.sin : Math.cos)(((axis + 180) * Math.PI) / 180)), "middle cone", [0, label.includes("\n") ? -2 : 4]),
    star: (tip) => `<path class="goal" d="M${Array.from({length: 10}, (_, i) => {
      const r = i % 2 ? 3.1 : 8.2, t = (Math.PI * i) / 5
      return `${(x(tip[0]) + r * Math.sin(t)).toFixed(2)},${(y(tip[1]) - r * Math.cos(t)).toFixed(2)}`
    }).join("L")}Z"/>` + text("goal", tip, "end goal", [-11, 3.5]),
  }
}

// `play` is {labels, options, buttons, draw}: labels names the fields, options(measured) what to choose; draw(state, measured, set) answers
// {svg, back, sentence, python, handles, last}: what to show (`back` once), say and copy; the handles.
export function explore(name, play) {
  const figure = document.getElementById(name)
  if (!figure?.dataset.preset) return
  const preset = JSON.parse(figure.dataset.preset), measured = JSON.parse(figure.dataset.measured ?? "{}")
  const pictures = [...figure.querySelectorAll(":scope > img")], desk = figure.querySelector(":scope > .desk")
  const [width, height] = [pictures[0].width, pictures[0].height].map((_, i) => pictures[0].getAttribute(i ? "height" : "width") / 1.5)
  const stage = part("div", {className: "stage"})
  stage.style.maxWidth = `${width * 1.5}px`
  stage.innerHTML = `<svg role="img" aria-labelledby="${name}-says" viewBox="0 0 ${width} ${height}"><g></g><g></g></svg>`
  pictures[0].before(stage)
  stage.prepend(...pictures)
  const svg = stage.querySelector("svg"), status = part("p", {id: `${name}-says`, role: "status", className: "says"})

  const clamped = (key, value) => {
    const [start, least, most, step] = preset[key], number = value === "" || value == null ? NaN : Number(value)
    if (!Number.isFinite(number)) return start
    return +Math.max(least, Math.min(most, least + Math.round((number - least) / step) * step)).toFixed(6)
  }
  const read = () => {  // #walk:goal_1=-0.5,centred=1
    const [own, list] = decodeURIComponent(location.hash.slice(1)).split(":")
    const given = own === name && list ? Object.fromEntries(list.split(",").map((pair) => pair.split("="))) : {}
    return Object.fromEntries(Object.keys(preset).map((key) => [key, clamped(key, given[key])]))
  }
  let state = read(), drawn, saying, playing

  const fields = {}, handles = {}
  const set = (patch) => {
    if (Object.keys(patch).some((key) => key in preset)) patch = {...play.changed, ...patch}
    for (const [key, value] of Object.entries(patch)) state[key] = key in preset ? clamped(key, value) : value
    draw()
  }
  const draw = () => {
    drawn = play.draw({...state}, measured, {set, width, height})
    if (drawn.back && !svg.firstChild.hasChildNodes()) svg.firstChild.innerHTML = drawn.back  // never changes
    svg.lastChild.innerHTML = drawn.svg
    for (const [key, inputs] of Object.entries(fields)) for (const input of inputs) {
      if (input.type === "checkbox") input.checked = state[key] === 1
      else if (input !== document.activeElement || input.type !== "number") input.value = state[key]
    }
    for (const key of new Set([...Object.keys(handles), ...Object.keys(drawn.handles)])) hold(key, drawn.handles[key])
    for (const [key, button] of Object.entries(buttons)) button.textContent = play.buttons?.[key]?.name(state) ?? button.textContent
    clearTimeout(saying)
    saying = setTimeout(say, status.textContent ? 350 : 0)
  }
  const say = () => {
    if (status.textContent !== drawn.sentence) status.textContent = drawn.sentence
    const changed = Object.keys(preset).filter((key) => state[key] !== preset[key][0]).map((key) => `${key}=${state[key]}`)
    const hash = changed.length ? `#${name}:${changed.join(",")}` : ""
    if (hash || location.hash.startsWith(`#${name}:`)) history.replaceState(null, "", hash || location.pathname + location.search)
  }

  const hold = (key, spec) => {
    const knob = (handles[key] ??= knobs(key))
    knob.hidden = !spec
    if (!spec) return
    const [px, py] = spec.plane.place(spec.at)
    Object.assign(knob.style, {left: `${(100 * px) / width}%`, top: `${(100 * py) / height}%`})
    for (const [attribute, value] of Object.entries({label: spec.label, valuetext: spec.text, valuenow: spec.now[0], valuemin: spec.now[1], valuemax: spec.now[2]}))
      knob.setAttribute(`aria-${attribute}`, value)
  }
  const knobs = (key) => {
    const knob = part("div", {className: `handle ${key}`, role: "slider", tabIndex: 0})
    let before = null
    knob.onpointerdown = (event) => {
      before = {...state}
      knob.setPointerCapture(event.pointerId)
    }
    knob.onpointermove = (event) => {
      const box = svg.getBoundingClientRect(), spec = drawn.handles[key]
      if (before) set(spec.take(...spec.plane.back(((event.clientX - box.x) / box.width) * width, ((event.clientY - box.y) / box.height) * height)))
    }
    knob.onlostpointercapture = () => (before = null)
    knob.onkeydown = (event) => {
      const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key]
      const spec = drawn.handles[key], reach = event.shiftKey ? 0.5 : 0.1
      if (event.key === "Escape" && before) { const back = before; before = null; set(back) }
      if (!way || !spec) return
      event.preventDefault()
      set(spec.keys ? spec.keys(event.key, event.shiftKey) : spec.take(spec.at[0] + way[0] * reach, spec.at[1] + way[1] * reach))
    }
    stage.append(knob)
    return knob
  }

  const field = (key, label) => {
    const [, min, max, step] = preset[key], listen = (input) => {
      input.oninput = () => { if (input.value !== "" && input.checkValidity()) set({[key]: input.type === "checkbox" ? +input.checked : input.value}) }
      input.onchange = () => { if (input.type !== "checkbox") { set({[key]: input.value}); input.value = state[key] } }
      return input
    }
    const options = play.options?.(measured)[key]
    if (options) fields[key] = [listen(part("select", {}, ...options.map((text, i) => part("option", {value: i, textContent: text}))))]
    else if (max === 1 && step === 1) fields[key] = [listen(part("input", {type: "checkbox", role: "switch"}))]
    else fields[key] = ["range", "number"].map((type) => listen(part("input", {type, min, max, step, "aria-label": label})))
    if (label.endsWith("₁") || label.endsWith("₂")) fields[key].shift()  // dragged in the picture
    return part("label", {className: `field ${key}`}, part("span", {textContent: label}), ...fields[key])
  }
  const stop = () => { clearInterval(playing); playing = null; if (buttons.play) buttons.play.textContent = "Play" }
  const advance = (by = 1) => set({step: state.step >= drawn.last ? by : Math.min(drawn.last, state.step + by)})
  const acts = {
    ...(preset.step && {
      step: ["Step", () => { stop(); advance() }],
      play: ["Play", () => {
        if (playing || still.matches) return stop()
        if (state.step >= drawn.last) set({step: 0})
        buttons.play.textContent = "Stop"
        const beat = Math.max(40, Math.min(300, 5000 / drawn.last)), by = Math.ceil((drawn.last * beat) / 5000)
        playing = setInterval(() => { advance(by); if (state.step >= drawn.last) stop() }, beat)
      }],
    }),
    ...Object.fromEntries(Object.entries(play.buttons ?? {}).map(([key, b]) => [key, [b.name(state), () => { stop(); set(b.act(state)) }]])),
    reset: ["Reset", () => { stop(); state = {}; set(Object.fromEntries(Object.entries(preset).map(([key, [start]]) => [key, start]))) }],
    copy: ["Copy as Python", () => {
      const done = () => { status.textContent = "Copied: Python that reproduces this picture." }
      const aside = () => desk.append(part("pre", {textContent: drawn.python, tabIndex: 0}))
      navigator.clipboard ? navigator.clipboard.writeText(drawn.python).then(done, aside) : aside()
    }],
  }
  const buttons = Object.fromEntries(Object.entries(acts).map(([key, [text, act]]) =>
    [key, part("button", {type: "button", className: key, textContent: text, onclick: act})]))
  desk.append(...Object.entries(play.labels).map(([key, label]) => field(key, label)), part("div", {className: "acts"}, ...Object.values(buttons)), status)
  new IntersectionObserver(([seen]) => seen.isIntersecting || stop()).observe(stage)
  addEventListener("hashchange", () => { if (location.hash.startsWith(`#${name}:`)) { state = {...state, ...read()}; draw() } })
  if (location.hash.startsWith(`#${name}:`)) figure.scrollIntoView()
  draw()
  figure.classList.add("playing")
}
