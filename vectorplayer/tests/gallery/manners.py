"""Manners of writing an animation, whatever it shows."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import ArtistAnimation, FuncAnimation
from matplotlib.figure import Figure
from matplotlib.patches import Circle

X = np.linspace(0, 6, 50)


def grabbed_by_hand():
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [], "k-o")
    ax.set(xlim=(-5, 5), ylim=(-5, 5))
    rng = np.random.default_rng(12)

    def film(writer):
        x = y = 0
        for _ in range(5):
            x, y = x + rng.normal(), y + rng.normal()
            line.set_data([0, x], [0, y])
            writer.grab_frame()

    return fig, film


def animated_and_grabbed_by_hand():
    """Artists that are drawn only when something is saved."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X, animated=True)
    ball = ax.add_patch(Circle((1, 3), 0.5, color="C1", animated=True))

    def film(writer):
        for i in range(5):
            line.set_ydata(np.sin(X + i))
            ball.set_center((1 + i, 3))
            writer.grab_frame()

    return fig, film


def animated_artists():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), animated=True)
    label = ax.text(0.5, 0.9, "", transform=ax.transAxes, animated=True)

    def update(i):
        line.set_ydata(np.sin(X + i))
        label.set_text(f"phase {i}")
        return line, label

    return FuncAnimation(fig, update, frames=5, blit=True)


def lists_of_artists():
    fig, ax = plt.subplots()
    shots = []
    for i in range(5):
        (line,) = ax.plot(X, np.sin(X + i), "C0")
        title = ax.text(3, 1.1, f"frame {i}", ha="center")
        shots.append([line, title, *ax.fill(X[: 10 * i], np.cos(X[: 10 * i]), "C1", alpha=0.3)])
    return ArtistAnimation(fig, shots, interval=100, blit=False)


def figure_without_pyplot():
    fig = Figure(figsize=(3, 2), dpi=80)
    ax = fig.subplots()
    (line,) = ax.plot(X, X)
    ax.set_ylim(-1, 1)

    def film(writer):
        for i in range(5):
            line.set_ydata(np.sin(X * i / 2))
            fig.set_facecolor(["w", "0.95", "0.9", "0.95", "w"][i])
            writer.grab_frame()

    return fig, film


def the_whole_figure_anew():
    fig = plt.figure()

    def update(i):
        fig.clear()
        ax = fig.add_subplot(1, 2, 1 + i % 2, facecolor=["#eef", "#ffe"][i % 2])
        ax.plot(X, np.sin(i * X))
        fig.suptitle(f"drawn {i + 1} times", y=0.98)

    return FuncAnimation(fig, update, frames=5)


def pyplot_state():
    """Everything through pyplot, as in a first script."""
    fig = plt.figure()

    def update(i):
        plt.clf()
        plt.plot(X, np.exp(-X * i / 5), "r^", X, X / 6, "g--")
        plt.xlim(0, 6)
        plt.ylabel("decay")
        plt.title("i = " + str(i))
        plt.grid(True)

    return FuncAnimation(fig, update, frames=[0, 1, 2, 3, 4])


def coming_and_going():
    """Visibility, drawing order and membership change."""
    fig, ax = plt.subplots()
    discs = [ax.add_patch(Circle((2 + k, 3), 1.2, fc=f"C{k}", ec="k")) for k in range(3)]
    ax.set(xlim=(0, 6), ylim=(0, 6), aspect="equal")
    (cross,) = ax.plot([0, 6], [0, 6], "k", lw=3)

    def update(i):
        for k, disc in enumerate(discs):
            disc.set_zorder((k + i) % 3)
            disc.set_visible((k + i) % 4 != 0)
        if i == 2:
            cross.remove()
        if i == 3:
            ax.add_line(cross)

    return FuncAnimation(fig, update, frames=5, init_func=lambda: [])


def nothing_at_first():
    """Frames in which all is empty, or hidden."""
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [], "o-")
    dots = ax.scatter([], [])
    ax.set(xlim=(0, 5), ylim=(0, 5))

    def init():
        line.set_data([], [])
        return line, dots

    def update(i):
        x = np.arange(i if i < 4 else 0)
        line.set_data(x, x)
        dots.set_offsets(np.column_stack([x, 4 - x]) if len(x) else np.empty((0, 2)))
        ax.set_axis_on() if i % 2 else ax.set_axis_off()
        return line, dots

    return FuncAnimation(fig, update, frames=5, init_func=init, blit=True)


def state_in_a_class():
    """A callable object with the data, as for a simulation."""

    class Pendulum:
        def __init__(self):
            self.fig, self.ax = plt.subplots(figsize=(2.5, 2.5))
            (self.rod,) = self.ax.plot([], [], "o-", lw=2, ms=8, mec="k")
            (self.trace,) = self.ax.plot([], [], ",-", lw=1)
            self.clock = self.ax.text(0.05, 0.9, "", transform=self.ax.transAxes)
            self.ax.set(xlim=(-2, 2), ylim=(-2, 2), aspect="equal")
            self.past = []

        def __call__(self, i):
            angle = np.cos(i)
            tip = (1.8 * np.sin(angle), -1.8 * np.cos(angle))
            self.past.append(tip)
            self.rod.set_data([0, tip[0]], [0, tip[1]])
            self.trace.set_data(*zip(*self.past, strict=True))
            self.clock.set_text(f"time = {i * 0.1:.1f}s")
            return self.rod, self.trace, self.clock

    pendulum = Pendulum()
    return FuncAnimation(pendulum.fig, pendulum, frames=5, interval=25, blit=True)
