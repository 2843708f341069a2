"""Every part of `make bench` still works: each is run at its smallest size."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = re.findall(r"for part in ([\w ]+);", (ROOT / "Makefile").read_text())[0].split()
TOLD = {  # what the last lines of each say
    "peers": "exactly those that import it: True",
    "many": "ms a still",
    "films": "drawing",
    "serve": "slowest",
    "kills": "faults tried: 3",
    "hooks": "all files",
    "latency": "p98",
}


def small(*command, **environment):
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"BENCH": "small", **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.nightly
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_bench_still_works(site, part):
    done = small(f"tests/bench/{part}.py", SITE=str(site))
    assert done.returncode == 0, done.stdout + done.stderr
    assert TOLD[part] in done.stdout


@pytest.mark.parametrize(
    "sample", [pytest.param("", marks=pytest.mark.nightly), "walkers or importing"]
)
def test_the_core_can_still_be_timed(sample):
    done = small("-m", "pytest", "-n0", "tests/bench", "-k", sample, "--benchmark-disable")
    assert done.returncode == 0, done.stdout + done.stderr
