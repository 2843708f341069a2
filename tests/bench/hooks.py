"""How long the quick checks before a commit take: for one figure, and for all files.

Prints the median and the slowest of a few runs, in a copy of the sources with a git of its own.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import ROOT, most

RUNS = most(5, 1)
FIGURE = "figures/valley.py"
BIN = Path(sys.executable).parent


def seconds(root: Path, *arguments: str) -> list[float]:
    """Of each run of the hooks."""
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(
            [BIN / "pre-commit", "run", *arguments], cwd=root, check=True, capture_output=True
        )
        took.append(time.perf_counter() - start)
    return took


def main() -> None:
    """One figure staged; then everything."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, root / name)
        (root / ".venv").symlink_to(BIN.parent)
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        subprocess.run(["git", "add", FIGURE, ".pre-commit-config.yaml"], cwd=root, check=True)
        one = seconds(root)
        subprocess.run(["git", "add", "."], cwd=root, check=True)
        whole = seconds(root, "--all-files")
    print(f"the checks before a commit, seconds of {RUNS} runs (at most 5 are promised):")
    for what, took in {"one figure": one, "all files": whole}.items():
        print(f"  {what:12} median {statistics.median(took):.2f}, slowest {max(took):.2f}")


if __name__ == "__main__":
    main()
