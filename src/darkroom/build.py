"""Bring every figure up to date: hand out what is stale, keep what comes back, name what failed."""

import json
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from darkroom import process
from darkroom.catalog import Fault, Figure, catalog
from darkroom.cite import expanded, nearest, track
from darkroom.fingerprint import HOUSE, Inputs, Sources, digest, inputs
from darkroom.render import Data, Files, Job, unpack
from darkroom.store import Store
from inks.palette import THEMES

Report = Callable[[str], None]
Expose = Callable[[Job], process.Made]
Reads = dict[str, str]  # input → digest


@dataclass(frozen=True, slots=True)
class Print:
    """A finished figure: what its file says, what it measured, and the files to publish."""

    figure: Figure
    data: Data
    files: Files  # `light.svg`, `dark.png`, `json`, `py`, … → content
    core: tuple[str, ...]  # the modules of the maths that it calls, as `zigzag/cone.py`
    reads: Reads
    measuring: float  # seconds, in this build
    drawing: float


@dataclass(slots=True)
class Album:
    """All prints of one build by name, and the faults of those that failed."""

    root: Path
    prints: dict[str, Print] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    rendered: bool = False  # something was stale

    def summary(self) -> Table:
        """What each figure took and weighs."""
        table = Table("figure", "measuring", "drawing", "bytes", "from cache", box=None)
        for name, made in self.prints.items():
            seconds = (f"{s:.1f} s" if s else "" for s in (made.measuring, made.drawing))
            cached = "" if made.measuring or made.drawing else "yes"
            table.add_row(name, *seconds, f"{sum(map(len, made.files.values())):,}", cached)
        for name in self.faults:
            table.add_row(name, "failed")
        return table

    def manifest(self) -> bytes:
        """All that is known of each figure, for other tools: `figures.json`."""
        figures = {
            name: {
                "claim": made.figure.claim,
                "caption": made.figure.caption,
                "alt": made.figure.alt,
                "kind": made.figure.kind,
                "files": {f"figures/{name}.{end}": len(body) for end, body in made.files.items()},
                "data": {key: plain(value) for key, value in made.data.items()},
                "inputs": made.reads,
                "seconds": {"measuring": made.measuring, "drawing": made.drawing},
            }
            for name, made in self.prints.items()
        }
        return json.dumps(figures, indent=1, ensure_ascii=False).encode()

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
    draft: bool = False
    measuring: float = 0.0
    drawing: float = 0.0

    def picture_key(self, theme: str) -> str:
        quality = "draft" if self.draft and self.figure.kind == "motion" else "final"
        return digest(self.picture.key, theme, quality, self.data or b"")

    def reads(self) -> Reads:
        return {**self.picture.digests, **(self.experiment.digests if self.experiment else {})}

    def core(self) -> tuple[str, ...]:
        """The modules of the maths that the figure itself names."""
        routes = {**self.picture.routes, **(self.experiment.routes if self.experiment else {})}
        own = f"imported by `figures/{self.figure.path.name}`"
        core = (label for label, route in routes.items() if route == own)
        return tuple(c for c in sorted(core) if re.fullmatch(r"zigzag/[a-z]\w*\.py", c))

    def job(self, root: Path, product: str, theme: str = "") -> Job:
        f = self.figure
        data = self.data or b""
        return Job(root, f.path, product, theme, f.size, data, f.timeout, f.memory, self.draft)


