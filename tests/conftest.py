"""What tests in many folders share: a small project, the built site, a browser, two workers."""

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright
from projects import Project
from xdist.scheduler import LoadFileScheduling

from bindery.chromium import chromium

ROOT = Path(__file__).parents[1]
PATIENCE = 60_000  # ms that a test waits in a browser: a machine may be busy
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
def site(tmp_path_factory, worker_id) -> Path:
    """The folder of the strictly built site: one worker builds it for all."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    out, ready = shared / "built" / "site", shared / "built" / "ready"
    out.parent.mkdir(exist_ok=True)
    with FileLock(shared / "built" / "lock"):
        if not ready.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            ready.touch()
    return out


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; no other host can be found from it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """A page in the browser; options as for a context."""
    contexts = []

    def opened(**options):
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
