"""A content-security policy for each page: nothing from elsewhere, no inline code but this page's.

What stands inline is allowed by its digest. `style` attributes would need a hole in the policy, so
those that aligned tables and formulas bring along become classes, with one style sheet in the head.
"""

import base64
import hashlib
import html
import re

NO_CODE = r"(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)"  # a file of its own, or data
SCRIPT = re.compile(rf"<script{NO_CODE}[^>]*>(.*?)</script>", re.S)
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)

ATTRIBUTE = r"""\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
TAG = re.compile(rf"<([a-z][\w-]*)((?:{ATTRIBUTE})+)(\s*/?>)", re.I)
NO_TAGS = re.compile(r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->)", re.S | re.I)


def with_policy(page: str) -> str:
    """The finished page's HTML with its policy, right behind the character set."""
    page = _without_style_attributes(page)
    scripts = " ".join(map(_digest, SCRIPT.findall(page)))
    styles = " ".join(map(_digest, STYLE.findall(page)))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src 'self' {scripts}; style-src 'self' {styles}; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'"
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{tag}', 1)


def _without_style_attributes(page: str) -> str:
    names: dict[str, str] = {}  # declarations → class

    def classed(found: re.Match[str]) -> str:
        tag, attributes, *_, end = found.groups()
        if "style" not in attributes.lower():
            return found[0]
        return f"<{tag}{_classed(attributes, names)}{end}"

    parts = NO_TAGS.split(page)  # what stands between tags, and what holds none, in turn
    parts[::2] = [TAG.sub(classed, part) for part in parts[::2]]
    page = "".join(parts)
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    return page.replace("</head>", f"<style>{rules}</style></head>", 1) if rules else page


def _classed(attributes: str, names: dict[str, str]) -> str:
    """A tag's attributes, with a class in place of the style; the class is new in `names`."""
    style = None
    classes = ""
    others = []
    for found in re.finditer(ATTRIBUTE, attributes):
        name = found[1].lower()
        value = html.unescape((found[2] or "").strip("\"'"))
        if name == "style":
            style = value.strip().rstrip(";")
        elif name == "class":
            classes = value
        else:
            others.append(found[0])
    if style is None:
        return attributes
    if style:
        named = names.setdefault(style, f"style-{len(names)}")
        classes = f"{named} {classes}".rstrip()
    if classes:
        others.append(f' class="{html.escape(classes)}"')
    return "".join(others)


def _digest(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
