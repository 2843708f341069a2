"""Marks of stills, drawn with matplotlib.

`marks` holds what stills draw again and again, `charts` bars and curves, `street` a parked car.
"""
