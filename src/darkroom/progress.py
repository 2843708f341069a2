"""One figure on its way through a build, from what it depends on to what is published."""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darkroom.cache import Cache, Files, current_digests
from darkroom.cite import expanded, spoken, track
from darkroom.data import Data, to_json, unpack
from darkroom.errors import nearest
from darkroom.figure import Figure
from darkroom.hashing import digest
from darkroom.inputs import Inputs, changed
from darkroom.results import RenderedFigure
from darkroom.themes import THEMES


@dataclass(slots=True)
class Progress:
    """What is known and made so far of one figure; `publishable` makes it final.

    Its products are what a job makes: `measure`, if it has one, then a picture in each theme.
    """

    figure: Figure
    needs: dict[str, Inputs]  # product → what it depends on
    draft: bool  # of a motion: quick and coarse
    last: dict[str, Any]  # the record of when it was last made
    outputs: dict[str, Files] = field(default_factory=dict)  # product → files
    seconds: dict[str, float] = field(default_factory=dict)  # product → what it took, if made now
    reads: dict[str, Inputs] = field(default_factory=dict)  # product → data file → digest

    @property
    def title(self) -> str:
        """The name under which it is recorded."""
        return f"{self.figure.name} (draft)" if self.draft else self.figure.name

    @property
    def packed(self) -> bytes:
        """What it measured, as it was packed."""
        return self.outputs.get("measure", {}).get("npz", b"")

    @property
    def inputs(self) -> Inputs:
        """All that it depends on: sources, libraries, data files → digests."""
        merged: Inputs = {}
        for part in (*self.needs.values(), *self.reads.values()):
            merged |= part
        return merged

    @property
    def record(self) -> dict[str, Any]:
        """What is recorded: its inputs, which are data files, and what each product took."""
        files = sorted({file for reads in self.reads.values() for file in reads})
        seconds = self.last.get("seconds", {}) | self.seconds
        return {"inputs": self.inputs, "data_files": files, "seconds": seconds}

    @property
    def expected_seconds(self) -> float:
        """What it will take: as long as last time; a new one may be the longest."""
        known = self.last.get("seconds", {}).values()
        return sum(known) if known else math.inf

    def key(self, product: str) -> str:
        """The digest of all that one product depends on, but for the data files that it reads."""
        needs = [f"{label}={value}" for label, value in sorted(self.needs[product].items())]
        if product == "measure":  # a draft of a motion has its numbers in full
            return digest(product, b"", *needs)
        if self.draft:
            needs.insert(0, "draft")
        return digest(product, self.packed, *needs)

    def load_cached(self, cache: Cache, root: Path) -> list[str]:
        """Load what the cache has; return the products that must be rendered, and can be now.

        A picture is drawn from what was measured, so without that there is only that to do.
        """
        if self.figure.measured and not self._load(cache, root, "measure"):
            return ["measure"]
        return [theme for theme in THEMES if not self._load(cache, root, theme)]

    def _load(self, cache: Cache, root: Path, product: str) -> bool:
        if product not in self.outputs:
            files, self.reads[product] = cache.load(self.key(product), root)
            if files is None:
                return False
            self.outputs[product] = files
        return True

    def reason(self, root: Path) -> str:
        """Why it is stale, in one sentence."""
        name, before = self.figure.name, self.last.get("inputs")
        if not before:
            return f"`{name}` is new"
        # which files it reads is known once it has run; until then, compare those of the last time
        data_files = current_digests(root, self.last.get("data_files", []))
        labels = changed(self.inputs | data_files, before)
        if not labels:
            return f"`{name}` is stale: its picture is not in the cache"
        what, _, how = labels[0].partition(" (")
        others = {label.partition(" (")[0] for label in labels} - {what}
        sentence = f"`{name}` is stale: `{what}` changed"
        if how:
            sentence += f" ({how}"
        if others:
            sentence += f", and {len(others)} more"
        return sentence

    def publishable(self) -> RenderedFigure:
        """The figure with its files and words; a `Mistake` if its words cite an unknown number."""
        figure = self.figure
        data = unpack(self.packed)
        for name in (*figure.reads, *figure.choices.values()):
            nearest(name, data, "number that measure() returns")
        words = _words(figure, data)
        return RenderedFigure(
            figure=figure,
            inputs=self.inputs,
            seconds=self.seconds,
            all_seconds=self.record["seconds"],
            data=data,
            words=words,
            files=self._files(data, words),
        )

    def _files(self, data: Data, words: dict[str, Any]) -> Files:
        files: Files = {}
        for theme in THEMES:
            for end, body in self.outputs[theme].items():
                files[f"{theme}.{end}"] = body
        files["py"] = self.figure.path.read_bytes()
        if self.figure.measured:
            files["json"] = to_json(data)
        if self.figure.transcript:
            files["vtt"] = track(words["transcript"])
        return files


def _words(figure: Figure, data: Data) -> dict[str, Any]:
    """Its claim, its caption and all that is told of it, with the numbers that they cite."""
    own = {figure.name: data}, figure.name
    return {
        "claim": expanded(figure.claim, *own),
        "caption": expanded(figure.caption, *own),
        "method": expanded(figure.method, *own),
        "alt": spoken(figure.alt, *own),
        "transcript": [(start, spoken(text, *own)) for start, text in figure.transcript],
    }
