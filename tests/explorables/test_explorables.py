"""What every explorable promises: the still first, then an answer to mouse, thumb and keys.

The tests know no explorable by name, but for what only one of them does: `tiny` passes them too,
which is nothing but a PRESET and a module.
"""

import contextlib
import gzip
import io
import json
import random
import re
from pathlib import Path

import pytest
from likeness import Mark, differences, drawn, explorables, played, printed
from nightly import mostly
from visits import accessible

from darkroom.figure import read

ROOT, TINY = Path(__file__).parents[2], Path(__file__).parent / "tiny"
FOLDER = ROOT / "docs" / "explorables"
FIGURES = {
    name: root / "figures" / f"{name}.py" for root in (ROOT, TINY) for name in explorables(root)
}
PRESETS = {name: read(path).preset for name, path in FIGURES.items()}
every = pytest.mark.parametrize("name", FIGURES)
DAILY = {
    "walk",
    "park",
}  # one that walks and one that is driven: of the others the night takes care
some = pytest.mark.parametrize("name", mostly(([name] for name in FIGURES), daily=DAILY))
"""For every explorable."""


def says(page, name):
    """What the status says once it has come to rest."""
    page.clock.run_for(450)
    return page.inner_text(f"#{name}-says")


def fields(page, name):
    """The quantities that a reader may set, with what they are set to."""
    inputs = page.locator(f"#{name} .desk :is(input, select)").all()
    return {i.get_attribute("name"): i for i in inputs if i.is_visible()}


def value(field):
    return (
        str(int(field.is_checked()))
        if field.get_attribute("role") == "switch"
        else field.input_value()
    )


# The code --------------------------------------------------------------------------------------


def closure(path):
    """A module and all that it imports."""
    found = re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8"))
    return {path}.union(*(closure(path.with_name(name)) for name in found))


def test_the_modules_are_light():
    sizes = {path: len(gzip.compress(path.read_bytes(), 6)) for path in FOLDER.iterdir()}
    assert all(size <= 6_000 for size in sizes.values()), sizes
    assert sizes.pop(FOLDER / "explorables.css") <= 2_000
    assert sum(sizes.values()) <= 20_000, sum(sizes.values())
    for name in explorables(ROOT):
        assert sum(sizes[path] for path in closure(FOLDER / f"{name}.mjs")) <= 12_500, name


def test_a_module_is_one_idea():
    for path in FOLDER.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 120 or path.suffix == ".css", path.name


FAR = ("Makefile", "*.toml", "*.yml", ".*.yaml", ".ci/*", ".github/*/*", "docs/explorables/*")


