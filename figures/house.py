"""Maths and inks make a picture, pictures and words make a page.

Each box is a folder, with what it holds; an arrow leads from a thing to what is made with it.
The darkroom and the bindery take their colours from the inks too.
The maths imports none of the others, and lint sees to that.
"""

from matplotlib.patches import Rectangle

from inks.stills import marks

ALT = """Boxes joined by arrows: zigzag, the maths, and inks, the marks, lead to figures; figures lead
right to the darkroom, and it down to the bindery; docs, the words, lead to the bindery from the
left, and the bindery leads right to the site."""
SIZE = (4.8, 2.3)
FOLDERS = {  # what it holds, and where its box stands
    "zigzag": ("the maths", (0.0, 2.0)),
    "inks": ("the marks", (0.0, 1.0)),
    "figures": ("the pictures", (1.0, 1.5)),
    "darkroom": ("develops them", (2.0, 1.5)),
    "docs": ("the words", (1.0, 0.0)),
    "bindery": ("binds pages", (2.0, 0.0)),
    "site": ("what you read", (3.0, 0.0)),
}
ARROWS = [
    ("zigzag", "figures"),
    ("inks", "figures"),
    ("figures", "darkroom"),
    ("darkroom", "bindery"),
    ("docs", "bindery"),
    ("bindery", "site"),
]
WIDTH = 0.8  # of a box
HEIGHT = 0.56


def draw(fig, ink, data):  # noqa: ARG001 (the contract; it measures nothing)
    ax = marks.whole(fig)
    ax.set(xlim=(-0.45, 3.45), ylim=(-0.4, 2.4))
    ax.axis("off")
    accents = {"zigzag": ink.goal, "figures": ink.raw, "docs": ink.centred}
    for folder, (what, (x, y)) in FOLDERS.items():
        colour = accents.get(folder, ink.cone)
        edge = 1.6 if folder in accents else 0.9
        corner = (x - WIDTH / 2, y - HEIGHT / 2)
        ax.add_patch(Rectangle(corner, WIDTH, HEIGHT, ec=colour, fc=ink.paper, lw=edge))
        ax.text(x, y + 0.02, folder, color=ink.text, ha="center", va="bottom", weight="semibold")
        ax.text(x, y - 0.03, what, color=ink.text, ha="center", va="top", size=9.5)
    style = {"arrowstyle": "-|>", "color": ink.muted, "shrinkA": 2, "shrinkB": 2}
    for start, end in ARROWS:
        _, (x0, y0) = FOLDERS[start]
        _, (x1, y1) = FOLDERS[end]
        if x1 > x0:  # from the right side of one to the left side of the other
            tail, head = (x0 + WIDTH / 2, y0), (x1 - WIDTH / 2, y1)
        else:  # straight down
            tail, head = (x0, y0 - HEIGHT / 2), (x1, y1 + HEIGHT / 2)
        ax.annotate("", head, tail, arrowprops=style)
