"""Lettering for motions: words and running numbers in the site's typeface, by Typst, not LaTeX."""

from typing import Any

from manim import DecimalNumber, Typst, VMobject

from inks.style import FACE, faces

SIZE = 46  # of words: on a phone, 340 pixels wide, they are as high as 11-pixel type


class Words(Typst):
    """Typst markup in the site's typeface; what stands between dollar signs is a formula."""

    def __init__(self, markup: str, size: float = SIZE, weight: str = "regular", **kwargs: Any):
        face = f'#set text(font: "{FACE}", weight: "{weight}")'
        super().__init__(
            markup, font_size=size, typst_preamble=face, font_paths=[faces()], **kwargs
        )


class Number(DecimalNumber):
    """A number that runs, in the site's typeface; equally wide digits keep it in its place."""

    def __init__(self, places: int, color: str, size: float = 1.3 * SIZE):
        self.signs: dict[str, Words] = {}
        super().__init__(0, places, font_size=size, color=color)

    def set_value(self, number: float) -> "Number":
        """Take this value; typeset anew only if it reads differently."""
        if self._get_num_string(number) != self._get_num_string(self.number):
            super().set_value(number)
        self.number = number
        return self

    def _string_to_mob(self, string: str, *_: Any, **__: Any) -> VMobject:
        # manim would set it with LaTeX, and copy the whole result for each sign of each frame
        if string not in self.signs:
            self.signs[string] = Words(string, self._font_size, "semibold")
        return VMobject(fill_opacity=1, stroke_width=0).set_points(self.signs[string][0].points)

    def _set_submobjects_from_number(self, number: float) -> None:
        super()._set_submobjects_from_number(number)
        x = 0.0
        for glyph, sign in zip(self.submobjects, self._get_num_string(number), strict=True):
            width = self._font_size * (0.0055 if sign.isdigit() else 0.003)
            glyph.set_x(x + width / 2)
            x += width
