"""Explorable figures as a page carries them, served to a real Chromium; without the whole site."""

import shutil
from pathlib import Path

import pytest
import web
from likeness import explorables
from markdown import Markdown

from bindery.markdown.figures import Figures
from darkroom.build import Darkroom
from inks.palette import stylesheet

DAY = 86_400
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
            html = Markdown(extensions=[figures]).convert(f"![](figure:{name})")
            (folder / f"{name}.html").write_text(PAGE.format(name=name, figure=html))

    with web.served(folder) as host:
        yield folder, host.address


@pytest.fixture
def visit(tab, served):
    """Open an explorable's page; what the browser complained of comes with it.

    Its clock stands still, but for what a test lets pass: no machine is too slow for it.
    """

    def opened(name, *, width=1280, state="", **options):
        page, complaints = tab(viewport={"width": width, "height": 900}, **options), []
        page.on("console", lambda m: complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        scripts = options.get("java_script_enabled", True)
        if scripts:
            page.clock.install(time=0)
        page.goto(f"{served[1]}{name}.html{state}", wait_until="load")
        if scripts:
            page.wait_for_selector(f"#{name}.playing")
            page.clock.pause_at(DAY)
        return page, complaints

    return opened
