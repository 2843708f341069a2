"""What a build brings back: a print of every figure, and all that is known of it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darkroom.cite import expanded, spoken, track
from inks.palette import THEMES
from inventory.catalog import Figure
from inventory.faults import Fault
from inventory.files import replace
from inventory.fingerprint import Inputs, digest
from inventory.store import Files
from workshop.render import FRAME, Data, unpack

PIXELS = 1.5 * 72  # of a page, at most, for one inch of a still: its small print is then 16 px


@dataclass(slots=True)
class Print:
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
        """What is remembered of it: its inputs, which are data files, what each product took."""
        seconds = self.before.get("seconds", {}) | self.seconds
        return {"inputs": self.inputs, "reads": sorted(self.reads), "seconds": seconds}

    @property
    def core(self) -> list[str]:
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
        own = {figure.name: self.data}, figure.name
        self.words = {key: expanded(getattr(figure, key), *own) for key in ("claim", "caption")}
        self.words["alt"] = spoken(figure.alt, *own)
        self.words["transcript"] = [(at, spoken(seen, *own)) for at, seen in figure.transcript]
        for theme in THEMES:
            self.files |= {f"{theme}.{end}": body for end, body in self.made[theme].items()}
        self.files["py"] = figure.path.read_bytes()
        if figure.measured:
            self.files["json"] = _json(self.data)
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
class Album:
    """All prints of one build by name, and the faults of those that failed."""

    root: Path
    prints: dict[str, Print] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    known: Iterable[str] = ()  # all figures, also those that were not asked for
    rendered: bool = False  # something was stale

    def summary(self) -> str:
        """What each figure took and weighs."""
        lines = []
        for name, made in self.prints.items():
            took = ", ".join(f"{product} {s:.1f} s" for product, s in made.seconds.items())
            size = sum(map(len, made.files.values()))
            lines.append(f"{name:24} {size:11,} bytes   {took or 'from cache'}")
        return "\n".join([*lines, *(f"{name:24} failed" for name in self.faults)])

    def told(self) -> list[str]:
        """Every fault, once: a module that is no Python stops many figures."""
        return [*dict.fromkeys(map(str, self.faults.values()))]

    def files(self) -> Files:
        """Path below the site → content: the figures', and the modules of the maths they name."""
        prints = self.prints.items()
        files = {f"figures/{name}.{end}": f for name, p in prints for end, f in p.files.items()}
        core = sorted({module for made in self.prints.values() for module in made.core})
        return files | {f"figures/{name}": (self.root / "src" / name).read_bytes() for name in core}

    def publish(self, out: Path) -> None:
        """Write all files and `figures.json`; what is there of figures that are gone is removed."""
        manifest: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            manifest = json.loads((out / "figures.json").read_bytes())
        before = _listed(manifest)
        manifest = {name: manifest[name] for name in manifest if name in self.known}
        manifest |= {name: made.manifest() for name, made in self.prints.items()}
        for path, content in {**self.files(), "figures.json": _json(manifest)}.items():
            replace(out / path, content)
        for path in before - _listed(manifest):
            (out / "figures" / Path(path).name).unlink(missing_ok=True)


def _listed(manifest: dict[str, Any]) -> set[str]:
    return {path for told in manifest.values() for path in told["files"]}


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    return json.loads(
        json.dumps(value, default=lambda array: array.tolist()),
        parse_float=lambda digits: float(f"{float(digits):.12g}"),
        parse_constant=lambda _: None,
    )


def _json(values: dict[str, Any]) -> bytes:
    """A line for each name."""
    told = {name: json.dumps(plain(value), ensure_ascii=False) for name, value in values.items()}
    lines = ",\n".join(f'"{name}": {value}' for name, value in told.items())
    return f"{{\n{lines}\n}}\n".encode()
