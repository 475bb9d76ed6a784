"""Rolling circles draw a square wave; the film is saved as an SVG of a few kilobytes.

Usage: python square_wave.py [FILE], by default square_wave.svg in this folder.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.patches import ConnectionPatch

from vectorplayer import VectorPlayer

FRAMES = 36
ORDERS = np.array([1, 3, 5])


def arms(angle):
    """Return the joints of the arms: each one is a term of the Fourier series."""
    steps = 4 / np.pi / ORDERS * np.exp(1j * ORDERS * angle)
    return np.concatenate([[0], np.cumsum(steps)])


fig, (left, right) = plt.subplots(1, 2, figsize=(6, 2.2), width_ratios=[1, 1.9], layout="tight")
left.set(xlim=(-1.7, 1.7), ylim=(-1.7, 1.7), aspect="equal", xticks=[], yticks=[])
right.set(xlim=(0, 2 * np.pi), ylim=(-1.7, 1.7), yticks=[-1, 0, 1])
right.set_xticks([0, np.pi, 2 * np.pi], ["0", "π", "2π"])
right.axhline(0, color="0.8", lw=1)

angles = np.linspace(0, 2 * np.pi, 97)
heights = np.array([arms(angle)[-1].imag for angle in angles])
circles = [left.add_patch(plt.Circle((0, 0), 4 / np.pi / k, fill=False, ec="0.75")) for k in ORDERS]
(chain,) = left.plot([], [], "o-", color="C0", ms=3)
(curve,) = right.plot([], [], color="C3")
thread = right.add_artist(
    ConnectionPatch((0, 0), (0, 0), "data", "data", axesA=left, axesB=right, color="C3", ls=":")
)
thread.set_in_layout(False)
title = right.set_title(" ")


def draw(frame):
    angle = 2 * np.pi * frame / (FRAMES - 1)
    joints = arms(angle)
    for circle, joint in zip(circles, joints, strict=False):
        circle.center = joint.real, joint.imag
    chain.set_data(joints.real, joints.imag)
    seen = angles <= angle
    curve.set_data(angles[seen], heights[seen])
    thread.xy1, thread.xy2 = (joints[-1].real, joints[-1].imag), (angle, joints[-1].imag)
    title.set_text(f"angle {angle / np.pi:.2f} π")


draw(0)
fig.draw_without_rendering()
fig.set_layout_engine("none")  # the axes stay where they are
player = VectorPlayer(
    FuncAnimation(fig, draw, frames=FRAMES, interval=120),
    precision=0.25,
    alt="Three circles roll on each other; the tip of the last one draws a square wave.",
)
player.save(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_suffix(".svg"))
