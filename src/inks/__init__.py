"""The inks: what all pictures share, so that a colour or a mark means one thing everywhere.

`palette` holds the colours by role, `names` how things are called, `style` the canvas of a still,
`marks` what stills draw again and again, `charts` bars and curves, `lane` a parked car.
For motions there are `motion` (one clock, trails), `lettering` (words and numbers), `counters`
(numbers that move), `weights` and `street` (what moves in either), `car` (its shapes), `pace` (its
driver) and `reels` (one after another).
"""
