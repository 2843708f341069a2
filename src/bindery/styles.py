"""The style sheets of a finished site become one, without the rules that nothing on it can use.

A selector stays while each class, and each value of an attribute, that it asks for is a word of
some page or script of the site; a custom property stays while something reads it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from bindery.once import once
from darkroom.store import Store

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n?')
ASKED = re.compile(r'\.(-?[A-Za-z_][\w-]*)|\[[\w-]+~?="?([\w-]+)"?\]')
BRACKETS = re.compile(r"\([^()]*\)")  # what stands in them, a selector asks for as one of several
READ = re.compile(r"var\(\s*(--[\w-]+)")
THEME = ("assets/images", "assets/javascripts", "assets/stylesheets")  # what it brings along
NESTING = {"media", "supports", "layer", "container"}


def bound(site: Path, store: Store) -> None:
    """Every page's links to style sheets become one link to one sheet, named by its content."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    addresses = LINK.findall(pages[site / "index.html"])
    for folder in THEME:
        _swept(site / folder, "".join(pages.values()))
    sheets = [site / address for address in addresses]
    css = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    scripts = (path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.*js")))
    one = once(store, sheet, css, *(pages[path] for path in sorted(pages)), *scripts)
    name = f"style.{hashlib.sha256(one).hexdigest()[:8]}.css"
    (site / name).write_bytes(one)
    for path, page in pages.items():
        path.write_text(_linked(page, addresses, name), encoding="utf-8")
    for path in sheets:
        path.unlink()


def sheet(css: str, *texts: str) -> bytes:
    """What these pages and scripts can use of it."""
    return lean(css, set(re.findall(r"[\w-]+", "\n".join(texts)))).encode()


def _linked(page: str, addresses: list[str], name: str) -> str:
    """The page with one link for those of the site; links of its own stay."""
    firsts = (link for link in LINK.findall(page) if link.endswith(addresses[0]))
    to_root = next(firsts, "").removesuffix(addresses[0])
    own = {to_root + address for address in addresses}
    one = iter([f'<link rel="stylesheet" href="{to_root}{name}">\n'])
    return LINK.sub(lambda m: next(one, "") if m[1] in own else m[0], page)


def _swept(folder: Path, asked: str) -> None:
    """Remove what came with the theme and is asked for by no page."""
    for path in folder.rglob("*.*"):
        if path.is_file() and path.name not in asked and quote(path.name) not in asked:
            path.unlink()


def lean(css: str, known: set[str]) -> str:
    """The style sheet without what asks for words that are not known, or is never read."""
    for _ in range(2):  # what only a dropped rule read, nothing reads the second time
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        css = "".join(_kept(rules, known, known.union(READ.findall(css))))
    return css


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
