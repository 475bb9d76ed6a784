"""A figure in two layers: each picture is what a fresh one would be."""

import re

import numpy as np
import pytest
from matplotlib import __version_info__ as version_info
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from vectorplayer.write.live import LiveSVG


@pytest.fixture
def figure():
    fig = Figure(figsize=(3, 2))
    ax = fig.subplots()
    (line,) = ax.plot([0, 1, 2], [0, 1, 0], color="#123456")
    title = ax.set_title("one")
    return fig, [line, title]


def picture(live, moving):
    return live.foreground(moving, alt="A line.")


def test_update_gives_the_picture_of_a_fresh_start(figure):
    fig, (line, title) = figure
    live = LiveSVG(fig)
    first = picture(live, [line, title])
    line.set_ydata([0, -1, 0.5])
    title.set_text("two")
    second = picture(live, [line, title])
    assert second != first
    assert picture(LiveSVG(fig), [line, title]) != first


def test_order_of_changes_does_not_matter(figure):
    fig, (line, title) = figure
    live = LiveSVG(fig)
    first = picture(live, [line, title])
    line.set_ydata([0, -1, 0.5])
    picture(live, [line, title])
    line.set_ydata([0, 1, 0])
    assert picture(live, [line, title]) == first


def test_what_did_not_change_is_not_drawn_again(figure, monkeypatch):
    fig, (line, title) = figure
    live = LiveSVG(fig)
    picture(live, [line, title])
    picture(live, [line, title])
    recorded = []
    monkeypatch.setattr(live._recorder, "record", recording(live._recorder.record, recorded))
    line.set_ydata([1, 1, 1])
    picture(live, [line, title])
    assert recorded == [line]


def recording(record, artists):
    """Note whose drawing is recorded."""

    def noting(draw):
        artists.append(draw.__self__.artist)
        return record(draw)

    return noting


def test_layers_share_out_the_figure(figure):
    fig, moving = figure
    live = LiveSVG(fig)
    back, front = live.background(moving), picture(live, moving)
    assert "#123456" not in back
    color = re.search(r"--(c\d):var\(--vp-123456", front)[1]
    assert front.count(f'stroke="var(--{color})"') == 1
    assert len(live.background([])) > len(back)
    assert not any("draw" in vars(artist) for artist in moving)
    boxes = {re.search('viewBox="[^"]*"', layer)[0] for layer in (back, front)}
    assert len(boxes) == 1


def test_layers_together_are_the_whole_figure(figure):
    """Every outline of the one-layer picture is in one of the two, at the same place."""
    fig, moving = figure
    whole = LiveSVG(fig).background([])
    live = LiveSVG(fig)
    back, front = live.background(moving), picture(live, moving)
    layers = re.findall(' d="[^"]*"', back) + re.findall(' d="[^"]*"', front)
    assert sorted(layers) == sorted(re.findall(' d="[^"]*"', whole))


def test_hidden_artist_stays_hidden(figure):
    fig, (line, title) = figure
    line.set_visible(False)
    live = LiveSVG(fig)
    live.background([line, title])
    assert not line.get_visible()
    assert "#123456" not in picture(live, [line, title])


def test_only_the_front_speaks(figure):
    fig, moving = figure
    live = LiveSVG(fig)
    assert 'aria-hidden="true"' in live.background(moving)
    front = live.foreground(moving, alt='x < 1 & "y"')
    assert 'role="img" aria-label="x &lt; 1 &amp; &quot;y&quot;"' in front


def test_size_is_the_figures(figure):
    width, height = figure[0].bbox.size
    front = LiveSVG(figure[0], precision=0.5).foreground([], alt="Nothing.")
    assert f'viewBox="0 0 {2 * width:g} {2 * height:g}"' in front


def test_line_is_drawn_where_its_points_are(figure):
    fig, (line, _) = figure
    drawn = picture(LiveSVG(fig), [line])
    color = re.search(rf"--(c\d):var\(--vp-{to_hex(line.get_color())[1:]}", drawn)[1]
    d = re.search(rf'stroke="var\(--{color}\)"[^>]* d="m(\d+) (\d+)', drawn)
    x, y = line.axes.transData.transform([0, 0])
    expected = np.rint(np.array([x, fig.bbox.height - y]) * 10)
    assert np.abs(np.array([int(d[1]), int(d[2])]) - expected).max() <= 1


def test_what_lies_in_front_is_drawn_last(figure):
    fig, (line, _) = figure
    (other,) = fig.axes[0].plot([0, 2], [1, 0], color="#abcdef", zorder=1)
    front = picture(LiveSVG(fig), [line, other])
    assert front.index("#abcdef") < front.index("#123456")


CHANGES = {
    "limits": lambda ax: ax.set_ylim(-3, 5),
    "automatic limits": lambda ax: ax.update_datalim([(0, 9)]) or ax.autoscale_view(),
    "scale": lambda ax: ax.set_yscale("log"),
    "position": lambda ax: ax.set_position([0.3, 0.3, 0.5, 0.5]),
    "aspect": lambda ax: ax.set_aspect("equal"),
    "vertices in place": lambda ax: ax.lines[0].get_xydata().__setitem__((0, 1), 0.7),
    "width": lambda ax: ax.lines[0].set_linewidth(9),
    "ticks on top": lambda ax: ax.xaxis.tick_top(),  # they move the title
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_picture_is_that_of_a_fresh_start(figure, change):
    fig, moving = figure
    live = LiveSVG(fig)
    for _ in range(4):  # long enough to trust what is remembered
        before = picture(live, moving)
    CHANGES[change](fig.axes[0])
    after = picture(live, moving)
    if change != "vertices in place" or version_info >= (3, 11):  # earlier ones draw a copy
        assert after != before
    assert after == picture(LiveSVG(fig), moving)


def test_figure_of_another_size_is_refused(figure):
    fig, moving = figure
    live = LiveSVG(fig)
    fig.set_size_inches(4, 4)
    with pytest.raises(ValueError, match=r"size and the dpi .* 3 × 2 inches .* 4 × 4 inches"):
        picture(live, moving)


def test_part_of_an_artist_cannot_move_alone(figure):
    fig, moving = figure
    label = fig.axes[0].xaxis.label
    with pytest.raises(ValueError, match=r"draw .* by itself"):
        picture(LiveSVG(fig), [*moving, label])
    assert not any("draw" in vars(artist) for artist in fig.findobj())


def test_users_own_draw_is_kept(figure):
    fig, (line, title) = figure
    calls = []
    line.draw = own = lambda renderer: calls.append(renderer)
    live = LiveSVG(fig)
    live.background([line, title])
    picture(live, [line, title])
    assert len(calls) == 1
    assert vars(line)["draw"] is own
    assert "draw" not in vars(title)


def test_order_is_that_of_the_figure():
    fig = Figure()
    left, right = fig.subplots(1, 2)
    (first,) = left.plot([0, 1], color="#123456", zorder=9)
    (second,) = right.plot([0, 1], color="#abcdef", zorder=1)
    front = picture(LiveSVG(fig), [second, first])
    assert front.index("#123456") < front.index("#abcdef")
