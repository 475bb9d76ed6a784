"""Scales, ticks, spines and grids: what an Axis says."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ticker
from matplotlib.animation import FuncAnimation

X = np.linspace(0.1, 6, 50)


def formatter_with_a_memory():
    """The labels of ticks that stay, written by a function that reads a variable."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)
    year = [2000]
    ax.xaxis.set_major_formatter(lambda x, _: f"{year[0] + x:.0f}")

    def update(i):
        year[0] = 2000 + 10 * i
        line.set_ydata(X * i / 4)

    return FuncAnimation(fig, update, frames=5)


def formats():
    fig, ax = plt.subplots()
    ax.plot(X, 1e5 * X)

    def update(i):
        ax.ticklabel_format(style=["plain", "sci"][i % 2], scilimits=(0, 0), useMathText=i > 2)
        ax.locator_params(axis="x", nbins=2 + i)

    return FuncAnimation(fig, update, frames=6)


def units():
    fig, (ax, ay) = plt.subplots(1, 2, figsize=(4, 2))
    ax.xaxis.set_major_locator(ticker.MultipleLocator(np.pi))
    ax.xaxis.set_major_formatter(lambda x, _: f"${x / np.pi:.0f}\\pi$")
    ay.yaxis.set_major_formatter(ticker.EngFormatter("Hz"))
    ay.xaxis.set_major_formatter(ticker.PercentFormatter(1))
    (wave,) = ax.plot(10 * X, np.sin(10 * X))

    def update(i):
        ax.set_xlim(i, 3 * i + 7)
        ay.set_ylim(0, 10 ** (2 * i))
        wave.set_ydata(np.sin(10 * X + i))

    return FuncAnimation(fig, update, frames=5)


def minor_ticks_and_grids():
    fig, ax = plt.subplots()
    ax.plot(X, X)

    def update(i):
        ax.minorticks_on() if i % 2 else ax.minorticks_off()
        ax.grid(False, which="both")
        if i > 1:
            ax.grid(True, which="minor" if i == 3 else "major", ls=":", color=f"C{i}")
        direction = ["in", "out", "inout"][i % 3]
        ax.tick_params(which="both", direction=direction, top=i > 2, length=4 + i)
        ax.set_axisbelow(i != 4)

    return FuncAnimation(fig, update, frames=5)


def spines():
    fig, ax = plt.subplots()
    ax.spines[["top", "right"]].set_visible(False)
    (line,) = ax.plot(X - 3, np.sin(X))
    places = [("data", 0), "zero", "center", ("axes", 0.2), ("outward", 5)]

    def update(i):
        ax.spines.left.set_position(places[i])
        ax.spines.bottom.set_position(("data", -1 + i / 2))
        ax.spines.left.set(color=f"C{i}", linewidth=1 + i / 2)
        line.set_ydata(np.sin(X - i))

    return FuncAnimation(fig, update, frames=5)


def inverted():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X**2)
    ax.set_ylabel("depth")

    def update(i):
        ax.invert_yaxis()
        ax.xaxis.set_ticks_position(["bottom", "top"][i % 2])
        ax.xaxis.set_label_position(["bottom", "top"][i % 2])
        ax.set_xlabel("distance")
        line.set_color(f"C{i}")

    return FuncAnimation(fig, update, frames=5)


def scrolling_window():
    """Labels that are set by hand and a window that rolls on."""
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [], drawstyle="steps-mid")
    ax.set_ylim(-1.1, 1.1)
    ax.set_yticks([-1, 0, 1], ["low", "zero", "high"])

    def update(i):
        x = np.arange(3 * i, 3 * i + 20)
        line.set_data(x, np.sin(x / 2))
        ax.set_xlim(x[0], x[-1])
        ax.set_xticks(x[::6], [f"t{k}" for k in x[::6]], rotation=[0, 90][i % 2])
        ax.get_yticklabels()[i % 3].set_color("red")

    return FuncAnimation(fig, update, frames=5)


def attributes_of_formatters():
    """Formatters, locators and labels that are changed by attributes and setters of their own."""
    fig, ax = plt.subplots()
    ax.plot(X, X)
    formatter, locator = ticker.FormatStrFormatter("%.0f"), ticker.MultipleLocator(2)
    ax.xaxis.set_major_locator(locator)
    ax.yaxis.set_major_formatter(formatter)
    ax.set_xlabel("label")

    def update(i):
        formatter.fmt = f"%.{i % 3}f"
        locator.set_params(base=1 + i)
        ax.xaxis.set_label_coords(0.2 + i / 6, -0.15)

    return FuncAnimation(fig, update, frames=5)
