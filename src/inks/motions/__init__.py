"""Marks of motions, drawn with manim.

`film` runs all marks by one clock, `lettering` sets words and numbers, `counters` shows numbers
that change, `marks` holds what stands still, `walkers` what walks in a plane, `street` a car that
drives, and `reels` combines marks that move.
"""
