"""Bring every figure up to date: hand out what is stale, keep what comes back, name what failed."""

import json
import os
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from inks.palette import THEMES

from darkroom import process
from darkroom.catalog import Fault, Figure, catalog
from darkroom.cite import expanded, nearest, track
from darkroom.fingerprint import HOUSE, Inputs, Sources, digest, inputs
from darkroom.render import Data, Files, Job, unpack
from darkroom.store import Store

Report = Callable[[str], None]
Reads = dict[str, str]  # input → digest


@dataclass(frozen=True, slots=True)
class Print:
    """A finished figure: what its file says, what it measured, and the files to publish."""

    figure: Figure
    data: Data
    files: Files  # `light.svg`, `dark.png`, `json`, `py`, … → content
    core: tuple[str, ...]  # the modules of the maths that it calls, as `zigzag/cone.py`


@dataclass(slots=True)
class Album:
    """All prints of one build by name, and the faults of those that failed."""

    root: Path
    prints: dict[str, Print] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    def files(self) -> Files:
        """Path below the site → content."""
        out = {
            f"figures/{name}.{ending}": content
            for name, made in self.prints.items()
            for ending, content in made.files.items()
        }
        for module in sorted({module for made in self.prints.values() for module in made.core}):
            out[f"figures/{module}"] = (self.root / "src" / module).read_bytes()
        return out


@dataclass(slots=True)
class _State:
    """Where one figure stands in a build."""

    figure: Figure
    experiment: Inputs | None
    picture: Inputs
    data: bytes | None = None  # packed; None until measured
    pictures: dict[str, Files] = field(default_factory=dict)
    seconds: float = 0.0

    def picture_key(self, theme: str) -> str:
        return digest(self.picture.key, theme, self.data or b"")

    def reads(self) -> Reads:
        return {**self.picture.digests, **(self.experiment.digests if self.experiment else {})}

    def core(self) -> tuple[str, ...]:
        """The modules of the maths that the figure itself names."""
        routes = {**self.picture.routes, **(self.experiment.routes if self.experiment else {})}
        own = f"imported by figures/{self.figure.path.name}"
        core = (label for label, route in routes.items() if route == own)
        return tuple(c for c in sorted(core) if re.fullmatch(r"zigzag/[a-z]\w*\.py", c))

    def job(self, root: Path, product: str, theme: str = "") -> Job:
        f = self.figure
        data = self.data or b""
        return Job(root, f.path, product, theme, f.size, data, f.timeout, f.memory)


