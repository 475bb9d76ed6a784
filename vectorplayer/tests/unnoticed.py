"""Small animations whose changes Matplotlib does not mark: what is played back must notice them."""

import datetime
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patheffects
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, OffsetImage, TextArea, VPacker
from matplotlib.patches import Arc, FancyArrowPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import (
    FixedLocator,
    Formatter,
    FuncFormatter,
    IndexLocator,
    Locator,
    ScalarFormatter,
)
from matplotlib.transforms import Affine2D, Bbox

X = np.linspace(0, 6, 30)
GRID = np.arange(30.0).reshape(5, 6)


def set_extreme(cmap, which, color):
    """Change a colour map in place, which Matplotlib 3.11 advises against."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        getattr(cmap, f"set_{which}")(color)


def arrays_and_transforms(fig, ax):
    star = Path.unit_regular_star(5)
    star = Path(star.vertices.copy(), star.codes)
    patch = ax.add_patch(PathPatch(star))
    shapes = PathCollection([Path(star.vertices.copy() + 3, star.codes)])
    ax.add_collection(shapes)
    offsets = np.ma.array(np.column_stack([X, np.sin(X)]))
    points = ax.scatter(X, X)
    points.set_offsets(offsets)
    values = np.linspace(0, 1, len(X))
    points.set_array(values)
    turn = Affine2D()
    ax.plot(X, X, transform=turn + ax.transData)
    ax.set(xlim=(-2, 8), ylim=(-2, 8))

    def draw(k):
        patch.get_path().vertices[0] = (k, k)
        shapes.get_paths()[0].vertices[1] = (k / 5, 5)
        points.get_offsets()[0] = (k, 1)
        points.get_array()[:] = np.roll(np.linspace(0, 1, len(X)), k)
        turn.clear().rotate_deg(10 * k)

    return draw


def arc_angle(fig, ax):
    arc = ax.add_patch(Arc((0.5, 0.5), 0.8, 0.6, theta1=0, theta2=90))

    def draw(k):
        arc.theta2 = 90 + 30 * k

    return draw


def formatter_function(fig, ax):
    unit = {"name": ""}
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:.1f}{unit['name']}"))

    def draw(k):
        unit["name"] = "abcde"[k]

    return draw


def formatter_class(fig, ax):
    class Prefixed(Formatter):
        prefix = ""

        def __call__(self, x, pos=None):
            return f"{Prefixed.prefix}{x:.1f}"

    ax.xaxis.set_major_formatter(Prefixed())

    def draw(k):
        Prefixed.prefix = "abcde"[k]

    return draw


def formatter_object(fig, ax):
    """A callable object that Matplotlib wraps by itself."""

    class Count:
        number = 0

        def __call__(self, x, pos=None):
            return f"{self.number}"

    count = Count()
    ax.xaxis.set_major_formatter(count)

    def draw(k):
        count.number = k

    return draw


def locator_class(fig, ax):
    class Shifted(Locator):
        shift = 0.0

        def __call__(self):
            return [0.1 + Shifted.shift, 0.5]

        tick_values = None

    ax.xaxis.set_major_locator(Shifted())
    ax.yaxis.set_minor_locator(Shifted())

    def draw(k):
        Shifted.shift = k / 10

    return draw


def locations_in_place(fig, ax):
    places = np.array([0.1, 0.5])
    locator = FixedLocator(places)
    ax.xaxis.set_major_locator(locator)

    def draw(k):
        locator.locs[0] = k / 10

    return draw


def tick_label_format(fig, ax):
    ax.set(ylim=(0, 12_000), xlim=(1000, 1001))

    def draw(k):
        ax.ticklabel_format(axis="y", style=["plain", "sci"][k % 2], scilimits=(0, 0))
        ax.ticklabel_format(axis="x", useOffset=k % 2 == 0)

    return draw


def scalar_formatter(fig, ax):
    ax.set(ylim=(0, 12_000), xlim=(1000, 1001))
    formatter = ScalarFormatter()
    ax.yaxis.set_major_formatter(formatter)

    def draw(k):
        formatter.set_powerlimits((-k, k))
        formatter.set_useMathText(k % 2 == 1)
        ax.xaxis.get_major_formatter().set_useOffset(500.0 * k)

    return draw


def locator_parameters(fig, ax):
    def draw(k):
        ax.locator_params(nbins=2 + 2 * k)

    return draw


def text_boxes(fig, ax):
    text = ax.text(0.5, 0.5, "boxed", bbox={"fc": "w"})
    title = ax.set_title("title", bbox={"boxstyle": "round"})
    label = ax.set_xlabel("label", bbox={})

    def draw(k):
        text.get_bbox_patch().set_facecolor(f"C{k}")
        title.get_bbox_patch().set_linewidth(1 + k)
        label.get_bbox_patch().set_edgecolor(f"C{k}")

    return draw


def arrows(fig, ax):
    first = ax.quiver(X, X, np.cos(X), np.sin(X))
    second = ax.quiver(X, X + 1, np.cos(X), np.sin(X), scale=20)
    third = ax.quiver(X, X + 2, np.cos(X), np.sin(X), angles="xy")
    key = ax.quiverkey(second, 0.5, 0.9, 2, "key")
    ax.set(xlim=(-1, 8), ylim=(-1, 9))

    def draw(k):
        first.U[:] = np.cos(X + k)
        first.V = np.sin(X + k)
        second.scale = 20 + 10 * k
        third.U = np.cos(X) * (k + 1)
        key.U = 1 + k

    return draw


def barbs(fig, ax):
    drawn = ax.barbs(X[::6], X[::6], 20 * np.cos(X[::6]), 30 * np.sin(X[::6]))

    def draw(k):
        drawn.get_offsets()[0] = (k, 0)
        drawn.set_UVC(20 * np.cos(X[::6] + k), 30 * np.sin(X[::6]))

    return draw


def collection_arrays(fig, ax):
    places = np.random.default_rng(1).uniform(size=(20, 2))
    faded, sized, edged, moved = (
        ax.scatter(
            *places.T, s=np.full(20, 30.0), c=np.full((20, 4), 0.5), ec=np.full((20, 4), 1.0)
        )
        for _ in range(4)
    )
    lines = LineCollection([[(0, 0), (1, 1)], [(0, 1), (1, 0)]], linewidths=[1.0, 2.0])
    ax.add_collection(lines)

    def draw(k):
        faded.get_facecolors()[:, 3] = k / 5
        sized.get_sizes()[:] = 10 + 10 * k
        sized.set_sizes(sized.get_sizes())
        edged.get_edgecolors()[:, 0] = k / 5
        moved.get_offsets()[:] = places + k / 50
        lines.get_linewidths()[0] = 1 + k

    return draw


def sizes_in_place(fig, ax):
    drops = ax.scatter([0.2, 0.8], [0.5, 0.5], s=[20.0, 40.0])

    def draw(k):
        drops._transforms[:, 0, 0] = 5 + k  # what Matplotlib has made of the sizes
        drops.get_sizes()[:] = 20 + 100 * k

    return draw


def norm_and_colors(fig, ax):
    norm = Normalize(0, 30)
    cmap = ListedColormap(np.random.default_rng(1).uniform(size=(8, 3)))
    values = GRID.copy()
    values[0, 0] = np.nan
    mesh = ax.pcolormesh(values, norm=norm, cmap=cmap)
    bar = fig.colorbar(mesh)
    points = ax.scatter(X, X, c=X, norm=norm)

    def draw(k):
        with norm.callbacks.blocked():
            norm.vmin = k
        set_extreme(mesh.cmap, "bad", f"C{k}")
        set_extreme(points.cmap, "under", f"C{k}")
        assert bar.mappable is mesh

    return draw


def image_data(fig, ax):
    image = ax.imshow(GRID.copy(), extent=(0, 6, 0, 5))
    mesh = ax.pcolormesh(X[:7] + 7, np.arange(6.0), GRID.copy())
    ax.set_xlim(0, 12)

    def draw(k):
        image.get_array()[0, 0] = 10 * k
        mesh.get_array()[0, 0] = 10 * k

    return draw


def image_limits(fig, ax):
    image = ax.imshow(GRID)
    norm = image.norm

    def draw(k):
        norm._vmax = 30 + 20 * k  # no callback
        set_extreme(image.cmap, "over", f"C{k}")

    return draw


def line_data(fig, ax):
    (line,) = ax.plot(X, np.sin(X), marker="o")
    (log,) = ax.plot(X, np.cos(X), "s--")
    segments = ax.vlines([1, 2], 0, [1.0, 2.0])

    def draw(k):
        line.get_xydata()[0] = (0, k / 5)
        log.get_path().vertices[3, 1] = k / 5
        segments.get_paths()[0].vertices[1] = (1, k / 5)

    return draw


def line_marker(fig, ax):
    (line,) = ax.plot(X, np.sin(X), marker="o")

    def draw(k):
        line._marker._transform.rotate_deg(10 * k)
        line._marker._path = Path.unit_regular_polygon(3 + k)

    return draw


def inset_locator(fig, ax):
    inset = ax.inset_axes([0.1, 0.1, 0.3, 0.3])
    inset.plot(X, X)
    inset.set_title("inset")

    def draw(k):
        box = Bbox.from_bounds(0.1 + k / 10, 0.3, 0.3, 0.3)
        inset.set_axes_locator(lambda ax, renderer: box.transformed(fig.transFigure))

    return draw


def own_text(fig, ax):
    class Clock(Text):
        hour = 0

        def draw(self, renderer):
            self.set_text(f"{Clock.hour}:00")
            super().draw(renderer)

    ax.add_artist(Clock(0.5, 0.5, "", transform=ax.transAxes))

    def draw(k):
        Clock.hour = k

    return draw


def own_attributes(fig, ax):
    """Classes that override a small thing, so that drawing reads outside state."""

    class Patch(Rectangle):
        def get_facecolor(self):
            return super().get_facecolor()

        def get_path(self):
            return Path.unit_regular_polygon(3 + state["sides"])

    state = {"sides": 0}
    ax.add_patch(Patch((0.5, 0.5), 0.3, 0.3))

    def draw(k):
        state["sides"] = k

    return draw


def own_limits(fig, ax):
    """An artist that moves the limits while it is drawn."""

    class Zoom(Rectangle):
        factor = 1

        def draw(self, renderer):
            self.axes.set_xlim(0, self.factor)
            super().draw(renderer)

    zoom = ax.add_patch(Zoom((0, 0), 0.1, 0.1, zorder=1))
    ax.add_patch(Rectangle((0.2, 0.2), 0.1, 0.1, zorder=1.2))
    ax.plot([0, 1], [0, 1])
    ax.set_ylim(0, 1)

    def draw(k):
        zoom.factor = 1 + k

    return draw


def set_on_instances(fig, ax):
    line = ax.plot(X, np.sin(X))[0]
    text = ax.text(1, 0, "text")
    state = {"shift": 0.0}
    drawn = line.draw

    def shifted(renderer):
        line.set_ydata(np.sin(X + state["shift"]))
        drawn(renderer)

    line.draw = shifted
    text.get_position = lambda: (state["shift"], 0)
    ax.yaxis.get_tightbbox = lambda renderer, **options: None
    ax.set_title("title")

    def draw(k):
        state["shift"] = k / 5

    return draw


def method_of_a_class(fig, ax):
    """The user replaces a method of one of Matplotlib's classes, not of an instance."""
    ax.plot(X, X)
    arrow = ax.add_patch(FancyArrowPatch((1, 1), (5, 5), mutation_scale=20))
    style = type(arrow.get_arrowstyle())
    original = style.transmute

    def draw(k):
        arrow.get_arrowstyle().head_length = 0.4 + k / 5
        assert style.transmute is original

    return draw