def test_no_line_is_too_long_where_no_formatter_looks():
    paths = [path for part in (*FAR, "docs/theme/**/*.*") for path in ROOT.glob(part)]
    lines = [(p, line) for p in paths for line in p.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1000 and not [(p.name, line) for p, line in lines if len(line) > 100]


# The still -------------------------------------------------------------------------------------


@every
def test_the_first_drawing_is_the_still_mark_by_mark(visit, name):
    page, complaints = visit(name)
    width = page.locator(f"#{name} .stage").bounding_box()["width"]
    still = printed(drawn(FIGURES[name]), width)
    assert len(still) > 4 and width >= 300
    assert not differences(still, played(page, name))
    assert not complaints


def test_a_mark_that_is_missing_or_elsewhere_is_noticed(visit):
    page, _ = visit("tiny")
    still = printed(drawn(FIGURES["tiny"]), page.locator(".stage").bounding_box()["width"])
    assert {mark.kind for mark in still} == {"line", "dot", "words"}
    for i, mark in enumerate(still):
        moved = mark._replace(points=mark.points + [0.6, 0])
        others = still[:i] + still[i + 1 :]
        assert len(differences(others, played(page, "tiny"))) == 1
        if not (mark.kind == "line" and mark.points[0][1] == mark.points[1][1]):
            assert len(differences([*others, moved], played(page, "tiny"))) == 2
    assert differences([*still, Mark("area", ("#000000",), (1.0,), still[0].points)], still)


@pytest.mark.parametrize("width", [320, 360, 1280])
@every
def test_nothing_moves_when_the_module_takes_over(tab, served, name, width):
    page = tab(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => "
        "window.shift += e.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{served[1]}{name}.html")
    page.wait_for_selector(f"#{name}.playing")
    page.evaluate(PAINTED)
    assert page.evaluate("shift") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for element in page.locator(".desk :is(button, select, input)").all():
        if element.is_visible():
            box = element.bounding_box()
            assert box["height"] >= 24 and box["width"] >= 24
    for handle in page.locator(".handle:visible").all():
        assert handle.bounding_box()["width"] >= 44 <= handle.bounding_box()["height"]


PAINTED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => setTimeout(done, 50))))"""


@every
def test_without_scripts_and_on_paper_there_is_the_still(visit, name):
    page, _ = visit(name, java_script_enabled=False)
    assert page.locator("figure img.only-light").is_visible()
    assert not page.locator(".desk").is_visible()
    page, _ = visit(name)
    page.emulate_media(media="print")
    assert page.locator("figure img.only-light").is_visible()
    for gone in (".desk", ".stage > svg", ".handle"):
        assert not page.locator(gone).first.is_visible()


def test_a_desk_whose_module_never_comes_cannot_be_pressed(tab, served):
    page = tab()
    page.route("**/tiny.mjs", lambda route: route.abort())
    page.goto(f"{served[1]}tiny.html")
    assert page.locator("figure img.only-light").is_visible()
    assert not page.get_by_role("button").count()


# The state -------------------------------------------------------------------------------------


def states(name):
    """Every quantity that has a field at its least and most, and some anywhere in between."""
    rng, preset = random.Random(name), PRESETS[name]
    module = FIGURES[name].parents[1] / "docs" / "explorables" / f"{name}.mjs"
    keys = [key for key in preset if f"{key}: " in module.read_text(encoding="utf-8")]
    ends = [{key: end} for key in keys for end in preset[key][1:3]]
    mixed = [{key: rng.uniform(*preset[key][1:3]) for key in keys} for _ in range(6)]
    played = [{"step": step} for step in (1, 5, 50)] if "step" in preset else []
    return [{}, *ends, *mixed, *played]


NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[+-]?\d+)?")


def numbers(text):
    return NUMBER.findall(text.replace("−", "-"))


def same(screen, exact):
    """Whether a number on the screen is this one, rounded to the digits that are shown."""
    digits = screen.lstrip("-")
    places = len(digits.partition(".")[2]) if "." in digits else -max(0, len(digits) - 3)
    whole = "." not in exact and "e" not in exact
    return abs(float(screen) - float(exact)) <= (0 if whole else 0.5001 * 10**-places)


def unlike(code, sentence, picture, given):
    """Numbers that only the screen has, or only what the copied lines print."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "copied.py", "exec"), {})
    lines, told = numbers(out.getvalue()), numbers(sentence)
    seen = told + numbers(picture)
    return [n for n in told if not any(same(n, p) for p in lines + given)] + [
        p for p in lines if not any(same(n, p) for n in seen)
    ]


def copied(page, name):
    """What a reader who presses the button can paste, what then is on the screen, what is set."""
    page.locator(f"#{name}-says").evaluate("status => { status.textContent = '' }")
    page.locator("[name=copy]").click()
    page.locator(f"#{name}-says").filter(has_text="Copied").wait_for()
    sentence = page.inner_text(f"#{name}-says").removesuffix(" Copied as Python.")
    picture = " ".join(page.locator(f"#{name} svg text").all_text_contents())
    given = [value(field) for field in fields(page, name).values()]
    return page.evaluate("navigator.clipboard.readText()"), sentence, picture, given


@pytest.fixture
def desk(visit):
    """Opens an explorable in a browser that lets pages copy."""
    return lambda name, **more: visit(
        name, permissions=["clipboard-read", "clipboard-write"], **more
    )


