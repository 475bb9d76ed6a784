"""One small animation for each kind of artist: what must look as in Matplotlib."""

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Polygon, Rectangle

X = np.linspace(0, 6, 60)


def lines(fig, ax):
    styles = [("-", "miter"), ("--", "round"), (":", "bevel"), ("-.", "miter")]
    drawn = [
        ax.plot([], [], style, lw=2 + k, solid_joinstyle=join, alpha=1 - k / 5)[0]
        for k, (style, join) in enumerate(styles)
    ]
    ax.set(xlim=(0, 6), ylim=(-2, 6))

    def draw(k):
        for shift, line in enumerate(drawn):
            line.set_data(X[:: 1 + shift], np.sin(X + k)[:: 1 + shift] + shift)

    return draw


def markers(fig, ax):
    marked = [ax.plot([], [], m, ms=9, mfc="w", mew=2)[0] for m in "os^*xD"]
    ax.set(xlim=(-1, 7), ylim=(-2, 8))

    def draw(k):
        for shift, line in enumerate(marked):
            line.set_data(X[::9], np.sin(X[::9] + k / 3) + shift)

    return draw


def scatter(fig, ax):
    rng = np.random.default_rng(1)
    places, sizes = rng.uniform(size=(40, 2)), rng.uniform(20, 300, size=40)
    plain = ax.scatter(*places[:20].T, c="k", marker="s")
    rich = ax.scatter(*places[20:].T, s=sizes[20:], c=sizes[20:], alpha=0.6, edgecolors="r")

    def draw(k):
        plain.set_offsets(places[: 20 - k] + k / 50)
        rich.set_offsets(places[20:] - k / 50)
        rich.set_array(sizes[20:] * (k + 1) % 300)

    return draw


def patches(fig, ax):
    some = [
        Circle((1, 1), 0.8, fc="C1", ec="k", lw=3),
        Rectangle((2, 0.3), 2, 1, angle=20, alpha=0.4),
    ]
    some += [
        Ellipse((5, 1), 1.5, 0.7, ec="C2", fill=False, ls="--"),
        Polygon([(1, 3), (2, 5), (3, 3)]),
    ]
    some += [FancyArrowPatch((3.5, 3), (5.5, 5), mutation_scale=20, fc="C4")]
    for patch in some:
        ax.add_patch(patch)
    group = PatchCollection([Circle((x, 5.5), 0.3) for x in range(1, 6)], fc="C5", ec="C6")
    ax.add_collection(group)
    ax.set(xlim=(0, 6), ylim=(0, 6), aspect="equal")

    def draw(k):
        some[0].set_radius(0.5 + k / 10)
        some[1].set_angle(20 + 5 * k)
        some[2].set_width(1.5 + k / 5)
        some[3].set_xy([(1, 3), (2, 5 - k / 5), (3, 3)])
        group.set_facecolor(["C5", "C7"][k % 2])

    return draw


def hatches(fig, ax):
    bars = ax.bar(range(4), [3, 2, 4, 1], hatch="//", fc="w", ec="k")

    def draw(k):
        bars[1].set_height(2 + k / 4)

    return draw


def fills(fig, ax):
    ax.set(xlim=(0, 6), ylim=(-3, 3))
    held = [ax.fill_between(X, -1, 1, alpha=0.3)]

    def draw(k):
        held.pop().remove()
        held.append(ax.fill_between(X, np.sin(X) - k / 5, np.sin(X) + 1, alpha=0.3, color="C3"))

    return draw


def filled_contours(fig, ax):
    x1, x2 = np.meshgrid(X, X)
    held = [ax.contourf(x1, x2, x1)]

    def draw(k):
        held.pop().remove()
        held.append(ax.contourf(x1, x2, np.sin(x1 - k / 5) * np.cos(x2), levels=5))

    return draw


def texts(fig, ax):
    words = ax.text(0.2, 0.5, "", rotation=30, fontsize=14, color="C3", alpha=0.8)
    math = ax.text(0.1, 0.2, "", bbox={"fc": "lightyellow", "ec": "C1"})
    note = ax.annotate("here", (0.5, 0.5), (0.8, 0.8), arrowprops={"arrowstyle": "->"})
    fig.suptitle("two\nlines <&> \"'")

    def draw(k):
        words.set_text(f"Iteration {k}: AVAfi ‖")
        math.set_text(rf"$\frac{{{k}}}{{2}} \sqrt{{x_1}}$")
        note.xy = (0.5 + k / 10, 0.5)

    return draw


