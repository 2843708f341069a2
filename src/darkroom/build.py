"""Bring every figure up to date: hand out what is stale, keep what comes back, name what failed."""

import os
import random
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from darkroom.cache import Cache
from darkroom.errors import Fault, InputsChanged, Mistake, line_of, nearest
from darkroom.figure import Figure, catalog
from darkroom.inputs import HOUSE, PARSER_DIGEST, ModuleGraph, imported_modules, needs
from darkroom.progress import Progress
from darkroom.results import BuildResult

if TYPE_CHECKING:
    from darkroom.job import Job, JobResult
    from darkroom.sandbox import Submit

Report = Callable[[str], None]
PARSED = f"parsed by {PARSER_DIGEST}"  # a record: what was read off a content, and by which code


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
        self.root = root.resolve()
        self.order = order
        self.draft = draft
        self.sources = ModuleGraph(self.root / "src", HOUSE)  # as of the last build
        self.store = Cache(store or self.root / ".cache" / "darkroom")
        self.workers = workers or _cores()

    def catalog(self) -> tuple[dict[str, Figure], dict[str, Fault]]:
        """The project's figures, and the faults of the files that break the contract."""
        return catalog(self.root / "figures")

    def build(
        self, names: Iterable[str] = (), report: Report = print, scheduler: str = ""
    ) -> BuildResult:
        """Render what is stale of these figures, or of all, here or on a dask cluster.

        A figure's fault does not stop the others: it is found in the result.
        """
        figures, faults = self.catalog()
        known = [*figures, *faults]
        wanted = [nearest(name, known, "figure") for name in names] or known
        result = BuildResult(
            self.root,
            faults={name: faults[name] for name in wanted if name in faults},
            all_names=known,
        )
        all_progress = self._start([figures[name] for name in wanted if name in figures])
        stale = [
            (progress, missing)
            for progress in all_progress
            if (missing := progress.load_cached(self.store, self.root))
        ]
        if stale:
            result.rendered = True
            _Rendering(self, result, report).run(stale, scheduler)
        records = {}
        for progress in all_progress:
            name = progress.figure.name
            if name not in result.faults:
                _publish(progress, result)
            if name in result.figures:
                records[progress.title] = progress.record
        self._record(records)
        return result

    def why(self, name: str) -> str:
        """One sentence: what made a figure stale, or that it is fresh."""
        figures, faults = self.catalog()
        if nearest(name, [*figures, *faults], "figure") in faults:
            raise faults[name]
        (progress,) = self._start([figures[name]])
        is_stale = progress.load_cached(self.store, self.root)
        return progress.reason(self.root) if is_stale else f"`{name}` is fresh"

    def _start(self, figures: list[Figure]) -> list[Progress]:
        """The figures with what each depends on, and nothing made yet."""
        last = self.store.read_record("last")
        parsed = self.store.read_record(PARSED)
        self.sources = ModuleGraph(self.root / "src", HOUSE, parsed=parsed)
        all_progress = []
        for figure in figures:
            draft = self.draft and figure.kind == "motion"
            progress = Progress(figure, needs(figure, self.sources), draft, {})
            progress.last = last.get(progress.title) or last.get(figure.name, {})
            all_progress.append(progress)
        if len(self.sources.parsed) > len(parsed):
            self.store.write_record(PARSED, self.sources.parsed)
        return all_progress

    def _record(self, records: dict[str, Any]) -> None:
        """Record what each figure was made from, for `why` and for the order of the next build."""
        last = self.store.read_record("last")
        now = last | records
        if now != last:
            self.store.write_record("last", now)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _publish(progress: Progress, result: BuildResult) -> None:
    """Add a figure to the result, or what is wrong with its words."""
    figure = progress.figure
    try:
        result.figures[figure.name] = progress.publishable()
    except Mistake as error:
        line = line_of(figure.path, error.written)
        result.faults[figure.name] = Fault(figure.path, line, str(error))
    except OSError as error:
        result.faults[figure.name] = Fault(figure.path, 1, str(error))


