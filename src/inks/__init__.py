"""The inks: what all pictures share, so that a colour or a mark means one thing everywhere.

Here stands what stills and motions have in common: `palette` (colours by role), `style` (the canvas
and the face of its letters), `names` (how things are spelled), `car` (its shapes and its paint),
`pace` (the time of a motion, in numbers) and `arrays` (the types of arrays).
`inks.stills` draws with matplotlib, `inks.motions` with manim. A mark that both have, such as the
goal or the weight plane, has the same name in both.

The packages import nothing themselves: a still does not load manim, and a change in a module of
motions leaves the stills as they are.
"""
