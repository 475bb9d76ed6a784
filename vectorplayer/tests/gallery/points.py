"""Points and arrows: scatter plots, quivers, barbs, stream lines."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.colors import LogNorm, Normalize


def rain():
    """Rings that grow and fade, and start again elsewhere."""
    fig = plt.figure(figsize=(2.5, 2.5))
    ax = fig.add_axes((0, 0, 1, 1), frameon=False, xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    rng = np.random.default_rng(19)
    places, ages = rng.random((25, 2)), rng.random(25)
    rings = ax.scatter(*places.T, s=0, lw=1.2, facecolors="none", edgecolors="k")

    def update(i):
        now = (ages + i / 5) % 1
        rings.set_offsets(places - np.array([0, i / 50]))
        rings.set_sizes(10 + 500 * now)
        rings.set_edgecolors(np.column_stack([np.zeros((25, 3)), 1 - now]))

    return FuncAnimation(fig, update, frames=5, interval=10)


def random_walkers():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(3)
    steps = rng.normal(size=(5, 30, 2)).cumsum(axis=0)
    dots = ax.scatter(*steps[0].T, c=np.arange(30), cmap="viridis", edgecolors="w", s=60)
    ax.set(xlim=(-6, 6), ylim=(-6, 6))
    fig.colorbar(dots, label="walker")

    def animate(i):
        dots.set_offsets(steps[i])
        dots.set_array(np.roll(np.arange(30), i))
        return (dots,)

    return FuncAnimation(fig, animate, len(steps), blit=True)


def changing_norm():
    """A colour bar whose norm, colour map and label change."""
    fig, ax = plt.subplots()
    values = np.geomspace(1, 100, 12)
    dots = ax.scatter(range(12), values, c=values, s=80, marker="D")
    bar = fig.colorbar(dots)

    def update(i):
        if i < 2:
            dots.set_norm(Normalize(0, 50 * (i + 1)))
        else:
            dots.set_norm(LogNorm(1, 10**i))
            dots.set_cmap(["magma", "cividis", "coolwarm"][i - 2])
        bar.set_label(f"value, norm {i}")

    return FuncAnimation(fig, update, frames=5)


def clusters():
    """Points that are added and taken away, with a legend made of them."""
    fig, ax = plt.subplots()
    rng = np.random.default_rng(8)

    def update(i):
        ax.clear()
        ax.set(xlim=(-3, 3), ylim=(-3, 3))
        group = np.arange(4 + 6 * i) % (2 + i % 3)
        places = rng.normal(size=(len(group), 2))
        dots = ax.scatter(*places.T, c=group, marker="^", s=50, alpha=0.8, label="_")
        ax.legend(*dots.legend_elements(), title="cluster", loc="lower right")

    return FuncAnimation(fig, update, frames=5)


def compass():
    """A quiver whose arrows turn."""
    fig, ax = plt.subplots()
    x, y = np.meshgrid(np.arange(6.0), np.arange(4.0))
    arrows = ax.quiver(x, y, np.ones_like(x), np.zeros_like(y), x + y, pivot="mid", scale=9)
    ax.quiverkey(arrows, 0.85, 1.05, 1, "1 m/s", labelpos="E")

    def update(i, arrows):
        arrows.set_UVC(np.cos(x + i), np.sin(y + i), x * y + i)
        return (arrows,)

    return FuncAnimation(fig, update, fargs=(arrows,), frames=5, blit=False)


def compass_by_attributes():
    """A quiver whose components are assigned."""
    fig, ax = plt.subplots()
    arrows = ax.quiver([0, 1, 2], [0, 1, 0], [1, 1, 1], [0.0, 0, 0], scale=6, color="C2")
    ax.set(xlim=(-1, 3), ylim=(-1, 2))

    def update(i):
        arrows.U = np.cos([i, i + 1, i + 2])
        arrows.V = np.sin([i, i + 1, i + 2])
        arrows.scale = 6 - i

    return FuncAnimation(fig, update, frames=5)


def wind():
    fig, ax = plt.subplots()
    x, y = np.meshgrid(np.arange(-2, 3), np.arange(-2, 3))
    barbs = ax.barbs(x, y, 10 * x, 10 * y, length=5, barb_increments={"half": 4, "full": 8})

    def update(i):
        barbs.set_UVC(12 * x - 9 * i, 12 * y + 14 * i)
        ax.set_title(f"{i:02d}:00 UTC")

    return FuncAnimation(fig, update, frames=5)


def streams():
    """Stream lines must be drawn anew; the arrow heads are patches of their own."""
    fig, ax = plt.subplots()
    x = np.linspace(-2, 2, 15)

    def update(i):
        ax.clear()
        u = np.tile(-1 - x[:, None] ** 2 + i / 2, (1, 15))
        v = np.tile(1 + x[None] - x[:, None] ** 2, (1, 1))
        ax.streamplot(x, x, u, v, color=u, density=0.5, cmap="autumn", linewidth=1 + i / 3)
        ax.set(xlim=(-2, 2), ylim=(-2, 2))

    return FuncAnimation(fig, update, frames=5)


def appearing_points():
    """Scatter plots that are added in each frame and never removed."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 5), ylim=(0, 5))

    def update(i):
        ax.scatter(i, i, s=200, marker="osP*X"[i], c=f"C{i}", hatch="xx" if i == 2 else None)

    return FuncAnimation(fig, update, frames=5, init_func=lambda: None, repeat=False)


def small_squares():
    fig, ax = plt.subplots()
    x = np.arange(12)
    (line,) = ax.plot(x, x, "s", ms=4)
    dots = ax.scatter(x, x, marker="s", s=16, c="C1")

    def update(i):
        line.set_ydata(12 * np.sin(x / 3 + i))
        dots.set_offsets(np.column_stack([x, 12 * np.cos(x / 3 + i)]))
        ax.set_ylim(-13, 13)

    return FuncAnimation(fig, update, frames=5)


def thousands_of_points():
    fig, ax = plt.subplots()
    rng = np.random.default_rng(11)
    dots = ax.scatter(*rng.random((2, 2000)), s=6, c=rng.random(2000))

    def update(i):
        dots.set_offsets((rng.random((2000, 2)) + i / 9) % 1)

    return FuncAnimation(fig, update, frames=5)


def streams_of_many_widths():
    """Stream lines whose width varies are thousands of lines, and each arrow is a patch."""
    fig, ax = plt.subplots()
    x = np.linspace(-1, 1, 10)
    u, v = np.meshgrid(x, x)

    def update(i):
        ax.clear()
        ax.streamplot(
            x, x, -v, u + i / 4, broken_streamlines=i % 2 == 0, arrowstyle="->",
            linewidth=3 * np.hypot(u, v),
        )  # fmt: skip

    return FuncAnimation(fig, update, frames=4)
