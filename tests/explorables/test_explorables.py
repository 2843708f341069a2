"""What every explorable promises: the still first, then an answer to mouse, thumb and keys."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "explorables"
NAMES = sorted(
    p.stem for p in FOLDER.glob("*.mjs") if (ROOT / "figures" / f"{p.stem}.py").is_file()
)
PATHS = """(root, look) => [...root.querySelectorAll(look)].map(path =>
  path.getAttribute('d').match(/-?[\\d.]+,-?[\\d.]+/g).map(p => p.split(',').map(Number)))"""
MARKS = {  # explorable → (its mark, stroke in the still): lines with the same vertices
    "walk": [("path.raw.walk", "#c2410c"), ("path.centred.walk", "#1d4ed8")],
    "cone": [
        ("path.raw.walk", "#c2410c"),
        ("path.quadrant", "#475467"),
        ("path.axis, path.straight", "#667085"),
    ],
    "park": [("path.track, path.glass", "#c2410c"), ("path.tyre", "#1c2333")],
    "two_quadrants": [("path.ray", "#1c2333")],
    "activations": [("path.raw.curve", "#c2410c")],
}


def gzipped(path):
    return len(gzip.compress(path.read_bytes(), 6))


def says(page, name):
    page.wait_for_timeout(450)
    return page.inner_text(f"#{name}-says")


def still_lines(folder, name, stroke):
    """Vertices of the lines of one colour in the published still, in points."""
    svg = (folder / "figures" / f"{name}.light.svg").read_text()
    found = re.findall(r'<path d="(M [^"z]*)"[^>]*?stroke: ' + stroke, svg)
    lines = [d for d in found if d.count("M ") == 1]  # not a hatch
    pairs = [re.findall(r"[ML] (\S+) (\S+)", d) for d in lines]
    return [np.array(p, dtype=float) for p in pairs if len(p) > 1]


def test_the_modules_are_light_and_short():
    shared = gzipped(FOLDER / "core.mjs") + gzipped(FOLDER / "figure.mjs")
    sizes = {path.name: gzipped(path) for path in FOLDER.iterdir()}
    assert all(size <= 6_000 for size in sizes.values()), sizes
    assert sum(sizes.values()) <= 20_000 and shared <= 12_000, sizes
    for name in NAMES:
        assert len((FOLDER / f"{name}.mjs").read_text().splitlines()) <= 120, name


def off(points, line):
    """How far the farthest of the points lies from the line through these vertices, in points."""
    start, along = line[:-1], np.diff(line, axis=0)
    share = np.vecdot(points[:, None] - start, along) / np.maximum(np.vecdot(along, along), 1e-12)
    nearest = start + share.clip(0, 1)[..., None] * along
    return np.linalg.norm(points[:, None] - nearest, axis=2).min(axis=1).max()


@pytest.mark.parametrize("name", NAMES)
def test_the_first_drawing_is_the_still(visit, served, name):
    page, complaints = visit(name)
    for look, stroke in MARKS[name]:
        drawn = page.eval_on_selector("svg[role=img]", PATHS, look)
        printed = still_lines(served[0], name, stroke)
        assert drawn and len(drawn) == len(printed), look
        for mine, still in zip(drawn, printed, strict=True):
            # matplotlib leaves out vertices of what looks straight
            assert off(np.array(mine), still) < 0.5 > off(still, np.array(mine)), look
    assert not complaints


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_moves_when_the_module_takes_over(browser, served, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => "
        "window.shift += e.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{served[1]}{name}.html")
    page.wait_for_selector(f"#{name}.playing")
    page.wait_for_timeout(300)
    assert page.evaluate("shift") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for element in page.locator(".desk :is(button, select, input)").all():
        if element.is_visible():
            box = element.bounding_box()
            assert box["height"] >= 24 and box["width"] >= 24
    for handle in page.locator(".handle:visible").all():
        assert handle.bounding_box()["width"] >= 44 <= handle.bounding_box()["height"]
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_and_on_paper_there_is_the_still(visit, name):
    page, _ = visit(name, java_script_enabled=False)
    assert page.locator("figure img.only-light").is_visible()
    assert not page.locator(".desk").is_visible()
    page, _ = visit(name)
    page.emulate_media(media="print")
    assert page.locator("figure img.only-light").is_visible()
    for gone in (".desk", ".stage > svg", ".handle"):
        assert not page.locator(gone).first.is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_copied_runs_and_prints_what_is_on_the_screen(browser, served, name):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    for state in STATES[name]:
        page.goto("about:blank")
        page.goto(f"{served[1]}{name}.html{state}")
        page.wait_for_selector(f"#{name}.playing")
        page.wait_for_timeout(100)
        screen = page.inner_text(f"#{name}-says")
        page.get_by_role("button", name="Copy as Python").click()
        page.wait_for_timeout(100)
        code = page.evaluate("navigator.clipboard.readText()")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert READ[name](done.stdout, screen), (done.stdout, screen)
    context.close()


def read_walk(printed, screen):
    arrived, steps, turns, far = printed.split()
    if arrived != "True":
        return "diverges" in screen or "not there" in screen or "never" in screen
    return f"{steps} steps, {turns} reversals, {float(far):.2f} times" in screen


def read_two_quadrants(printed, screen):
    rows = np.array(re.findall(r"-?\d+\.\d*|-?\d+\.?(?=[\s\]])", printed), dtype=float).reshape(
        3, 2
    )
    ways = re.findall(r"(?:positive|ReLU|centred): (\w+)", screen)
    for (a, b), way in zip(rows, ways, strict=True):
        expected = {1: "north", -1: "south", 0: ""}[np.sign(b)] + {1: "east", -1: "west", 0: ""}[
            np.sign(a)
        ]
        if way != (expected or "nowhere"):
            return False
    return True


def read_cone(printed, screen):
    far, quadrant = (f"{float(number):.2f}" for number in printed.split())
    return f"{far} times" in screen and f"a quadrant: {quadrant}" in screen


def read_park(printed, screen):
    moves, metres, walker = printed.split()
    return f"{moves} moves over {float(metres):.1f} m; a walker needs {walker}." in screen


def read_activations(printed, screen):
    q, kappa, online, batch = (f"{float(value):.3g}" for value in printed.split())
    cost = f"{online} times the steps one by one; batches pay up to {batch}."
    free = "no mean, and nothing to pay."
    return (f"q = {q}, κ = {float(kappa):.3g};" in screen and cost in screen) or free in screen


READ = {
    "activations": read_activations,
    "park": read_park,
    "cone": read_cone,
    "walk": read_walk,
    "two_quadrants": read_two_quadrants,
}
STATES = {
    "activations": ["", "#activations:activation=7,spread=2", "#activations:activation=1,inputs=4"],
    "park": ["", "#park:slack=0.4", "#park:slack=3.1,turning_radius=4.5"],
    "cone": ["", "#cone:half_angle=7,goal=140", "#cone:goal=60"],
    "walk": [
        "",
        "#walk:centred=1,goal_1=-0.55",
        "#walk:batch=8,relaxation=1.5",
        "#walk:relaxation=2.3",
    ],
    "two_quadrants": ["", "#two_quadrants:delta=0.5,x_1=-0.3", "#two_quadrants:delta=0"],
}


@pytest.mark.parametrize("name", NAMES)
def test_the_state_travels_in_the_address_and_is_clamped(visit, name):
    key = {
        "walk": "relaxation",
        "two_quadrants": "x_1",
        "cone": "goal",
        "park": "slack",
        "activations": "spread",
    }[name]
    page, complaints = visit(name, state=f"#{name}:{key}=999,nonsense=1,{key[:2]}=x")
    field = page.locator(f".field.{key} input[type=number]")
    assert field.input_value() == field.get_attribute("max")
    says(page, name)
    assert page.url.endswith(f"#{name}:{key}={float(field.get_attribute('max')):g}")
    page.get_by_role("button", name="Reset").click()
    says(page, name)
    assert "#" not in page.url and not complaints


@pytest.mark.parametrize("name", NAMES)
def test_a_handle_obeys_keys_mouse_and_escape(visit, name):
    page, _ = visit(name)
    handle = page.locator(".handle.slack" if name == "park" else ".handle:visible").first
    before, x = handle.get_attribute("aria-valuetext"), handle.bounding_box()["x"]
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") != before and handle.bounding_box()["x"] < x
    page.get_by_role("button", name="Reset").click()
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + 32)
    assert handle.get_attribute("aria-valuetext") != before
    page.keyboard.press("Escape")
    assert handle.get_attribute("aria-valuetext") == before
    page.mouse.up()


def test_only_a_handle_catches_the_thumb(visit):
    page, _ = visit("walk", has_touch=True)
    caught = "element => getComputedStyle(element).touchAction"
    assert page.eval_on_selector(".handle", caught) == "none"
    for free in (".stage", ".stage > svg", "figure", ".desk"):
        assert page.eval_on_selector(free, caught) == "auto"


@pytest.mark.parametrize("name", NAMES)
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
        page.wait_for_timeout(100)
        return page.evaluate("scrollY")

    knob = page.locator(f"#{name} .handle:visible").first
    assert swiped(knob, 22, 0.5) == 0
    assert swiped(page.locator(f"#{name} .stage"), 8, 0.8) > 50


def test_the_switch_changes_everything(visit):
    page, _ = visit("walk")
    assert "24 steps" in says(page, "walk")
    page.get_by_role("switch", name="Centre the inputs").check()
    assert says(page, "walk").startswith("Centred inputs: 7 steps")


def test_a_reader_predicts_then_sees(visit):
    page, _ = visit("walk")
    page.get_by_role("button", name="Predict").click()
    assert page.locator("svg .walk").count() == 0
    page.locator(".handle.guess").press("Shift+ArrowLeft")
    page.get_by_role("button", name="Reveal").click()
    assert "no single positive sample goes there" in says(page, "walk")


def test_divergence_is_told_in_words(visit):
    page, complaints = visit("walk", state="#walk:relaxation=2.5")
    assert "diverges: relaxation 2.50 > 2" in says(page, "walk")
    assert "NaN" not in page.content() and not complaints


def test_steps_go_one_by_one_and_play_ends_within_five_seconds(visit):
    page, _ = visit("walk")
    page.get_by_role("button", name="Step").click()
    assert "step 1 of 24 went northeast" in says(page, "walk")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play").wait_for(timeout=5500)
    assert "24 steps" in says(page, "walk")


def test_a_reader_drives_the_car_by_keys_and_buttons_and_bumps(visit):
    page, _ = visit("park")
    assert "12 moves" in says(page, "park")
    car = page.locator(".handle.car")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        car.press(key)
    assert says(page, "park").startswith("You: 2 moves, 0.3 m, wheels straight")
    page.get_by_role("button", name="Steer right").click()
    for _ in range(30):
        page.get_by_role("button", name="Back").click()
    assert says(page, "park").startswith("Bump.")
    page.get_by_role("button", name="Reset").click()
    assert "parks in 12 moves" in says(page, "park")


def test_nothing_plays_for_a_reader_who_wants_no_motion(visit):
    page, _ = visit("walk", reduced_motion="reduce")
    assert not page.get_by_role("button", name="Play").is_visible()
    assert page.get_by_role("button", name="Step").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_keep_handles_and_paths_visible(visit, name):
    page, _ = visit(name, forced_colors="active")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for look, _ in MARKS[name]:
        stroke = page.eval_on_selector(look, "e => getComputedStyle(e).stroke")
        assert stroke not in (paper, "none"), look
    border = "e => getComputedStyle(e, '::after').borderTopColor"
    for handle in page.locator(".handle:visible").all():
        assert handle.evaluate(border) != paper
