"""A style sheet without the rules that nothing on a site can use.

A selector stays while each class, and each value of an attribute, that it asks for is a word of
some page or script; a custom property stays while something reads it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

ASKED = re.compile(r'\.(-?[A-Za-z_][\w-]*)|\[[\w-]+~?="?([\w-]+)"?\]')
BRACKETS = re.compile(r"\([^()]*\)")  # what stands in them, a selector asks for as one of several
READ = re.compile(r"var\(\s*(--[\w-]+)")
NESTING = {"media", "supports", "layer", "container"}


def lean(known: set[str], *sheets: str) -> str:
    """One sheet of these, without what asks for words that are not known, or is never read."""
    rules, css = [rule for sheet in sheets for rule in parsed(sheet)], "".join(sheets)
    for _ in range(2):  # what only a dropped rule read, nothing reads the second time
        css = "".join(_kept(rules, known, known.union(READ.findall(css))))
    return css


@cache
def parsed(sheet: str) -> list[Node]:
    """Its rules."""
    return list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _kept(rules: Iterable[Node], known: set[str], read: set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [s for s in _selectors(rule) if _asked(s) <= known]
            if selectors and (body := "".join(_declarations(rule, read))):
                yield f"{','.join(selectors)}{{{body}}}\n"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTING and rule.content:
            inside = tinycss2.parse_rule_list(rule.content, True, True)
            if body := "".join(_kept(inside, known, read)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}\n"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword != "charset":
            yield f"{rule.serialize()}\n"


def _selectors(rule: QualifiedRule) -> Iterator[str]:
    """The parts of a selector list; a comma within brackets separates nothing."""
    parts: list[list[Node]] = [[]]
    for token in rule.prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    yield from (tinycss2.serialize(part).strip() for part in parts)


def _asked(selector: str) -> set[str]:
    outside = BRACKETS.sub("", BRACKETS.sub("", selector))  # two deep is as deep as anybody writes
    return {word for pair in ASKED.findall(outside) for word in pair if word}


def _declarations(rule: QualifiedRule, read: set[str]) -> Iterator[str]:
    for one in tinycss2.parse_blocks_contents(rule.content, True, True):
        if isinstance(one, Declaration) and one.name.startswith("--") and one.name not in read:
            continue
        yield f"{one.serialize()};" if isinstance(one, Declaration) else one.serialize()
