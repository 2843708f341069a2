"""Bring every figure up to date: hand out what is stale, keep what comes back, name what failed."""

import json
import math
import os
import random
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from darkroom.catalog import Fault, Figure, catalog
from darkroom.cite import expanded, nearest, track
from darkroom.fingerprint import HOUSE, Inputs, Sources, digest, inputs
from darkroom.render import Data, Files, unpack
from darkroom.store import Store
from inks.palette import THEMES

if TYPE_CHECKING:
    from darkroom.process import Made

Report = Callable[[str], None]
MEMORY = 2000  # parsed files that are remembered


@dataclass(slots=True)
class Print:
    """A figure on its way to the page: what its file says, what was made of it, and from what."""

    figure: Figure
    needs: dict[str, Inputs]  # product: `light`, `dark`, maybe `measure` → what it depends on
    made: dict[str, Files] = field(default_factory=dict)  # product → files
    seconds: dict[str, float] = field(default_factory=dict)  # product → what it took, if made now
    reads: Inputs = field(default_factory=dict)  # data file that was read → digest
    data: Data = field(default_factory=dict)
    files: Files = field(default_factory=dict)  # `light.svg`, `dark.png`, `json`, `py`, … → content

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
    def core(self) -> list[str]:
        """The modules of the maths that its file names, as `zigzag/cone.py`."""
        own = f" (imported by `figures/{self.figure.path.name}`)"
        named = (label.removesuffix(own) for label in self.inputs if label.endswith(own))
        return sorted(name for name in named if name.startswith("zigzag/") and "/_" not in name)

    def key(self, product: str) -> str:
        """The digest of all that one product depends on, but for the data files that it reads."""
        needs = (f"{label}={value}" for label, value in sorted(self.needs[product].items()))
        return digest(product, b"" if product == "measure" else self.packed, *needs)

    def finish(self) -> None:
        """Fill in what is published; a `LookupError` is the fault of the figure's words."""
        figure, self.data = self.figure, unpack(self.packed)
        for theme in THEMES:
            self.files |= {f"{theme}.{end}": body for end, body in self.made[theme].items()}
        self.files["py"] = figure.path.read_bytes()
        if figure.measured:
            self.files["json"] = _json(self.data)
        measured = {figure.name: self.data}
        for text in (figure.claim, figure.caption, figure.alt):
            expanded(text, measured, figure.name)
        if cues := [(t, expanded(seen, measured, figure.name)) for t, seen in figure.transcript]:
            self.files["vtt"] = track(cues)


@dataclass(slots=True)
class Album:
    """All prints of one build by name, and the faults of those that failed."""

    root: Path
    prints: dict[str, Print] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    rendered: bool = False  # something was stale

    def summary(self) -> str:
        """What each figure took and weighs."""
        lines = []
        for name, made in self.prints.items():
            took = ", ".join(f"{product} {s:.1f} s" for product, s in made.seconds.items())
            size = sum(map(len, made.files.values()))
            lines.append(f"{name:24} {size:11,} bytes   {took or 'from cache'}")
        return "\n".join([*lines, *(f"{name:24} failed" for name in self.faults)])

    def manifest(self) -> bytes:
        """All that is known of each figure, for other tools: `figures.json`."""
        told = ("claim", "caption", "alt", "kind")
        figures = {
            name: {key: getattr(made.figure, key) for key in told}
            | {
                "files": {f"figures/{name}.{end}": len(body) for end, body in made.files.items()},
                "data": made.data,
                "inputs": {key.partition(" (imp")[0]: value for key, value in made.inputs.items()},
                "seconds": made.seconds,
            }
            for name, made in self.prints.items()
        }
        return _json(figures)

    def files(self) -> Files:
        """Path below the site → content."""
        prints = self.prints.items()
        files = {f"figures/{name}.{end}": f for name, p in prints for end, f in p.files.items()}
        core = sorted({module for made in self.prints.values() for module in made.core})
        return files | {f"figures/{name}": (self.root / "src" / name).read_bytes() for name in core}


