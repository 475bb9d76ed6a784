"""What few animations use, and each differs between Agg and SVG."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.patches import Circle, Polygon
from matplotlib.path import Path

X = np.linspace(0, 6, 40)


def filtered():
    """A line that a function of pixels makes lighter and moves."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), lw=8)
    moved = [0]
    line.set_agg_filter(lambda image, dpi: (image * (1, 1, 1, 0.5), moved[0], -moved[0]))

    def update(i):
        moved[0] = 3 * i
        line.set_ydata(np.sin(X + i))
        return (line,)

    return FuncAnimation(fig, update, frames=5)


def clip_paths():
    """An empty clip path clips nothing, and no clip path clips a text."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), lw=6)
    text = ax.text(2, -0.5, "whole", size=24, clip_on=True)

    def update(i):
        circle = Circle((0.5, 0.5), 0.1 + 0.1 * i, transform=ax.transAxes)
        text.set_clip_path(circle)
        if i % 2:
            line.set_clip_path(circle)
        else:
            line.set_clip_path(Path(np.empty((0, 2))), ax.transData)

    return FuncAnimation(fig, update, frames=5)


def squares():
    """Squares, whose edges lie on whole pixels in Agg."""
    fig, ax = plt.subplots()
    dots = ax.scatter(X[::4], np.sin(X[::4]), marker="s", s=40)

    def update(i):
        dots.set_offsets(np.c_[X[::4], np.sin(X[::4] + i)])
        return (dots,)

    return FuncAnimation(fig, update, frames=5)


def closed_dashes():
    """Dashes around areas, not joined where the outline ends."""
    fig, ax = plt.subplots()
    ax.set(xlim=(-1, 5), ylim=(-1, 3))
    area = ax.add_patch(Polygon([(0, 0), (4, 0), (2, 2)], ls="--", lw=4, ec="k", fc="c"))

    def update(i):
        area.set_xy([(0, 0), (4, i / 4), (1 + i / 2, 2)])
        return (area,)

    return FuncAnimation(fig, update, frames=5)


def fonts_of_the_settings():
    """The same text after a change of the settings that name its font."""
    fig, ax = plt.subplots()
    ax.text(0.1, 0.5, "one and the same", size=14)

    def update(i):
        mpl.rcParams["font.sans-serif"] = ["DejaVu Serif" if i % 2 else "DejaVu Sans"]

    return FuncAnimation(fig, update, frames=5)


def plain_letters():
    """A text whose edges are not smoothed."""
    fig, ax = plt.subplots()
    text = ax.text(0.1, 0.3, "plain", size=30)

    def update(i):
        text.set_antialiased(i % 2 == 0)
        text.set_position((0.1 + i / 20, 0.3))
        return (text,)

    return FuncAnimation(fig, update, frames=5)
