"""The page's arithmetic is the Python core: the same numbers for the same arguments, in a browser.

And it is really compared: every operator, every constant and every function of the modules is made
wrong in turn, and each wrong one must be caught, but for those that change nothing.
"""

import re

import pytest
from twins import TWINS, compared

CASES = 220
MODULES = ("core.mjs", "moments.mjs", "car.mjs")
WRONG = {  # an operator → what it becomes
    " + ": (" - ", " + 1e-9 + "),
    " - ": (" + ", " - 1e-9 - "),
    " * ": (" / ", " * (1 + 1e-9) * "),
    " / ": (" * ", " / (1 + 1e-9) / "),
    " ** ": (" * ",),
    " % ": (" * ",),
    " < ": (" >= ", " <= "),
    " > ": (" <= ", " >= "),
    " <= ": (" > ", " < "),
    " >= ": (" < ", " > "),
    " === ": (" !== ",),
    " !== ": (" === ",),
    " && ": (" || ",),
    " || ": (" && ",),
    " += ": (" -= ",),
    " -= ": (" += ",),
    "Math.min(": ("Math.max(",),
    "Math.max(": ("Math.min(",),
    "Math.sin(": ("Math.cos(",),
    "Math.cos(": ("Math.sin(",),
    "Math.tan(": ("Math.sin(",),
    "Math.abs(": ("(",),
    "continue": ("",),
}
EQUAL = {  # module → what a wrong line has in it → why it gives the same numbers
    "core.mjs": {
        "* (1 + 1e-9) * after.reduce": "only the sign counts",
        "|| ((product) <= scale": "what lies below −scale is a way back already",
        "top < Math.abs(along)": "on the edge of the cone both are one point",
        "k >= 0 &&": "no start lies beyond its own horizon",
        "path.length - 1e-9 - 1": "steps are whole",
    },
    "moments.mjs": {
        "z >= 0 ?": "both ways lead to 0",
        "z <= 0 ?": "both ways lead to ½",
        "k <= 9": "Newton's method has arrived",
        "let x = Math.cos(": "Newton's method arrives from there too",
        "x -= p / (1 + 1e-9)": "Newton's method arrives all the same",
        "x * (1 + 1e-9) * p": "p is 0 there",
        "return [(1 - x) / 2": "the nodes lie symmetrically",
        "25 / (1 + 1e-9)": "panels a little narrower are wide enough",
        "x + 1e-9 + 5": "so are these",
        "(1 + 1e-9 + at)": "the second panel holds next to nothing",
        "(1 + at) * (1 + 1e-9)": "the same",
        "x + 1e-9 + (1 + at)": "the same",
        "k <= 11": "eleven standard deviations are all there is",
        "(v - 1e-9 - mean)": "1e-9 beside the mean is 1e-18 beside the variance",
        "k <= 50": "half of next to nothing",
        "gain >= (2 * q * b)": "a tie may go either way",
    },
    "car.mjs": {
        "/ lock": "a lock is 1 or −1",
        "x * dx + 1e-9": "both cars are shifted",
        "arcs[i][1] >= 0": "no arc has length 0",
    },
}
WORKER = """onmessage = ({data}) => compare(...data).then(postMessage, () => postMessage(['fails']))
async function compare(sources, tests) {
  const core = Object.assign({}, ...await Promise.all(sources.map(source => import(source))))
  const wrong = []
  for (const [name, page, cases, answers, allowed] of tests) {
    const answer = new Function('core', 'c', 'return ' + page)
    const differs = cases.some((c, i) => {
      const got = [answer(core, JSON.parse(JSON.stringify(c)))].flat(9).map(Number)
      return got.length !== answers[i].length ||
        got.some((v, k) => !(Math.abs(v - answers[i][k]) <= allowed[i][k]))
    })
    if (differs) wrong.push(name)
  }
  return wrong
}"""
APART = """async ([source, rounds, tests]) => {
  const address = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}))
  const wrong = []
  for (const [sources, names] of rounds) {
    const worker = new Worker(address)
    const own = sources.map(text => text.startsWith('http') ? text
      : URL.createObjectURL(new Blob([text], {type: 'text/javascript'})))
    wrong.push(await new Promise(done => {
      const late = setTimeout(() => done(['never ends']), 60000)
      worker.onmessage = ({data}) => { clearTimeout(late); done(data) }
      worker.postMessage([own, tests.filter(([name]) => names.includes(name))])
    }))
    worker.terminate()
  }
  return wrong
}"""


