"""The inks: what all pictures share, so that a colour or a mark means one thing everywhere.

`palette` holds the colours by role, `style` the canvas of a still, `marks` what stills draw
again and again, `motion` the same for motions, `car` the car in both.
"""
