"""From a key, a pointer or a finger to the painted frame, at a quarter of this machine's speed.

Tries every handle, field, switch and button of every explorable of the built site; prints the
median and the 98th percentile, and fails above 50 ms: `python tests/bench/latency.py [NAME…]`.
"""

import functools
import http.server
import re
import shutil
import sys
import threading
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

SITE = Path(__file__).parents[2] / "site"
MOST, SLOWER = 50, 4  # milliseconds at the 98th percentile, times as slow as here
WATCH = """window.seen = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
  window.seen.push(e.duration))).observe({type: 'event', durationThreshold: 16, buffered: true});
  for (const kind of ['keydown', 'pointermove', 'click', 'input', 'change'])
  addEventListener(kind, () =>
  { const start = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => window.seen.push(performance.now() - start);
    c.port2.postMessage(0) }) }, true)"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *args):
        pass


def explorables(site):
    """Each explorable → the page in reading order that first has it."""
    found = {}
    for page in sorted(site.rglob("index.html"), key=lambda path: len(path.parts)):
        for name in re.findall(r'explorables/(\w+)\.mjs"', page.read_text(encoding="utf-8")):
            found.setdefault(name, page.parent.relative_to(site).as_posix() + "/")
    return found


def tried(page, name):
    """Everything that a reader may move or press, with keys and with the mouse."""
    figure = page.locator(f"#{name}")

    def pressed(key, times=10):
        for _ in range(times):
            page.keyboard.press(key)
            page.wait_for_timeout(30)

    buttons = figure.locator(".desk button:visible")
    for i in range(buttons.count()):
        if buttons.nth(i).get_attribute("name") not in ("copy", "play"):
            for _ in range(3):
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
            pressed(key, 5)
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        page.mouse.move(box["x"] + 22, box["y"] + 22)
        page.mouse.down()
        for i in range(25):
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


def main():
    """One line an explorable."""
    handler, slow = functools.partial(Quiet, directory=SITE), []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            for name, place in explorables(SITE).items():
                if name not in (sys.argv[1:] or [name]):
                    continue
                page = browser.new_page()
                page.add_init_script(WATCH)
                times = latency(page, name, f"http://127.0.0.1:{server.server_port}/{place}")
                p50, p98 = np.percentile(times, [50, 98])
                print(f"{name:14} {len(times):4} inputs: median {p50:3.0f} ms, p98 {p98:3.0f} ms")
                slow += [name] if p98 > MOST else []
                page.close()
            browser.close()
        server.shutdown()
    if slow:
        sys.exit(f"slower than {MOST} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
