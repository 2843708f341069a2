"""A theme's templates, compiled while figures are drawn, and once for all rebuilds of a serve."""

from jinja2 import BytecodeCache, Environment, TemplateError, meta
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Compiled templates in memory; jinja itself sees when one's source has changed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()

    def ahead(self, environment: Environment, *names: str) -> None:
        """Compile these templates, and what they extend, include and import by name."""
        environment.bytecode_cache = self
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