@some
def test_what_is_copied_prints_the_numbers_on_the_screen(desk, name):
    page, complaints = desk(name)
    for state in states(name):
        pairs = ",".join(f"{key}={value}" for key, value in state.items())
        page.evaluate("hash => { location.hash = hash }", f"{name}:{pairs},")
        assert not unlike(*copied(page, name)), state
    assert not complaints


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("walk", "v - 0.5", "v + 0.5"),
        ("two_quadrants", "v - 0.5", "v - 0.45"),
        ("cone", "Math.PI / 180", "Math.PI / 181"),
        ("activations", "three(half_pay_batch(q", "three(half_pay_batch(q + 1"),
        ("park", "slack / 2, turning_radius", "slack / 3, turning_radius"),
        ("tiny", "detour(dot)", "detour([dot_1, 1])"),
    ],
)
def test_a_module_that_shows_other_numbers_than_it_copies_is_caught(
    tab, served, name, right, wrong
):
    text = (served[0] / "explorables" / f"{name}.mjs").read_text(encoding="utf-8")
    assert right in text
    page = tab(permissions=["clipboard-read", "clipboard-write"])
    body = {"body": text.replace(right, wrong), "content_type": "text/javascript"}
    page.route(f"**/{name}.mjs", lambda route: route.fulfill(**body))
    page.goto(f"{served[1]}{name}.html" + ("#walk:centred=1" if name == "walk" else ""))
    page.wait_for_selector(f"#{name}.playing")
    assert unlike(*copied(page, name))


@every
def test_lines_that_cannot_go_to_the_clipboard_stand_below_once_and_stay_true(visit, name):
    page, _ = visit(name)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    for _ in range(2):
        page.get_by_role("button", name="Copy as Python").click()
        assert says(page, name).endswith("Its Python stands below.")
    assert page.locator(".desk pre").count() == 1
    before = page.inner_text(".desk pre")
    field = page.locator(".desk input[type=number]:visible").first
    field.fill(field.get_attribute("max"))
    assert "import" in before != page.inner_text(".desk pre")


@some
def test_the_state_travels_in_the_address_and_is_clamped(visit, name):
    page, complaints = visit(name)
    key = page.locator(".desk input[type=number]:visible").first.get_attribute("name")
    most = PRESETS[name][key][2]
    page, complaints = visit(name, state=f"#{name}:{key}=999,nonsense=1,{key[:2]}=x")
    field = page.locator(f".desk input[type=number][name={key}]")
    assert float(field.input_value()) == most
    says(page, name)
    assert page.url.endswith(f"#{name}:{key}={most:g}")
    page.get_by_role("button", name="Reset").click()
    says(page, name)
    assert "#" not in page.url and not complaints


GARBLED = ["#%zz", "#NAME:%zz", "#NAME:%E0%A4%A,x=1", "#NAME:", "#NAME:=,=", "#NAME:__proto__=1"]


@some
def test_an_address_that_cannot_be_read_is_the_default(visit, served, name):
    page, complaints = visit(name)
    usual = says(page, name)
    for address in GARBLED:
        page.goto("about:blank")
        page.goto(f"{served[1]}{name}.html{address.replace('NAME', name)}")
        page.wait_for_selector(f"#{name}.playing")
        assert says(page, name) == usual, address
    assert not complaints


# Handles ---------------------------------------------------------------------------------------


def shown(page, name):
    return page.locator(f"#{name} .handle:visible").all()


def moods(page, name):
    """Buttons that bring up handles which were not there, and no button at all."""
    yield None
    for button in page.locator(f"#{name} .desk button").all():
        key, before = (
            button.get_attribute("name"),
            [h.get_attribute("class") for h in shown(page, name)],
        )
        if key not in ("copy", "play", "step", "reset"):
            button.click()
            if [h.get_attribute("class") for h in shown(page, name)] != before:
                yield key
        page.locator("[name=reset]").click()


def ready(page, mood):
    page.locator("[name=reset]").click()
    if mood:
        page.locator(f"[name={mood}]").click()


