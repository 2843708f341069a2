"""All-positive inputs lock the signs of one neuron's gradient; what slows descent is their mean.

One number governs the rest: q = mean² / variance of an input. From it follow the half-angle of the
cone of allowed moves, arctan(1/√q); the detour of a walk across it, √(1 + q); and the condition
number of the loss, 1 + d·q. Subtract the mean, and all three become harmless.

The package imports nothing by itself: `from zigzag import cone` loads `cone` and what that needs.
"""
