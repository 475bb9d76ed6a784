"""Titles, legends, notes, tables and pictures between them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

X = np.linspace(0, 6, 50)


def titles():
    fig, ax = plt.subplots(layout="constrained")
    ax.plot(X, X)

    def update(i):
        fig.suptitle(f"Step {i} of 5", weight=["normal", "bold"][i % 2])
        ax.set_title(f"left {i}", loc="left", color=f"C{i}")
        ax.set_title("first line\nsecond line" if i == 3 else "", fontsize=8)
        ax.set_xlabel("x" * (i + 1), fontstyle="italic", family=["serif", "monospace"][i % 2])

    return FuncAnimation(fig, update, frames=5)


def mathematics():
    fig, ax = plt.subplots()
    formula = ax.text(0.05, 0.6, "", size=14)
    ax.set_xlabel(r"$\lambda\ [\mathrm{\mu m}]$")
    kinds = [
        r"$\frac{\partial u}{\partial t} = \nabla^2 u$", r"$\sqrt[3]{x_1^2 + y}$",
        r"$\sum_{k=0}^{\infty} \frac{x^k}{k!}$", r"$\left(\hat{\beta}\right)$ in $\mathbb{R}^n$",
        r"$\int_0^1 \mathbf{F}\cdot d\mathbf{r}$",
    ]  # fmt: skip

    def update(i):
        formula.set_text(kinds[i])
        ax.set_title(rf"$t = {i / 10:.1f}$ s, $e^{{-t}} = {np.exp(-i / 10):.3f}$")

    return FuncAnimation(fig, update, frames=5)


def right_to_left():
    fig, ax = plt.subplots()
    ax.plot(X, X)
    hebrew, arabic = "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"
    ax.set_xlabel(hebrew)
    label = ax.text(1, 4, "")

    def update(i):
        ax.set_title([hebrew, arabic, f"{hebrew} {i}", f"step {i} {arabic}", "left to right"][i])
        label.set_text([arabic, hebrew][i % 2])

    return FuncAnimation(fig, update, frames=5)


def languages():
    fig, ax = plt.subplots()
    words = ["Größe", "Ångström", "Ελλάδα", "Москва", "naïve ½ ≤ ‰ →"]
    label = ax.text(0.5, 0.5, "", ha="center", va="center", size=16)

    def update(i):
        label.set(text=words[i], rotation=30 * i, rotation_mode=["anchor", "default"][i % 2])
        label.set_fontvariant(["normal", "small-caps"][i % 2])

    return FuncAnimation(fig, update, frames=5)


def boxed_text():
    """A box behind a text; its colour and shape change."""
    fig, ax = plt.subplots()
    note = ax.text(0.5, 0.5, "", ha="center", bbox={"boxstyle": "round", "fc": "w", "ec": "C1"})

    def update(i):
        note.set_text("value\n" + "9" * (i + 1))
        note.set_position((0.3 + i / 10, 0.2 + i / 10))
        note.get_bbox_patch().set_linewidth(1 + i / 2)

    return FuncAnimation(fig, update, frames=5)


def coloured_box():
    fig, ax = plt.subplots()
    note = ax.text(0.3, 0.5, "alarm", size=15, bbox={"fc": "w", "boxstyle": "square"})

    def update(i):
        note.get_bbox_patch().set_facecolor(f"C{i}")

    return FuncAnimation(fig, update, frames=5)


def annotations():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, np.sin(X))
    note = ax.annotate(
        "peak", (0, 0), xytext=(0.6, 0.8), textcoords="axes fraction",
        arrowprops={"arrowstyle": "->", "connectionstyle": "angle3"},
    )  # fmt: skip
    far = ax.annotate("", (5, 0), (3, 0), arrowprops={"facecolor": "C3", "shrink": 0.05})

    def update(i):
        y = np.sin(X + i / 2) / (i + 1)
        line.set_ydata(y)
        note.xy = (X[y.argmax()], y.max())
        note.set_text(f"peak {y.max():.2f}")
        far.xyann = (3, -i / 5)
        far.set_visible(i != 3)

    return FuncAnimation(fig, update, frames=5)


def typewriter():
    """Letters and labels of the figure that appear one by one."""
    fig = plt.figure()
    fig.supxlabel("the end")
    text = fig.text(0.1, 0.5, "", family="monospace", size=13)

    def update(i):
        text.set_text("Hello, <world> & 'co'"[: 4 + 4 * i])
        text.set_alpha(1 - i / 8)
        fig.text(0.1 + i / 8, 0.2, "✓" if i % 2 else "✗", color="C2")

    return FuncAnimation(fig, update, frames=5, init_func=lambda: [])


def unnoticed_setters():
    """A new box, a formula read as plain text, a larger font: no stale flag is set."""
    fig, ax = plt.subplots()
    boxed = ax.text(0.1, 0.7, "boxed", bbox={"fc": "w"})
    formula = ax.text(0.1, 0.4, r"$\alpha^2$")
    sized = ax.text(0.6, 0.5, "size")

    def update(i):
        boxed.set_bbox(None if i == 3 else {"fc": f"C{i}", "boxstyle": ["round", "larrow"][i % 2]})
        formula.set_parse_math(i % 2 == 0)
        sized.get_fontproperties().set_size(8 + 4 * i)

    return FuncAnimation(fig, update, frames=5)