@every
def test_every_handle_has_inputs_that_do_the_same(visit, name):
    page, _ = visit(name)

    def tells(handle):
        box = handle.bounding_box()
        return handle.get_attribute("aria-valuetext"), box["x"], box["y"]

    for mood in [*moods(page, name)]:
        ready(page, mood)
        for i in range(len(shown(page, name))):
            ready(page, mood)
            handle = shown(page, name)[i]
            inputs = handle.get_attribute("data-of").split()
            assert inputs
            for key in inputs:
                ready(page, mood)
                before = tells(handle)
                if key in PRESETS[name]:
                    field = fields(page, name)[key]
                    field.fill(str(PRESETS[name][key][2]))
                else:
                    page.locator(f"[name={key}]").click()
                assert tells(handle) != before, key
            ready(page, mood)
            before = {key: value(field) for key, field in fields(page, name).items()}
            for key in ("Shift+ArrowRight", "Shift+ArrowUp"):
                handle.press(key)
            after = {key: value(field) for key, field in fields(page, name).items()}
            assert {key for key in before if before[key] != after[key]} == {
                key for key in inputs if key in PRESETS[name]
            }


def test_the_handle_of_a_guess_has_its_fields(visit):
    page, _ = visit("walk")
    assert "guess_1" not in fields(page, "walk")
    assert [*moods(page, "walk")] == [None, "predict"]
    page.locator("[name=predict]").click()
    fields(page, "walk")["guess_1"].fill("-0.5")
    assert "w₁ −0.50" in page.locator(".handle").last.get_attribute("aria-valuetext")


@every
def test_all_ranges_are_the_presets(tab, served, name):
    """Also those of a preset that never was: no limit stands in a module."""
    preset = dict(json.loads(json.dumps(PRESETS[name])))
    for key, (start, least, most, step) in preset.items():
        if most - least > 2 * step and start is not None and key not in ("step", "activation"):
            narrow = least + step * round(0.3 * (most - least) / step), most - step
            preset[key] = [min(max(start, narrow[0]), narrow[1]), *narrow, step]
    html = (served[0] / f"{name}.html").read_text(encoding="utf-8")
    html = re.sub(r'data-preset=("[^"]*"|\'[^\']*\')', f"data-preset='{json.dumps(preset)}'", html)
    page = tab()
    page.route(f"**/{name}.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{served[1]}{name}.html")
    page.wait_for_selector(f"#{name}.playing")
    for mood in [*moods(page, name)]:
        ready(page, mood)
        for handle in shown(page, name):
            first = handle.get_attribute("data-of").split()[0]
            if first in preset:
                _, least, most, _ = preset[first]
                assert float(handle.get_attribute("aria-valuemin")) == least
                assert float(handle.get_attribute("aria-valuemax")) == most
                for key, end in (("Home", least), ("End", most)):
                    handle.press(key)
                    assert abs(float(handle.get_attribute("aria-valuenow")) - end) < 1e-6


@every
def test_a_handle_obeys_keys_mouse_and_escape(visit, name):
    page, _ = visit(name)
    spot = ".handle:not([data-of*=back])"  # the car drives on where it is let go
    handle = page.locator(f"{spot}:visible").first
    before, x = handle.get_attribute("aria-valuetext"), handle.bounding_box()["x"]
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") != before and handle.bounding_box()["x"] < x
    page.get_by_role("button", name="Reset").click()
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down(button="right")
    page.mouse.move(box["x"] + 42, box["y"] + 32)
    page.mouse.up(button="right")
    assert handle.get_attribute("aria-valuetext") == before
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    assert handle.bounding_box() == box  # gripped off its middle, it does not jump
    page.mouse.move(box["x"] - 12, box["y"] + 22)
    assert handle.get_attribute("aria-valuetext") != before
    page.keyboard.press("Escape")
    assert handle.get_attribute("aria-valuetext") == before
    page.mouse.up()


@every
def test_only_a_handle_catches_the_thumb(visit, name):
    page, _ = visit(name, has_touch=True)
    caught = "element => getComputedStyle(element).touchAction"
    assert page.eval_on_selector(".handle", caught) == "none"
    for free in (".stage", ".stage > svg", "figure", ".desk"):
        assert page.eval_on_selector(free, caught) == "auto"


