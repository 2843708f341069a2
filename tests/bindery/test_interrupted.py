"""A full disk and Ctrl-C end a build in plain words, and the last good site stands."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from projects import STILL, Project, heed_interrupts

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
BUILD = [sys.executable, "-m", "mkdocs", "build", "--strict"]
CONFIG = "site_name: S\ntheme: {name: material, font: false}\nplugins: [bindery]\n"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The folder of a project whose site is built: made once, and copied for every test."""
    project = Project(tmp_path_factory.mktemp("good"))
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Good\n\n![](figure:line)\n")
    project.edit("figures/line.py", 'ALT = "', 'ALT = "Turn 0: ')
    subprocess.run(BUILD, cwd=project.root, check=True, capture_output=True)
    return project.root


@pytest.fixture
def site(good, project):
    """A copy of it whose page was edited since."""
    shutil.copytree(good, project.root, symlinks=True, dirs_exist_ok=True)
    project.edit("docs/index.md", "Good", "Better")
    return project


def test_a_disk_that_takes_no_more_leaves_the_good_site(site):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # of any one file
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        BUILD, cwd=site.root, capture_output=True, text=True, preexec_fn=small, timeout=120
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "\n[Errno 27] File too large: '" in done.stdout
    assert "Good" in (site.root / "site/index.html").read_text()
    assert not list(site.root.glob(".darkroom-site-*")), "nothing is left behind"
    subprocess.run(BUILD, cwd=site.root, check=True, capture_output=True)
    assert "Better" in (site.root / "site/index.html").read_text()


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(site):
    shutil.rmtree(site.root / ".cache")
    (site.root / ".cache").write_text("this is no folder")
    done = subprocess.run(BUILD, cwd=site.root, capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert "will be rendered again" in done.stderr
    assert "Better" in (site.root / "site/index.html").read_text()
    assert (site.root / "site/figures/line.light.avif").is_file()


def test_an_interrupt_in_mid_build_loses_nothing(site):
    site.edit("figures/line.py", "    fig.sub", "    import time; time.sleep(999)\n    fig.sub")
    build = subprocess.Popen(
        BUILD,
        cwd=site.root,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    assert any("`line` is stale" in line for line in build.stderr), "it is at work"
    build.send_signal(signal.SIGINT)
    said = build.communicate(timeout=60)[1]
    assert build.returncode == 1 and "Aborted!" in said and "Traceback" not in said, said
    assert "Good" in (site.root / "site/index.html").read_text()
    assert not list(site.root.glob(".darkroom-site-*")), "nothing is left behind"


@pytest.mark.nightly
@pytest.mark.nightly
def test_kills_at_random_moments_leave_a_whole_site_and_nothing_that_looks_whole(
    site, tmp_path_factory
):
    for name in "abc":
        site.figure(name, STILL.replace("line.rise(3)", f"line.rise({ord(name)})"))
    moments = random.Random(5)
    span = turned(site, 0)
    turn = cut = 0
    while cut < 5:  # until that many kills have hit a build at work
        turn += 1
        edited(site, turn)
        build = subprocess.Popen(BUILD, cwd=site.root, start_new_session=True, **QUIET)
        time.sleep(moments.uniform(0.3, 0.9) * span)
        if build.poll() is None:
            cut += 1
        else:
            span *= 0.8  # the machine was busier before
        with suppress(ProcessLookupError):
            os.killpg(build.pid, 9)
        build.wait()
        made = pictures(site)
        page = (site.root / "site/index.html").read_text()
        assert len(made) == 8 and page.rstrip().endswith("</html>")
        assert all(picture.rstrip().endswith(b"</svg>") for picture in made.values())
        shown = int(re.search(r"Turn (\d+)", page)[1])
        assert shown <= turn and f'src="figures/line.light.svg" alt="Turn {shown}:' in page
    turned(site, turn)
    untouched = Project(tmp_path_factory.mktemp("untouched"))
    for name in ("mkdocs.yml", "src/zigzag/scale.py", *(f"figures/{n}.py" for n in "abc")):
        untouched.write(name, (site.root / name).read_text())
    for name in ("figures/line.py", "docs/index.md"):
        untouched.write(name, (site.root / name).read_text())
    subprocess.run(BUILD, cwd=untouched.root, check=True, **QUIET)
    assert pictures(site) == pictures(untouched)


def edited(site, turn):
    """Make every figure and the page stale."""
    shown = "\n\n".join(f"![](figure:{name})" for name in ("line", *"abc"))
    site.write("docs/index.md", f"# Turn {turn}\n\n{shown}\n")
    site.write("src/zigzag/scale.py", f"UNIT = {turn}.5\n")
    text = (site.root / "figures/line.py").read_text()
    site.write("figures/line.py", re.sub(r'ALT = "[^:]*', f'ALT = "Turn {turn}', text))


def turned(site, turn):
    """The seconds of a build that is left alone."""
    edited(site, turn)
    start = time.monotonic()
    subprocess.run(BUILD, cwd=site.root, check=True, **QUIET)
    return time.monotonic() - start


def pictures(project):
    return {path.name: path.read_bytes() for path in project.root.glob("site/figures/*.svg")}
