"""The site as it ships: built strictly, served as a web server does, read in a real Chromium."""

import pytest
import web
from bs4 import BeautifulSoup

from bindery.pages.moved import is_signpost


@pytest.fixture(scope="session")
def pages(site) -> dict[str, BeautifulSoup]:
    """Every page's address below the site → its HTML, parsed; signposts at old ones left out."""
    files = sorted(site.rglob("*.html"))
    return {
        str(path.relative_to(site)).removesuffix("index.html"): BeautifulSoup(text, "html.parser")
        for path in files
        if not is_signpost(text := path.read_text(encoding="utf-8"))
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
