"""A claim stands here.

A caption."""
import numpy as np
ALT = "x"
def measure():
    return {"n": 3, "x": np.arange(4.0)}
def draw(fig, ink, data):
    ax = fig.subplots()
    ax.plot(data["x"], color=ink.raw)
    ax.set_title("Two words $\\partial L/\\partial w_1$")
