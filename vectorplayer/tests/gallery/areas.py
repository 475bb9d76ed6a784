"""Areas, bands and bars of error around lines."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

X = np.linspace(0, 6, 60)


def error_bars():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(5)

    def update(i):
        ax.cla()
        ax.errorbar(
            range(6), rng.normal(size=6), yerr=0.3 + 0.1 * i, xerr=0.2, capsize=4, fmt="s",
            ecolor="C3", uplims=i == 3,
        )  # fmt: skip
        ax.set_ylim(-3, 3)
        ax.set_title(f"sample {i + 1}")

    return FuncAnimation(fig, update, frames=5)


def filled_between():
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 6), ylim=(-2, 2))

    def update(i):
        for collection in list(ax.collections):
            collection.remove()
        low, high = np.sin(X - i / 3), np.cos(X)
        ax.fill_between(X, low, high, where=high > low, alpha=0.4, interpolate=True)
        ax.fill_between(X, low, high, where=high <= low, color="C1", alpha=0.4, hatch="//")

    return FuncAnimation(fig, update, frames=5)


def stacked():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(2)
    shares = rng.random((3, 20)).cumsum(axis=1)

    def update(i):
        ax.clear()
        stop = 4 * (i + 1)
        names = ["wind", "water", "sun"]
        ax.stackplot(range(stop), shares[:, :stop], labels=names, baseline="wiggle")
        ax.legend(loc="upper left", fontsize="small")
        ax.margins(x=0)

    return FuncAnimation(fig, update, frames=5)


def stems_and_spans():
    fig, ax = plt.subplots()
    stem = ax.stem(range(8), range(8))
    band = ax.axvspan(1, 2, color="C2", alpha=0.2)
    level = ax.axhline(0, color="k", ls=":")
    ax.axline((0, 0), slope=0.5, color="0.7")

    def update(i):
        heights = np.roll(np.arange(8.0), i)
        stem.markerline.set_ydata(heights)
        stem.stemlines.set_segments([[(k, 0), (k, h)] for k, h in enumerate(heights)])
        band.set_x(1 + i)
        level.set_ydata([i, i])
        return stem.markerline, stem.stemlines, band, level

    return FuncAnimation(fig, update, frames=5, blit=True)
