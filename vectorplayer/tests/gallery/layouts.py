"""Layouts: mosaics, grids, subfigures, Axes that move."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.gridspec import GridSpec
from mpl_toolkits.axes_grid1 import make_axes_locatable

X = np.linspace(0, 6, 50)


def mosaic():
    fig, axs = plt.subplot_mosaic("AAB;C.B", layout="constrained", figsize=(3.5, 2.5))
    axs["A"].set_ylabel("signal")
    (line,) = axs["A"].plot(X, X)
    bars = axs["B"].bar(["in", "out"], [1, 2])
    axs["C"].set_xticks([0, 1], ["no", "yes"])

    def update(i):
        line.set_ydata(np.sin(X) * 10**i)
        axs["A"].set_ylim(-(10**i), 10**i)
        axs["A"].set_title(f"scale {10**i:,}", loc="right", fontsize="small")
        bars[0].set_height(i)
        return line, *bars

    return FuncAnimation(fig, update, frames=5, blit=True)


def gridspec():
    fig = plt.figure(figsize=(3, 2.5))
    grid = GridSpec(2, 3, figure=fig, width_ratios=[2, 1, 1], hspace=0.5)
    big, small = fig.add_subplot(grid[:, :2]), fig.add_subplot(grid[0, 2])
    last = fig.add_subplot(grid[1, 2], sharex=small)

    def update(i):
        grid.set_width_ratios([2, 1, 1 + i])
        for ax in (big, small, last):
            ax.set_subplotspec(ax.get_subplotspec())
            ax.tick_params(labelsize=5 + i)
        small.set_xlim(0, 1 + i)
        big.annotate(str(i), (0.2 * i, 0.5))

    return FuncAnimation(fig, update, frames=5)


def subfigures():
    fig = plt.figure(layout="constrained", figsize=(4, 2))
    left, right = fig.subfigures(1, 2, width_ratios=[1, 1.5])
    one, (two, three) = left.subplots(), right.subplots(2, 1, sharex=True)
    lines = [ax.plot(X, np.sin(X))[0] for ax in (one, two, three)]
    right.supylabel("both")

    def update(i):
        for k, line in enumerate(lines):
            line.set_ydata(np.sin(X * (k + 1) + i))
        left.suptitle(f"left {i}")
        right.set_facecolor(["w", "0.9", "lightyellow", "0.9", "w"][i])

    return FuncAnimation(fig, update, frames=5)


def marginal_histograms():
    fig, ax = plt.subplots(figsize=(2.5, 2.5))
    top = make_axes_locatable(ax).append_axes("top", 0.4, pad=0.1, sharex=ax)
    points = np.random.default_rng(1).normal(size=(2, 200))

    def update(i):
        ax.clear()
        top.clear()
        ax.scatter(*points[:, : 40 * (i + 1)], s=8)
        ax.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
        top.hist(points[0, : 40 * (i + 1)], bins=np.linspace(-3, 3, 13))
        top.xaxis.set_tick_params(labelbottom=False)

    return FuncAnimation(fig, update, frames=5)


def axes_that_come_and_go():
    fig = plt.figure()
    held = []

    def update(i):
        for ax in held:
            ax.remove()
        held[:] = [fig.add_subplot(1, i % 3 + 1, k + 1) for k in range(i % 3 + 1)]
        for k, ax in enumerate(held):
            ax.plot(X, np.sin(X * (k + i)), f"C{k}")
            ax.set_title(f"{i}.{k}")

    return FuncAnimation(fig, update, frames=5)


def moving_axes():
    fig, ax = plt.subplots()
    ax.plot(X, X)
    ax.set_title("here")

    def update(i):
        ax.set_position([0.15 + i / 20, 0.2, 0.8 - i / 10, 0.65 - i / 20])
        ax.set_aspect(["auto", "equal", "auto", 2, "auto"][i], adjustable="box", anchor="SW")
        ax.set_visible(i != 2)

    return FuncAnimation(fig, update, frames=5)


def growing_label():
    """A layout engine that makes room for a label and for longer tick labels."""
    fig, ax = plt.subplots(layout="constrained")
    (line,) = ax.plot(X, X)

    def update(i):
        line.set_ydata(X * 10**i)
        ax.set_ylim(0, 6 * 10**i)
        ax.set_ylabel("line\n" * i)

    return FuncAnimation(fig, update, frames=5)


def legend_of_another_panel():
    """A legend whose place is given in the coordinates of Axes that move; an inset that moves."""
    fig, (left, right) = plt.subplots(1, 2)
    left.plot(X, X, label="far")
    left.legend(loc="center", bbox_to_anchor=(0.5, 0.5), bbox_transform=right.transAxes)
    inset = left.inset_axes((0.1, 0.6, 0.3, 0.3))

    def update(i):
        right.set_position([0.5 + i / 20, 0.3, 0.3, 0.3])
        inset.set_axes_locator(None)
        inset.set_position([0.25, 0.3 + i / 10, 0.15, 0.15])

    return FuncAnimation(fig, update, frames=5)
