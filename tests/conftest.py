"""A small project of its own for every test that asks for one, and one browser for all."""

import pytest
from playwright.sync_api import sync_playwright
from projects import Project
from xdist.scheduler import LoadFileScheduling

from bindery.chromium import chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


SPREAD = {  # their tests share nothing dear, and are many or slow: each runs on either worker
    "test_explorables.py",
    "test_faults.py",
    "test_perturbed_core.py",
    "test_promises.py",
}


class Balanced(LoadFileScheduling):
    """A file's tests run on one worker, which makes once what they share; some files are spread.

    (Marks for groups are of no use: pytest 9.2 no longer lets xdist write them into a test's name.)
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return nodeid if path.rpartition("/")[2] in SPREAD else path


def pytest_xdist_make_scheduler(config, log):
    """Large files first, then the spread ones test by test, so that both workers end together."""
    return Balanced(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; no other host can be found from it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
