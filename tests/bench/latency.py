"""From a key or a pointer to the painted frame, at a quarter of this machine's speed.

Prints the 98th percentile for every explorable of the built site: `python tests/bench/latency.py`.
"""

import re

import numpy as np
from bench import SITE, most
from playwright.sync_api import sync_playwright
from web import served

from bindery.chromium import chromium

INPUTS = most(30, 3)  # of keys, and of moves
MODULE = re.compile(r'<script type="module" src="[./]*explorables/(\w+)\.mjs">')
WATCH = """window.seen = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
  window.seen.push(e.duration))).observe({type: 'event', durationThreshold: 16, buffered: true});
  for (const kind of ['keydown', 'pointermove']) addEventListener(kind, () =>
  { const start = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => window.seen.push(performance.now() - start);
    c.port2.postMessage(0) }) }, true)"""


def latency(page, name, address):
    """Milliseconds of each input's way to its paint."""
    page.goto(address)
    page.wait_for_selector(f"#{name}.playing")
    page.locator(f"#{name}").scroll_into_view_if_needed()
    throttle = page.context.new_cdp_session(page)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    handle = page.locator(f"#{name} .handle:visible").last
    handle.focus()
    page.evaluate("window.seen.length = 0")
    for i in range(INPUTS):
        page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        page.wait_for_timeout(30)
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    for i in range(INPUTS):
        page.mouse.move(box["x"] + 22 - i, box["y"] + 22 + i % 7)
        page.wait_for_timeout(30)
    page.mouse.up()
    return page.evaluate("window.seen")


def pages():
    """Each explorable and the page on which it plays."""
    for path in sorted(SITE.rglob("index.html")):
        for name in MODULE.findall(path.read_text(encoding="utf-8")):
            yield name, path.relative_to(SITE).as_posix().removesuffix("index.html")


def main():
    """One line an explorable."""
    with served(SITE) as host, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        for name, where in most(list, lambda found: [next(found)])(pages()):
            page = browser.new_page()
            page.add_init_script(WATCH)
            p50, p98 = np.percentile(times := latency(page, name, host.address + where), [50, 98])
            print(
                f"{name:14} {len(times):4} inputs: median {p50:3.0f} ms, p98 {p98:3.0f} ms", end=""
            )
            print(" (at most 50 is promised)" if p98 > 50 else "", flush=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