def path_effect(fig, ax):
    stroke = patheffects.withStroke(linewidth=2, foreground="y")
    ax.plot(X, np.sin(X), path_effects=[stroke])

    def draw(k):
        stroke._gc["linewidth"] = 2 + 3 * k

    return draw


def offset_boxes(fig, ax):
    picture = OffsetImage(GRID.copy(), zoom=4)
    note = ax.add_artist(
        AnnotationBbox(picture, (0.5, 0.5), (0.7, 0.7), arrowprops={"arrowstyle": "->"})
    )
    anchored = ax.add_artist(AnchoredText("one", loc="lower left"))
    packed = VPacker(children=[TextArea("first"), TextArea("second")], pad=2, sep=2)
    ax.add_artist(AnnotationBbox(packed, (0.2, 0.6)))

    def draw(k):
        picture.image.get_array()[0, 0] = 10 * k
        note.xybox = (0.7, 0.7 - k / 20)
        anchored.patch.set_facecolor(f"C{k}")
        anchored.txt._text.set_text("one " * k)
        packed.sep = 2 + 3 * k
        packed.get_children()[0]._text.set_color(f"C{k}")

    return draw


def table(fig, ax):
    cells = ax.table([["a", "b"], ["c", "d"]], loc="center")

    def draw(k):
        cells[0, 0].set_facecolor(f"C{k}")
        cells[1, 1].get_text().set_text("d" * (k + 1))
        cells[0, 1].set_height(0.1 + k / 50)

    return draw