def legend(fig, ax):
    (line,) = ax.plot(X, np.sin(X), label="sine")
    ax.plot(X, np.cos(X), "o--", label="cosine $x^2$")
    shown = ax.legend(loc="lower left", shadow=True)

    def draw(k):
        line.set_ydata(np.sin(X + k / 5))
        shown.get_texts()[0].set_text(f"sine {k}")

    return draw


def image(fig, ax):
    values = np.arange(30.0).reshape(5, 6)
    shown = ax.imshow(values, aspect="auto", extent=(0, 6, 0, 5))
    ax.plot([1, 5], [1, 4], "r", lw=4)

    def draw(k):
        shown.set_data((values * (k + 1)) % 30)

    return draw


def mesh(fig, ax):
    values = np.arange(30.0).reshape(5, 6)
    shown = ax.pcolormesh(values)
    ax.tripcolor([1, 3, 5], [1, 4, 1], [0, 1, 2], shading="gouraud", cmap="magma")

    def draw(k):
        shown.set_array((values * (k + 1)) % 30)

    return draw


def log_axes(fig, ax):
    (line,) = ax.loglog(X + 0.1, X + 0.1, ".-")

    def draw(k):
        line.set_ydata((X + 0.1) ** (1 + k / 5))
        ax.set_xlim(0.1, 10 + 10 * k)

    return draw


def error_bars(fig, ax):
    ax.errorbar([1, 2, 3], [1, 2, 1], yerr=0.5, xerr=0.2, capsize=4)
    stems = LineCollection([], colors=["C1", "C2"], linewidths=[1, 4])
    ax.add_collection(stems)
    ax.set(xlim=(0, 6), ylim=(0, 4))

    def draw(k):
        stems.set_segments([[(x, 0), (x, 1 + (x + k) % 3)] for x in range(1, 6)])

    return draw


def outlined(fig, ax):
    (line,) = ax.plot(
        X, np.sin(X), lw=3, path_effects=[effects.withStroke(linewidth=8, foreground="y")]
    )
    text = ax.text(
        2, 0, "", fontsize=20, path_effects=[effects.withStroke(linewidth=4, foreground="c")]
    )

    def draw(k):
        line.set_ydata(np.sin(X + k / 5))
        text.set_text(f"glow {k}")

    return draw


def panels(fig, ax):
    ax.remove()
    left, right = fig.subplots(1, 2, sharey=True)
    twin = right.twinx()
    inset = left.inset_axes([0.5, 0.5, 0.4, 0.4])
    drawn = [a.plot(X, np.sin(X))[0] for a in (left, right, twin, inset)]

    def draw(k):
        for shift, line in enumerate(drawn):
            line.set_ydata(np.sin(X + k / 5) * (shift + 1))
        twin.set_ylim(-4, 4 + k)
        left.set_title(f"left {k}", loc="left")

    return draw


def clipped(fig, ax):
    circle = Circle((3, 0), 2, transform=ax.transData)
    (line,) = ax.plot(X, np.sin(3 * X), lw=6)
    line.set_clip_path(circle)
    ax.set(xlim=(0, 6), ylim=(-2, 2))

    def draw(k):
        circle.set_radius(1 + k / 5)
        line.set_clip_path(circle)

    return draw


def gaps(fig, ax):
    y = np.sin(X)
    y[10:15] = np.nan
    y[30] = np.inf
    (line,) = ax.plot(X, y)
    points = ax.scatter(X[::6], y[::6])
    ax.set(ylim=(-2, 2))

    def draw(k):
        line.set_ydata(y + k / 5)
        points.set_offsets(np.column_stack([X[::6], np.roll(y, k)[::6]]))

    return draw


def cleared(fig, ax):
    def draw(k):
        ax.clear()
        ax.plot(X, np.sin(X + k / 5), "C2")
        for extra in range(k % 3):
            ax.axhline(extra / 3, color="k", lw=1)
        ax.set_title(f"frame {k}")

    return draw


def far_away(fig, ax):
    (line,) = ax.plot([0, 1], [0, 1])
    block = ax.axvspan(-1e9, 0.5, alpha=0.2)
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def draw(k):
        line.set_data([-1e7, 1e7], [-1e7 + k / 5, 1e7])
        block.set_alpha(0.2 + k / 20)

    return draw


ALL = {
    function.__name__: function
    for function in (
        lines, markers, scatter, patches, hatches, fills, filled_contours, texts, legend, image,
        mesh, log_axes, error_bars, outlined, panels, clipped, gaps, cleared, far_away,
    )
}  # fmt: skip
