"""What a build brings back: a print of every figure, and all that is known of it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darkroom.cache import Files
from darkroom.cite import expanded, spoken, track
from darkroom.data import Data, to_json, unpack
from darkroom.errors import Fault, nearest
from darkroom.figure import Figure
from darkroom.files import replace
from darkroom.hashing import digest
from darkroom.inputs import Inputs
from darkroom.render import FRAME
from darkroom.themes import THEMES

PIXELS = 1.5 * 72  # of a page, at most, for one inch of a still: its small print is then 16 px


@dataclass(slots=True)
class RenderedFigure:
    """A figure on its way to the page: what its file says, what was made of it, and from what."""

    figure: Figure
    needs: dict[str, Inputs]  # product: `light`, `dark`, maybe `measure` → what it depends on
    draft: bool = False  # of a motion: quick and coarse
    before: dict[str, Any] = field(default_factory=dict)  # its note when it was last made
    made: dict[str, Files] = field(default_factory=dict)  # product → files
    seconds: dict[str, float] = field(default_factory=dict)  # product → what it took, if made now
    reads: Inputs = field(default_factory=dict)  # data file that was read → digest
    data: Data = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)  # claim, caption, … with their numbers
    files: Files = field(default_factory=dict)  # `light.svg`, `dark.png`, `json`, `py`, … → content

    @property
    def title(self) -> str:
        """What it is remembered by."""
        return self.figure.name + " (draft)" * self.draft

    @property
    def packed(self) -> bytes:
        """What it measured, as it was packed."""
        return self.made.get("measure", {}).get("npz", b"")

    @property
    def inputs(self) -> Inputs:
        """All that it depends on: sources, libraries, data files → digests."""
        parts = (*self.needs.values(), self.reads)
        return {label: value for part in parts for label, value in part.items()}

    @property
    def sources(self) -> Inputs:
        """The same without who imports what."""
        return {label.partition(" (imp")[0]: value for label, value in self.inputs.items()}

    @property
    def pixels(self) -> tuple[int, int]:
        """Its width and height on a page."""
        if self.figure.kind == "motion":
            return FRAME
        width, height = self.figure.size
        return round(width * PIXELS), round(height * PIXELS)

    @property
    def note(self) -> dict[str, Any]:
        """What is remembered of it: its inputs, and what each product took when it was made."""
        return {"inputs": self.inputs, "seconds": self.before.get("seconds", {}) | self.seconds}

    @property
    def core_modules(self) -> list[str]:
        """The modules of the maths that its file names, as `zigzag/cone.py`."""
        own = f" (imported by `figures/{self.figure.path.name}`)"
        named = (label.removesuffix(own) for label in self.inputs if label.endswith(own))
        return sorted(name for name in named if name.startswith("zigzag/") and "/_" not in name)

    def key(self, product: str) -> str:
        """The digest of all that one product depends on, but for the data files that it reads."""
        needs = (f"{label}={value}" for label, value in sorted(self.needs[product].items()))
        if product == "measure":  # a draft of a motion has its numbers in full
            return digest(product, b"", *needs)
        return digest(product, self.packed, *["draft"] * self.draft, *needs)

    def finish(self) -> None:
        """Fill in what is published; a `Mistake` is the fault of the figure's words."""
        figure, self.data = self.figure, unpack(self.packed)
        for name in (*figure.reads, *figure.choices.values()):
            nearest(name, self.data, "number that measure() returns")
        own = {figure.name: self.data}, figure.name
        self.words = {key: expanded(getattr(figure, key), *own) for key in ("claim", "caption")}
        self.words["alt"] = spoken(figure.alt, *own)
        self.words["transcript"] = [(at, spoken(seen, *own)) for at, seen in figure.transcript]
        for theme in THEMES:
            self.files |= {f"{theme}.{end}": body for end, body in self.made[theme].items()}
        self.files["py"] = figure.path.read_bytes()
        if figure.measured:
            self.files["json"] = to_json(self.data)
        if figure.transcript:
            self.files["vtt"] = track(self.words["transcript"])

    def manifest(self) -> dict[str, Any]:
        """All that is known of it, for other tools."""
        return {
            "kind": self.figure.kind,
            **self.words,
            "size": self.figure.size if self.figure.kind == "still" else FRAME,  # inches, or pixels
            "files": {f"figures/{self.figure.name}.{e}": len(f) for e, f in self.files.items()},
            "data": self.data,
            "inputs": self.sources,
            "seconds": self.note["seconds"],
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
        for name, made in self.figures.items():
            took = ", ".join(f"{product} {s:.1f} s" for product, s in made.seconds.items())
            size = sum(map(len, made.files.values()))
            lines.append(f"{name:24} {size:11,} bytes   {took or 'from cache'}")
        return "\n".join([*lines, *(f"{name:24} failed" for name in self.faults)])

    def fault_messages(self) -> list[str]:
        """Every fault, once: a module that is no Python stops many figures."""
        return [*dict.fromkeys(map(str, self.faults.values()))]

    def published_files(self) -> Files:
        """Path below the site → content: the figures', and the modules of the maths they name."""
        prints = self.figures.items()
        files = {f"figures/{name}.{end}": f for name, p in prints for end, f in p.files.items()}
        core = sorted({module for made in self.figures.values() for module in made.core_modules})
        return files | {f"figures/{name}": (self.root / "src" / name).read_bytes() for name in core}

    def publish(self, out: Path) -> None:
        """Write all files and `figures.json`; what is there of figures that are gone is removed."""
        manifest: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            manifest = json.loads((out / "figures.json").read_bytes())
        before = _listed(manifest)
        manifest = {name: manifest[name] for name in manifest if name in self.all_names}
        manifest |= {name: made.manifest() for name, made in self.figures.items()}
        for path, content in {**self.published_files(), "figures.json": to_json(manifest)}.items():
            replace(out / path, content)
        for path in before - _listed(manifest):
            (out / "figures" / Path(path).name).unlink(missing_ok=True)


def _listed(manifest: dict[str, Any]) -> set[str]:
    return {path for told in manifest.values() for path in told["files"]}
