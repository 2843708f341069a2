r"""The slip seems to have stood in the English answer: translated faithfully, and corrected later.

Where the goal lies, according to {{ copies }} copies: {{ northeast }} say northeast, {{ northwest }} say northwest.
The years of the two English copies are estimates; the blog's is that of an image on it.
The dashed line and the shaded time are inferred: we saw neither the first version nor the correction.
"""

import numpy as np

from inks.stills import marks

ALT = """A time line with two rows. In the lower row, northeast: the answer of 2016, dashed, then English
copies of about 2019 and 2020, and, undated, the Spanish and the Portuguese text. In the upper row,
northwest: a blog of January 2024 and, undated, an English copy. The years between are shaded."""
SIZE = (4.8, 2.2)
UNDATED = 2026.3
COPIES = [  # year, does it say northwest, what it is, where to write that
    (2019.5, 0, "", UNDATED),
    (2020.5, 0, "two English copies", 2019.7),
    (2024.0, 1, "a blog", 2024.0),
    (UNDATED - 0.3, 0, "", UNDATED),
    (UNDATED + 0.3, 0, "Spanish,\nPortuguese", UNDATED),
    (UNDATED, 1, "English", UNDATED),
]


def measure():
    years, northwest = np.array([copy[:2] for copy in COPIES]).T
    return {
        "years": years,
        "rows": northwest,
        "northeast": int((1 - northwest).sum()),
        "copies": len(COPIES),
        "northwest": int(northwest.sum()),
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.axvspan(2020.5, 2024, color=ink.cone, alpha=0.12, lw=0)
    ax.text(2022.25, 0.5, "corrected", color=ink.cone, ha="center", va="center")
    ax.plot([2016.5, 2019.5], [0, 0], color=ink.raw, ls="--", lw=1)
    ax.plot(2016.5, 0, "o", color=ink.raw, mfc=ink.paper)
    marks.note(ax, ink, "answer", (2016.1, 0), (0, -16), color=ink.raw)
    looks = [  # of a row: its colour, its mark, what it says
        (ink.raw, "o", "↗ northeast"),
        (ink.goal, "D", "↖ northwest"),
    ]
    for year, row, (_, _, name, at) in zip(data["years"], data["rows"], COPIES, strict=True):
        colour, marker, _ = looks[int(row)]
        ax.plot(year, row, marker, color=colour)
        marks.note(ax, ink, name, (at, row), (0, -7), color=colour, ha="center", va="top")
    for row, (colour, _, says) in enumerate(looks):
        ax.text(2016.1, row + 0.2, says, color=colour, fontsize=12)
    ax.set(xlim=(2016, 2027.6), ylim=(-0.55, 1.45), yticks=[])
    years = range(2016, 2025, 2)
    ax.set_xticks([*years, UNDATED], [*years, "no date"])
    ax.spines["left"].set_visible(False)
