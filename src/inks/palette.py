"""Colours by role, for light paper and for dark.

Roles, never hues: `raw` is warm and solid, `centred` is cool and dashed, on the page as in every
picture. All text roles have a contrast of at least 4.5:1 on their paper, all marks of 3:1.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """One set of colours, as `#rrggbb`: a figure draws with it and never names a hue."""

    paper: str
    text: str
    muted: str  # axes, ticks, what only accompanies
    raw: str  # raw, one-signed inputs; solid
    centred: str  # centred inputs; dashed
    goal: str  # the goal; also a star
    mean: str  # the mean μ; also thick
    cone: str  # allowed moves; filled at 12 %, its edge hatched

    def roles(self) -> Mapping[str, str]:
        """Role → colour, in the order above."""
        return asdict(self)


LIGHT = Ink(
    paper="#fdfcf9",
    text="#1c2333",
    muted="#667085",
    raw="#c2410c",
    centred="#1d4ed8",
    goal="#0f766e",
    mean="#86198f",
    cone="#475467",
)
DARK = Ink(
    paper="#14171f",
    text="#e7e9ee",
    muted="#98a2b3",
    raw="#fb923c",
    centred="#8ab4ff",
    goal="#5eead4",
    mean="#f0abfc",
    cone="#c3cad6",
)
THEMES: Mapping[str, Ink] = {"light": LIGHT, "dark": DARK}


def stylesheet() -> str:
    """The roles as CSS variables: `--raw`, `--paper`, …, light, dark, without scripts, on paper."""

    def block(ink: Ink) -> str:
        return "{" + "".join(f"--{role}:{colour};" for role, colour in ink.roles().items()) + "}"

    return (
        f":root,[data-md-color-scheme=default]{block(LIGHT)}\n"
        f"[data-md-color-scheme=slate]{block(DARK)}\n"
        "@media (scripting:none) and (prefers-color-scheme:dark)"
        f"{{:root,[data-md-color-scheme]{block(DARK)}}}\n"
        f"@media print{{:root,[data-md-color-scheme]{block(LIGHT)}}}\n"
    )
