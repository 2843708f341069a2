"""From a key or a pointer to the painted frame, at a quarter of this machine's speed.

Prints the 98th percentile for every explorable of the built site: `python tests/bench/latency.py`.
"""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PAGES = {"walk": "", "two_quadrants": "one-neuron/", "cone": "detour/"}
PAGES |= {"activations": "one-number/", "park": "parking/"}
WATCH = """window.seen = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
  window.seen.push(e.duration))).observe({type: 'event', durationThreshold: 16, buffered: true});
  for (const kind of ['keydown', 'pointermove']) addEventListener(kind, () =>
  { const start = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => window.seen.push(performance.now() - start);
    c.port2.postMessage(0) }) }, true)"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *args):
        pass


def latency(page, name, address):
    """Milliseconds of each input's way to its paint."""
    page.goto(address + PAGES[name])
    page.wait_for_selector(f"#{name}.playing")
    page.locator(f"#{name}").scroll_into_view_if_needed()
    throttle = page.context.new_cdp_session(page)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    handle = page.locator(f"#{name} .handle:visible").last
    handle.focus()
    page.evaluate("window.seen.length = 0")
    for i in range(30):
        page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        page.wait_for_timeout(30)
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    for i in range(30):
        page.mouse.move(box["x"] + 22 - i, box["y"] + 22 + i % 7)
        page.wait_for_timeout(30)
    page.mouse.up()
    return page.evaluate("window.seen")


def main():
    """One line an explorable."""
    handler = functools.partial(Quiet, directory=ROOT / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            for name in PAGES:
                page = browser.new_page()
                page.add_init_script(WATCH)
                times = latency(page, name, f"http://127.0.0.1:{server.server_port}/")
                p50, p98 = np.percentile(times, [50, 98])
                print(f"{name:14} {len(times):4} inputs: median {p50:3.0f} ms, p98 {p98:3.0f} ms")
                page.close()
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
