r"""The machine garbled the formula too: d became re, as the note D is called, and i yo, the pronoun I.

The copy that was translated had lost the bar and the layout of $\partial L/\partial w_i$; “{{ copied }}” was left.
A translator who takes these for words writes “{{ garbled }}”: the note D is *re* in Spanish, I is *yo*, and L and w stay.
In the same way $x_i$ became `Xyo`, and $\partial L/\partial f$ became `reLreF`.
The strings are in the text as shown; how they came about is our inference, and one letter does not fit it: the note F is *fa*, yet $f$ became `F`.
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
    return {
        "text": "porqueXyo> 0 , el gradiente reLrewyo siempre tiene …",
        "garbled": "reLrewyo",
        "copied": "dLdwi",
    }


def play(scene, ink, data):
    line = Words(data["text"], 54, color=ink.muted).to_edge(UP, buff=0.8)
    before = data["text"].partition(data["garbled"])[0].replace(" ", "")
    found = line[len(before) : len(before) + len(data["garbled"])]
    found.set_color(ink.text)

    words = Words(data["garbled"], 190, color=ink.text)
    copied = Words(data["copied"], 190, color=ink.text)
    copied.shift(words[2].get_bottom() - copied[1].get_bottom())  # L on L
    formula = MathTypst("(partial L) / (partial w_i)", font_size=210, color=ink.text)
    formula.shift(0.8 * DOWN)

    # re L re w yo, d L d w i, and ∂ L ∂ w i with a bar
    first_re = words[0:2]
    garbled_l = words[2]
    second_re = words[3:5]
    garbled_w = words[5]
    yo = words[6:8]
    first_d, _, second_d, _, i = copied
    above, l_above, below, w_below, i_below, bar = formula

    hints = VGroup()
    for part, letter, hint in (
        (first_re, first_d, "note D"),
        (second_re, second_d, "note D"),
        (yo, i, "pronoun I"),
    ):
        letter.set_x(part.get_x())
        hints += Words(hint, 58, color=ink.muted).set_x(part.get_x()).align_to(1.1 * DOWN, UP)

    scene.add(line)
    scene.wait(0.7)
    scene.play(TransformFromCopy(found, words))
    scene.play(FadeIn(hints), run_time=0.6)
    scene.wait(1.1)
    scene.play(
        FadeTransform(first_re, first_d, stretch=False),
        FadeTransform(second_re, second_d, stretch=False),
        FadeTransform(yo, i, stretch=False),
    )
    scene.play(FadeOut(hints), run_time=0.8)
    scene.play(
        FadeTransform(second_d, below),
        FadeTransform(garbled_w, w_below),
        FadeTransform(i, i_below),
    )
    scene.play(
        FadeTransform(first_d, above),
        FadeTransform(garbled_l, l_above),
        FadeIn(bar),
    )
    scene.wait(1.8)
