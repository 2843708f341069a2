"""The same twelve stills by the darkroom, by mkdocs-gallery and by sphinx-gallery, in one run.

Prints the median seconds of four situations, the ratios that matter, and which pictures are new
when the core that some of them import has changed; ends with 1 if ours are others than those.
The peers stand in an environment of their own, so that the site's lock stays free of them.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench import SMALL, most

RUNS, STILLS = most((5, 12), (1, 3))
SITUATIONS = ("from nothing", "nothing to do", "one script", "the core")
PEERS = ["mkdocs-gallery==0.10.4", "sphinx-gallery==0.22.1", "sphinx"]
SHARED = ("mkdocs", "mkdocs-material", "matplotlib", "numpy")  # in the versions that we use
DRAWN = """
ax = fig.subplots()
for k in range(3):
    ax.plot(curve(400, {i} + k), label=str(k))
ax.set_title("Curve {i}")
ax.legend()
"""
CORE = (
    "import numpy as np\n\n\ndef curve(n, k):\n    return np.sin(np.linspace(0, 1.0 * k + 1, n))\n"
)
USERS = most(4, 1)  # stills that import the core; the others bring their own curve


def still(i: int) -> tuple[str, str]:
    """The imports and the drawing of one still."""
    own = CORE.replace("import numpy as np", "").strip()
    imports = "import numpy as np\n" + ("from core import curve\n" if i < USERS else f"\n\n{own}\n")
    return imports, DRAWN.format(i=i)


def darkroom(root: Path) -> list[str]:
    for i in range(STILLS):
        imports, drawn = still(i)
        body = drawn.replace("\n", "\n    ")
        head = f'"""Curve {i} waves."""\n{imports}\nALT = "A wave."\n'
        write(root / f"figures/plot_{i}.py", f"{head}\n\ndef draw(fig, ink, data):{body}\n")
    write(root / "src/core.py", CORE)
    lines = "\n\n".join(f"![](figure:plot_{i})" for i in range(STILLS))
    write(root / "docs/index.md", f"# Gallery\n\n{lines}\n")
    write(
        root / "mkdocs.yml",
        "site_name: S\ntheme: {name: material, font: false}\nplugins: [bindery]\n",
    )
    return [sys.executable, "-m", "mkdocs", "build", "-q"]


def script(i: int, marker: str) -> str:
    imports, drawn = still(i)
    title = f'"""\nCurve {i}\n{marker * 8}\n"""\n'
    figure = "from matplotlib import pyplot as plt\n\nfig = plt.figure(layout='constrained')\n"
    return f"{title}{imports}{figure}{drawn}plt.show()\n"


def mkdocs_gallery(root: Path, python: str) -> list[str]:
    for i in range(STILLS):
        write(root / f"docs/examples/plot_{i}.py", script(i, "="))
    write(root / "docs/examples/README.md", "# Gallery\n")
    write(root / "docs/index.md", "# Start\n")
    write(root / "core.py", CORE)
    config = "site_name: S\ntheme: {name: material, font: false}\nplugins:\n  - gallery:\n"
    config += "      examples_dirs: docs/examples\n      gallery_dirs: docs/generated\n"
    config += "nav:\n  - index.md\n  - generated/gallery\n"
    write(root / "mkdocs.yml", config)
    return [python, "-m", "mkdocs", "build", "-q"]


def sphinx_gallery(root: Path, python: str) -> list[str]:
    for i in range(STILLS):
        write(root / f"examples/plot_{i}.py", script(i, "="))
    write(root / "examples/README.rst", "Gallery\n=======\n")
    write(root / "index.rst", "Start\n=====\n\n.. toctree::\n\n   made/index\n")
    write(root / "core.py", CORE)
    config = "project = 'S'\nextensions = ['sphinx_gallery.gen_gallery']\n"
    config += "exclude_patterns = ['examples']\n"
    config += "sphinx_gallery_conf = {'examples_dirs': 'examples', 'gallery_dirs': 'made'}\n"
    write(root / "conf.py", config)
    return [python, "-m", "sphinx", "-q", "-b", "html", ".", "site"]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def seconds(command: list[str], root: Path) -> tuple[float, str]:
    """How long it took, and what it said."""
    start = time.perf_counter()
    path = {"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - start, done.stderr


def touch(path: Path, run: int) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("1.0 *", f"1.{run + 1} *").replace("Curve", f"Curve{run}"), "utf-8"
    )


def pictures(root: Path) -> dict[str, bytes]:
    """Each still → all pictures of it on the built site, under whatever names."""
    found: dict[str, bytes] = {}
    for path in sorted((root / "site").rglob("*plot_*")):
        if path.suffix in {".svg", ".png"}:
            name = re.findall(r"plot_\d+", path.name)[0]
            found[name] = found.get(name, b"") + path.read_bytes()
    return found


@dataclass
class Builder:
    """Who builds the stills, and what that took."""

    name: str
    layout: Callable[[Path], list[str]]  # writes a project, returns the command that builds it
    first: str  # the script that changes
    core: str  # the module that changes
    took: dict[str, list[float]] = field(default_factory=dict)  # situation → seconds of each run
    new: set[str] = field(default_factory=set)  # stills whose picture the core has changed
    said: str = ""  # of that build

    def run(self, number: int) -> None:
        """Build from nothing, with nothing to do, with one script and with the core changed."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            command = self.layout(root)
            for situation in SITUATIONS:
                if situation == "one script":
                    touch(root / self.first, number)
                if situation == "the core":
                    before = pictures(root)
                    touch(root / self.core_modules, number)
                spent, self.said = seconds(command, root)
                self.took.setdefault(situation, []).append(spent)
            self.new = {name for name, drawn in pictures(root).items() if drawn != before[name]}

    def alone(self) -> None:
        """Build one page by the generator alone, with the same theme, a second time."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            command = self.layout(root)
            if "sphinx" in command:
                write(root / "conf.py", "project = 'S'\nexclude_patterns = ['examples']\n")
                write(root / "index.rst", "Start\n=====\n")
            else:
                write(root / "mkdocs.yml", "site_name: S\ntheme: {name: material, font: false}\n")
                write(root / "docs/index.md", "# Start\n")
            seconds(command, root)
            self.took.setdefault("alone", []).append(seconds(command, root)[0])

    def median(self, situation: str) -> float:
        return statistics.median(self.took[situation])

    @property
    def share(self) -> float:
        """Seconds with nothing to do, less the generator's."""
        return self.median("nothing to do") - self.median("alone")


