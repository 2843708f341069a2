// The frame at work: colours, search, and where on the page you are. HTML does the rest.

const root = document.documentElement, dialog = document.querySelector("dialog.search")
const home = new URL(".", new URL(dialog.dataset.index, location))

// Colours: a script in the head has set them before anything was painted.
const scheme = document.querySelector("button.scheme")
const told = () => scheme.setAttribute("aria-pressed", root.dataset.mdColorScheme === "slate")
scheme.onclick = () => {
  root.dataset.mdColorScheme = root.dataset.mdColorScheme === "slate" ? "default" : "slate"
  told()
  try { localStorage.setItem(`${home.pathname}scheme`, root.dataset.mdColorScheme) } catch {}
}
told()

// The menu shows where you are, and so do the headings beside the page.
const nav = document.getElementById("nav"), current = nav.querySelector("[aria-current]")
const shown = () => {  // by as little as can be: its first line stays, if all fits
  for (const box of current ? [current.closest("details ul") ?? nav, nav] : []) {
    const line = current.getBoundingClientRect(), {top, bottom} = box.getBoundingClientRect()
    box.scrollTop += Math.max(0, line.bottom + 40 - bottom) - Math.max(0, top + 40 - line.top)
  }
}
shown()
nav.ontoggle = shown
nav.onclick = (event) => event.target.closest("a") && nav.hidePopover?.()
const here = [...document.querySelectorAll(".here a")]
const links = new Map(here.map((link) => [document.getElementById(link.hash.slice(1)), link]))
const passing = () => {
  const above = (heading) => heading.getBoundingClientRect().top < innerHeight / 3
  const passed = [...links.keys()].filter(above).at(-1)
  for (const [heading, link] of links) link.classList.toggle("now", heading === passed)
}
if (links.size) addEventListener("scroll", passing, {passive: true})

// A part of the page that has moved leads on.
const asked = document.getElementById(location.hash.slice(1))
if (asked?.matches(".moved")) location.replace(asked.querySelector("a"))

// Code that is wider than its box can be scrolled by keys.
const boxes = new ResizeObserver((entries) => {
  for (const {target: box} of entries)
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute("tabindex")
})
for (const box of document.querySelectorAll("pre > code")) boxes.observe(box)

// Search: the index is fetched when somebody opens the dialog, and searched on this machine.
const [input, status, list] =
  ["input", "[role=status]", "ol"].map((part) => dialog.querySelector(part))
const plain = (text) => {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  return ` ${bare.match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? ""}`
}
let index, lost

const fetched = () => new Promise((done, failed) => {  // a script comes from a folder too
  const script = document.createElement("script")
  Object.assign(script, {src: dialog.dataset.index, onload: done, onerror: failed})
  document.head.append(script)
}).then(() => globalThis.places.map(([at, page, title, text]) =>
  ({at, page, title, text, head: plain(title), body: plain(text)})))

// An entry has every word, each at the beginning of one; rare words count, and those of a title.
export function found(entries, query) {
  const phrase = plain(query), words = phrase.split(" ").filter(Boolean).map((word) => ` ${word}`)
  if (!words.length) return []
  const has = (word) =>
    entries.filter(({head, body}) => head.includes(word) || body.includes(word)).length
  const rare = words.map((word) => Math.log(1 + entries.length / (1 + has(word))))
  const whole = ({head, body}) =>
    100 * head.startsWith(phrase) + 30 * head.includes(phrase) + 10 * body.includes(phrase)
  const worth = ({head, body}) => words.reduce((sum, word, i) =>
    sum + rare[i] * (3 * head.includes(word) + body.includes(word)), whole({head, body}))
  const all = entries.filter(({head, body}) => words.every((word) => (head + body).includes(word)))
  const scored = all.map((entry) => [worth(entry), entry])
  return scored.sort(([a], [b]) => b - a).map(([, entry]) => entry)
}

async function search() {
  const query = input.value, entries = await (index ??= fetched().catch(() => {
    lost = "The index did not come: only the built site has one. Open the search again to retry."
    return []
  }))
  const hits = found(entries, query)
  if (query !== input.value) return  // somebody typed on
  const places = hits.length === 1 ? "1 place" : `${hits.length || "No"} places`
  status.textContent = lost ?? (query.trim() && places)
  status.dataset.of = query
  list.replaceChildren(...hits.slice(0, 20).map(({at, page, title, text}) => {
    const item = document.createElement("li"), link = document.createElement("a")
    link.href = new URL(at, home)
    link.textContent = title
    item.append(link, page === title ? "" : ` ${page}`, document.createElement("p"))
    item.lastChild.textContent = text.slice(0, 140)
    return item
  }))
}

const open = (query = "") => {
  if (lost) index = lost = undefined
  if (!dialog.open) dialog.showModal()
  if (query) input.value = query
  search()
}
document.querySelector("button.find").onclick = () => open()
input.oninput = search
dialog.onclick = (event) => (event.target === dialog || event.target.closest("a")) && dialog.close()
dialog.onkeydown = (event) => {
  const places = [input, ...list.querySelectorAll("a")], at = places.indexOf(document.activeElement)
  const to = {ArrowDown: at + 1, ArrowUp: at - 1}[event.key]
  if (to >= 0 && to < places.length) { event.preventDefault(); places[to].focus() }
  if (event.key === "Enter" && at === 0) { event.preventDefault(); places[1]?.click() }
}
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); open() }
})
const query = new URLSearchParams(location.search).get("q")
if (query) open(query)
