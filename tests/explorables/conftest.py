"""Explorable figures as a page carries them, served to a real Chromium; without the whole site."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest
from likeness import explorables

from bindery.markdown.figures import Figures
from darkroom.build import Darkroom
from inks.palette import stylesheet

ROOT, TINY = Path(__file__).parents[2], Path(__file__).parent / "tiny"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:">
<link rel="icon" href="data:,"><link rel="stylesheet" href="frame.css">
<link rel="stylesheet" href="inks.css"><link rel="stylesheet" href="site.css">
<link rel="stylesheet" href="explorables/explorables.css">
<body data-md-color-scheme="default" class="md-typeset"><main><h1>{name}</h1>
{figure}</main></html>"""


FRAME = (  # of the theme, what decides where things stand
    "html {font-size: 125%} * {box-sizing: border-box} body {margin: 0} main {margin: 0 15px}"
    "p {margin: 0} figure {display: flow-root} img {max-width: 100%; height: auto}"
)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """A folder with one page an explorable, and where it is served."""
    folder = tmp_path_factory.mktemp("explorables")
    shutil.copytree(ROOT / "docs" / "explorables", folder / "explorables")
    shutil.copy(ROOT / "docs" / "theme" / "site.css", folder)
    (folder / "frame.css").write_text(FRAME)
    (folder / "inks.css").write_text(stylesheet())
    (folder / "figures").mkdir()
    copy = shutil.copytree(TINY, tmp_path_factory.mktemp("tiny"), dirs_exist_ok=True)
    (copy / "src").symlink_to(ROOT / "src")
    shutil.copytree(copy / "docs" / "explorables", folder / "explorables", dirs_exist_ok=True)
    for root in (ROOT, copy):
        names = explorables(root)
        figures = Figures(Darkroom(root).build(names))
        for name in names:
            for ending, content in figures.result.figures[name].files.items():
                (folder / "figures" / f"{name}.{ending}").write_bytes(content)
            html = figures.block(f"![](figure:{name})")
            (folder / f"{name}.html").write_text(PAGE.format(name=name, figure=html))

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def visit(browser, served):
    """Open an explorable's page; what the browser complained of comes with it."""
    contexts = []

    def opened(name, *, width=1280, state="", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page, complaints = context.new_page(), []
        page.on("console", lambda m: complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{served[1]}{name}.html{state}", wait_until="load")
        if options.get("java_script_enabled", True):
            page.wait_for_selector(f"#{name}.playing", timeout=9000)
        return page, complaints

    yield opened
    for context in contexts:
        context.close()