def legend_handles(fig, ax):
    (line,) = ax.plot(X, np.sin(X), "o-", label="line")
    ax.bar([1], [1], label="bar")
    legend = ax.legend(loc="upper right", title="legend")

    def draw(k):
        handle, bar = legend.legend_handles
        handle.get_path().vertices[:, 1] = k
        bar.set_height(5 + k)
        legend.get_frame()._linewidth = 1 + k
        legend._legend_box.pad = 5 + k
        assert line.axes is ax

    return draw


def spines(fig, ax):
    ax.plot(X, np.sin(X))
    ax.spines["left"].set_position(("data", 1.0))
    ax.spines["bottom"].set_position("zero")

    def draw(k):
        ax.spines["left"]._position = ("data", 1.0 + k)
        ax.spines["left"].set_transform(ax.spines["left"].get_spine_transform())
        ax.spines["top"].get_path().vertices[:, 0] = (0, 1 + k)
        ax.spines["right"]._bounds = (-1, k / 5)

    return draw


def label_under_a_spine(fig, ax):
    """The label of an axis keeps away from a spine."""
    ax.set_xlabel("label")

    def draw(k):
        ax.spines["bottom"]._position = ("outward", 10.0 * k)
        ax.spines["bottom"].set_transform(ax.spines["bottom"].get_spine_transform())

    return draw


