// Cards: a note, a citation, a letter, a term opens where it stands. Without this, all are links.

const WAIT = 200  // ms: a pointer that passes opens nothing, and has time to reach the card
const card = Object.assign(document.createElement("div"), {id: "card", popover: "auto"})
const links = document.querySelectorAll("article :is(.footnote-ref, .citation, .letter, .term)")
let at, timer, touched

// What a link leads to: told by a template, or standing on this page; a note's sources as well.
function told(link) {
  const id = decodeURIComponent(link.hash.slice(1)), copy = document.createElement("div")
  const place = document.getElementById(`card-${id}`)?.content ?? document.getElementById(id)
  copy.append(...place?.cloneNode(true).childNodes ?? [])
  for (const back of copy.querySelectorAll(".footnote-backref")) back.remove()
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id")
  const notes = link.matches(".footnote-ref") ? [...copy.querySelectorAll(".citation")] : []
  return [copy, ...notes.flatMap(told)]
}

function show(link) {
  card.hidePopover()
  at = link
  const list = Object.assign(document.createElement("a"), {href: link.href, className: "list"})
  list.textContent = "In the list"
  card.replaceChildren(...told(link), list)
  card.showPopover({source: link})
  link.setAttribute("aria-describedby", card.id)
  const {left, top, bottom} = link.getBoundingClientRect(), {offsetWidth, offsetHeight} = card
  const x = Math.min(left, document.documentElement.clientWidth - offsetWidth - 8)
  const above = bottom + offsetHeight > innerHeight && top > offsetHeight
  card.style.left = `${Math.max(8, x) + scrollX}px`
  card.style.top = `${(above ? top - offsetHeight : bottom) + scrollY}px`
}

const later = (what) => { clearTimeout(timer); timer = setTimeout(what, WAIT) }
const leave = () => later(() => {
  const held = at?.matches(":hover, :focus-visible") || card.matches(":hover, :focus-within")
  if (!held) card.hidePopover()
})

if ("popover" in HTMLElement.prototype) {
  document.querySelector("article").append(card)
  card.ontoggle = ({newState}) => newState === "closed" && at.removeAttribute("aria-describedby")
  card.onpointerleave = leave
  card.addEventListener("focusout", leave)
  addEventListener("resize", () => card.hidePopover())
  for (const link of links) {
    link.onpointerenter = ({pointerType}) => pointerType === "mouse" && later(() => show(link))
    link.onpointerleave = ({pointerType}) => pointerType === "mouse" && leave()
    link.onfocus = () => link.matches(":focus-visible") && show(link)
    link.onblur = leave
    link.onpointerdown = ({pointerType}) => { touched = pointerType !== "mouse" }
    link.onclick = (event) => {  // a finger that taps opens the card, which has the link
      if (touched && event.detail) { event.preventDefault(); show(link) }
    }
  }
}
