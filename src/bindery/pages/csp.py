"""A content-security policy for each page: nothing from elsewhere, no inline code but this page's.

What stands inline is allowed by its digest. `style` attributes would need a hole in the policy, so
those that aligned tables and formulas bring along become classes, with one style sheet in the head.
"""

import base64
import hashlib
import re

DATA = r"(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)"  # neither elsewhere nor data
SCRIPT = re.compile(rf"<script{DATA}[^>]*>(.*?)</script>", re.S)
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
STYLED = re.compile(r'<(\w+)([^<>]*?) style="([^"]*)"([^<>]*?)(\s*/?)>')


def guarded(page: str) -> str:
    """The finished page's HTML with its policy, right behind the character set."""
    page = _unstyled(page) if ' style="' in page else page
    scripts, styles = (" ".join(map(_digest, kind.findall(page))) for kind in (SCRIPT, STYLE))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src 'self' {scripts}; style-src 'self' {styles}; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'"
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{tag}', 1)


def _unstyled(page: str) -> str:
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        tag, before, style, after, end = found.groups()
        name = names.setdefault(style.strip().rstrip(";"), f"style-{len(names)}")
        others, classed = re.subn(r"""(?<=\sclass=["'])""", f"{name} ", before + after, count=1)
        return f"<{tag}{others}{end}>" if classed else f'<{tag}{others} class="{name}"{end}>'

    page = STYLED.sub(named, page)
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    return page.replace("</head>", f"<style>{rules}</style></head>", 1) if rules else page


def _digest(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
