"""A player with its caption: what JupyterLab gets, and what a page makes of it."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer

from klhelpers import Captioned, PairFigure, explore_fit, lecture_start, lecture_target
from klhelpers._static import STATIC_VARIABLE, WIDGET_VIEW
from klhelpers.captioned import FIGURE_KEY, with_caption, without_caption

CAPTION = 'Less < more & "$\\mathrm{KL}(q\\,\\|\\,p)$".'


@pytest.fixture
def player():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1])
    animation = FuncAnimation(fig, lambda k: line.set_ydata([k, 1]), frames=2)
    return VectorPlayer(animation, alt="A line.")


def test_a_notebook_shows_the_player_and_the_caption(player):
    data, metadata = Captioned(player, name="fig-a", caption=CAPTION)._repr_mimebundle_()
    assert data["text/html"].count(player.html) == 1
    assert data["text/html"].endswith(
        "<figcaption>Less &lt; more &amp; &quot;$\\mathrm{KL}(q\\,\\|\\,p)$&quot;.</figcaption>"
        "</figure>"
    )
    assert data["image/png"] == player._repr_mimebundle_()["image/png"]
    assert metadata == {FIGURE_KEY: {"name": "fig-a", "caption": CAPTION}}
    assert WIDGET_VIEW not in data


def test_a_page_gets_the_player_alone(player):
    assert without_caption(with_caption(player.html, CAPTION), CAPTION) == player.html


def test_a_live_explorer_has_its_caption_beneath_the_panel(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)
    explorer = explore_fit(lecture_target(), lecture_start, num_steps=3)
    shown = Captioned(explorer, name="fig-a", caption="A & $b$.")
    data, _ = shown._repr_mimebundle_()
    assert data[WIDGET_VIEW]["model_id"] == shown.widget.model_id
    panel, caption = shown.widget.children
    assert panel is explorer.panel.widget
    assert caption.value == "<figcaption>A &amp; $b$.</figcaption>"
    explorer.close()


def test_a_live_figure_has_its_caption_beneath(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)
    figure = PairFigure()
    shown = Captioned(figure, name="fig-a", caption="A.")
    data, _ = shown._repr_mimebundle_()
    assert data[WIDGET_VIEW]["model_id"] == shown.widget.model_id
    assert shown.widget.children[0] is figure


def test_a_page_gets_no_widget(monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, "1")
    explorer = explore_fit(lecture_target(), lecture_start, num_steps=3)
    data, _ = Captioned(explorer, name="fig-a", caption="A.")._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", "image/png"}
    data, _ = Captioned(PairFigure(), name="fig-a", caption="A.")._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html"}


@pytest.mark.parametrize("name", ["", "Fig", "fig a", "fig&frame=2", "1", None, "fig-<b>"])
def test_the_name_is_a_label(name, player):
    with pytest.raises(ValueError, match="name must be made of lower-case letters"):
        Captioned(player, name=name, caption="A.")


@pytest.mark.parametrize("caption", ["", "  ", "a\n\nb"])
def test_the_caption_is_one_paragraph(caption, player):
    with pytest.raises(ValueError, match="caption must be one paragraph in one line"):
        Captioned(player, name="fig-a", caption=caption)


def test_types(player):
    with pytest.raises(TypeError, match="caption must be a text; got 3"):
        Captioned(player, name="fig-a", caption=3)
    with pytest.raises(TypeError, match=r"moving must be a VectorPlayer, a Live.* got 'a'"):
        Captioned("a", name="fig-a", caption="A.")


def test_it_names_itself(player):
    assert repr(Captioned(player, name="fig-a", caption="A.")) == "<Captioned: fig-a>"
