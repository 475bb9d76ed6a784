"""When an explorer shows its panel and when only its player; neither leaves anything behind."""

import matplotlib.pyplot as plt
import pytest

from klhelpers import explore_fit, lecture_start, lecture_target
from klhelpers._static import STATIC_VARIABLE, WIDGET_VIEW
from klhelpers.explore import Explorer


def explorer_of():
    return explore_fit(lecture_target(), lecture_start, num_steps=3)


@pytest.fixture
def static(monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, "1")


@pytest.fixture
def live(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)


@pytest.fixture(scope="module")
def shown():
    """Explorer whose player is made already."""
    explorer = explorer_of()
    assert explorer.player.html
    return explorer


def test_page_gets_no_widget(static, shown):
    assert set(shown._repr_mimebundle_()) == {"text/plain", "text/html", "image/png"}


@pytest.mark.parametrize("value", ["", "0"])
def test_variable_can_be_switched_off(value, monkeypatch, shown):
    monkeypatch.setenv(STATIC_VARIABLE, value)
    assert WIDGET_VIEW in shown._repr_mimebundle_()


def test_notebook_gets_panel_and_player(live, shown):
    bundle = shown._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == shown.panel.widget.model_id
    assert bundle["text/html"] == shown.player.html


def test_panel_and_player_are_made_once(live, shown):
    first, second = shown._repr_mimebundle_(), shown._repr_mimebundle_()
    assert first == second


def test_closed_explorer_has_no_panel(live):
    closed = []

    class Panel:
        widget = type("Widget", (), {"close": lambda self: closed.append("widget")})()

        def close(self):
            closed.append("panel")

    explorer = Explorer("nothing", lambda: pytest.fail("no player was asked for"), Panel)
    assert isinstance(explorer.panel, Panel)
    explorer.close()
    assert closed == ["panel", "widget"]
    other = Explorer("nothing", lambda: None, Panel)
    other.close()
    with pytest.raises(RuntimeError, match="<Explorer: nothing> was closed; make a new one"):
        _ = other.panel


def test_representation_as_text_has_no_address(shown):
    assert repr(shown) == "<Explorer: a fit of q to p>"


def test_no_figure_stays_open(live):
    explorer = explorer_of()
    explorer._repr_mimebundle_()
    assert plt.get_fignums() == []


def test_two_explorers_have_the_same_page(shown):
    assert explorer_of().player.html == shown.player.html
