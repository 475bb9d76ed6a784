"""The convention of all figures: contrast, differences that everybody sees, and who keeps it."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import same_color, to_hex, to_rgb
from matplotlib.figure import Figure
from scipy.stats import multivariate_normal
from vectorplayer.write.dark import dark_counterparts

from klhelpers import Trajectory, animate_fit, contour_style, density_grid, line_style
from klhelpers.direction import ARROWS, heading
from klhelpers.draw.styles import contour_collection, contour_handle

NAMES = ("p", "q", "reverse", "forward", "reference")
COLORED = ("p", "q", "reverse", "forward")
LEVELS = np.linspace(1e-3, 0.15, 6)
X1, X2 = density_grid((-4, 4), num=40)
# sRGB, linear, as people see it who lack one kind of cone (Machado et al. 2009, severity 1).
VISION = {
    "all cones": np.eye(3),
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
DARK_PAGES = ["#121212", "#14181e"]  # for which the colours are made, and the book's own


def linear(color):
    c = np.array(to_rgb(color))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(color):
    return linear(color) @ [0.2126, 0.7152, 0.0722]


def contrast(first, second):
    """Return the contrast ratio of WCAG 2, between 1 and 21."""
    dark, light = sorted(luminance(color) for color in (first, second))
    return (light + 0.05) / (dark + 0.05)


def in_the_dark(color):
    """Return the colour that takes the place of another one on a dark page."""
    return dark_counterparts([to_hex(color)])[0]


def lab(rgb):
    """CIELAB of linear sRGB."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    t = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("name", NAMES)
def test_every_contour_has_contrast_in_the_light_and_in_the_dark(name):
    color = contour_style(name, LEVELS)["colors"]  # one for all levels, and opaque
    assert same_color(color, line_style(name)["color"])
    assert contrast(color, "white") >= 3
    for page in DARK_PAGES:
        assert contrast(in_the_dark(color), page) >= 3


@pytest.mark.parametrize("page", [str, in_the_dark], ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_colors_differ_whatever_cones_a_reader_has(vision, page):
    colors = [page(line_style(name)["color"]) for name in COLORED]
    seen = [lab(np.array(VISION[vision]) @ linear(color)) for color in colors]
    for first, second in combinations(seen, 2):
        assert np.linalg.norm(first - second) > 20  # 2 can just be told apart side by side


def test_lines_and_markers_differ_without_any_color():
    looks = {name: line_style(name) | {"color": None} for name in NAMES}
    for first, second in combinations(NAMES, 2):
        assert looks[first] != looks[second]
    assert looks["p"]["linestyle"] == "--" and looks["q"]["linestyle"] == "-"
    assert looks["reverse"]["linestyle"] != looks["forward"]["linestyle"]
    assert looks["reverse"]["marker"] != looks["forward"]["marker"]


def test_a_changed_style_leaves_the_table_alone():
    assert line_style("reverse", marker="")["marker"] == ""
    line_style("reverse")["color"] = "pink"
    assert line_style("reverse") == line_style("reverse", marker="o")
    assert line_style("reverse")["color"] != "pink"


def test_contours_are_the_wider_the_higher():
    ax = Figure().subplots()
    contours = ax.contour(X1, X2, np.exp(-(X1**2) - X2**2), **contour_style("forward", LEVELS))
    assert np.all(np.diff(contours.get_linewidth()) > 0)
    assert all(
        same_color(edge, line_style("forward")["color"]) for edge in contours.get_edgecolor()
    )
    assert all(pattern is not None for _, pattern in contours.get_linestyle())


def test_contours_of_p_are_the_narrower():
    narrow, wide = (contour_style(name, LEVELS)["linewidths"] for name in "pq")
    assert len(narrow) == len(wide) == len(LEVELS) and np.all(narrow < wide)


@pytest.mark.parametrize("levels", [[0.1], [0.1, 0.2, 0.3]])
@pytest.mark.parametrize("cmap", ["cividis", colormaps["cividis"]], ids=["name", "map"])
def test_a_color_map_colors_by_level(cmap, levels):
    colors = contour_style("p", levels, cmap=cmap)["colors"]
    expected = colormaps["cividis"](np.linspace(0, 1, len(levels)))
    np.testing.assert_array_equal(colors, expected)


def test_moving_contours_look_as_those_that_stand():
    style = contour_style("reverse", LEVELS, cmap="cividis")
    moving = contour_collection(style)
    still = Figure().subplots().contour(X1, X2, np.exp(-(X1**2) - X2**2), **style)
    moving.set_paths(still.get_paths())
    np.testing.assert_array_equal(moving.get_edgecolor(), style["colors"])
    np.testing.assert_array_equal(moving.get_linewidth(), still.get_linewidth())
    assert moving.get_facecolor().size == 0
    assert moving.get_zorder() == still.get_zorder()
    dashed = contour_collection(contour_style("p", LEVELS))
    assert dashed.get_linestyle()[0][1] is not None


@pytest.mark.parametrize("cmap", [None, "cividis"])
def test_a_legend_shows_the_middle_contour(cmap):
    style = contour_style("forward", [0.1, 0.2, 0.3, 0.4, 0.6, 0.7], cmap=cmap)
    line = contour_handle(style, label="q")
    colors = [style["colors"]] * 6 if cmap is None else style["colors"]
    assert same_color(line.get_color(), colors[3])
    assert line.get_linewidth() == style["linewidths"][3]
    assert line.is_dashed() and line.get_label() == "q"
    assert line.get_xydata().shape == (0, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: line_style("r"), "name must be one of p, q, reverse, .*; got 'r'"),
        (lambda: line_style(None), "name must be one of p, q, reverse, .*; got None"),
        (lambda: contour_style("p", [2, 1]), "levels must be finite and increasing"),
        (
            lambda: contour_style("p", [1], cmap="rain"),
            "cmap must be a colour map or .*; got 'rain'",
        ),
    ],
)
def test_unknown_names_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def looks(line):
    return line.get_color(), line.get_marker()