def installed(folder: str) -> str:
    """The Python of a fresh environment with the peers in it."""
    python = f"{folder}/venv/bin/python"
    subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
    uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet"]
    wanted = [*PEERS, *(f"{name}=={version(name)}" for name in SHARED)]
    subprocess.run([*uv, "--compile-bytecode", "--python", python, *wanted], check=True)
    return python


def main() -> None:
    """Set the peers up, measure all in turn, as a machine has slow minutes, and compare."""
    ours = Builder("darkroom", darkroom, "figures/plot_0.py", "src/core.py")
    peers: list[Builder] = []
    with tempfile.TemporaryDirectory() as folder:
        if not SMALL:  # they come from the network
            python = installed(folder)
            first = "examples/plot_0.py"
            for name, layout, script in (
                ("mkdocs-gallery", mkdocs_gallery, f"docs/{first}"),
                ("sphinx-gallery", sphinx_gallery, first),
            ):
                peers.append(Builder(name, partial(layout, python=python), script, "core.py"))
        for number in range(RUNS):
            for builder in (ours, *peers):
                builder.run(number)
                builder.alone()
    print(f"seconds, medians of {RUNS}; {STILLS} stills, {USERS} of them import the core")
    heads = [*SITUATIONS, "alone"]
    print(f"{'':16}" + "".join(f"{head:>14}" for head in heads))
    for builder in (ours, *peers):
        row = "".join(f"{builder.median(head):14.2f}" for head in heads)
        print(f"{builder.name:16}{row}   new: {', '.join(sorted(builder.new)) or 'none'}")
    if peers:
        ratio = ours.median("from nothing") / min(peer.median("from nothing") for peer in peers)
        print(f"from nothing: {ratio:.2f} of the faster peer")
        share = ours.share / min(peer.share for peer in peers)
        print(f"nothing to do, our share: {ours.share:.2f} s, {share:.2f} of the lighter's")
    users = {f"plot_{i}" for i in range(USERS)}
    drawn = set(re.findall(r"^(plot_\d+) .*\blight\b", ours.said, re.MULTILINE))
    exact = ours.new == drawn == users
    print(f"the core changed: drawn again are exactly those that import it: {exact}")
    sys.exit(not exact)


if __name__ == "__main__":
    main()
