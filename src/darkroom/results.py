"""What a build returns: every figure rendered, with all that is known of it, and every fault."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darkroom.cache import Files
from darkroom.data import Data, to_json
from darkroom.errors import Fault
from darkroom.figure import Figure
from darkroom.files import replace
from darkroom.inputs import ROUTE, Inputs
from darkroom.render import FRAME

PIXELS = 1.5 * 72  # of a page, at most, for one inch of a still: its small print is then 16 px


@dataclass(frozen=True, slots=True)
class RenderedFigure:
    """A figure as it is published: what its file says, what was made of it, and from what."""

    figure: Figure
    inputs: Inputs  # all that it depends on: sources, libraries, data files → digests
    seconds: dict[str, float] = field(default_factory=dict)  # product → what it took, if made now
    all_seconds: dict[str, float] = field(default_factory=dict)  # the same, whenever it was made
    data: Data = field(default_factory=dict)  # what it measured
    words: dict[str, Any] = field(default_factory=dict)  # claim, caption, … with their numbers
    files: Files = field(default_factory=dict)  # `light.svg`, `light.png`, `json`, `py`, … → bytes

    @property
    def sources(self) -> Inputs:
        """Its inputs without who imports what."""
        sources = {}
        for label, value in self.inputs.items():
            without_route = label.partition(ROUTE)[0]
            sources[without_route] = value
        return sources

    @property
    def pixels(self) -> tuple[int, int]:
        """Its width and height on a page."""
        if self.figure.kind == "motion":
            return FRAME
        width, height = self.figure.size
        return round(width * PIXELS), round(height * PIXELS)

    @property
    def core_modules(self) -> list[str]:
        """The modules of the maths that its file imports by name, as `zigzag/cone.py`."""
        route = f"{ROUTE}`figures/{self.figure.path.name}`)"
        modules = []
        for label in self.inputs:
            name = label.removesuffix(route)
            if name != label and name.startswith("zigzag/") and "/_" not in name:
                modules.append(name)
        return sorted(modules)

    def manifest(self) -> dict[str, Any]:
        """All that is known of it, for other tools."""
        figure = self.figure
        sizes = {f"figures/{figure.name}.{end}": len(body) for end, body in self.files.items()}
        return {
            "kind": figure.kind,
            **self.words,
            "size": figure.size if figure.kind == "still" else FRAME,  # inches, or pixels
            "files": sizes,
            "data": self.data,
            "inputs": self.sources,
            "seconds": self.all_seconds,
        }


@dataclass(slots=True)
class BuildResult:
    """All figures of one build by name, and the faults of those that failed."""

    root: Path
    figures: dict[str, RenderedFigure] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    all_names: Iterable[str] = ()  # all figures, also those that were not asked for
    rendered: bool = False  # something was stale

    def summary(self) -> str:
        """What each figure took and weighs."""
        lines = []
        for name, figure in self.figures.items():
            size = sum(map(len, figure.files.values()))
            times = [f"{product} {took:.1f} s" for product, took in figure.seconds.items()]
            lines.append(f"{name:24} {size:11,} bytes   {', '.join(times) or 'from cache'}")
        lines += [f"{name:24} failed" for name in self.faults]
        return "\n".join(lines)

    def fault_messages(self) -> list[str]:
        """Every fault, once: a module that is no Python stops many figures."""
        return [*dict.fromkeys(map(str, self.faults.values()))]

    def published_files(self) -> Files:
        """Path below the site → content: the figures', and the modules of the maths they name."""
        files: Files = {}
        modules: set[str] = set()
        for name, figure in self.figures.items():
            modules.update(figure.core_modules)
            for end, body in figure.files.items():
                files[f"figures/{name}.{end}"] = body
        for module in sorted(modules):
            files[f"figures/{module}"] = (self.root / "src" / module).read_bytes()
        return files

    def publish(self, out: Path) -> None:
        """Write all files and `figures.json`; what is there of figures that are gone is removed."""
        before: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            before = json.loads((out / "figures.json").read_bytes())
        manifest = {name: before[name] for name in before if name in self.all_names}
        manifest |= {name: figure.manifest() for name, figure in self.figures.items()}
        for path, content in self.published_files().items():
            replace(out / path, content)
        replace(out / "figures.json", to_json(manifest))
        for path in _listed(before) - _listed(manifest):
            (out / "figures" / Path(path).name).unlink(missing_ok=True)


def _listed(manifest: dict[str, Any]) -> set[str]:
    """The files that a manifest lists."""
    paths: set[str] = set()
    for figure in manifest.values():
        paths.update(figure["files"])
    return paths