def expected(direction):
    style = line_style(direction)
    return style["color"], style["marker"]


def test_a_fit_is_drawn_as_its_direction(tmp_path):
    p = multivariate_normal([0.5, 0.0])
    p.prob = p.pdf
    trils = np.stack([np.eye(2)] * 2)
    fits = [Trajectory(name, [2.0, 1.0], np.zeros((2, 2)), trils) for name in ARROWS]
    animation = animate_fit(fits, p, X1=X1, X2=X2, levels=LEVELS, loss_curves=True, floors=[0, 0])
    axes = animation._fig.axes
    for direction, ax, below in zip(ARROWS, axes[:2], axes[2:], strict=True):
        assert ax.get_title(loc="left").startswith(heading(direction))
        of_p, of_q = ax.collections
        assert same_color(of_p.get_edgecolor()[0], line_style("p")["color"])
        assert same_color(of_q.get_edgecolor()[0], line_style(direction)["color"])
        curve, floor, dot = below.lines
        assert curve.get_color() == line_style(direction)["color"]
        assert floor.get_linestyle() == line_style("reference")["linestyle"]
        assert looks(dot) == expected(direction)
    animation.save(tmp_path / "fit.gif", writer="pillow")  # drawn, so that it does not warn


def test_the_color_maps_of_the_lecture_are_available():
    p = multivariate_normal([0.5, 0.0])
    p.prob = p.pdf
    fit = Trajectory("reverse", [2.0, 1.0], np.zeros((2, 2)), np.stack([np.eye(2)] * 2))
    options = {"X1": X1, "X2": X2, "levels": LEVELS, "p_cmap": "cividis", "q_cmap": "plasma"}
    animation = animate_fit(fit, p, **options)
    animation._draw_was_started = True  # so that its deletion does not warn
    firsts = [to_hex(c.get_edgecolor()[0]) for c in animation._fig.axes[0].collections]
    assert firsts == ["#00224e", "#0d0887"]
