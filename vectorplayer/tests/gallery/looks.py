"""Looks: styles, opacity, what is rasterized, what is changed where it is kept."""

import matplotlib as mpl
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.patches import Circle

X = np.linspace(0, 6, 50)


def fading():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), lw=5)
    area = ax.fill_between(X, 0, np.cos(X), color="C2")
    dots = ax.scatter(X[::5], X[::5] / 6, s=60, c=X[::5], alpha=np.ones(10))

    def update(i):
        line.set_alpha(1 - i / 5)
        area.set_alpha(0.2 * i)
        dots.set_alpha(np.linspace(0, 1, 10) ** (i + 1))
        line.set_linewidth(5 - i)

    return FuncAnimation(fig, update, frames=5)


def dark_background():
    with plt.style.context("dark_background"):
        fig, ax = plt.subplots()
        (line,) = ax.plot(X, X, lw=3)
        ax.grid(alpha=0.3)
        ax.set_title("night")

    def update(i):
        line.set_ydata(np.sin(X * i / 2))

    return FuncAnimation(fig, update, frames=5)


def ggplot_style():
    plt.style.use("ggplot")
    fig, ax = plt.subplots()
    rng = np.random.default_rng(1)

    def update(i):
        ax.clear()
        ax.hist(rng.normal(size=100), bins=np.linspace(-3, 3, 13))
        ax.set(xlabel="value", ylim=(0, 40))

    return FuncAnimation(fig, update, frames=5)


def sketch_style():
    with mpl.rc_context({"path.sketch": (2, 60, 2), "axes.spines.right": False}):
        fig, ax = plt.subplots()
        (line,) = ax.plot(X, X, lw=2)
        ax.set(xticks=[], yticks=[], ylim=(-1, 1))

    def update(i):
        line.set_ydata(np.sin(X + i / 3))

    return FuncAnimation(fig, update, frames=5)


def rasterized():
    fig, ax = plt.subplots()
    dots = ax.scatter(*np.random.default_rng(3).random((2, 200)), s=4, rasterized=True)
    (line,) = ax.plot([0, 1], [0, 1], "r", rasterized=True, lw=3)

    def update(i):
        dots.set_offsets(np.random.default_rng(i).random((200, 2)))
        line.set_ydata([0, 1 - i / 5])
        ax.set_rasterization_zorder(1 if i > 2 else None)

    return FuncAnimation(fig, update, frames=5)


def not_antialiased():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X), antialiased=False, lw=1)
    box = ax.add_patch(Circle((3, 0), 0.5, antialiased=False, fc="none", ec="r"))

    def update(i):
        line.set_ydata(np.sin(X + i / 3))
        box.set_radius(0.3 + i / 10)

    return FuncAnimation(fig, update, frames=5)


def colours_in_place():
    """Sizes and colours that are changed where they are kept."""
    fig, ax = plt.subplots()
    dots = ax.scatter(X[::8], X[::8], s=np.full(7, 50.0), c=["C0"] * 7)

    def update(i):
        dots.get_sizes()[:] = 20 + 30 * ((np.arange(7) + i) % 5)
        dots.get_facecolors()[:, 3] = (1 + (np.arange(7) + i) % 4) / 4

    return FuncAnimation(fig, update, frames=5)


def framed_figure():
    """The edge of the figure, as the settings ask for it."""
    plt.rcParams.update({"savefig.edgecolor": "tomato", "savefig.facecolor": "lightyellow"})
    fig, ax = plt.subplots(linewidth=8)
    (line,) = ax.plot(X, X)

    def update(i):
        line.set_ydata(X * i / 4)

    return FuncAnimation(fig, update, frames=5)


def arrays_in_place():
    """Line widths, edges and vertices that are changed where they are kept."""
    fig, ax = plt.subplots()
    strokes = ax.vlines([1, 2, 3], 0, [3, 4, 5], lw=np.full(3, 2.0), colors=["k"] * 3)
    (line,) = ax.plot(X, np.sin(X))
    arrows = ax.quiver([4, 5], [2, 2], [1.0, 1], [0.0, 0], scale=6)

    def update(i):
        strokes.get_linewidths()[i % 3] = 3 + i
        strokes.get_colors()[:, 0] = i / 4
        line.get_xydata()[:, 1] = np.sin(X + i)
        arrows.V[:] = [i / 4, -i / 4]

    return FuncAnimation(fig, update, frames=5)


def objects_changed_in_place():
    """A path effect and a scale that are changed without a call of Matplotlib."""
    fig, ax = plt.subplots()
    exponent = [1.0]
    glow = effects.Stroke(linewidth=8, foreground="gold")
    ax.plot(X, X, path_effects=[glow, effects.Normal()])
    there, back = (lambda x: x ** exponent[0]), (lambda x: x ** (1 / exponent[0]))
    ax.set_xscale("function", functions=(there, back))
    ax.set_xlim(0, 6)

    def update(i):
        glow._gc["linewidth"] = 4 + 3 * i
        exponent[0] = 1 + i / 4

    return FuncAnimation(fig, update, frames=5)


def setters_without_stale_flag():
    """Setters of Matplotlib that leave an artist's stale flag as it was."""
    fig, ax = plt.subplots()
    strokes = ax.hlines([1, 2], 0, 5, lw=6)
    (bar,) = ax.bar([5.5], [2], width=0.8, hatch="/", fc="w", ec="k")
    formula = ax.text(0, 3, r"$\alpha + \int x$", size=16)
    legend = ax.legend([strokes], ["a long label"], title="title", loc="upper right")
    inset = ax.inset_axes((0.05, 0.7, 0.25, 0.25))
    ax.set(xlim=(-1, 7), ylim=(0, 6))

    def update(i):
        strokes.set_linestyle(["-", ":", "--", "-.", "-"][i])
        strokes.set_capstyle(["butt", "round", "projecting", "butt", "round"][i])
        if hasattr(bar, "set_hatch_linewidth"):  # Matplotlib 3.10
            bar.set_hatch_linewidth(1 + i)
        formula.set_math_fontfamily(["dejavusans", "cm", "stix", "cm", "dejavuserif"][i])
        legend.set_alignment(["left", "center", "right", "center", "left"][i])
        inset.set_box_aspect([None, 1, 0.5, 2, None][i])

    return FuncAnimation(fig, update, frames=5)