@pytest.fixture(scope="module")
def apart(browser, served):
    """For rounds of (sources, names): which of these functions answer differently in each."""
    (served[0] / "lone.html").write_text("<!doctype html><title>lone</title>")
    page = browser.new_page()
    page.set_default_timeout(0)
    page.goto(f"{served[1]}lone.html")  # without any policy: modules can be tried
    tests = [*compared(CASES)]
    yield lambda rounds: page.evaluate(APART, [WORKER, rounds, tests])
    page.close()


@pytest.fixture(scope="module")
def texts(served):
    """Module → its text, with imports that can be found from anywhere."""
    folder, address = served
    read = {name: (folder / "explorables" / name).read_text(encoding="utf-8") for name in MODULES}
    return {name: text.replace('"./', f'"{address}explorables/') for name, text in read.items()}


def exports(text):
    """What a module exports → the line where that begins."""
    lines = enumerate(text.splitlines())
    found = ((i, re.match(r"export (?:const|function\*?) (\w+)", line)) for i, line in lines)
    return {match[1]: i for i, match in found if match}


def test_every_exported_function_is_compared(texts):
    assert {name for text in texts.values() for name in exports(text)} == set(TWINS)


def test_every_function_gives_pythons_numbers(apart, texts):
    for name in TWINS:
        assert len(TWINS[name].cases(name, CASES)) >= 200
    assert apart([[[*texts.values()], [*TWINS]]]) == [[]]


def mutants(text):
    """Every operator and constant made wrong, one at a time: a label, and the wrong module."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        code = line.partition("  //")[0]
        if code.startswith(("//", "import")):
            continue
        spots = [
            (found, wrong)
            for right, ways in WRONG.items()
            for wrong in ways
            for found in re.finditer(re.escape(right), code)
        ]
        spots += [
            (found, f"({found[0]} * (1 + 1e-9))")
            for found in re.finditer(r"(?<![\d.])\d+\.\d+", code)
        ]
        for found, wrong in spots:
            if wrong == " -= " and code.lstrip().startswith(("for", "while")):
                continue  # it would never end
            changed = code[: found.start()] + wrong + code[found.end() :]
            yield changed.strip(), i, "\n".join([*lines[:i], changed, *lines[i + 1 :]])


def lost(text, name):
    """The module, with a function that answers nothing in the place of this one."""
    empty = f"export const {name} = () => ({{}}), lost_{name} ="
    text = re.sub(rf"export const {name} =", empty, text)
    gone = rf"export const {name} = () => ({{}})\nfunction\1 lost_{name}("
    return re.sub(rf"export function(\*?) {name}\(", gone, text)


def test_a_function_that_is_lost_is_caught(apart, texts):
    rounds = []
    for module, text in texts.items():
        others = [other for name, other in texts.items() if name != module]
        rounds += [[[lost(text, name), *others], [name]] for name in exports(text)]
    assert all(apart(rounds))


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.nightly), 24])
def test_a_wrong_core_is_caught(apart, texts, module, every):
    """One operator is changed at a time: by day in every 24th place, at night in all."""
    text = texts[module]
    own, others = exports(text), [other for name, other in texts.items() if name != module]
    labels, rounds = [], []
    for label, line, wrong in [*mutants(text)][::every]:
        near = sorted(own, key=lambda name: (own[name] > line, abs(own[name] - line)))
        labels.append(label)
        rounds.append([[wrong, *others], near])
    assert len(rounds) > 50 / every
    survivors = {label for label, found in zip(labels, apart(rounds), strict=True) if not found}
    assert not {label for label in survivors if not any(part in label for part in EQUAL[module])}
    if every == 1:
        known = {part for part in EQUAL[module] if any(part in label for label in survivors)}
        assert known == set(EQUAL[module]), "no excuse is left over"
