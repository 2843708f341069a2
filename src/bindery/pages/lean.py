"""A style sheet without the rules that nothing on a site can use.

A selector stays while each class, and each value of an attribute, that it asks for is a word of
some page or script; a custom property stays while something reads it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

ASKED = re.compile(r'\.(-?[A-Za-z_][\w-]*)|\[[\w-]+~?="?([\w-]+)"?\]')
BRACKETS = re.compile(r"\([^()]*\)")  # what stands in them, a selector asks for as one of several
READ = re.compile(r"var\(\s*(--[\w-]+)")
NESTING = {"media", "supports", "layer", "container"}


class Rule(NamedTuple):
    """What it styles, each selector with the words that it asks for, and how."""

    selectors: list[tuple[str, set[str]]]
    declarations: list[tuple[str, str]]  # a custom property's name, or none, and its text


class Nest(NamedTuple):
    """Rules that hold under a condition."""

    condition: str
    parts: "list[Part]"


Part = Rule | Nest | str  # the last is neither and holds no rules


def lean(known: set[str], *sheets: str) -> str:
    """One sheet of these, without what asks for words that are not known, or is never read."""
    parts, css = [part for sheet in sheets for part in parsed(sheet)], "".join(sheets)
    for _ in range(2):  # what only a dropped rule read, nothing reads the second time
        css = "".join(_kept(parts, known, {*READ.findall(css)} | known))
    return css


@cache
def parsed(sheet: str) -> list[Part]:
    """Its rules."""
    return [*_parts(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))]


def _parts(rules: Iterable[Node]) -> Iterator[Part]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [(selector, _asked(selector)) for selector in _selectors(rule)]
            yield Rule(selectors, [*_declarations(rule)])
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTING and rule.content:
            inside = tinycss2.parse_rule_list(rule.content, True, True)
            yield Nest(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}", [*_parts(inside)])
        elif isinstance(rule, AtRule) and rule.lower_at_keyword != "charset":
            yield f"{rule.serialize()}\n"


def _kept(parts: Iterable[Part], known: set[str], read: set[str]) -> Iterator[str]:
    for part in parts:
        match part:
            case Rule(selectors, declarations):
                left = [selector for selector, asked in selectors if asked <= known]
                body = "".join(text for name, text in declarations if not name or name in read)
                if left and body:
                    yield f"{','.join(left)}{{{body}}}\n"
            case Nest(condition, inside):
                if body := "".join(_kept(inside, known, read)):
                    yield f"{condition}{{{body}}}\n"
            case text:
                yield text


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


def _declarations(rule: QualifiedRule) -> Iterator[tuple[str, str]]:
    for one in tinycss2.parse_blocks_contents(rule.content, True, True):
        if isinstance(one, Declaration):
            yield one.name if one.name.startswith("--") else "", f"{one.serialize()};"
        else:
            yield "", one.serialize()
