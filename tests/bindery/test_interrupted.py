"""A full disk and Ctrl-C end a build in plain words, and the last good site stands."""

import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

BUILD = [sys.executable, "-m", "mkdocs", "build", "--strict"]
CONFIG = "site_name: S\ntheme: {name: material, font: false}\nplugins: [bindery]\n"


@pytest.fixture
def site(project):
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Good\n\n![](figure:line)\n")
    subprocess.run(BUILD, cwd=project.root, check=True, capture_output=True)
    project.edit("docs/index.md", "Good", "Better")
    return project


def test_a_disk_that_takes_no_more_leaves_the_good_site(site):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # of any one file
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        BUILD, cwd=site.root, capture_output=True, text=True, preexec_fn=small, timeout=60
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "\n[Errno 27] File too large: '" in done.stdout
    assert "Good" in (site.root / "site/index.html").read_text()
    assert not list(site.root.glob(".site-*")), "nothing is left behind"
    subprocess.run(BUILD, cwd=site.root, check=True, capture_output=True)
    assert "Better" in (site.root / "site/index.html").read_text()


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(site):
    shutil.rmtree(site.root / ".cache")
    (site.root / ".cache").write_text("this is no folder")
    done = subprocess.run(BUILD, cwd=site.root, capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert "will be rendered again" in done.stderr
    assert "Better" in (site.root / "site/index.html").read_text()
    assert (site.root / "site/cards/start.png").is_file()


def test_an_interrupt_in_mid_build_loses_nothing(site):
    site.edit("figures/line.py", "    fig.sub", "    import time; time.sleep(5)\n    fig.sub")
    build = subprocess.Popen(
        BUILD, cwd=site.root, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(3)
    build.send_signal(signal.SIGINT)
    said = build.communicate(timeout=30)[1]
    assert build.returncode == 1 and "Aborted!" in said and "Traceback" not in said, said
    assert "Good" in (site.root / "site/index.html").read_text()
    assert not list(site.root.glob(".site-*")), "nothing is left behind"
