"""The package loads what it is asked for, and nothing else."""

import subprocess
import sys


def test_importing_the_cone_loads_nothing_heavy():
    code = "import sys, zigzag.cone; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"scipy", "matplotlib", "manim", "sklearn"} & set(loaded.stdout.split())


def test_the_package_itself_imports_nothing():
    code = "import sys, zigzag; print([m for m in sys.modules if m[:6] in ('numpy', 'zigzag.')])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split("\n")[0] == "[]"
