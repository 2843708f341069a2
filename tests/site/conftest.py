"""The site as it ships: built strictly, served as a web server does, read in a real Chromium."""

import subprocess
import sys
from pathlib import Path

import pytest
import web
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of the strictly built site."""
    out = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def pages(site) -> dict[str, BeautifulSoup]:
    """Every page's address below the site → its HTML, parsed."""
    files = sorted(site.rglob("*.html"))
    return {
        str(path.relative_to(site)).removesuffix("index.html"): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in files
    }


@pytest.fixture(scope="session")
def host(site):
    """Where the site is served, and what was sent."""
    with web.served(site) as host:
        yield host


@pytest.fixture(scope="session")
def address(host):
    """The site's address."""
    return host.address


@pytest.fixture
def tab(browser):
    """A page in the browser; options as for a context."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
