"""The same twelve stills by the darkroom, by mkdocs-gallery and by sphinx-gallery, in one run.

Prints the median seconds of four situations and the ratios that matter; asserts nothing on time.
The peers stand in an environment of their own, so that the site's lock stays free of them.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS, STILLS = 5, 12
PEERS = ["mkdocs-gallery==0.10.4", "sphinx-gallery==0.22.1", "sphinx", "mkdocs-material==9.8.1"]
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
USERS = 4  # stills that import the core; the others bring their own curve


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


def seconds(command: list[str], root: Path) -> float:
    start = time.perf_counter()
    path = {"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - start


def touch(path: Path, run: int) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("1.0 *", f"1.{run + 1} *").replace("Curve", f"Curve{run}"), "utf-8"
    )


def situations(layout, first: str, core: str, name: str) -> dict[str, float]:
    """Median seconds from nothing, with nothing to do, with one script or the core changed."""
    took: dict[str, list[float]] = {}
    for run in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            command = layout(root)
            for situation in ("from nothing", "nothing to do", "one script", "the core"):
                if situation == "one script":
                    touch(root / first, run)
                if situation == "the core":
                    touch(root / core, run)
                took.setdefault(situation, []).append(seconds(command, root))
    medians = {situation: statistics.median(times) for situation, times in took.items()}
    print(f"{name:16}" + "".join(f"{value:14.2f}" for value in medians.values()), flush=True)
    return medians


def plain(layout, name: str) -> float:
    """Median seconds of the generator alone, with the same theme and one page."""
    times = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            command = layout(root)
            if "sphinx" in command:
                write(root / "conf.py", "project = 'S'\nexclude_patterns = ['examples']\n")
                write(root / "index.rst", "Start\n=====\n")
            else:
                write(root / "mkdocs.yml", "site_name: S\ntheme: {name: material, font: false}\n")
                write(root / "docs/index.md", "# Start\n")
            seconds(command, root)
            times.append(seconds(command, root))
    print(f"{name:16}{'':14}{statistics.median(times):14.2f}", flush=True)
    return statistics.median(times)


def main() -> None:
    """Set the peers up, measure, compare."""
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/venv/bin/python"
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet"]
        wanted = [*PEERS, "matplotlib==3.11.2", "numpy==2.4.6", "mkdocs==1.6.1"]
        subprocess.run([*uv, "--compile-bytecode", "--python", python, *wanted], check=True)
        print(f"seconds, medians of {RUNS}; {STILLS} stills")
        heads = ("from nothing", "nothing to do", "one script", "the core")
        print(f"{'':16}" + "".join(f"{head:>14}" for head in heads))
        ours = situations(darkroom, "figures/plot_0.py", "src/core.py", "darkroom")
        alone = plain(darkroom, "mkdocs alone")
        peers = {}
        for layout, first, name in (
            (mkdocs_gallery, "docs/examples/plot_0.py", "mkdocs-gallery"),
            (sphinx_gallery, "examples/plot_0.py", "sphinx-gallery"),
        ):
            made = situations(lambda root, f=layout: f(root, python), first, "core.py", name)
            peers[name] = made, plain(lambda root, f=layout: f(root, python), "  alone")
        fastest = min(made["from nothing"] for made, _ in peers.values())
        print(f"from nothing: {ours['from nothing'] / fastest:.2f} of the faster peer")
        shares = [made["nothing to do"] - bare for made, bare in peers.values()]
        share = ours["nothing to do"] - alone
        print(
            f"nothing to do, our share: {share:.2f} s, {share / min(shares):.2f} of the lighter's"
        )


if __name__ == "__main__":
    main()
