"""Two hundred generated stills: what one costs that is fresh, and whether one more costs the same.

The cost of a fresh figure is the slope between few and many, so the start-up falls out of it.
"""

import statistics
import tempfile
import time
from pathlib import Path

from bench import most
from projects import STILL, Project

COUNTS, RUNS = most(((50, 100, 200), 5), ((2, 3), 1))


def measured(root: Path, count: int) -> tuple[float, float]:
    """Seconds to render so many stills, and the median seconds to find them all fresh."""
    project = Project(root)
    (root / "figures/line.py").unlink()
    for i in range(count):
        project.figure(f"still_{i}", STILL.replace("line.rise(3)", f"line.rise({i + 3})"))
    start = time.perf_counter()
    result, _ = project.build()
    rendering = time.perf_counter() - start
    assert len(result.figures) == count and result.rendered
    fresh = []
    for _ in range(RUNS):
        start = time.perf_counter()
        result, _ = project.build()
        fresh.append(time.perf_counter() - start)
        assert not result.rendered
    return rendering, statistics.median(fresh)


def main() -> None:
    """One row for each number of stills."""
    print(f"{'stills':>8}{'rendering, s':>14}{'s a still':>12}{'fresh, s':>10}{'ms a still':>12}")
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            rendering, fresh = measured(Path(folder), count)
        print(f"{count:8}{rendering:14.2f}{rendering / count:12.3f}{fresh:10.3f}", end="")
        print(f"{1000 * fresh / count:12.2f}", flush=True)


if __name__ == "__main__":
    main()