@some
def test_a_swipe_that_starts_on_the_picture_scrolls_the_page(visit, name):
    page, _ = visit(name, width=360, has_touch=True)
    page.evaluate("document.body.style.paddingBottom = '2000px'; scrollTo(0, 0)")
    thumb = page.context.new_cdp_session(page)

    def swiped(place, dx, dy):
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        page.wait_for_function("scrollY === 0")
        box = place.bounding_box()
        x, y = box["x"] + dx, box["y"] + dy * box["height"]

        def touch(kind, *points):
            thumb.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", {"x": x, "y": y})
        for moved in range(10, 160, 10):
            touch("touchMove", {"x": x, "y": max(1, y - moved)})
        touch("touchCancel")  # lifting it would let the page coast on

    swiped(shown(page, name)[0], 22, 0.5)
    page.screenshot()  # what was to be scrolled is, when it has been painted
    assert page.evaluate("scrollY") == 0
    swiped(page.locator(f"#{name} .stage"), 8, 0.8)
    page.wait_for_function("scrollY > 50", polling=50)


# Readers who see, move or hear otherwise ---------------------------------------------------------


@every
def test_a_reader_who_hears_is_told_what_everything_is(visit, name):
    page, _ = visit(name, bypass_csp=True)
    sentence = says(page, name)
    assert page.get_by_role("img", name=sentence, exact=True).count() == 1
    assert page.locator("[role=status]").count() == 1
    for handle in page.get_by_role("slider").all():
        assert handle.get_attribute("aria-label") or handle.get_attribute("name")
    page.clock.resume()  # axe waits for it
    for mood in [*moods(page, name)]:
        ready(page, mood)
        named = re.findall(r'- (\w+) "(.*?)"', page.locator(".desk").aria_snapshot())
        assert named and len(named) == len(set(named))
        assert not list(accessible(page))


# What only one of them does ----------------------------------------------------------------------


def test_the_switch_changes_everything(visit):
    page, _ = visit("walk")
    assert "24 steps" in says(page, "walk")
    page.get_by_role("switch", name="Centre the inputs").check()
    assert says(page, "walk").startswith("Centred inputs: 7 steps")


def test_a_reader_predicts_then_sees(visit):
    page, _ = visit("walk")
    page.get_by_role("button", name="Predict").click()
    assert page.locator("svg .line.raw").count() == 0
    page.locator(".handle:visible").press("Shift+ArrowLeft")
    page.locator(".handle:visible").press("Shift+ArrowUp")
    page.get_by_role("button", name="Reveal").click()
    assert says(page, "walk").endswith("No positive sample goes northwest.")


def test_nothing_gives_away_what_is_to_be_predicted(visit):
    page, _ = visit("walk")
    page.get_by_role("button", name="Predict").click()
    asked = page.inner_html(".stage svg")
    page.get_by_role("button", name="Step").click()
    assert page.inner_html(".stage svg") == asked


def test_going_back_refills_the_field_that_somebody_is_in(visit):
    page, _ = visit("walk", state="#walk:goal_1=-0.5")
    page.evaluate("location.hash = 'elsewhere'")
    field = fields(page, "walk")["goal_1"]
    field.fill("0.5")
    page.go_back()
    page.wait_for_function("document.querySelector('[name=goal_1]').value === '-0.5'")
    page.locator("svg").click(position={"x": 2, "y": 2})
    assert "−0.50" in page.locator(".handle").first.get_attribute("aria-valuetext")


def test_an_address_that_was_encoded_on_its_way_is_read(visit):
    page, _ = visit("walk", state="#walk%3Agoal_1%3D-0.5")
    assert fields(page, "walk")["goal_1"].input_value() == "-0.5"


@pytest.mark.parametrize(("name", "key"), [("activations", "spread"), ("park", "slack")])
def test_up_is_more_also_where_a_handle_only_moves_sideways(visit, name, key):
    page, _ = visit(name)
    handle, field = page.locator(f".handle[data-of={key}]"), fields(page, name)[key]
    before = float(field.input_value())
    handle.press("ArrowUp")
    assert float(field.input_value()) > before
    handle.press("ArrowDown")
    handle.press("ArrowDown")
    assert float(field.input_value()) < before


def test_divergence_is_told_in_words(visit):
    page, complaints = visit("walk", state="#walk:relaxation=2.5")
    assert "diverges" in says(page, "walk") and "step length 2.50 > 2" in says(page, "walk")
    assert "NaN" not in page.content() and not complaints


