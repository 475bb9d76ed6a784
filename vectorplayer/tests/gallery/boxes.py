"""Legends, tables and boxes with texts and pictures."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import offsetbox
from matplotlib.animation import FuncAnimation
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, OffsetImage
from matplotlib.patches import Circle, Patch

X = np.linspace(0, 6, 50)


def changing_legend():
    fig, ax = plt.subplots()
    lines = [ax.plot(X, X * k, label=f"line {k}")[0] for k in range(3)]

    def update(i):
        lines[0].set_label(["line 0", "sine", "a long label"][i % 3])
        for k, line in enumerate(lines):
            line.set_visible(k <= i)
            line.set_linestyle("-:"[(i + k) % 2])
        place = ["upper left", "lower right"][i % 2]
        ax.legend(handles=lines[: i + 1], loc=place, ncols=1 + i % 2)
        ax.set_ylim(-14, 22)

    return FuncAnimation(fig, update, frames=5)


def hidden_legend():
    """A legend with hatched swatches that is not always there."""
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)
    swatches = [Patch(hatch="//", fc="w", ec="k", label="hatched"), Patch(fc="C3", label="full")]
    legend = ax.legend(handles=swatches, loc="upper left", title="areas")

    def update(i):
        legend.set_visible(i % 2 == 0)
        line.set_ydata(X / (i + 1))

    return FuncAnimation(fig, update, frames=5)


def anchored_text():
    fig, ax = plt.subplots()
    box = ax.add_artist(AnchoredText("", loc="upper right", prop={"size": 9}, frameon=True))
    handle = offsetbox.DrawingArea(30, 12)
    handle.add_artist(Circle((6, 6), 5, fc="C2"))
    words = offsetbox.TextArea("circle", textprops={"color": "C2"})
    pack = offsetbox.VPacker(children=[handle, words], align="center", pad=2, sep=3)
    ax.add_artist(AnnotationBbox(pack, (0.3, 0.3)))

    def update(i):
        box.txt.set_text("\n".join(["mean 0.5"] * (1 + i % 3)))
        words.set_text("circle " + "!" * i)

    return FuncAnimation(fig, update, frames=5)


def pictures_in_boxes():
    fig, ax = plt.subplots()
    picture = np.random.default_rng(0).random((6, 6, 3))
    image = OffsetImage(picture, zoom=3)
    sprite = ax.add_artist(AnnotationBbox(image, (0.2, 0.5), frameon=False))
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(i):
        sprite.xybox = sprite.xy = (0.2 + i / 8, 0.5)
        image.set_data(picture if i != 2 else 1 - picture)
        image.set_zoom(3 + i)
        sprite.set_visible(i != 3)

    return FuncAnimation(fig, update, frames=5)


def table():
    fig, ax = plt.subplots()
    ax.axis("off")
    labels = {"rowLabels": ["before", "after"], "colLabels": ["mean", "sd"]}
    cells = ax.table([["0", "0"], ["0", "0"]], loc="center", **labels)

    def update(i):
        for row in (1, 2):
            for column in (0, 1):
                cells[row, column].get_text().set_text(f"{i * row + column:.1f}")
        cells[1 + i % 2, 0].set_facecolor(["lightgreen", "salmon", "w"][i % 3])

    return FuncAnimation(fig, update, frames=5)
