"""Fits in the player: how long they take, and no loop unless the reader wants one."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from scipy.stats import multivariate_normal
from vectorplayer import VectorPlayer

from klhelpers import Trajectory, animate_fit, density_grid


def movie_of(num_steps, **options):
    p = multivariate_normal([0.5, 0.0])
    p.prob = p.pdf
    count = num_steps + 1
    losses, locs = np.linspace(2.0, 1.0, count), np.zeros((count, 2))
    trajectory = Trajectory("reverse", losses, locs, np.stack([np.eye(2)] * count))
    X1, X2 = density_grid((-4, 6), num=40)
    anim = animate_fit(trajectory, p, X1=X1, X2=X2, levels=[0.01, 0.1], **options)
    script = BeautifulSoup(VectorPlayer(anim).html, "html5lib").select_one("vector-player script")
    return json.loads(script.string)


@pytest.mark.parametrize(
    ("num_steps", "options", "seconds"),
    [
        (50, {}, 5),
        (250, {"stride": 5}, 5),  # the same number of frames
        (250, {}, 9),
        (50, {"interval": 500}, 25.5),
    ],
)
def test_how_long_it_takes(num_steps, options, seconds):
    movie = movie_of(num_steps, **options)
    assert movie["count"] / movie["fps"] == pytest.approx(seconds, rel=0.01)


def test_no_loop():
    assert "repeat" not in movie_of(1)
