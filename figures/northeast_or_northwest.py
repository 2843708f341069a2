r"""The answer was changed between 2020 and 2024, and the Spanish comes from the text before that.

Of {{ copies }} copies, {{ northeast }} say northeast and {{ northwest }} northwest.
A second difference travels with the first: in {{ both }} copies we could compare it, and there the earlier text has the heading “Update”, the later one an explanation, “(i.e., …)”.
The Spanish has the earlier form of both.

The change is known, as a blog of 2024 and the page itself, in an undated copy, say northwest; who made it, and when within the shaded time, is inferred.
The dates of the English copies of 2019 and 2020 are reckoned from what they say of their own age.
The blog is dated 25 January 2024.
Inferred is also the dashed line: we did not see the first version.
The Portuguese, an open dot, we compared in its compass point alone.
"""

import numpy as np

from inks.stills import marks

ALT = """A time line with two rows. In the lower row, northeast and Update: the answer of 2016, dashed,
then English copies of about 2019 and 2020 and, undated, the Spanish text, and the Portuguese as an
open dot. In the upper row, northwest and i.e.: a blog of January 2024 and, undated, the page
itself. The years between are shaded."""
SIZE = (4.8, 2.4)
UNDATED = 2026.9
CHANGED = (2020.5, 2024.07)  # the last copy that says northeast, the first that says northwest
COPIES = [  # year, says it northwest, seen in both differences, what it is, where to write that
    (2019.8, 0, True, "", UNDATED),
    (2020.5, 0, True, "two English copies", 2019.6),
    (2024.07, 1, True, "a blog", 2024.07),
    (UNDATED - 1.0, 0, True, "Spanish", UNDATED - 1.0),
    (UNDATED + 1.0, 0, False, "Portuguese", UNDATED + 1.0),
    (UNDATED, 1, True, "the page", UNDATED),
]


def measure():
    years = np.array([copy[0] for copy in COPIES])
    northwest = np.array([copy[1] for copy in COPIES], float)
    both = np.array([copy[2] for copy in COPIES])
    return {
        "years": years,
        "rows": northwest,
        "northeast": int((1 - northwest).sum()),
        "copies": len(COPIES),
        "northwest": int(northwest.sum()),
        "both": int(both.sum()),
    }


def draw(fig, ink, data):
    ax = fig.subplots()
    ax.axvspan(*CHANGED, color=ink.cone, alpha=0.12, lw=0)
    ax.text(np.mean(CHANGED), 0.5, "changed", color=ink.cone, ha="center", va="center")
    ax.plot([2016.5, 2019.8], [0, 0], color=ink.raw, ls="--", lw=1)
    ax.plot(2016.5, 0, "o", color=ink.raw, mfc=ink.paper)
    marks.note(ax, ink, "answer", (2016.1, 0), (0, -16), color=ink.raw)
    looks = [  # of a row: its colour, its mark, what it says
        (ink.raw, "o", "↗ northeast, “Update”"),
        (ink.goal, "D", "↖ northwest, “i.e.”"),
    ]
    for year, row, (_, _, both, name, at) in zip(data["years"], data["rows"], COPIES, strict=True):
        colour, marker, _ = looks[int(row)]
        ax.plot(year, row, marker, color=colour, mfc=colour if both else ink.paper)
        marks.note(ax, ink, name, (at, row), (0, -7), color=colour, ha="center", va="top")
    for row, (colour, _, says) in enumerate(looks):
        ax.text(2016.1, row + 0.2, says, color=colour, fontsize=12)
    ax.set(xlim=(2016, 2029.3), ylim=(-0.55, 1.45), yticks=[])
    years = range(2016, 2025, 2)
    ax.set_xticks([*years, UNDATED], [*years, "no date"])
    ax.spines["left"].set_visible(False)
