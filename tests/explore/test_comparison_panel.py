"""The panel of the first explorer, used as a front-end uses it."""

import pytest

from klhelpers import explore_divergences, kl_floor, kl_gaussian, optimal_diag_gaussian
from klhelpers.explore import _comparison_panel
from klhelpers.explore._comparison import compare, sentence


@pytest.fixture
def panel():
    explorer = explore_divergences()
    yield explorer.panel
    explorer.close()


def numbers(panel):
    """The numbers beneath the picture."""
    return panel.picture.markup.split('<p class="kl-numbers">')[1].removesuffix("</p>")


def test_every_slider_moves_the_picture(panel):
    for slider in panel.p.sliders + panel.q.sliders:
        before = panel.picture.markup
        slider.value += slider.step
        assert panel.picture.markup != before, slider.description
        for divergence in compare(panel.p.value, panel.q.value):
            assert sentence(divergence) in numbers(panel)
    assert panel.message.text == ""


def test_number_shown_is_the_closed_form(panel):
    panel.p.sliders[4].value = 0.5
    p, q = panel.p.value, panel.q.value
    value = kl_gaussian(p.loc, p.scale_tril, q.loc, q.scale_tril)
    assert f"KL(p‖q) = {value:.4f} nats" in numbers(panel)


@pytest.mark.parametrize(("place", "direction"), [(0, "reverse"), (1, "forward")])
def test_button_puts_q_at_the_optimum(panel, place, direction):
    panel.buttons[place].click()
    p = panel.p.value
    best = optimal_diag_gaussian(p.loc, p.scale_tril, direction=direction)
    assert panel.q.value.scale == pytest.approx(best.scale, abs=1e-12)
    floor = kl_floor(p.scale_tril, direction=direction)
    assert compare(p, panel.q.value)[place].value == pytest.approx(floor, abs=1e-9)


def test_button_puts_q_on_p(panel):
    panel.buttons[2].click()
    assert panel.q.value == panel.p.value
    assert "KL(p‖q) = 0.0000 nats" in numbers(panel)


def test_five_sliders_at_once_draw_once(panel, monkeypatch):
    drawn, draw = [], panel._draw
    monkeypatch.setattr(panel, "_draw", lambda *pair: drawn.append(pair) or draw(*pair))
    panel.buttons[2].click()
    assert len(drawn) == 1


def test_an_update_sends_what_moves_alone(panel):
    before = panel.picture._back.value
    panel.p.sliders[0].value = 1
    assert panel.picture._back.value == before
    assert len(panel.picture.markup) < len(before)


@pytest.mark.parametrize(("place", "value", "kept"), [(4, 1.0, 0.99), (4, -3, -0.99), (2, 0, 0.1)])
def test_invalid_values_cannot_be_entered(panel, place, value, kept):
    panel.p.sliders[place].value = value
    assert panel.p.sliders[place].value == kept
    assert panel.message.text == ""


def test_error_is_shown_beside_the_controls_and_goes_away(panel, monkeypatch):
    def broken(p, q):
        raise ValueError("scale <must> be positive")

    with monkeypatch.context() as patch:
        patch.setattr(_comparison_panel, "compare", broken)
        panel.p.sliders[0].value = 1
    assert 'role="alert"' in panel.message.text
    assert "ValueError: scale &lt;must&gt; be positive" in panel.message.text
    panel.p.sliders[0].value = 0
    assert panel.message.text == ""


def test_every_control_has_a_name_of_its_own(panel):
    names = [control.tooltip for control in panel.p.sliders + panel.q.sliders + panel.buttons]
    assert all(names)
    assert len(set(names)) == len(names)