class Darkroom:
    """The figures of one project: `figures/` drawn with `src/`, kept in `.cache/darkroom`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.store = Store(self.root / ".cache" / "darkroom")

    def catalog(self) -> tuple[dict[str, Figure], list[Fault]]:
        """The project's figures, and the faults of the files that break the contract."""
        return catalog(self.root / "figures")

    def build(self, names: Iterable[str] = (), report: Report = print) -> Album:
        """Render what is stale of these figures, or of all.

        A figure's fault does not stop the others: it is found in the album.
        """
        figures, broken = self.catalog()
        known = [*figures, *(fault.path.stem for fault in broken)]
        wanted = [nearest(name, known, "figure") for name in names] or known
        album = Album(self.root, faults={f.path.stem: f for f in broken if f.path.stem in wanted})
        sources = Sources(self.root / "src", HOUSE)
        states = {n: self._state(figures[n], sources) for n in wanted if n in figures}
        stale = [state for state in states.values() if not self._found(state)]
        if stale:
            motions = any(state.figure.kind == "motion" for state in stale)
            with process.server(motions=motions), ThreadPoolExecutor(_cores()) as executor:
                self._render(stale, executor, album, report)
        for name, state in states.items():
            if name not in album.faults:
                try:
                    album.prints[name] = _print(state)
                except LookupError as error:
                    album.faults[name] = Fault(state.figure.path, 1, str(error.args[0]))
        return album

    def why(self, name: str) -> str:
        """One sentence: what made a figure stale, or that it is fresh."""
        figures, _ = self.catalog()
        figure = figures[nearest(name, figures, "figure")]
        state = self._state(figure, Sources(self.root / "src", HOUSE))
        return f"`{name}` is fresh" if self._found(state) else self._reason(state)

    def _state(self, figure: Figure, sources: Sources) -> _State:
        experiment = inputs(figure, "measure", sources) if figure.measured else None
        return _State(figure, experiment, inputs(figure, figure.kind, sources))

    def _found(self, state: _State) -> bool:
        """Fill in what the store has; true if that is everything."""
        if state.experiment is None:
            state.data = b""
        elif (kept := self.store.find(state.experiment.key, self.root)) is not None:
            state.data = kept["npz"]
        if state.data is not None:
            for theme in THEMES:
                if (picture := self.store.find(state.picture_key(theme), self.root)) is not None:
                    state.pictures[theme] = picture
        return len(state.pictures) == len(THEMES)

    def _reads(self, state: _State) -> Reads:
        """Everything that a figure depends on: sources, libraries, data files → digests."""
        keys = [state.experiment.key] if state.experiment else []
        keys += [state.picture_key(theme) for theme in THEMES]
        files = (self.store.reads(key, self.root) for key in keys)
        return {name: value for reads in (state.reads(), *files) for name, value in reads.items()}

    def _reason(self, state: _State) -> str:
        name, now = state.figure.name, self._reads(state)
        routes = {**state.picture.routes, **(state.experiment.routes if state.experiment else {})}
        before: Reads = self.store.note("inputs").get(name, {})
        if not before:
            return f"`{name}` is new"
        changed = [label for label in now if now[label] != before.get(label)]
        changed += [label for label in before if label not in now]
        if not changed:
            return f"`{name}` is stale: its picture is not in the cache"
        first = changed[0] + (f" ({routes[changed[0]]})" if changed[0] in routes else "")
        more = f" and {len(changed) - 1} more" if changed[1:] else ""
        return f"`{name}` is stale: {first}{more} changed"

    def _render(
        self, stale: list[_State], executor: Executor, album: Album, report: Report
    ) -> None:
        timings: dict[str, float] = self.store.note("timings")
        pending: dict[Future[tuple[tuple[Files, list[str]], float]], tuple[_State, str]] = {}

        def hand_out(state: _State) -> None:
            if state.data is None:
                todo = {"": state.job(self.root, "measure")}
            else:
                kind = state.figure.kind
                missing = [theme for theme in THEMES if theme not in state.pictures]
                todo = {theme: state.job(self.root, kind, theme) for theme in missing}
            for theme, job in todo.items():
                pending[executor.submit(_timed, job)] = state, theme

        for state in sorted(stale, key=lambda s: -timings.get(s.figure.name, 1e9)):
            report(self._reason(state))
            hand_out(state)
        while pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                state, theme = pending.pop(future)
                name = state.figure.name
                try:
                    (files, reads), seconds = future.result()
                except Fault as fault:
                    album.faults.setdefault(name, fault)
                    continue
                state.seconds += seconds
                if state.data is None:
                    assert state.experiment
                    state.data = files["npz"]
                    self.store.keep(state.experiment.key, files, reads, self.root)
                    self._found(state)  # the same numbers as before need no new picture
                    hand_out(state)
                else:
                    state.pictures[theme] = files
                    self.store.keep(state.picture_key(theme), files, reads, self.root)
                if len(state.pictures) == len(THEMES):
                    report(f"{name}: {state.seconds:.1f} s")
                    timings[name] = state.seconds
        notes = self.store.note("inputs")
        fresh = [state for state in stale if state.figure.name not in album.faults]
        self.store.take_note("inputs", notes | {s.figure.name: self._reads(s) for s in fresh})
        self.store.take_note("timings", timings)


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()] if value.ndim else plain(value.item())
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.12g}") if np.isfinite(value) else None
    return value


def _timed(job: Job) -> tuple[tuple[Files, list[str]], float]:
    start = time.perf_counter()
    made = process.expose(job)
    return made, time.perf_counter() - start


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _print(state: _State) -> Print:
    figure, data = state.figure, unpack(state.data or b"")
    measured = {figure.name: data}
    for text in (figure.claim, figure.caption, figure.alt):
        expanded(text, measured, figure.name)  # a number that is not there is the figure's fault
    files = {
        f"{theme}.{ending}": content
        for theme, picture in state.pictures.items()
        for ending, content in picture.items()
    }
    files["py"] = figure.path.read_bytes()
    if figure.measured:
        numbers = {name: plain(value) for name, value in data.items()}
        files["json"] = (json.dumps(numbers, indent=1, ensure_ascii=False) + "\n").encode()
    if figure.transcript:
        files["vtt"] = track(
            (start, expanded(seen, measured, figure.name)) for start, seen in figure.transcript
        )
    return Print(figure, data, files, state.core())