def twin_axes(fig, ax):
    ax.plot(X, np.sin(X))
    twin = ax.twinx()
    (line,) = twin.plot(X, X)
    ax.set_title("title")

    def draw(k):
        line.get_xydata()[:, 1] = X / (k + 1)
        twin.viewLim.intervaly = (0, 6 + k)

    return draw


def secondary_axis(fig, ax):
    factor = {"of": 1.0}
    ax.plot(X, X)
    ax.secondary_xaxis(
        "top", functions=(lambda x: factor["of"] * x, lambda x: x / factor["of"])
    ).set_xlabel("scaled")

    def draw(k):
        factor["of"] = 1.0 + k

    return draw


def function_scale(fig, ax):
    power = {"of": 1.0}
    ax.plot(X + 1, X)
    ax.set_xscale(
        "function", functions=(lambda x: x ** power["of"], lambda x: x ** (1 / power["of"]))
    )
    ax.set_xlim(1, 7)

    def draw(k):
        power["of"] = 1.0 + k / 5
        ax.transScale.invalidate()

    return draw


def log_axes(fig, ax):
    ax.plot(X + 1, X + 1)
    ax.set(xscale="log", yscale="symlog")
    ax.set_title("title")

    def draw(k):
        ax.viewLim.intervalx = (0.5, 10 + 20 * k)
        ax.yaxis.get_major_locator().numticks = 3 + k
        ax.xaxis.get_minor_locator().subs = [2.0 + k]

    return draw


