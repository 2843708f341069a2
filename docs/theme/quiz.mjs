// The quiz: judge a sentence, and its answer opens. Without this, each answer is a fold.

const WORDS = {right: "right", half: "half right", wrong: "wrong"}
const questions = [...document.querySelectorAll(".quiz")]
const score = document.querySelector(".score p")
const radios = (question) => [...question.querySelectorAll("input")]

const counted = () => {
  const all = questions.map(({dataset}) => dataset.judged)
  const of = all.filter((how) => how === "well" || how === "badly").length
  return [all.filter((how) => how === "well").length, of, all.filter((how) => !how).length]
}

function tell() {
  const [well, of, left] = counted()
  score.textContent = `${well} of ${of} judged correctly${left ? `, ${left} to go` : ""}.`
  if (!of) score.textContent = `${left} sentences to judge.`
}

// The first opening of an answer settles the question; a choice that comes later does not count.
function settle(question) {
  const {verdict, judged} = question.dataset
  if (judged || !question.querySelector("details").open) return
  const chosen = radios(question).find((radio) => radio.checked)?.value
  question.dataset.judged = chosen === verdict ? "well" : chosen ? "badly" : "unasked"
  for (const radio of radios(question)) {
    radio.disabled = !radio.checked  // one that is checked may have the focus
    radio.parentNode.classList.toggle("is", radio.value === verdict)
  }
  const is = `is ${WORDS[verdict]}`, [well, of] = counted(), now = ` So far ${well} of ${of}.`
  const told = {
    well: `Yes, it ${is}.${now}`,
    badly: `You chose ${WORDS[chosen]}; it ${is}.${now}`,
    unasked: `It ${is}. Opened without a choice, it does not count.`,
  }
  question.querySelector("[role=status]").textContent = told[question.dataset.judged]
  tell()
}

function reset() {
  for (const question of questions) {
    delete question.dataset.judged
    question.querySelector("details").open = false
    question.querySelector("[role=status]").textContent = ""
    for (const radio of radios(question)) {
      radio.checked = radio.disabled = false
      radio.parentNode.classList.remove("is")
    }
  }
  tell()
}

for (const question of questions) {
  const choices = question.querySelector("fieldset"), fold = question.querySelector("details")
  let decided = true  // keys of the arrows wander over the choices: then Enter or Space decides
  choices.onpointerdown = () => { decided = true }
  choices.onkeydown = ({key, target}) => {
    decided = key === " " || key === "Enter"
    if (decided && target.checked) fold.open = true
  }
  choices.onchange = () => { if (decided) fold.open = true }
  fold.ontoggle = () => settle(question)
}
document.querySelector(".score button").onclick = () => {
  reset()
  questions[0].scrollIntoView({block: "center"})
  radios(questions[0])[0].focus({preventScroll: true})
}
reset()  // a browser that goes back brings choices along
