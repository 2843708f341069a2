"""The quick checks before a commit run what the environment has, and refuse what they should."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    ("name", "text", "refused"),
    [
        (
            "figures/fine.py",
            'r"""A claim."""\n\nALT = "A dot."\n\n\ndef draw(fig, ink, data):\n    pass\n',
            False,
        ),
        ("figures/unformatted.py", "x  =  1\n", True),
        ("figures/silent.py", 'r"""A claim."""\n\n\ndef draw(fig, ink, data):\n    pass\n', True),
        ("figures/leaky.py", "import darkroom\n", True),
    ],
)
def test_a_commit_is_refused_if_a_figure_breaks_the_rules(tmp_path, name, text, refused):
    for part in (".pre-commit-config.yaml", "pyproject.toml", "figures/ruff.toml"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    (tmp_path / ".venv").symlink_to(BIN.parent)
    (tmp_path / name).write_text(text)
    for command in (["init", "-q"], ["add", name, ".pre-commit-config.yaml"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    done = subprocess.run([BIN / "pre-commit", "run"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode != 0) is refused, done.stdout + done.stderr
