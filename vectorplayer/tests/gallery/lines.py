"""Lines: plain, dashed, stepped, growing, broken, filled."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.collections import LineCollection

X = np.linspace(0, 6, 60)


def travelling_wave():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X))

    def animate(i):
        line.set_ydata(np.sin(X + i / 3))
        return (line,)

    return FuncAnimation(fig, animate, frames=5, interval=20, blit=True)


def growing_signal():
    """An oscilloscope whose window doubles when the signal reaches its end."""
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [], lw=2)
    times, values = [], []
    ax.grid()

    def init():
        ax.set(xlim=(0, 1), ylim=(-1.1, 1.1))
        times.clear()
        values.clear()
        return (line,)

    def samples():
        for time in np.arange(0, 3, 0.3):
            yield time, np.sin(5 * time) * np.exp(-time / 3)

    def update(sample):
        times.append(sample[0])
        values.append(sample[1])
        if times[-1] >= ax.get_xlim()[1]:
            ax.set_xlim(0, 2 * ax.get_xlim()[1])
        line.set_data(times, values)
        return (line,)

    return FuncAnimation(fig, update, samples, init_func=init, blit=True, save_count=10)


def dashes_and_caps():
    fig, ax = plt.subplots()
    lines = [
        ax.plot(X, 0 * X, lw=2 + k, ls=style, dash_capstyle=cap, alpha=1 - k / 6)[0]
        for k, (style, cap) in enumerate(
            [("--", "round"), (":", "butt"), ("-.", "projecting"), ((3, (6, 2, 1, 2)), "round")]
        )
    ]
    ax.set(ylim=(-2, 6), xticks=[])

    def update(i):
        for k, line in enumerate(lines):
            line.set_ydata(np.sin(X + i / 2) + 1.3 * k)
            if k == i % 4:
                line.set_linestyle("-" if line.get_linestyle() != "-" else "--")

    return FuncAnimation(fig, update, frames=range(5))


def sharp_corners():
    fig, ax = plt.subplots()
    lines = [
        ax.plot([0, 1, 2], [0, 0, 0], lw=8, solid_joinstyle=join)[0]
        for join in ("miter", "round", "bevel")
    ]
    ax.set(xlim=(-0.5, 2.5), ylim=(-1, 6))

    def update(i):
        for k, line in enumerate(lines):
            line.set_data([0, 1, 2], [1.7 * k, 1.7 * k + 0.3 + 0.4 * i, 1.7 * k])

    return FuncAnimation(fig, update, frames=5)


def steps():
    fig, ax = plt.subplots()
    places = ("pre", "mid", "post")
    lines = [ax.step(X[::6], X[::6], where=where, label=where)[0] for where in places]
    ax.legend(loc="upper left", shadow=True)
    ax.set_ylim(-2, 8)

    def update(i):
        for k, line in enumerate(lines):
            line.set_ydata(np.cos(X[::6] + i) + k)
        lines[0].set_drawstyle(["steps-pre", "default"][i % 2])

    return FuncAnimation(fig, update, frames=5)


def gaps():
    """Values that are missing or infinite, and a frame without any."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X, ".-")
    ax.set(ylim=(-2, 2))

    def update(i):
        y = np.sin(X + i)
        y[5 * i : 5 * i + 8] = np.nan
        y[40] = np.inf
        line.set_data(([], []) if i == 2 else (X, y))
        return [line]

    return FuncAnimation(fig, update, frames=5, blit=True)


def markers():
    fig, ax = plt.subplots()
    names = ".,ov^<>12348spP*hH+xXDd|_"
    lines = [
        ax.plot([k % 7], [k // 7], marker=name, ms=9, mfc="C1", mec="k")[0]
        for k, name in enumerate(names)
    ]
    (math,) = ax.plot([6], [3.5], marker=r"$\beta$", ms=12, color="C3")
    ax.set(xlim=(-1, 7), ylim=(-1, 4.5))

    def update(i):
        for k, line in enumerate(lines):
            line.set_markersize(6 + (i + k) % 5)
            line.set_fillstyle(["full", "left", "none", "top", "bottom"][i])
        math.set_marker([r"$\beta$", r"$\heartsuit$", "o", (5, 1, 20 * i), "$f$"][i])

    return FuncAnimation(fig, update, frames=5)


def marked_line():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), "-o", markevery=10, mfc="w", mew=1.5)

    def update(i):
        line.set_markevery((i, 7 + i))
        line.set_markeredgecolor(f"C{i}")
        line.set_ydata(np.sin(X - i / 4))

    return FuncAnimation(fig, update, frames=[0, 1, 2, 3, 4])


def coloured_trail():
    """A tail of segments that fade, coloured by speed."""
    fig, ax = plt.subplots()
    tail = ax.add_collection(LineCollection([], cmap="plasma", lw=3, capstyle="round"))
    tail.set_clim(0, 20)
    ax.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), aspect="equal")

    def update(i):
        turn = np.linspace(i, i + 2, 20)
        points = np.column_stack([np.cos(turn), np.sin(2 * turn)])
        tail.set_segments(np.stack([points[:-1], points[1:]], axis=1))
        tail.set_array(np.arange(19))
        tail.set_alpha(np.linspace(0.1, 1, 19))

    return FuncAnimation(fig, update, frames=5)


def noise():
    """Far more vertices than pixels."""
    fig, ax = plt.subplots()
    rng = np.random.default_rng(0)
    (line,) = ax.plot(np.arange(20_000), rng.normal(size=20_000), lw=0.5)
    ax.set_ylim(-10, 10)

    def update(i):
        line.set_ydata(rng.normal(size=20_000) * (1 + i))

    return FuncAnimation(fig, update, frames=4)