class Darkroom:
    """The figures of one project: `figures/` drawn with `src/`, kept in `.cache/darkroom`.

    As many `workers` at once as there are cores, if 0; longest first, or in the random order of a
    seed; a `draft` has motions of low quality.
    """

    def __init__(
        self,
        root: Path,
        *,
        store: Path | None = None,
        workers: int = 0,
        order: int = 0,
        draft: bool = False,
    ) -> None:
        self.root, self.order, self.draft = root.resolve(), order, draft
        self.store = Store(store or self.root / ".cache" / "darkroom")
        affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
        self.workers = workers or (len(affinity(0)) if affinity else os.cpu_count() or 1)

    def catalog(self) -> tuple[dict[str, Figure], dict[str, Fault]]:
        """The project's figures, and the faults of the files that break the contract."""
        return catalog(self.root / "figures")

    def build(
        self, names: Iterable[str] = (), report: Report = print, scheduler: str = ""
    ) -> Album:
        """Render what is stale of these figures, or of all, here or on a dask cluster.

        A figure's fault does not stop the others: it is found in the album.
        """
        figures, faults = self.catalog()
        known = [*figures, *faults]
        wanted = [nearest(name, known, "figure") for name in names] or known
        album = Album(self.root, faults={name: faults[name] for name in wanted if name in faults})
        prints = self._prints([figures[name] for name in wanted if name in figures])
        if stale := [made for made in prints if self._missing(made)]:
            album.rendered = True
            self._render(stale, album, report, scheduler)
        for made in prints:
            name = made.figure.name
            try:
                if name not in album.faults:
                    made.finish()
                    album.prints[name] = made
            except LookupError as error:
                album.faults[name] = Fault(made.figure.path, 1, str(error.args[0]))
        last = self.store.note("last")
        if news := {n: p.inputs for n, p in album.prints.items() if last.get(n) != p.inputs}:
            self.store.take_note("last", last | news)
        return album

    def why(self, name: str) -> str:
        """One sentence: what made a figure stale, or that it is fresh."""
        figures, _ = self.catalog()
        (made,) = self._prints([figures[nearest(name, figures, "figure")]])
        return self._reason(made) if self._missing(made) else f"`{name}` is fresh"

    def _prints(self, figures: list[Figure]) -> list[Print]:
        """The figures with what each depends on, and nothing made yet."""
        known, prints = self.store.note("sources"), []
        sources = Sources(self.root / "src", HOUSE, memo=known)
        for figure in figures:
            picture = inputs(figure, figure.kind, sources)
            if self.draft and figure.kind == "motion":
                picture["quality"] = "draft"
            measure = {"measure": inputs(figure, "measure", sources)} if figure.measured else {}
            prints.append(Print(figure, dict.fromkeys(THEMES, picture) | measure))
        if not sources.memo.keys() <= known.keys():
            self.store.take_note("sources", dict([*known.items(), *sources.memo.items()][-MEMORY:]))
        return prints

    def _missing(self, made: Print) -> list[str]:
        """The products that can be made of a figure now, and are not in the store."""
        for product in ("measure", *THEMES):
            if product in made.needs and product not in made.made:
                if found := self.store.find(made.key(product), self.root):
                    made.made[product], reads = found
                    made.reads |= reads
                elif product == "measure":
                    return ["measure"]
        return [theme for theme in THEMES if theme not in made.made]

    def _reason(self, made: Print) -> str:
        name, now = made.figure.name, made.inputs
        before = self.store.note("last").get(name)
        if not before:
            return f"`{name}` is new"
        changed = [label for label in now | before if now.get(label) != before.get(label)]
        if not changed:
            return f"`{name}` is stale: its picture is not in the cache"
        what, _, how = changed[0].partition(" (")
        others = {label.partition(" (")[0] for label in changed} - {what}
        more = f", and {len(others)} more" if others else ""
        return f"`{name}` is stale: `{what}` changed" + (how and f" ({how}") + more

    def _render(self, stale: list[Print], album: Album, report: Report, scheduler: str) -> None:
        from darkroom.cluster import cluster  # not needed where nothing is stale
        from darkroom.process import Exposure, server

        seconds: dict[str, float] = self.store.note("seconds")
        stale.sort(key=lambda made: -seconds.get(made.figure.name, 1e9))
        if self.order:
            random.Random(self.order).shuffle(stale)
        motions = any(made.figure.kind == "motion" for made in stale)
        hands = cluster(scheduler, self.root) if scheduler else server(self.workers, motions)
        waiting: dict[Future[Any], tuple[Print, str]] = {}
        with hands as submit, click.progressbar(length=0, file=sys.stderr) as bar:

            def hand_out(made: Print) -> None:
                for product in self._missing(made):
                    job = Exposure(self.root, made.figure, product, made.packed, self.draft)
                    waiting[submit(job)] = made, product

            for made in stale:
                report(self._reason(made))
                hand_out(made)
            while waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    made, product = waiting.pop(future)
                    try:
                        self._keep(made, product, future.result(), report)
                        if product == "measure":
                            hand_out(made)
                    except Fault as fault:
                        album.faults.setdefault(made.figure.name, fault)
                    bar.length = bar.pos + 1 + len(waiting)
                    bar.update(1)
        timed = {made.figure.name: sum(made.seconds.values()) for made in stale if made.seconds}
        self.store.take_note("seconds", seconds | timed)
        with suppress(OSError):  # somebody else may prune it too
            self.store.prune()

    def _keep(self, made: Print, product: str, what: "Made", report: Report) -> None:
        made.made[product], names, made.seconds[product] = what
        try:
            reads = self.store.keep(made.key(product), self.root, made.made[product], names)
            made.reads |= reads
        except OSError as error:
            report(f"cannot keep it in {self.store.folder} ({error}); it will be rendered again")


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    if isinstance(value, float):
        return float(f"{value:.12g}") if math.isfinite(value) else None
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return plain(value.tolist()) if isinstance(value, np.ndarray) else value


def _json(values: dict[str, Any]) -> bytes:
    """A line for each name."""
    told = {name: json.dumps(plain(value), ensure_ascii=False) for name, value in values.items()}
    lines = ",\n".join(f'"{name}": {value}' for name, value in told.items())
    return f"{{\n{lines}\n}}\n".encode()
