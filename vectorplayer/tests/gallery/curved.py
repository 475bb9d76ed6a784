"""Polar Axes, maps and three dimensions."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import ArtistAnimation, FuncAnimation

T = np.linspace(0, 2 * np.pi, 60)


def radar():
    fig, ax = plt.subplots(subplot_kw={"projection": "polar"}, figsize=(2.5, 2.5))
    (beam,) = ax.plot([], [], lw=3)
    dots = ax.scatter([1, 2, 4], [1, 2, 3], c=["r", "g", "b"])
    ax.set_rmax(4)

    def update(i):
        beam.set_data([i, i], [0, 4])
        dots.set_alpha(1 - i / 6)
        return beam, dots

    return FuncAnimation(fig, update, frames=5, blit=True)


def spiral():
    fig = plt.figure(figsize=(2.5, 2.5))
    ax = fig.add_subplot(projection="polar", theta_offset=np.pi / 2, theta_direction=-1)
    (line,) = ax.plot([], [])

    def update(i):
        line.set_data(T * i, T / 2)
        ax.set_rmax(3 + i / 2)
        ax.set_rlabel_position(30 * i)
        ax.set_thetagrids(range(0, 360, 90), ["N", "E", "S", f"W{i}"])

    return FuncAnimation(fig, update, frames=5)


def wind_rose():
    fig, ax = plt.subplots(subplot_kw={"projection": "polar"}, figsize=(2.5, 2.5))
    bars = ax.bar(T[::10], 1, width=0.8, bottom=0.2, alpha=0.6, color="C1", edgecolor="k")
    ax.set(rmax=5, yticklabels=[])

    def update(i):
        for k, bar in enumerate(bars):
            bar.set_height(1 + (k * i + k) % 4)

    return FuncAnimation(fig, update, frames=5)


def polar_sector():
    fig, ax = plt.subplots(subplot_kw={"projection": "polar"})
    theta, r = np.meshgrid(np.linspace(0, np.pi, 16), np.linspace(1, 3, 6))
    mesh = ax.pcolormesh(theta, r, theta * r, shading="gouraud")
    ax.set_thetamax(180)

    def update(i):
        mesh.set_array(np.sin(theta * (i + 1)) * r)
        ax.set_thetamax(180 - 20 * i)
        ax.set_rorigin(-i / 4)

    return FuncAnimation(fig, update, frames=5)


def map_of_the_world():
    fig, ax = plt.subplots(subplot_kw={"projection": "mollweide"})
    ax.grid()
    (orbit,) = ax.plot([], [], "C3")
    (place,) = ax.plot([], [], "k*")

    def update(i):
        turn = (T + i / 2 + np.pi) % (2 * np.pi) - np.pi
        order = np.argsort(turn)
        orbit.set_data(turn[order], np.sin(T[order]))
        place.set_data([turn[10]], [np.sin(T[10])])

    return FuncAnimation(fig, update, frames=5)


def random_walk_in_space():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d", xlim=(-3, 3), ylim=(-3, 3), zlim=(-3, 3))
    walks = np.random.default_rng(4).normal(size=(3, 10, 3)).cumsum(axis=1) / 2
    lines = [ax.plot([], [], [])[0] for _ in walks]

    def update(num, walks, lines):
        for line, walk in zip(lines, walks, strict=True):
            line.set_data_3d(walk[: 2 * num + 1].T)
        return lines

    return FuncAnimation(fig, update, 5, fargs=(walks, lines), interval=100)


def rotating_surface():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d")
    x, y = np.meshgrid(np.linspace(-2, 2, 12), np.linspace(-2, 2, 12))
    ax.plot_surface(x, y, np.exp(-(x**2) - y**2), cmap="viridis", edgecolor="k", lw=0.3)

    def rotate(angle):
        ax.view_init(30, angle)

    return FuncAnimation(fig, rotate, frames=range(0, 360, 72))


def wireframe():
    """The manner in which the frame is removed and drawn anew."""
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d", zlim=(-1, 1))
    x, y = np.meshgrid(np.linspace(-1, 1, 8), np.linspace(-1, 1, 8))
    wires = []

    def update(i):
        if wires:
            wires.pop().remove()
        wires.append(ax.plot_wireframe(x, y, np.cos(2 * np.pi * x + i) * (1 - y**2), lw=1))

    return FuncAnimation(fig, update, frames=5)


def swarm_in_space():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d", proj_type="ortho")
    start = np.random.default_rng(2).random((30, 3))
    swarm = ax.scatter(*start.T, c=start[:, 2], depthshade=True)

    def update(i):
        now = (start + np.array([0.1, 0, 0.05]) * i) % 1
        swarm._offsets3d = tuple(now.T)
        swarm.set_array(now[:, 2])
        ax.set_title(f"t = {i}")

    return FuncAnimation(fig, update, frames=5)


def bars_in_space():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d")
    shots = [
        [ax.bar3d([0, 1, 2], [0, 1, 0], 0, 0.5, 0.5, [1 + i, 2, 3 - i / 2], color=f"C{i}")]
        for i in range(5)
    ]
    return ArtistAnimation(fig, shots, interval=200)


def arrows_and_contours_in_space():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d")
    x, y = np.meshgrid(np.linspace(-2, 2, 10), np.linspace(-2, 2, 10))

    def update(i):
        ax.clear()
        ax.contour(x, y, np.sin(x + i) * y, zdir="z", offset=-2, levels=5)
        ax.quiver([0, 1], [0, 1], [0, 0], [1, i / 2], [i, 1], [1, 1], length=0.6, color="r")
        ax.text(0, 0, 1, f"up {i}", zdir="x")
        ax.set(zlim=(-2, 2), xlabel="x", zlabel="height")

    return FuncAnimation(fig, update, frames=5)