def test_steps_go_one_by_one_and_play_ends_within_five_seconds(visit):
    page, _ = visit("walk")
    page.get_by_role("button", name="Step").click()
    assert says(page, "walk").startswith("Step 1 of 24 went northeast, by (0.21, 0.51)")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(5500)
    assert page.get_by_role("button", name="Play").is_visible()
    assert "24 steps" in says(page, "walk")


def test_a_goal_at_the_start_leaves_nothing_to_copy_and_says_so(desk):
    page, _ = desk("walk", state="#walk:goal_1=0,goal_2=0")
    page.get_by_role("button", name="Copy as Python").click()
    assert says(page, "walk").endswith("move it. There is nothing to copy.")


@pytest.mark.parametrize("delta", [-0.6, 0, 0.5])
def test_the_words_say_where_the_numbers_point(visit, delta):
    page, _ = visit("two_quadrants", state=f"#two_quadrants:delta={delta},x_1=-0.3")
    sentence = says(page, "two_quadrants")
    found = re.findall(r"\((\S+), (\S+)\), (\w+)", sentence)
    assert len(found) == 3
    for *pair, words in found:
        east, north = (float(v.replace("−", "-")) for v in pair)
        way = ("north" * (north > 0) or "south" * (north < 0)) + (
            "east" * (east > 0) or "west" * (east < 0)
        )
        assert words == (way or "nowhere")
    assert ("breaks the lock" in sentence) == (delta != 0)


def test_a_reader_drives_the_car_by_keys_and_buttons_and_bumps(visit):
    page, _ = visit("park")
    assert "parks in 12 moves" in says(page, "park")
    car = page.locator(".handle").first
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        car.press(key)
    assert says(page, "park").startswith("By hand: 2 moves, 0.3 m; 2.4 m beside its place")
    for _ in range(30):
        page.get_by_role("button", name="Back ↙").click()
    assert says(page, "park").startswith("Bump")
    page.get_by_role("button", name="Reset").click()
    assert "parks in 12 moves" in says(page, "park")
    for _ in range(2):
        page.get_by_role("button", name="Forward →").click()
    page.get_by_role("slider", name="Room, m").press("ArrowRight")
    assert says(page, "park").startswith("With 1.6 m of room")


def test_a_button_that_is_held_down_drives_on_until_it_is_let_go(visit):
    page, _ = visit("park")
    box = page.get_by_role("button", name="Forward →").bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.clock.run_for(1000)
    page.mouse.up()
    driven = float(re.search(r"1 move, ([\d.]+) m", says(page, "park"))[1])
    assert 2.0 <= driven <= 2.4
    page.clock.run_for(300)
    assert f"1 move, {driven} m" in says(page, "park")


def test_two_fingers_on_the_buttons_leave_nothing_running_when_they_are_lifted(visit):
    page, _ = visit("park", has_touch=True)
    thumbs, fingers = page.context.new_cdp_session(page), []
    for number, name in enumerate(("Forward →", "Forward ↗")):
        box = page.get_by_role("button", name=name).bounding_box()
        fingers.append({"x": box["x"] + 9, "y": box["y"] + 9, "id": number})
        touch = {"type": "touchStart", "touchPoints": fingers}
        thumbs.send("Input.dispatchTouchEvent", touch)
        page.clock.run_for(400)
    thumbs.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    before = says(page, "park")
    page.clock.run_for(300)
    assert says(page, "park") == before and before.startswith("By hand")
    page.get_by_role("button", name="Reset").click()
    assert "parks in 12 moves" in says(page, "park")


def test_a_drive_by_hand_can_be_shared_and_copied(desk):
    page, _ = desk("park", state="#park:slack=4,hand=s0.5r-2.6l-2.6")
    assert says(page, "park").startswith("Parked! By hand: 2 moves, 5.7 m;")
    assert not unlike(*copied(page, "park"))
    page.get_by_role("button", name="Forward →").click()
    says(page, "park")
    assert page.url.endswith("#park:slack=4,hand=s0.5r-2.6l-2.6s0.2")
    page, complaints = desk("park", state="#park:hand=x9")
    assert says(page, "park").startswith("With 1.5 m") and not complaints
