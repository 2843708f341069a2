"""The inks: what all pictures share, so that a colour or a mark means one thing everywhere.

`palette` holds the colours by role, `style` the canvas of a still, `marks` what stills draw again
and again. For motions there are `motion` (one clock, trails), `lettering` (words and numbers),
`weights` and `street` (what moves in either), `car` (its shapes) and `pace` (its driver).
"""
