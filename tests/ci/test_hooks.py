"""The quick checks before a commit run what the environment has, and refuse what they should."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


FIGURE = 'r"""A claim."""\n\nALT = "A dot."\n\n\ndef draw(fig, ink, data):\n    pass\n'


@pytest.mark.parametrize(
    ("written", "instead", "hook"),
    [
        ("", "", ""),
        ("\n\n\ndef", "\n\n\n\n\ndef", "format"),
        ('ALT = "A dot."\n\n\n', "\n", "contract"),
        ("ALT", "from darkroom import cite\n\nCITE = cite\nALT", "lint"),
    ],
    ids=["fine", "unformatted", "silent", "leaky"],
)
def test_a_commit_is_refused_if_a_figure_breaks_the_rules(tmp_path, written, instead, hook):
    for part in (".pre-commit-config.yaml", "pyproject.toml", "figures/ruff.toml"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    (tmp_path / ".venv").symlink_to(BIN.parent)
    (tmp_path / "figures/dot.py").write_text(FIGURE.replace(written, instead))
    for command in (["init", "-q"], ["add", "figures/dot.py", ".pre-commit-config.yaml"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    done = subprocess.run([BIN / "pre-commit", "run"], cwd=tmp_path, capture_output=True, text=True)
    refused = re.findall(r"Failed\n- hook id: (\w+)", done.stdout)
    assert refused == [hook] * bool(hook), done.stdout + done.stderr
