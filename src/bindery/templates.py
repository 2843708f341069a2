"""A theme's templates, compiled while figures are drawn, and once for all rebuilds of a serve."""

import os
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateError, meta
from jinja2.bccache import Bucket


class Visible(FileSystemLoader):
    """Templates in folders, the hidden not listed: those of Material are 14,000 icons."""

    def list_templates(self) -> list[str]:
        found = set()
        for root in self.searchpath:
            for folder, inner, names in os.walk(root):
                inner[:] = [name for name in inner if name[0] != "."]
                shown = (Path(folder, name) for name in names if name[0] != ".")
                found |= {path.relative_to(root).as_posix() for path in shown}
        return sorted(found)


class Compiled(BytecodeCache):
    """Compiled templates in memory; jinja itself sees when one's source has changed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def ahead(environment: Environment, *names: str) -> None:
    """Compile these templates, and what they extend, include and import by name."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        try:
            assert environment.loader
            text = environment.loader.get_source(environment, name)[0]
            environment.get_template(name)
            named = set(meta.find_referenced_templates(environment.parse(text)))
        except TemplateError:  # if a page needs it, that page will tell
            continue
        waiting += {other for other in named if other} - seen
