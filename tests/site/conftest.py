"""The site as it ships: built strictly, served as a web server does, read in a real Chromium."""

import pytest
import web
from bs4 import BeautifulSoup


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
