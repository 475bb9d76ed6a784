"""The object that a notebook shows."""

import io

import matplotlib.pyplot as plt
import pytest
from PIL import Image

from vectorplayer import VectorPlayer


def test_the_bundle_has_the_player_and_a_still(tools, line):
    anim = line()
    bundle = VectorPlayer(anim, alt="A wave.")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/png"}
    assert bundle["text/html"].count("<vector-player>") == 1
    assert bundle["text/plain"] == "<VectorPlayer: A wave.>"
    picture = Image.open(io.BytesIO(bundle["image/png"])).convert("RGB")
    largest, _ = tools.difference(picture, tools.still(anim, 4))
    assert largest == 0


def test_it_is_drawn_once_and_closes_its_figure(line):
    anim = line()
    player = VectorPlayer(anim)
    assert plt.get_fignums() == [anim._fig.number]
    first = player._repr_mimebundle_()
    assert plt.get_fignums() == []
    assert player._repr_mimebundle_() == first
    assert player.html is player.html


def test_two_objects_of_one_animation_agree(line):
    anim = line()
    assert VectorPlayer(anim).html == VectorPlayer(anim).html


def test_options_go_to_the_writer(line):
    player = VectorPlayer(line(frames=3), fps=12, start=-1, labels=list("abc"), dpi=50)
    assert '"fps":12,"start":2,"labels":["a","b","c"]' in player.html
    assert 'style="width:200px"' in player.html


def test_save(line, tmp_path):
    path = tmp_path / "fit.html"
    player = VectorPlayer(line(), alt="A wave.")
    player.save(path)
    page = path.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert player.html in page


def test_what_is_not_an_animation():
    with pytest.raises(TypeError, match="anim must be a Matplotlib animation, got 'fit'"):
        VectorPlayer("fit")
