"""Several Axes: twins, insets, shared limits, mosaics, layouts, subfigures."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.transforms import Bbox
from mpl_toolkits.axes_grid1.inset_locator import inset_axes, mark_inset

X = np.linspace(0, 6, 50)


def twin_axes():
    fig, ax = plt.subplots(layout="tight")
    (left,) = ax.plot(X, X, "C0")
    twin = ax.twinx()
    (right,) = twin.plot(X, X, "C3--")
    ax.set_ylabel("speed", color="C0")
    twin.set_ylabel("height", color="C3")
    twin.tick_params(axis="y", colors="C3")

    def update(i):
        left.set_ydata(X * i)
        right.set_ydata(X ** (i / 2))
        for panel in (ax, twin):
            panel.relim()
            panel.autoscale_view()

    return FuncAnimation(fig, update, frames=5)


def secondary_axis():
    fig, ax = plt.subplots(layout="constrained")
    (line,) = ax.plot(X, X)
    top = ax.secondary_xaxis("top", functions=(np.rad2deg, np.deg2rad))
    top.set_xlabel("degrees")
    ax.set(ylim=(-1, 1))

    def update(i):
        line.set_ydata(np.sin(X * i))
        ax.set_xlim(0, 2 + i)
        ax.set_xlabel(["radians", "radians\n(not degrees)"][i % 2])

    return FuncAnimation(fig, update, frames=5)


def zoomed_inset():
    fig, ax = plt.subplots()
    inset = ax.inset_axes((0.5, 0.55, 0.45, 0.4), xlim=(1, 2), ylim=(0.5, 1.1))
    ax.indicate_inset_zoom(inset, edgecolor="k")
    lines = [panel.plot(X, np.sin(X))[0] for panel in (ax, inset)]
    ax.set_ylim(-1.2, 3)

    def update(i):
        for line in lines:
            line.set_ydata(np.sin(X + i / 4))
        inset.set_xlim(1 + i / 2, 2 + i / 2)

    return FuncAnimation(fig, update, frames=5)


def marked_inset():
    fig, ax = plt.subplots()
    ax.imshow(np.arange(100).reshape(10, 10), aspect="auto")
    inset = inset_axes(ax, "40%", "40%", loc="upper right")
    inset.imshow(np.arange(100).reshape(10, 10), aspect="auto")
    mark_inset(ax, inset, loc1=2, loc2=4, ec="w")

    def update(i):
        inset.set(xlim=(i, i + 2), ylim=(i / 2, i + 1))

    return FuncAnimation(fig, update, frames=5)


def wandering_inset():
    """An inset that a locator moves."""
    fig, ax = plt.subplots()
    ax.plot(X, X)
    inset = ax.inset_axes((0, 0, 0.1, 0.1))
    inset.plot(X, np.cos(X), "C1")

    def update(i):
        inset.set_axes_locator(
            lambda ax, renderer: Bbox.from_bounds(0.2 + i / 10, 0.3 + i / 20, 0.3, 0.2)
        )

    return FuncAnimation(fig, update, frames=5)


def shared_axes():
    fig, axs = plt.subplots(2, 2, sharex=True, sharey="row", gridspec_kw={"hspace": 0, "wspace": 0})
    lines = [ax.plot(X, np.sin(X + k))[0] for k, ax in enumerate(axs.flat)]

    def update(i):
        for k, line in enumerate(lines):
            line.set_ydata((1 + i * (k > 1)) * np.sin(X + k + i))
        axs[0, 0].set_xlim(0, 3 + i)
        axs[1, 0].set_ylim(-i - 1, i + 1)
        axs[0, 1].label_outer(remove_inner_ticks=i > 2)

    return FuncAnimation(fig, update, frames=5)


def broken_axis():
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True, height_ratios=[1, 2])
    lines = [ax.plot([0, 1, 2, 3], [1, 2, 1, 30], "o-")[0] for ax in (top, bottom)]
    top.spines.bottom.set_visible(False)
    bottom.spines.top.set_visible(False)
    top.tick_params(bottom=False)
    slash = {"marker": [(-1, -0.5), (1, 0.5)], "ms": 8, "clip_on": False}
    top.plot([0, 1], [0, 0], "k", ls="none", transform=top.transAxes, **slash)
    bottom.plot([0, 1], [1, 1], "k", ls="none", transform=bottom.transAxes, **slash)
    bottom.set_ylim(0, 5)

    def update(i):
        for line in lines:
            line.set_ydata([1, 2 + i / 2, 1, 30 + i])
        top.set_ylim(27 + i, 33 + i)

    return FuncAnimation(fig, update, frames=5)
