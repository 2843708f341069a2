"""How long an edit of a still takes until the browser reloads: the real site, copied and served.

Prints the median and the slowest of a few edits; asserts that the picture is the new one.
"""

import os
import shutil
import statistics
import tempfile
from pathlib import Path

from bench import ROOT, most
from serving import serving

EDITS = most(9, 1)
STILL, WIDTH = "figures/valley.py", "linewidths=1.4"
PREFIX = "/parallel-parking"


def main() -> None:
    """Edit the drawing of one still, again and again."""
    os.environ["REFERENCE"] = "false"  # as `make serve` does
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("docs", "figures", "src", ".cache/darkroom"):
            shutil.copytree(ROOT / name, root / name, copy_function=shutil.copy2)
        for name in ("mkdocs.yml", "CITATION.cff"):
            shutil.copy2(ROOT / name, root)
        with serving(root, root / "said", PREFIX, patience=600) as reader:
            seconds = [timed(reader, root / STILL, i) for i in range(EDITS)]
        print(f"an edited still, until the browser reloads, seconds of {EDITS} edits:")
        print(f"median {statistics.median(seconds):.2f}, slowest {max(seconds):.2f}")


def timed(reader, path: Path, i: int) -> float:
    """One edit of a figure's drawing, seen in the browser."""
    text = path.read_text(encoding="utf-8")
    picture = f"figures/{path.stem}.light.svg"
    before = reader.page(picture)
    edited = text.replace(WIDTH, f"linewidths={2 + i / 10}")
    assert edited != text
    took = reader.after(lambda: path.write_text(edited, "utf-8"))
    assert reader.page(picture) != before
    reader.after(lambda: path.write_text(text, "utf-8"))
    return took


if __name__ == "__main__":
    main()
