"""Bars, histograms, pies and what statisticians draw."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

NAMES = ["Ada", "Blaise", "Carl", "Dorothea", "Emmy"]


def bar_race():
    fig, ax = plt.subplots(figsize=(3.5, 2))
    totals = np.random.default_rng(3).gamma(2, size=(6, 5)).cumsum(axis=0)

    def draw(year):
        order = np.argsort(totals[year])
        ax.clear()
        bars = ax.barh(range(5), totals[year][order], color=[f"C{k}" for k in order])
        ax.bar_label(bars, [NAMES[k] for k in order], padding=3)
        ax.text(0.95, 0.1, 1990 + year, transform=ax.transAxes, ha="right", size=18, color="0.6")
        ax.set(xlim=(0, 1.4 * totals[year].max()), yticks=[])
        ax.spines[["top", "right"]].set_visible(False)

    return FuncAnimation(fig, draw, frames=6, repeat=False)


def rising_bars():
    fig, ax = plt.subplots()
    bars = ax.bar(NAMES, 1, color="lightsteelblue", edgecolor="k", linewidth=1.5)
    ax.set_ylim(0, 6)
    ax.tick_params(axis="x", rotation=30)

    def animate(i):
        for k, bar in enumerate(bars):
            bar.set_height(1 + (i * (k + 2)) % 5)
            bar.set_facecolor("tomato" if bar.get_height() > 4 else "lightsteelblue")
        return bars.patches

    return FuncAnimation(fig, animate, frames=5, blit=True)


def hatched_bars():
    fig, ax = plt.subplots()
    bars = ax.bar(range(5), [3, 2, 4, 1, 5], fc="w", ec="C0", width=0.9)
    ax.set_ylim(0, 6)

    def update(i):
        for k, bar in enumerate(bars):
            bar.set_hatch(["/", "\\\\", "xx", "o", None, "..*"][(i + k) % 6])
        bars[i].set_height(2.5)

    return FuncAnimation(fig, update, frames=5)


def sorting():
    """Bubble sort: frames are what a generator yields, their number is not known."""
    fig, ax = plt.subplots()
    values = [4, 2, 5, 1, 3]
    bars = ax.bar(range(5), values, color="0.6")
    title = ax.set_title("")

    def passes():
        data = list(values)
        for end in range(4, 0, -1):
            for k in range(end):
                if data[k] > data[k + 1]:
                    data[k], data[k + 1] = data[k + 1], data[k]
            yield list(data), end

    def update(state):
        for bar, value in zip(bars, state[0], strict=True):
            bar.set_height(value)
        bars[state[1]].set_color("C2")
        title.set_text(f"{5 - state[1]} sorted")

    return FuncAnimation(fig, update, frames=passes, save_count=4, cache_frame_data=False)


def histogram():
    fig, ax = plt.subplots()
    data = np.random.default_rng(0).normal(size=500)
    _, _, bars = ax.hist(data[:10], bins=np.linspace(-4, 4, 21), lw=1, ec="yellow", fc="green")
    ax.set_ylim(0, 80)

    def animate(i):
        counts, _ = np.histogram(data[: 100 * (i + 1)], np.linspace(-4, 4, 21))
        for count, bar in zip(counts, bars.patches, strict=True):
            bar.set_height(count)
        return bars.patches

    return FuncAnimation(fig, animate, 5, repeat=False, blit=True)


def stepped_histograms():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(4)

    def update(i):
        ax.cla()
        data = [rng.normal(k, 1, 80) for k in range(2)]
        ax.hist(data, bins=12, histtype=["step", "bar", "stepfilled"][i % 3], density=True)
        ax.hist(data[0], bins=12, cumulative=True, density=True, histtype="step", ls="--")
        ax.ecdf(data[1], color="k", lw=1)
        ax.set(xlim=(-3, 4), ylim=(0, 1.1))

    return FuncAnimation(fig, update, frames=5)


def pie():
    fig, ax = plt.subplots(figsize=(2.5, 2.5))

    def update(i):
        ax.clear()
        shares = [1 + i, 2, 3, 4 - i / 2]
        ax.pie(
            shares, labels=["a", "b", "c", "d"], autopct="%.0f%%", startangle=20 * i,
            explode=[0, 0.1 * (i % 2), 0, 0], shadow=i == 3, wedgeprops={"edgecolor": "w"},
        )  # fmt: skip

    return FuncAnimation(fig, update, frames=5)


def doughnut():
    fig, ax = plt.subplots(figsize=(2.5, 2.5))
    wedges, _ = ax.pie([3, 2, 1], wedgeprops={"width": 0.4}, colors=["C4", "C5", "C6"])
    middle = ax.text(0, 0, "", ha="center", va="center", size=16, weight="bold")

    def update(i):
        for k, wedge in enumerate(wedges):
            wedge.set_theta2(wedge.theta1 + 20 * (i + k + 1))
            wedge.set_radius(1 - 0.1 * ((i + k) % 3))
        middle.set_text(f"{20 * i} %")

    return FuncAnimation(fig, update, frames=5)


def box_plots():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(6)

    def update(i):
        ax.clear()
        ax.boxplot(
            rng.standard_t(2, size=(40, 3)), notch=i % 2 == 1, patch_artist=i > 2,
            tick_labels=["x", "y", f"z{i}"], showmeans=True,
        )  # fmt: skip
        ax.set_ylim(-5, 5)

    return FuncAnimation(fig, update, frames=5)


def violins():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(6)

    def update(i):
        ax.clear()
        parts = ax.violinplot(rng.normal(size=(40, 3)), showmedians=True, widths=0.3 + i / 8)
        for body in parts["bodies"]:
            body.set(facecolor=f"C{i}", edgecolor="black", alpha=0.6)

    return FuncAnimation(fig, update, frames=5)


def schedule():
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 12), ylim=(0, 20))

    def update(i):
        done = ax.broken_barh([(0, i + 1), (i + 3, 2)], (2, 4), facecolors=("C0", "C3"))
        ax.eventplot([[i, i + 2, i + 5], [1, 3 * i]], lineoffsets=[12, 16], linelengths=3)
        ax.vlines(i + 0.5, 0, 20, colors="0.5", linestyles="dashed")
        if i > 2:
            done.remove()
        return ax.collections

    return FuncAnimation(fig, update, frames=5, init_func=lambda: [])


def out_of_the_window():
    """Bars and areas that leave the window, and the canvas."""
    fig, ax = plt.subplots()
    bars = ax.bar(range(3), [1, 2, 3], ec="k", lw=2)
    (area,) = ax.fill([3, 4, 5, 4], [0, 1, 0, -1], "C1")
    ax.set(xlim=(-1, 5), ylim=(-1, 3))

    def update(i):
        for k, bar in enumerate(bars):
            bar.set_height((k + 1) * 10**i / 10)
        area.set_xy([[3, 0], [4, 2 * i], [5 + i, 0], [4, -2 * i]])

    return FuncAnimation(fig, update, frames=5)
