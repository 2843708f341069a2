r"""The machine translated the formula too: d became the note re, and i became yo, the pronoun I.

The copy that was translated had lost the bar and the layout of $\partial L/\partial w_i$; “{{ copied }}” was left.
A translator who takes these for words writes “{{ garbled }}”: the note D is *re* in Spanish, I is *yo*, and L and w stay.
In the same way $x_i$ became `Xyo`, and $\partial L/\partial f$ became `reLreF`.
How it came about is our inference; the strings stand in the text as shown.
"""

from manim import DOWN, UP, FadeIn, FadeOut, FadeTransform, MathTypst, TransformFromCopy, VGroup

from inks.motions.lettering import Words

ALT = """Above, a line of Spanish with the string {{ garbled }} in it. Below, large, a fraction: ∂L over
∂w with a small i at its foot."""
TRANSCRIPT = [
    (0.0, "A line of Spanish: porqueXyo> 0 , el gradiente reLrewyo siempre tiene …"),
    (0.7, "The string reLrewyo comes out of it and grows. Below it: re, note D; yo, pronoun I."),
    (3.4, "In their places each re turns into d, and yo into i: d L d w i."),
    (5.2, "d, w, i drop and become ∂w with index i; d L becomes ∂L above; a bar joins them."),
]


def measure():
    text = "porqueXyo> 0 , el gradiente reLrewyo siempre tiene …"
    return {"text": text, "garbled": "reLrewyo", "copied": "dLdwi"}


def play(scene, ink, data):
    line = Words(data["text"], 54, color=ink.muted).to_edge(UP, buff=0.8)
    start = len(data["text"].split(data["garbled"])[0].replace(" ", ""))
    found = line[start : start + len(data["garbled"])].set_color(ink.text)
    words, copied = (Words(data[key], 190, color=ink.text) for key in ("garbled", "copied"))
    copied.shift(words[2].get_bottom() - copied[1].get_bottom())  # L on L
    hints = VGroup(Words(hint, 58, color=ink.muted) for hint in ("note D", "note D", "pronoun I"))
    turned = [words[0:2], words[3:5], words[6:8]]  # re, re, yo
    for part, letter, hint in zip(turned, copied[::2], hints, strict=True):
        letter.set_x(part.get_x())
        hint.set_x(part.get_x()).align_to(1.1 * DOWN, UP)
    row = [copied[0], words[2], copied[2], words[5], copied[4]]  # d, L, d, w, i
    formula = MathTypst("(partial L) / (partial w_i)", font_size=210, color=ink.text)
    formula.shift(0.8 * DOWN)  # its glyphs: ∂, L, ∂, w, i, and the bar
    scene.add(line)
    scene.wait(0.7)
    scene.play(TransformFromCopy(found, words))
    scene.play(FadeIn(hints), run_time=0.6)
    scene.wait(1.1)
    scene.play(
        *(FadeTransform(*pair, stretch=False) for pair in zip(turned, row[::2], strict=True))
    )
    scene.play(FadeOut(hints), run_time=0.8)
    scene.play(*map(FadeTransform, row[2:], formula[2:]))
    scene.play(*map(FadeTransform, row[:2], formula), FadeIn(formula[5]))
    scene.wait(1.8)
