"""How shapes are painted: clips, gradients, path effects, collections."""

import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patches
from matplotlib.animation import FuncAnimation
from matplotlib.collections import EllipseCollection, PatchCollection, PolyCollection
from matplotlib.patches import Circle, Polygon
from matplotlib.path import Path
from matplotlib.transforms import Affine2D


def clipped_lines():
    fig, ax = plt.subplots()
    x = np.linspace(0, 6, 80)
    lens = Circle((1, 0), 0.8, transform=ax.transData)
    (line,) = ax.plot(x, np.sin(4 * x), lw=4)
    image = ax.imshow(np.arange(12).reshape(3, 4), extent=(0, 6, -1, 1), alpha=0.5, aspect="auto")
    (outside,) = ax.plot(x, x / 2 - 2.5, "C3", clip_on=False)

    def update(i):
        lens.set_center((1 + i, 0))
        line.set_clip_path(lens)
        image.set_clip_path(lens)
        outside.set_ydata(x / 2 - 2.5 + i / 2)
        ax.set(xlim=(0, 6), ylim=(-2, 2))

    return FuncAnimation(fig, update, frames=5)


def gradient_area():
    """An image clipped to the area beneath a curve."""
    fig, ax = plt.subplots()
    x = np.linspace(0, 6, 50)
    (line,) = ax.plot(x, x, "C0", lw=2)
    ramp = np.linspace(0, 1, 32)[:, None]
    fade = ax.imshow(ramp, cmap="Blues", extent=(0, 6, 0, 2), origin="lower", aspect="auto")
    ax.set_ylim(0, 2.2)

    def update(i):
        y = 1 + np.sin(x + i / 2)
        line.set_ydata(y)
        area = Polygon([(0, 0), *zip(x, y, strict=True), (6, 0)], transform=ax.transData)
        fade.set_clip_path(area)

    return FuncAnimation(fig, update, frames=5)


def outlined():
    fig, ax = plt.subplots()
    x = np.linspace(0, 6, 40)
    glow = [effects.withStroke(linewidth=7, foreground="gold"), effects.Normal()]
    (line,) = ax.plot(x, x, lw=3, path_effects=glow)
    text = ax.text(1, 0.4, "", size=18, color="w")
    text.set_path_effects([effects.Stroke(linewidth=3, foreground="k"), effects.Normal()])
    bar = ax.bar([5], [0.5], path_effects=[effects.withSimplePatchShadow((3, -3))])[0]
    ax.set_ylim(-1.2, 1.2)

    def update(i):
        line.set_ydata(np.sin(x + i / 3))
        text.set_text(f"glow {i}")
        bar.set_height(0.2 + i / 5)
        if i == 3:
            line.set_path_effects([effects.TickedStroke(angle=60, length=0.8)])

    return FuncAnimation(fig, update, frames=5)


def collections_of_shapes():
    fig, ax = plt.subplots()
    discs = [Circle((k, 1), 0.3) for k in range(5)]
    group = ax.add_collection(PatchCollection(discs, cmap="jet", alpha=0.5))
    group.set_array(np.arange(5.0))
    walls = ax.add_collection(PolyCollection([], facecolors=["C0", "C1"], edgecolors="k"))
    places = {"offsets": [(1, 3), (3, 3)], "offset_transform": ax.transData}
    eggs = ax.add_collection(EllipseCollection([20], [10], [0], **places))
    ax.set(xlim=(-1, 5), ylim=(-1, 4))

    def update(i):
        group.set_array(np.roll(np.arange(5.0), i))
        group.set_linewidth(i)
        group.set_edgecolor("k")
        walls.set_verts([[(k, -1), (k + 1, -1), (k + 0.5, 0.1 * i)] for k in range(i + 1)])
        eggs.set(widths=[20 + 4 * i], angles=[20 * i])

    return FuncAnimation(fig, update, frames=5)


def compound_path():
    """A path of curves and holes whose vertices are changed where they are."""
    fig, ax = plt.subplots()
    hole = Path.circle((0, 0), 0.5)
    shape = Path.make_compound_path(Path.unit_rectangle().transformed(Affine2D().scale(3)), hole)
    start = shape.vertices.copy()
    patch = ax.add_patch(patches.PathPatch(shape, fc="C5", ec="k", joinstyle="round", lw=3))
    ax.set(xlim=(-1, 5), ylim=(-1, 4))

    def update(i):
        patch.get_path().vertices[5:] = start[5:] + np.array([0.7 + 0.2 * i, 1 + 0.2 * i])

    return FuncAnimation(fig, update, frames=5)
