"""Fields over the plane: images, meshes, contours, hexagons."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import ArtistAnimation, FuncAnimation
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.tri import Triangulation

X, Y = np.meshgrid(np.linspace(-3, 3, 30), np.linspace(-2, 2, 20))


def _waves(i):
    return np.sin(X + i / 2) * np.cos(Y - i / 3)


def images_in_a_list():
    fig, ax = plt.subplots()
    shots = []
    for i in range(5):
        shots.append([ax.imshow(_waves(i), animated=True)])
    return ArtistAnimation(fig, shots, interval=50, blit=True, repeat_delay=1000)


def image_with_colorbar():
    fig, ax = plt.subplots()
    image = ax.imshow(_waves(0), extent=(-3, 3, -2, 2), origin="lower", cmap="RdBu")
    fig.colorbar(image, ax=ax, shrink=0.8)

    def update(i):
        image.set_data(_waves(i) * (i + 1))
        image.set_clim(-1 - i, 1 + i)

    return FuncAnimation(fig, update, frames=5)


def moving_extent():
    """An image that moves, grows, and is smoothed."""
    fig, ax = plt.subplots()
    image = ax.imshow(np.eye(4), extent=(0, 1, 0, 1), aspect="auto", alpha=0.8, cmap="Greens")
    ax.plot([0, 5], [0, 3], "k")
    ax.set(xlim=(0, 6), ylim=(0, 4))

    def update(i):
        image.set_extent((i, i + 1 + i / 4, i / 2, i / 2 + 1))
        image.set_interpolation(["nearest", "bilinear", "bicubic", "hanning", "none"][i])
        ax.set(xlim=(0, 6), ylim=(0, 4))

    return FuncAnimation(fig, update, frames=5)


def photograph():
    """Colours without a colour map, upside down."""
    fig, ax = plt.subplots()
    picture = np.random.default_rng(0).random((8, 12, 3))
    shown = ax.imshow(picture)
    ax.axis("off")

    def update(i):
        shown.set_data(np.roll(picture, i, axis=1) if i != 3 else picture[::-1])
        shown.set_alpha(1 - i / 8)

    return FuncAnimation(fig, update, frames=5)


def game_of_life():
    fig = plt.figure(figsize=(2, 2))
    ax = fig.add_axes((0.05, 0.05, 0.9, 0.9), xticks=[], yticks=[])
    board = (np.random.default_rng(1).random((16, 16)) < 0.3).astype(int)
    shown = ax.matshow(board, cmap=ListedColormap(["white", "black"]))

    def update(_):
        around = sum(np.roll(board, shift, (0, 1)) for shift in np.ndindex(3, 3) if shift != (1, 1))
        around = np.roll(around, (-1, -1), (0, 1))
        board[:] = (around == 3) | (board & (around == 2))
        shown.set_data(board)
        return [shown]

    return FuncAnimation(fig, update, frames=6, blit=True)


def mesh():
    fig, ax = plt.subplots()
    mesh = ax.pcolormesh(X, Y, _waves(0), shading="gouraud", vmin=-1, vmax=1)
    squares = ax.pcolormesh(
        np.arange(4), np.arange(3) - 1, np.zeros((2, 3)), edgecolors="w", cmap="hot", vmax=6, vmin=0
    )

    def update(i):
        mesh.set_array(_waves(i))
        squares.set_array(np.roll(np.arange(6), i).reshape(2, 3))
        return mesh, squares

    return FuncAnimation(fig, update, frames=5, blit=True)


def masked_mesh():
    fig, ax = plt.subplots()
    ax.set_facecolor("0.8")

    def update(i):
        for old in list(ax.collections):
            old.remove()
        values = np.ma.masked_less(_waves(i)[::2, ::2], -0.5 + i / 5)
        ax.pcolormesh(X[::2, ::2], Y[::2, ::2] + 0.1 * X[::2, ::2], values, cmap="cool", lw=0.5)
        ax.set_title(f"above {-0.5 + i / 5:.1f}")

    return FuncAnimation(fig, update, frames=5)


def contours_with_labels():
    fig, ax = plt.subplots()
    shown = []

    def update(i):
        if shown:
            shown.pop().remove()
        shown.append(ax.contour(X, Y, _waves(i), levels=[-0.5, 0, 0.5], colors="k", linewidths=1))
        ax.clabel(shown[0], fontsize=7)

    return FuncAnimation(fig, update, frames=5)


def filled_contours():
    fig, ax = plt.subplots()
    bar = fig.colorbar(ax.contourf(X, Y, _waves(0), levels=np.linspace(-1, 1, 9)))
    bar.set_ticks([-1, 0, 1], labels=["low", "0", "high"])

    def update(i):
        ax.clear()
        ax.contourf(X, Y, _waves(i), levels=np.linspace(-1, 1, 9), hatches=[None, None, "//"])
        ax.contour(X, Y, _waves(i), levels=[0], colors="w", linestyles="dashed")

    return FuncAnimation(fig, update, frames=5)


def triangles():
    fig, ax = plt.subplots()
    points = np.random.default_rng(9).random((2, 25))
    mesh = Triangulation(*points)

    def update(i):
        ax.cla()
        height = np.hypot(points[0] - i / 5, points[1] - 0.5)
        ax.tricontourf(mesh, height, levels=6, cmap="terrain")
        ax.triplot(mesh, "k.-", lw=0.5, ms=3)
        ax.tricontour(mesh, height, levels=[0.4], colors="r", linewidths=3)

    return FuncAnimation(fig, update, frames=5)


def gouraud_triangles():
    fig, ax = plt.subplots()
    smooth = ax.tripcolor([0, 2, 1], [0, 0, 2], [0.0, 1, 2], shading="gouraud")
    flat = ax.tripcolor([3, 5, 4, 5], [0, 0, 2, 2], [0.0, 2], triangles=[[0, 1, 2], [1, 3, 2]])

    def update(i):
        smooth.set_array(np.roll([0.0, 1, 2], i))
        flat.set_array(np.array([i / 3, 2 - i / 3]))

    return FuncAnimation(fig, update, frames=5)


def hexagons():
    fig, ax = plt.subplots()
    points = np.random.default_rng(2).normal(size=(2, 400))

    def update(i):
        ax.clear()
        ax.hexbin(*points[:, : 80 * (i + 1)], gridsize=8, extent=(-3, 3, -3, 3), mincnt=1)
        ax.set(xlim=(-3, 3), ylim=(-3, 3))

    return FuncAnimation(fig, update, frames=5)


def stepped_colours():
    fig, ax = plt.subplots()
    norm = BoundaryNorm([-1, -0.5, 0, 0.2, 1], ncolors=256, extend="both")
    shown = ax.pcolor(X[::3, ::3], Y[::3, ::3], _waves(0)[::3, ::3], norm=norm)
    fig.colorbar(shown, orientation="horizontal", extendfrac=0.1)

    def update(i):
        shown.set_array(_waves(2 * i)[::3, ::3])
        shown.set_edgecolor([None, "k", "none", "w", "r"][i])

    return FuncAnimation(fig, update, frames=5)


def spy_and_histogram():
    fig, (left, right) = plt.subplots(1, 2)
    rng = np.random.default_rng(7)

    def update(i):
        left.clear()
        right.clear()
        left.spy(rng.random((10, 10)) < 0.1 * (i + 1), markersize=4, color=f"C{i}")
        right.hist2d(*rng.normal(size=(2, 200)), bins=6, cmap="Blues")
        right.tick_params(labelleft=False, left=False)

    return FuncAnimation(fig, update, frames=5)
