"""How much to measure: all of it, or, if BENCH=small, as little as shows that it still works."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = Path(os.environ.get("SITE", ROOT / "site"))
SMALL = os.environ.get("BENCH") == "small"
for part in ("darkroom", "bindery", "site"):  # what their tests share
    sys.path.append(str(ROOT / "tests" / part))


def most(full, small):
    """The one or the other."""
    return small if SMALL else full