def ticks_by_data(fig, ax):
    """Some locators look at the data instead of the limits."""
    ax.xaxis.set_major_locator(IndexLocator(1, 0))
    ax.set_xlim(0, 10)

    def draw(k):
        ax.dataLim.update_from_data_xy([(k + 1, 1)], ignore=False)

    return draw


def dates(fig, ax):
    start = datetime.datetime(2024, 1, 1)
    ax.plot([start + datetime.timedelta(days=int(day)) for day in range(30)], X)
    fig.autofmt_xdate()

    def draw(k):
        ax.viewLim.intervalx = (19723, 19730 + 20 * k)
        ax.xaxis.get_major_formatter().scaled[1.0] = ["%d", "%m-%d"][k % 2]

    return draw


def categories(fig, ax):
    names = list("abcd")
    ax.bar(names, [1, 2, 3, 4])

    def draw(k):
        ax.plot(["abcde"[k], "fghij"[k]], [1, 2])

    return draw


def polar(fig, ax):
    ax.remove()
    ax = fig.add_subplot(projection="polar")
    (line,) = ax.plot(X, X)

    def draw(k):
        line.get_xydata()[3] = (k, k)
        ax.set_theta_offset(k / 5)
        ax.set_rlabel_position(20 * k)

    return draw


def three_dimensions(fig, ax):
    ax.remove()
    ax = fig.add_subplot(projection="3d")
    ax.plot(X, np.sin(X), np.cos(X))
    ax.scatter(X, X, X)

    def draw(k):
        ax.azim = 10 * k

    return draw


def aligned_labels(fig, ax):
    ax.remove()
    upper, lower = fig.subplots(2, 1)
    upper.set_ylabel("upper")
    lower.set_ylabel("lower")
    formatter = ScalarFormatter()
    lower.yaxis.set_major_formatter(formatter)
    lower.set_ylim(0, 1)
    fig.align_ylabels()
    fig.suptitle("title")

    def draw(k):
        lower.yaxis.set_tick_params(pad=3 + 5 * k)
        lower.yaxis.majorTicks[0].label1.set_fontsize(10 + 2 * k)

    return draw


def subfigures(fig, ax):
    ax.remove()
    left, right = fig.subfigures(1, 2)
    left.subplots().plot(X, X)
    image = right.subplots().imshow(GRID.copy())
    title = right.suptitle("right", bbox={"fc": "w"})

    def draw(k):
        image.get_array()[:] = GRID * k
        title.get_bbox_patch().set_facecolor(f"C{k}")
        left.subplotpars.update(left=0.1 + k / 50)
        left.axes[0].set_position([0.2 + k / 50, 0.2, 0.6, 0.6])

    return draw


def clip_paths(fig, ax):
    circle = plt.Circle((3, 3), 1, transform=ax.transData)
    image = ax.imshow(GRID, extent=(0, 6, 0, 6))
    image.set_clip_path(circle)
    line = ax.plot(X, X, lw=8)[0]
    outline = Path.unit_regular_polygon(5)
    outline = Path(outline.vertices * 2 + 3)
    line.set_clip_path(outline, ax.transData)

    def draw(k):
        circle._width = circle._height = circle.width = 2.0 + k
        outline.vertices[0] += 0.1 * k

    return draw


def arrow_between_artists(fig, ax):
    box = ax.text(0.2, 0.2, "from", bbox={"boxstyle": "round"})
    line = ax.plot([0.5, 0.6], [0.5, 0.6])[0]
    ax.annotate("to", (1, 1), (0.8, 0.2), xycoords=box, arrowprops={"arrowstyle": "->"})
    ax.annotate("at", (0, 0), (20, 20), xycoords=line, textcoords="offset points")
    ax.annotate("of", (0, 1), (-20, 0), xycoords=ax.xaxis.label, textcoords="offset points")
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="label")

    def draw(k):
        box._text = "from " * (k + 1)
        line.get_xydata()[0] = (k / 10, 0.4)
        ax.xaxis.labelpad = 4 * k

    return draw


