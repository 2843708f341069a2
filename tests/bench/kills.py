"""A hundred kills −9 at random moments of a site's build, and workers killed in mid-job.

After every kill `site/` must be a complete good site; after all of them a build completes and has
the bytes of one that was never disturbed. Prints the number of faults tried; ends with 1 if any of
that fails.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from bench import most
from projects import STILL, Project

KILLS, LOST_WORKERS = most((100, 5), (2, 1))
CONFIG = "site_name: S\ntheme: {name: material, font: false}\nplugins: [bindery]\n"
SITE = [sys.executable, "-m", "mkdocs", "build", "--strict"]
DASK = [sys.executable, "-m", "dask"]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def sample(root: Path) -> Project:
    """Four stills and a page that shows them."""
    project = Project(root)
    for name in "abc":
        project.figure(name, STILL.replace("line.rise(3)", f"line.rise({ord(name)})"))
    project.write("mkdocs.yml", CONFIG)
    pictures = "\n\n".join(f"![](figure:{name})" for name in ("line", *"abc"))
    project.write("docs/index.md", f"# Start\n\n{pictures}\n")
    return project


def turn(project: Project, i: int) -> None:
    """Edit the core and the page, so that every figure and the page are stale."""
    project.write("src/zigzag/scale.py", f"UNIT = {1 + i}.0\n")
    page = project.root / "docs/index.md"
    page.write_text(f"# Start {i}\n" + page.read_text().partition("\n")[2])


def pictures(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.glob("figures/*.svg"))}


def whole(site: Path) -> bool:
    """The page, closed, and eight pictures, closed: a site never seen half built."""
    made = pictures(site)
    page = (site / "index.html").read_text()
    ended = all(picture.rstrip().endswith(b"</svg>") for picture in made.values())
    return len(made) == 8 and ended and page.rstrip().endswith("</html>")


def killed_builds(folder: Path) -> bool:
    """Kill a build again and again, each at another moment, each with everything stale."""
    project, moments = sample(folder / "killed"), random.Random(5)
    start = time.perf_counter()
    subprocess.run(SITE, cwd=project.root, check=True, **QUIET)
    span, good, cut = time.perf_counter() - start, True, 0
    for i in range(KILLS):
        turn(project, i)
        build = subprocess.Popen(SITE, cwd=project.root, start_new_session=True, **QUIET)
        time.sleep(moments.uniform(0.05, 0.9 * span))
        cut += build.poll() is None
        with suppress(ProcessLookupError):
            os.killpg(build.pid, 9)
        build.wait()
        good = good and whole(project.root / "site")
    subprocess.run(SITE, cwd=project.root, check=True, **QUIET)
    calm = sample(folder / "calm")
    turn(calm, KILLS - 1)
    subprocess.run(SITE, cwd=calm.root, check=True, **QUIET)
    same = pictures(project.root / "site") == pictures(calm.root / "site")
    print(
        f"kills of a build: {KILLS}, of them in mid-build {cut}; site/ always whole: {good}; ",
        end="",
    )
    print(f"the next build has the bytes of an undisturbed one: {same}", flush=True)
    return good and same and cut >= KILLS / 2


def lost_workers(folder: Path) -> bool:
    """Kill one of two workers when it is seen to be at a job; the job must be done elsewhere."""
    survived = 0
    for i in range(LOST_WORKERS):
        project = sample(folder / f"cluster-{i}")
        slow = "    import time; time.sleep(4)\n    fig.subplots()"
        for name in ("line", "a"):
            project.figure(name, STILL.replace("    fig.subplots()", slow))
        file = folder / f"scheduler-{i}.json"
        at = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        first = [*DASK, "scheduler", "--port", "0", *at]
        worker = [*DASK, "worker", "--nthreads", "1", "--no-nanny", *at]
        alone = {"start_new_session": True, "cwd": folder, **QUIET}
        cluster = [subprocess.Popen(first, **alone)]
        while not file.exists():
            time.sleep(0.1)
        for n in range(2):
            scratch = {"TMPDIR": tempfile.mkdtemp(dir=folder, prefix=f"worker-{n}-")}
            cluster.append(subprocess.Popen(worker, env=os.environ | scratch, **alone))
        address = json.loads(file.read_text())["address"]
        command = [sys.executable, "-m", "darkroom", "--root", str(project.root), "build"]
        build = subprocess.Popen([*command, "--scheduler", address], **QUIET)
        while build.poll() is None and not at_work(Path(scratch["TMPDIR"]), moment=i / 2):
            time.sleep(0.1)
        busy = build.poll() is None
        os.killpg(cluster[2].pid, 9)
        survived += busy and build.wait(120) == 0
        for process in cluster:
            process.kill()
            process.wait()
    print(f"workers killed in mid-job: {LOST_WORKERS}; the build completed: {survived}", flush=True)
    return survived == LOST_WORKERS


def at_work(scratch: Path, moment: float) -> bool:
    """Whether a worker's job has had its own folder for so many seconds."""
    ages = [time.time() - path.stat().st_ctime for path in scratch.glob("darkroom-*/said")]
    return any(age > moment for age in ages)


def main() -> None:
    """Both, and the sum."""
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        good = [killed_builds(folder), lost_workers(folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"faults tried: {KILLS + LOST_WORKERS}")
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
