"""Patches: what they can change, what clips them, how they are painted."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patches
from matplotlib.animation import FuncAnimation
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle
from matplotlib.sankey import Sankey
from matplotlib.transforms import Affine2D


def bouncing_ball():
    fig, ax = plt.subplots(figsize=(2.5, 2.5))
    ball = ax.add_patch(Circle((0, 0), 0.2, fc="C1", ec="k", lw=2))
    shadow = ax.add_patch(Ellipse((0, 0), 0.5, 0.1, color="0.5", alpha=0.5, zorder=0))
    ax.set(xlim=(-1, 1), ylim=(-0.1, 1.9), aspect="equal")

    def update(i):
        ball.center = (i / 5 - 0.4, 0.2 + abs(np.cos(1.2 * i)))
        shadow.set_center((i / 5 - 0.4, 0))
        shadow.width = 0.5 + 0.1 * i
        return ball, shadow

    return FuncAnimation(fig, update, frames=5, blit=True)


def angles():
    """An arc whose angle changes by assignment, as does the wedge beneath."""
    fig, ax = plt.subplots(figsize=(2.5, 2.5))
    arc = ax.add_patch(patches.Arc((0, 0), 1.4, 1.4, theta1=0, theta2=30, lw=3, color="C3"))
    wedge = ax.add_patch(patches.Wedge((0, 0), 0.5, 0, 30, alpha=0.5))
    (arm,) = ax.plot([0, 1], [0, 0], "k", lw=4, solid_capstyle="round")
    ax.set(xlim=(-1, 1), ylim=(-1, 1), aspect="equal")

    def update(i):
        arc.theta2 = 30 + 60 * i
        wedge.set_theta2(30 + 60 * i)
        angle = np.radians(30 + 60 * i)
        arm.set_data([0, np.cos(angle)], [0, np.sin(angle)])

    return FuncAnimation(fig, update, frames=5)


def turning_patches():
    fig, ax = plt.subplots()
    square = ax.add_patch(Rectangle((0, 0), 1, 1, rotation_point="center", fc="none", lw=3))
    star = ax.add_patch(patches.RegularPolygon((3, 1), 5, radius=0.8, fc="gold", ec="r", ls="--"))
    ring = ax.add_patch(patches.Annulus((5, 1), 0.8, 0.3, fc="C2"))
    kite = ax.add_patch(Polygon([(1, 2), (2, 3), (1, 4)], closed=False, fill=False, ec="C4"))
    ax.set(xlim=(-1, 6), ylim=(-1, 4))

    def update(i):
        square.set_angle(15 * i)
        square.set_linestyle(["-", ":", "--", "-.", (0, (5, 1))][i])
        star.orientation = i / 5
        ring.set_width(0.2 + i / 10)
        kite.set_xy([(1, 2), (2 + i / 3, 3), (1, 4)][: 3 - (i == 3)])
        star.set_fill(i % 2 == 0)

    return FuncAnimation(fig, update, frames=5)


def robot_arm():
    """Artists that are turned by a transform of their own."""
    fig, ax = plt.subplots(figsize=(2.5, 2.5))
    turn = Affine2D()
    arm = ax.add_patch(Rectangle((0, -0.1), 1.2, 0.2, transform=turn + ax.transData, alpha=0.6))
    ax.plot([0, 1, 1.5], [0, 0, 0.5], "k-o", transform=turn + ax.transData)
    hand = ax.add_patch(patches.Arrow(0, 0, 0.5, 0, width=0.3, color="C1"))
    ax.set(xlim=(-2, 2), ylim=(-2, 2), aspect="equal")

    def update(i):
        turn.clear().rotate_deg(35 * i)
        hand.set_transform(Affine2D().translate(i / 4, -1) + ax.transData)
        return arm, hand

    return FuncAnimation(fig, update, frames=5)


def fancy_boxes():
    fig, ax = plt.subplots()
    box = ax.add_patch(patches.FancyBboxPatch((0.1, 0.2), 0.3, 0.2, fc="wheat"))
    arrow = ax.add_patch(patches.FancyArrowPatch((0.4, 0.3), (0.9, 0.8), mutation_scale=15))

    def update(i):
        box.set_boxstyle(["round", "sawtooth", "larrow", "roundtooth", "darrow"][i], pad=0.05)
        box.set_x(0.1 + i / 20)
        arrow.set_positions((0.4 + i / 20, 0.3), (0.9, 0.8 - i / 8))
        arrow.set_arrowstyle(["->", "-|>", "fancy", "<->", "wedge"][i])
        arrow.set_connectionstyle(f"arc3,rad={0.1 * i}")

    return FuncAnimation(fig, update, frames=5)


def connected_panels():
    fig, (left, right) = plt.subplots(1, 2)
    circle = np.linspace(0, 2 * np.pi, 50)
    left.plot(np.cos(circle), np.sin(circle))
    (dot,) = left.plot([1], [0], "o")
    (wave,) = right.plot([], [])
    right.set(xlim=(0, 7), ylim=(-1.5, 1.5))
    bridge = patches.ConnectionPatch((1, 0), (0, 0), "data", "data", axesA=left, axesB=right)
    fig.add_artist(bridge).set_linestyle(":")

    def update(i):
        dot.set_data([np.cos(i)], [np.sin(i)])
        wave.set_data(circle[: 10 * i + 1], np.sin(circle[: 10 * i + 1]))
        bridge.xy1, bridge.xy2 = (np.cos(i), np.sin(i)), (i, np.sin(i))
        return dot, wave, bridge

    return FuncAnimation(fig, update, frames=5)


def far_vertices():
    """Areas that end far outside the window, at an angle."""
    fig, ax = plt.subplots()
    kite = ax.add_patch(Polygon([(0, 0), (1, 1), (1e9, 5e8)], alpha=0.5))
    ax.fill_between([0, 1, 1e8], [2, 2, 2], [2, 1.5, 1e7], color="C1", alpha=0.5)
    ax.set(xlim=(0, 2), ylim=(0, 3))

    def update(i):
        kite.set_xy([(0, i / 4), (1, 1.5), (1e9, 5e8)])

    return FuncAnimation(fig, update, frames=5)


def energy_flows():
    """Paths whose curves are followed by codes of other kinds."""
    fig, ax = plt.subplots()
    ax.axis("off")

    def update(i):
        for patch in list(ax.patches):
            patch.remove()
        flows = [1, -0.3 - i / 10, -0.7 + i / 10]
        Sankey(ax=ax, scale=0.5).add(flows=flows, orientations=[0, 1, 0]).finish()

    return FuncAnimation(fig, update, frames=5)
