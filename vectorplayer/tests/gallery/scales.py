"""Scales of an Axis: logarithms, dates, categories."""

import datetime

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

X = np.linspace(0.1, 6, 50)


def logarithmic():
    fig, ax = plt.subplots()
    (line,) = ax.loglog(X, X, "C2.-", markevery=6)
    ax.grid(which="both", lw=0.5)

    def update(i):
        line.set_ydata(X ** (1 + i))
        ax.set_ylim(10.0 ** -(1 + i), 10.0 ** (1 + i))

    return FuncAnimation(fig, update, frames=5)


def changing_scales():
    fig, ax = plt.subplots(figsize=(4, 2))
    x = np.linspace(0.01, 0.99, 60)
    (line,) = ax.plot(x, x, lw=2)

    def update(i):
        ax.set_xscale(["linear", "logit", "log", "symlog", "function"][i], **(
            {"functions": (np.sqrt, np.square)} if i == 4 else {"linthresh": 0.1} if i == 3 else {}
        ))  # fmt: skip
        ax.set_yscale("asinh" if i > 2 else "linear")
        line.set_ydata(x ** (i + 1))

    return FuncAnimation(fig, update, frames=5)


def dates():
    fig, ax = plt.subplots()
    days = [datetime.datetime(2024, 2, 25) + datetime.timedelta(days=k) for k in range(60)]
    values = np.random.default_rng(0).normal(size=60).cumsum()
    (line,) = ax.plot([], [])
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.set_ylim(values.min(), values.max())

    def update(i):
        stop = 5 + 12 * i
        line.set_data(days[:stop], values[:stop])
        ax.set_xlim(days[0], days[stop - 1])
        return (line,)

    return FuncAnimation(fig, update, frames=5, blit=False)


def rotated_dates():
    fig, ax = plt.subplots(gridspec_kw={"left": 0.3, "top": 0.95})
    days = np.arange("2023-01", "2023-11", dtype="datetime64[M]").astype("datetime64[D]")
    ax.bar(days, range(10), width=np.timedelta64(20, "D"))
    ax.xaxis.set_major_locator(mdates.MonthLocator(interval=3))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))

    def update(i):
        fig.autofmt_xdate(rotation=15 * i, bottom=0.35)
        ax.set_xlim(days[0], days[5 + i])

    return FuncAnimation(fig, update, frames=5)


def categories():
    fig, ax = plt.subplots()
    names = ["apple", "pear", "quince", "plum", "fig"]

    def update(i):
        ax.clear()
        ax.plot(names[: i + 1], range(i + 1), "s-", ms=8)
        ax.scatter(names[: i + 1], [0] * (i + 1), c="r")
        ax.tick_params(axis="x", labelrotation=45)

    return FuncAnimation(fig, update, frames=5)


def far_from_the_origin():
    """Large coordinates, with an offset at the end of the axis."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(1e7 + X, 1e-5 * X)
    (long,) = ax.plot([], [], "C1")
    ax.axvspan(-1e9, 1e7 + 3, alpha=0.2)

    def update(i):
        line.set_ydata(1e-5 * X + 3e-6 * i)
        long.set_data([-1e12, 1e12], [2e-5, 2e-5 + i * 1e-6])
        ax.set(xlim=(1e7 + i, 1e7 + 7 + i), ylim=(0, 1e-4))

    return FuncAnimation(fig, update, frames=5)