def zoomed_inset(fig, ax):
    ax.plot(X, np.sin(X))
    inset = ax.inset_axes([0.6, 0.6, 0.3, 0.3], xlim=(1, 2), ylim=(0, 1))
    inset.plot(X, np.sin(X))
    ax.indicate_inset_zoom(inset)

    def draw(k):
        inset.viewLim.intervalx = (1, 2 + k / 2)

    return draw


def stream(fig, ax):
    y, x = np.mgrid[0:1:5j, 0:1:5j]
    drawn = ax.streamplot(x, y, x, 1 - y, density=0.4)

    def draw(k):
        drawn.lines.get_linewidths()[:] = [1 + k] * len(drawn.lines.get_linewidths())
        drawn.lines.get_paths()[0].vertices[0] = (k / 5, 0)
        for arrow in drawn.arrows.get_children() if hasattr(drawn.arrows, "get_children") else []:
            arrow._mutation_scale = 10 + k

    return draw


def settings(fig, ax):
    x = np.linspace(0, 6, 2000)
    ax.plot(x, np.sin(40 * x), "--", lw=0.5)
    ax.set_ylim(-10, 10)
    ax.text(3, 5, "x")

    def draw(k):
        mpl.rcParams["axes.unicode_minus"] = k % 2 == 0
        mpl.rcParams["path.simplify"] = k % 2 == 0
        mpl.rcParams["lines.scale_dashes"] = k % 3 == 0
        mpl.rcParams["agg.path.chunksize"] = k
        mpl.rcParams["axes.formatter.use_mathtext"] = k % 2 == 1

    return draw


def hidden_things(fig, ax):
    (line,) = ax.plot(X, X, visible=False)
    ax.set_title("title", visible=False)
    ax.set_xticks([1, 2, 3])

    def draw(k):
        line._visible = k % 2 == 1
        ax.title._visible = k > 2
        ax.xaxis.majorTicks[1].label1._visible = k % 2 == 0
        ax.xaxis.majorTicks[2].gridline._visible = k % 2 == 0

    return draw


def tick_parts(fig, ax):
    ax.set_xticks([0.2, 0.5, 0.8])

    def draw(k):
        first, second, third = ax.xaxis.majorTicks
        first.tick1line._markersize = 3.0 + k
        second.label1._fontproperties._size = 10.0 + k
        third.label1._rotation = 10.0 * k
        ax.xaxis.offsetText._color = f"C{k}"

    return draw


def contour_levels(fig, ax):
    lines = ax.contour(GRID)
    areas = ax.contourf(GRID, alpha=0.3)
    texts = lines.clabel()

    def draw(k):
        lines.get_paths()[1].vertices[0] = (k, 0)
        areas.hatches = [None, "/" * k] if k else [None]
        areas.get_facecolors()[0] = (k / 5, 0, 0, 1)
        texts[0]._rotation = 20.0 * k

    return draw


ALL = {
    function.__name__: function
    for function in (
        arrays_and_transforms, arc_angle, formatter_function, formatter_class, formatter_object,
        locator_class, locations_in_place, tick_label_format, scalar_formatter,
        locator_parameters, text_boxes, arrows, barbs, collection_arrays, sizes_in_place,
        norm_and_colors, image_data, image_limits, line_data, line_marker, inset_locator, own_text,
        own_attributes, own_limits, set_on_instances, method_of_a_class, path_effect, offset_boxes,
        table, legend_handles, spines, label_under_a_spine, twin_axes, secondary_axis,
        function_scale, log_axes, ticks_by_data, dates, categories, polar, three_dimensions,
        aligned_labels, subfigures, clip_paths, arrow_between_artists, zoomed_inset, stream,
        settings, hidden_things, tick_parts, contour_levels,
    )
}  # fmt: skip
