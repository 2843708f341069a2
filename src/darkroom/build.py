"""Bring every figure up to date: hand out what is stale, keep what comes back, name what failed."""

import math
import os
import random
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from darkroom.cache import Cache
from darkroom.errors import Fault, Mistake, line_of, nearest
from darkroom.figure import Figure, catalog
from darkroom.hashing import content_digest
from darkroom.inputs import HOUSE, READER, ModuleGraph, changed, named, needs
from darkroom.results import BuildResult, RenderedFigure
from darkroom.themes import THEMES

if TYPE_CHECKING:
    from darkroom.job import JobResult

Report = Callable[[str], None]
PARSED = f"parsed by {READER}"  # a note: what was read off a content, and by which code


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
        self.sources = ModuleGraph(self.root / "src", HOUSE)  # as of the last build
        self.store = Cache(store or self.root / ".cache" / "darkroom")
        affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
        self.workers = workers or (len(affinity(0)) if affinity else os.cpu_count() or 1)

    def catalog(self) -> tuple[dict[str, Figure], dict[str, Fault]]:
        """The project's figures, and the faults of the files that break the contract."""
        return catalog(self.root / "figures")

    def build(
        self,
        names: Iterable[str] = (),
        report: Report = print,
        scheduler: str = "",
        meanwhile: Callable[[], object] = lambda: None,
    ) -> BuildResult:
        """Render what is stale of these figures, or of all, here or on a dask cluster.

        A figure's fault does not stop the others: it is found in the result. `meanwhile` is called
        once the first are on their way, if any is stale.
        """
        figures, faults = self.catalog()
        known = [*figures, *faults]
        wanted = [nearest(name, known, "figure") for name in names] or known
        result = BuildResult(
            self.root, faults={n: faults[n] for n in wanted if n in faults}, all_names=known
        )
        prints = self._prints([figures[name] for name in wanted if name in figures])
        if stale := [made for made in prints if self._missing(made)]:
            result.rendered = True
            self._render(stale, result, report, scheduler, meanwhile)
        for made in prints:
            name = made.figure.name
            try:
                if name not in result.faults:
                    made.finish()
                    result.figures[name] = made
            except Mistake as error:
                path = made.figure.path
                result.faults[name] = Fault(path, line_of(path, error.written), str(error))
            except OSError as error:
                result.faults[name] = Fault(made.figure.path, 1, str(error))
        last = self.store.note("last")
        news = {made.title: made.note for made in result.figures.values()}
        if any(last.get(title) != note for title, note in news.items()):
            self.store.take_note("last", last | news)
        return result

    def why(self, name: str) -> str:
        """One sentence: what made a figure stale, or that it is fresh."""
        figures, faults = self.catalog()
        if nearest(name, [*figures, *faults], "figure") in faults:
            raise faults[name]
        (made,) = self._prints([figures[name]])
        return self._reason(made) if self._missing(made) else f"`{name}` is fresh"

    def _prints(self, figures: list[Figure]) -> list[RenderedFigure]:
        """The figures with what each depends on, and nothing made yet."""
        last, known = self.store.note("last"), self.store.note(PARSED)
        sources = self.sources = ModuleGraph(self.root / "src", HOUSE, parsed=known)
        prints = []
        for figure in figures:
            made = RenderedFigure(
                figure, needs(figure, sources), self.draft and figure.kind == "motion"
            )
            made.before = last.get(made.title) or last.get(figure.name, {})
            prints.append(made)
        if len(sources.parsed) > len(known):
            self.store.take_note(PARSED, sources.parsed)
        return prints

    def _missing(self, made: RenderedFigure) -> list[str]:
        """The products that can be made of a figure now, and are not in the store."""
        for product in ("measure", *THEMES):
            if product in made.needs and product not in made.made:
                if found := self.store.find(made.key(product), self.root):
                    made.made[product], reads = found
                    made.reads |= reads
                elif product == "measure":
                    return ["measure"]
        return [theme for theme in THEMES if theme not in made.made]

    def _reason(self, made: RenderedFigure) -> str:
        name, before = made.figure.name, made.before.get("inputs")
        if not before:
            return f"`{name}` is new"
        # What a figure reads is known when it has run: until then, look at what it read last time.
        read = {file: content_digest(self.root / file) for file in made.before.get("reads", [])}
        if not (labels := changed(made.inputs | read, before)):
            return f"`{name}` is stale: its picture is not in the cache"
        what, _, how = labels[0].partition(" (")
        others = {label.partition(" (")[0] for label in labels} - {what}
        more = f", and {len(others)} more" if others else ""
        return f"`{name}` is stale: `{what}` changed" + (how and f" ({how}") + more

    def _render(
        self,
        stale: list[RenderedFigure],
        result: BuildResult,
        report: Report,
        scheduler: str,
        meanwhile: Callable[[], object],
    ) -> None:
        from darkroom.cluster import cluster  # not needed where nothing is stale
        from darkroom.job import Job, JobResult
        from darkroom.process import server

        stale.sort(key=lambda made: -sum(made.note["seconds"].values() or [math.inf]))
        if self.order:
            random.Random(self.order).shuffle(stale)
        motions = any(made.figure.kind == "motion" for made in stale)
        hands = cluster(scheduler, self.root) if scheduler else server(self.workers, motions)
        waiting: dict[Future[JobResult | Fault], tuple[RenderedFigure, str]] = {}
        bar = click.progressbar(length=0, file=sys.stderr, hidden=not sys.stderr.isatty())
        with hands as submit, bar:

            def hand_out(made: RenderedFigure) -> None:
                files = named(made.figure, self.sources, self.root)
                for product in self._missing(made):
                    rest = product, made.packed, made.draft, made.needs[product], files
                    waiting[submit(Job(self.root, made.figure, *rest))] = made, product

            for made in stale:
                report(self._reason(made))
                hand_out(made)
            meanwhile()
            while waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    made, product = waiting.pop(future)
                    try:
                        answer = future.result()
                    except Exception as error:  # of the machinery, which must not end it for all
                        lost = f"its job was lost: {type(error).__name__}: {error}"
                        answer = Fault(made.figure.path, 1, lost)
                    if isinstance(answer, Fault):
                        result.faults.setdefault(made.figure.name, answer)
                    else:
                        self._keep(made, product, answer, report)
                        if product == "measure":
                            hand_out(made)
                    bar.length = bar.pos + 1 + len(waiting)
                    bar.update(1)
        with suppress(OSError):  # somebody else may prune it too
            self.store.prune()

    def _keep(self, made: RenderedFigure, product: str, what: "JobResult", report: Report) -> None:
        made.made[product], made.seconds[product] = what.files, what.seconds
        if what.said:
            report(f"`{made.figure.name}` said: {what.said}")
        now = ModuleGraph(*self.sources.folders, parsed=self.sources.parsed)
        try:
            if needs(made.figure, now) != made.needs:
                raise OSError("a file changed while it was made")
            self.store.keep(made.key(product), self.root, what.files, what.reads)
            made.reads |= what.reads
        except OSError as error:
            report(f"`{made.figure.name}` is not kept and will be rendered again: {error}")
