"""Maths and inks make a picture, pictures and words make a page.

Each box is a folder, with what it holds; an arrow leads from a thing to what is made with it.
Two folders more belong to the darkroom: `inventory` knows what is stale, `workshop` makes each picture, in colours from the inks.
The bindery takes its colours from the inks too.
The maths imports none of the others, and lint sees to that.
"""

from matplotlib.patches import Rectangle

from inks.stills import marks

ALT = """Boxes joined by arrows: zigzag, the maths, and inks, the marks, lead to figures; figures lead
right to the darkroom, and it down to the bindery; docs, the words, lead to the bindery from the
left, and the bindery leads right to the site."""
SIZE = (4.8, 2.3)
ROOMS = {  # folder → what it holds, and where it stands
    "zigzag": ("the maths", (0.0, 2.0)),
    "inks": ("the marks", (0.0, 1.0)),
    "figures": ("the pictures", (1.0, 1.5)),
    "darkroom": ("develops them", (2.0, 1.5)),
    "docs": ("the words", (1.0, 0.0)),
    "bindery": ("binds pages", (2.0, 0.0)),
    "site": ("what you read", (3.0, 0.0)),
}
DOORS = ["zigzag figures", "inks figures", "figures darkroom", "darkroom bindery"]
DOORS += ["docs bindery", "bindery site"]
WIDE, HIGH = 0.8, 0.56


def draw(fig, ink, data):  # noqa: ARG001 (the contract; it measures nothing)
    ax = marks.boxed(fig, (0, 0, *fig.get_size_inches() * 72))
    ax.set(xlim=(-0.45, 3.45), ylim=(-0.4, 2.4))
    ax.axis("off")
    for folder, (what, (x, y)) in ROOMS.items():
        colour = {"zigzag": ink.goal, "figures": ink.raw, "docs": ink.centred}.get(folder, ink.cone)
        box = {"ec": colour, "fc": ink.paper, "lw": 1.6 if colour != ink.cone else 0.9}
        ax.add_patch(Rectangle((x - WIDE / 2, y - HIGH / 2), WIDE, HIGH, **box))
        ax.text(x, y + 0.02, folder, color=ink.text, ha="center", va="bottom", weight="semibold")
        ax.text(x, y - 0.03, what, color=ink.text, ha="center", va="top", size=9.5)
    for door in DOORS:
        (x0, y0), (x1, y1) = (ROOMS[end][1] for end in door.split())
        side = WIDE / 2 if x1 > x0 else 0
        drop = 0 if side else HIGH / 2
        arrow = {"arrowstyle": "-|>", "color": ink.muted, "shrinkA": 2, "shrinkB": 2}
        ax.annotate("", (x1 - side, y1 + drop), (x0 + side, y0 - drop), arrowprops=arrow)
