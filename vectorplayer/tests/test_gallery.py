"""Animations that were written with nothing of this project in mind."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import ArtistAnimation, FuncAnimation


def decaying_line():
    """A line that grows while the limits follow it, in the oscilloscope manner."""
    fig, ax = plt.subplots(figsize=(4, 3))
    (line,) = ax.plot([], [], lw=2)
    ax.set(ylim=(-1.1, 1.1), xlim=(0, 1))
    ax.grid()
    times, values = [], []

    def start():
        times.clear()
        values.clear()
        ax.set_xlim(0, 1)
        return (line,)

    def draw(point):
        time, value = point
        times.append(time)
        values.append(value)
        if time >= ax.get_xlim()[1]:
            ax.set_xlim(0, 2 * ax.get_xlim()[1])
        line.set_data(times, values)
        return (line,)

    def points():
        for time in np.arange(0, 3, 0.1):
            yield time, np.sin(2 * np.pi * time) * np.exp(-time / 3)

    return FuncAnimation(fig, draw, points, init_func=start, save_count=30, blit=True)


def falling_drops():
    """A scatter whose points move, grow, fade and start again."""
    rng = np.random.default_rng(7)
    fig = plt.figure(figsize=(4, 4))
    ax = fig.add_axes([0, 0, 1, 1], frameon=False, xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    places, ages = rng.uniform(size=(30, 2)), rng.uniform(size=30)
    drops = ax.scatter(*places.T, s=0, lw=1, facecolors="none", edgecolors="k")

    def draw(k):
        now = (ages + k / 30) % 1
        drops.set_sizes(20 + 600 * now)
        drops.set_edgecolors(np.column_stack([np.zeros((30, 3)), 1 - now]))
        drops.set_offsets((places - np.array([0, k / 100])) % 1)

    return FuncAnimation(fig, draw, frames=20, interval=40)


def bar_race():
    """Bars that overtake one another, with names and a year."""
    rng = np.random.default_rng(3)
    names = ["Ada", "Blaise", "Carl", "Dorothea", "Emmy"]
    totals = rng.gamma(2, size=(20, 5)).cumsum(axis=0)
    fig, ax = plt.subplots(figsize=(5, 3), dpi=80)

    def draw(year):
        order = np.argsort(totals[year])
        ax.clear()
        bars = ax.barh(range(5), totals[year][order], color=[f"C{k}" for k in order])
        ax.bar_label(bars, [names[k] for k in order], padding=3)
        ax.text(0.9, 0.1, 1900 + year, transform=ax.transAxes, ha="right", size=24, color="0.6")
        ax.set(xlim=(0, totals[year].max() * 1.3), yticks=[])
        ax.spines[["top", "right"]].set_visible(False)

    return FuncAnimation(fig, draw, frames=20, repeat=False)


@pytest.mark.parametrize("make", [decaying_line, falling_drops, bar_race])
def test_it_looks_as_in_matplotlib(make, tools, picture_of):
    anim = make()
    html = tools.write(anim).html
    frames = (0, 7, 19)
    for frame, picture in zip(frames, picture_of(html, frames), strict=True):
        if make is decaying_line:  # its frames build upon one another
            own = make()
            own._init_draw()
            for point in list(own.new_frame_seq())[:frame]:
                own._draw_frame(point)
        else:
            own = anim
        largest, mean = tools.difference(picture, tools.still(own, frame))
        assert largest <= 65
        assert mean <= 1.5


def test_lists_of_artists(tools, picture_of):
    fig, ax = plt.subplots(figsize=(3, 2))
    artists = [ax.plot([0, 1], [0, k]) for k in range(4)]
    html = tools.write(ArtistAnimation(fig, artists)).html
    pictures = picture_of(html, range(4))
    assert len({picture.tobytes() for picture in pictures}) == 4
