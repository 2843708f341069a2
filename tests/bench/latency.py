"""From a key, a pointer or a finger to the painted frame, at a quarter of this machine's speed.

Tries every handle, field, switch and button of every explorable of the built site; prints the
median and the 98th percentile, and fails above 50 ms: `python tests/bench/latency.py [NAME…]`.
"""

import re
import sys

import numpy as np
from bench import SITE, SMALL, most
from playwright.sync_api import sync_playwright
from web import served

from bindery.chromium import chromium

SLOWEST, SLOWER = 50, 4  # milliseconds at the 98th percentile, times as slow as here
MODULE = re.compile(r'explorables/(\w+)\.mjs"')
WATCH = """window.seen = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
  window.seen.push(e.duration))).observe({type: 'event', durationThreshold: 16, buffered: true});
  for (const kind of ['keydown', 'pointermove', 'click', 'input', 'change'])
  addEventListener(kind, () =>
  { const start = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => window.seen.push(performance.now() - start);
    c.port2.postMessage(0) }) }, true)"""


def explorables():
    """Each explorable → the page in reading order that first has it."""
    found = {}
    for page in sorted(SITE.rglob("index.html"), key=lambda path: len(path.parts)):
        for name in MODULE.findall(page.read_text(encoding="utf-8")):
            found.setdefault(name, page.relative_to(SITE).as_posix().removesuffix("index.html"))
    return found


def tried(page, name):
    """Everything that a reader may move or press, with keys and with the mouse."""
    figure = page.locator(f"#{name}")

    def pressed(key):
        for _ in range(most(10, 2)):
            page.keyboard.press(key)
            page.wait_for_timeout(30)

    buttons = figure.locator(".desk button:visible")
    for i in range(buttons.count()):
        if buttons.nth(i).get_attribute("name") not in ("copy", "play"):
            for _ in range(most(3, 1)):
                buttons.nth(i).click()
                page.wait_for_timeout(30)
    buttons.filter(has_text="Reset").click()
    for field in figure.locator(".desk :is(input, select):visible").all():
        field.focus()
        switch = field.get_attribute("role") == "switch"
        pressed("Space" if switch else "ArrowUp")
        pressed("Space" if switch else "ArrowDown")
    for handle in figure.locator(".handle:visible").all():
        handle.focus()
        for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
            pressed(key)
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        page.mouse.move(box["x"] + 22, box["y"] + 22)
        page.mouse.down()
        for i in range(most(25, 3)):
            page.mouse.move(box["x"] + 22 - i, box["y"] + 22 + i % 7)
            page.wait_for_timeout(30)
        page.mouse.up()


def latency(page, name, address):
    """Milliseconds of each input's way to its paint."""
    page.goto(address)
    page.wait_for_selector(f"#{name}.playing")
    page.locator(f"#{name} .desk").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    throttle = page.context.new_cdp_session(page)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate("window.seen.length = 0")
    tried(page, name)
    return page.evaluate("window.seen")


def main(names):
    """One line an explorable."""
    found, slow = explorables(), []
    chosen = names or most(list(found), list(found)[:1])
    with served(SITE) as host, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        for name in chosen:
            page = browser.new_page()
            page.add_init_script(WATCH)
            times = latency(page, name, host.address + found[name])
            p50, p98 = np.percentile(times, [50, 98])
            print(f"{name:14} {len(times):4} inputs: median {p50:3.0f} ms, p98 {p98:3.0f} ms")
            slow += [name] if p98 > SLOWEST else []
            page.close()
        browser.close()
    if slow and not SMALL:  # a few inputs say little about the slowest
        sys.exit(f"slower than {SLOWEST} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main(sys.argv[1:])