class _Rendering:
    """The jobs of one build: handed out, and kept when they come back."""

    def __init__(self, darkroom: Darkroom, result: BuildResult, report: Report) -> None:
        self.darkroom = darkroom
        self.root = darkroom.root
        self.result = result
        self.report = report
        self.pending: dict[Future[JobResult | Fault], tuple[Progress, Job]] = {}

    def run(self, stale: list[tuple[Progress, list[str]]], scheduler: str) -> None:
        """Render the missing products of the stale figures, longest first or in random order."""
        stale = sorted(stale, key=lambda pair: -pair[0].expected_seconds)
        if self.darkroom.order:
            random.Random(self.darkroom.order).shuffle(stale)
        motions = any(progress.figure.kind == "motion" for progress, _ in stale)
        bar = click.progressbar(length=0, file=sys.stderr, hidden=not sys.stderr.isatty())
        with self._executor(motions, scheduler) as submit, bar:
            for progress, missing in stale:
                self.report(progress.reason(self.root))
                self._submit(submit, progress, missing)
            while self.pending:
                finished = wait(self.pending, return_when=FIRST_COMPLETED).done
                now = ModuleGraph(
                    *self.darkroom.sources.folders, parsed=self.darkroom.sources.parsed
                )
                for future in finished:
                    self._finish(future, submit, now)
                    bar.length = bar.pos + 1 + len(self.pending)
                    bar.update(1)
        with suppress(OSError):  # somebody else may prune it too
            self.darkroom.store.prune()

    def _executor(self, motions: bool, scheduler: str) -> AbstractContextManager["Submit"]:
        from darkroom.cluster import cluster  # not needed where nothing is stale
        from darkroom.sandbox import sandbox

        if scheduler:
            return cluster(scheduler, self.root)
        return sandbox(self.darkroom.workers, motions)

    def _submit(self, submit: "Submit", progress: Progress, products: list[str]) -> None:
        from darkroom.job import Job

        for product in products:
            job = Job(
                root=self.root,
                figure=progress.figure,
                product=product,
                data=progress.packed,
                draft=progress.draft,
                inputs=progress.needs[product],
            )
            self.pending[submit(job)] = progress, job

    def _finish(
        self, future: "Future[JobResult | Fault]", submit: "Submit", now: ModuleGraph
    ) -> None:
        """Take in one answer; once a figure is measured, its pictures can be drawn."""
        progress, job = self.pending.pop(future)
        figure = progress.figure
        try:
            answer = future.result()
        except Exception as error:  # of the machinery, which must not end it for all
            message = f"its job was lost: {type(error).__name__}: {error}"
            answer = Fault(figure.path, 1, message)
        if isinstance(answer, Fault):
            self.result.faults.setdefault(figure.name, answer)
            return
        progress.outputs[job.product] = answer.files
        progress.seconds[job.product] = answer.seconds
        if answer.output:
            self.report(f"`{figure.name}` said: {answer.output}")
        try:
            self._keep(progress, job, answer, now)
        except (InputsChanged, OSError) as error:
            self.report(f"`{figure.name}` is not kept and will be rendered again: {error}")
        if job.product == "measure":
            self._submit(submit, progress, progress.load_cached(self.darkroom.store, self.root))

    def _keep(self, progress: Progress, job: "Job", answer: "JobResult", now: ModuleGraph) -> None:
        """Cache a result, unless what it was made from is no longer what the key says."""
        if needs(progress.figure, now) != progress.needs:
            raise InputsChanged("a file changed while it was made")
        known = imported_modules(progress.figure, now, self.root)
        modules = answer.reads.modules
        unforeseen = modules.keys() - known  # imported by names that are not written out
        unsorted = answer.reads.data | {path: modules[path] for path in unforeseen}
        reads = dict(sorted(unsorted.items()))
        self.darkroom.store.save(progress.key(job.product), self.root, answer.files, reads)
        progress.reads[job.product] = reads
