"""Fits in the player: 30 frames per second, and no loop unless the reader wants one."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from scipy.stats import multivariate_normal
from vectorplayer import VectorPlayer

from klhelpers import Trajectory, animate_fit, density_grid


@pytest.mark.parametrize(("options", "fps"), [({}, 30), ({"interval": 500}, 2)])
def test_speed_and_end(options, fps):
    p = multivariate_normal([0.5, 0.0])
    p.prob = p.pdf
    trajectory = Trajectory("reverse", [2.0, 1.0], np.zeros((2, 2)), np.stack([np.eye(2)] * 2))
    X1, X2 = density_grid((-4, 6), num=40)
    anim = animate_fit(trajectory, p, X1=X1, X2=X2, levels=[0.01, 0.1], **options)
    script = BeautifulSoup(VectorPlayer(anim).html, "html5lib").select_one("vector-player script")
    movie = json.loads(script.string)
    assert movie["fps"] == pytest.approx(fps)
    assert "repeat" not in movie
