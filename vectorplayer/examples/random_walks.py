"""Random walks in a web page, saved by the name of the writer.

The update function clears its axes and draws anew.  That is slower than changing artists, but
gives the same page.

Usage: python random_walks.py [FILE], by default random_walks.html in the current folder.
"""

import sys

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

import vectorplayer  # noqa: F401  registers the writer "vector_html"

rng = np.random.default_rng(1)
walks = rng.normal(size=(40, 8)).cumsum(axis=0)
fig, ax = plt.subplots(figsize=(5, 3))


def draw(step):
    ax.clear()
    ax.plot(walks[: step + 1], lw=1)
    ax.set(xlim=(0, 40), ylim=(-15, 15), xlabel="step", ylabel="place")
    ax.set_title(f"standard deviation {walks[step].std():.1f}")


FuncAnimation(fig, draw, frames=40, interval=80).save(
    sys.argv[1] if len(sys.argv) > 1 else "random_walks.html",
    writer="vector_html",
    metadata={"title": "Eight random walks", "author": "vectorplayer"},
)