class Darkroom:
    """The figures of one project: `figures/` drawn with `src/`, kept in `.cache/darkroom`."""

    def __init__(
        self,
        root: Path,
        *,
        store: Path | None = None,
        workers: int = 0,  # at once; as many as there are cores, if 0
        order: int = 0,  # seed of a random order; longest first, if 0
        draft: bool = False,  # motions at low quality
    ) -> None:
        self.root = root.resolve()
        self.store = Store(store or self.root / ".cache" / "darkroom")
        self.workers, self.order, self.draft = workers or _cores(), order, draft

    def catalog(self) -> tuple[dict[str, Figure], list[Fault]]:
        """The project's figures, and the faults of the files that break the contract."""
        return catalog(self.root / "figures")

    def build(
        self, names: Iterable[str] = (), report: Report = print, scheduler: str = ""
    ) -> Album:
        """Render what is stale of these figures, or of all, here or on a dask cluster.

        A figure's fault does not stop the others: it is found in the album.
        """
        figures, broken = self.catalog()
        known = [*figures, *(fault.path.stem for fault in broken)]
        wanted = [nearest(name, known, "figure") for name in names] or known
        album = Album(self.root, faults={f.path.stem: f for f in broken if f.path.stem in wanted})
        sources = self._sources()
        states = {n: self._state(figures[n], sources) for n in wanted if n in figures}
        if not sources.memo.keys() <= self.store.note("sources").keys():
            with suppress(OSError):
                self.store.take_note("sources", sources.memo)
        stale = [state for state in states.values() if not self._found(state)]
        if stale:
            album.rendered = True
            with self._executor(stale, scheduler) as (executor, expose):
                self._render(stale, executor, expose, album, report)
        for name, state in states.items():
            if name not in album.faults:
                try:
                    album.prints[name] = _print(state, self._reads(state))
                except LookupError as error:
                    album.faults[name] = Fault(state.figure.path, 1, str(error.args[0]))
        return album

    @contextmanager
    def _executor(self, stale: list[_State], scheduler: str) -> Iterator[tuple[Executor, Expose]]:
        if scheduler:
            from darkroom import cluster  # brings dask along

            with cluster.executor(scheduler) as executor:
                yield executor, partial(cluster.expose, sources=cluster.sources(self.root))
        else:
            motions = any(state.figure.kind == "motion" for state in stale)
            with process.server(motions=motions), ThreadPoolExecutor(self.workers) as threads:
                yield threads, process.expose

    def why(self, name: str) -> str:
        """One sentence: what made a figure stale, or that it is fresh."""
        figures, _ = self.catalog()
        figure = figures[nearest(name, figures, "figure")]
        state = self._state(figure, self._sources())
        return f"`{name}` is fresh" if self._found(state) else self._reason(state)

    def _sources(self) -> Sources:
        return Sources(self.root / "src", HOUSE, memo=self.store.note("sources"))

    def _state(self, figure: Figure, sources: Sources) -> _State:
        experiment = inputs(figure, "measure", sources) if figure.measured else None
        picture = inputs(figure, figure.kind, sources)
        return _State(figure, experiment, picture, draft=self.draft)

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
        what, _, part = changed[0].partition(" (")
        how = routes.get(changed[0]) or part.rstrip(")")
        more = f", and {len(changed) - 1} more" if changed[1:] else ""
        return f"`{name}` is stale: `{what}` changed" + (f" ({how})" if how else "") + more

    def _render(
        self,
        stale: list[_State],
        executor: Executor,
        expose: Expose,
        album: Album,
        report: Report,
    ) -> None:
        timings: dict[str, float] = self.store.note("timings")
        pending: dict[Future[tuple[process.Made, float]], tuple[_State, str]] = {}
        stale.sort(key=lambda state: -timings.get(state.figure.name, 1e9))
        if self.order:
            random.Random(self.order).shuffle(stale)

        def hand_out(state: _State) -> None:
            if state.data is None:
                todo = {"": state.job(self.root, "measure")}
            else:
                kind = state.figure.kind
                missing = [theme for theme in THEMES if theme not in state.pictures]
                todo = {theme: state.job(self.root, kind, theme) for theme in missing}
            for theme, job in todo.items():
                pending[executor.submit(_timed, expose, job)] = state, theme
            bar.update(task, total=(bar.tasks[task].total or 0) + len(todo))

        def keep(key: str, made: process.Made) -> None:
            try:
                self.store.keep(key, *made, self.root)
            except OSError as error:
                report(
                    f"cannot keep it in {self.store.folder} ({error}); it will be rendered again"
                )

        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("figures", total=0)
            for state in stale:
                report(self._reason(state))
                hand_out(state)
            while pending:
                done, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    bar.advance(task)
                    state, theme = pending.pop(future)
                    try:
                        made, seconds = future.result()
                    except Fault as fault:
                        album.faults.setdefault(state.figure.name, fault)
                        continue
                    if state.data is None:
                        assert state.experiment
                        state.data, state.measuring = made[0]["npz"], seconds
                        keep(state.experiment.key, made)
                        self._found(state)  # the same numbers as before need no new picture
                        hand_out(state)
                    else:
                        state.pictures[theme] = made[0]
                        state.drawing += seconds
                        keep(state.picture_key(theme), made)
        fresh = [state for state in stale if state.figure.name not in album.faults]
        timings |= {s.figure.name: s.measuring + s.drawing for s in fresh}
        inputs_now = {s.figure.name: self._reads(s) for s in fresh}
        with suppress(OSError):  # said above, for every figure
            self.store.take_note("inputs", self.store.note("inputs") | inputs_now)
            self.store.take_note("timings", timings)
            self.store.prune()


def plain(value: Any) -> Any:
    """Arrays as lists, numbers rounded to 12 digits, what is not finite as null: ready for JSON."""
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()] if value.ndim else plain(value.item())
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.12g}") if np.isfinite(value) else None
    return value


def _timed(expose: Expose, job: Job) -> tuple[process.Made, float]:
    start = time.perf_counter()
    made = expose(job)
    return made, time.perf_counter() - start


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _print(state: _State, reads: Reads) -> Print:
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
    return Print(figure, data, files, state.core(), reads, state.measuring, state.drawing)
