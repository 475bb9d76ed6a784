"""One recording in every format; each frame is drawn once.

Usage: python every_format.py [FOLDER], by default the current one.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

from vectorplayer import VectorPlayer

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
fig, ax = plt.subplots(figsize=(4, 3))
x = np.linspace(0, 10, 300)
(line,) = ax.plot(x, 0 * x)
ax.set(ylim=(-1.1, 1.1), title="two waves meet")


def draw(frame):
    line.set_ydata(np.exp(-((x - frame / 2) ** 2)) - np.exp(-((x - 10 + frame / 2) ** 2)) / 2)


player = VectorPlayer(FuncAnimation(fig, draw, frames=21, interval=100), alt="Two waves meet.")
player.save(folder / "waves.html")  # the player, in a page of its own
player.save(folder / "waves.svg")  # a film for a README file
player.save(folder / "waves-10.svg", frame=10)  # one frame for a paper
player.save(folder / "waves.gif")  # where only pixels will do
player.save(folder / "waves-%03d.png")  # the frames for a video encoder
