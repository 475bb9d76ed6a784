"""Figures that are pickled or copied by the update function, while they are recorded."""

import copy
import pickle

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.backends.backend_agg import FigureCanvasAgg


def rgba(fig):
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


@pytest.mark.parametrize(
    "duplicate",
    [lambda fig: pickle.loads(pickle.dumps(fig)), copy.deepcopy],
    ids=["pickle", "copy"],
)
def test_a_figure_is_duplicated_while_it_is_recorded(duplicate, tools):
    fig, (ax, other) = plt.subplots(1, 2, figsize=(4, 3))
    (line,) = ax.plot([0, 1], label="a")
    ax.legend(loc="upper left")
    other.imshow(np.eye(3))
    copies = []

    def draw(k):
        line.set_ydata([0, k])
        copies.append(duplicate(fig))

    plain = FuncAnimation(fig, lambda k: line.set_ydata([0, k]), frames=3, init_func=lambda: [])
    expected = tools.write(plain).html
    assert tools.write(FuncAnimation(fig, draw, frames=3, init_func=lambda: [])).html == expected
    for k, twin in enumerate(copies):
        assert not any({"draw", "get_tightbbox"} & vars(artist).keys() for artist in twin.findobj())
        line.set_ydata([0, k])
        assert rgba(twin) == rgba(fig)


def test_a_duplicate_that_is_drawn_does_not_disturb_the_recording(tools):
    def page(*, draws_duplicates):
        fig, ax = plt.subplots(figsize=(4, 3))
        (line,) = ax.plot([0, 1])

        def draw(k):
            line.set_ydata([0, k])
            if draws_duplicates:
                rgba(pickle.loads(pickle.dumps(fig)))
                rgba(copy.deepcopy(fig))

        return tools.write(FuncAnimation(fig, draw, frames=4, init_func=lambda: [])).html

    assert page(draws_duplicates=True) == page(draws_duplicates=False)
