"""What players and their sliders are called, for those who hear it."""

import pytest

CAPTION = (
    '<figcaption><span class="caption-number">Fig. 3.2 </span>The fit   of <i>q</i>'
    '<span aria-hidden="true">q</span>. What follows is left out.'
    '<a class="headerlink" href="#">#</a></figcaption>'
)


def names(page):
    """Return the names of all players and of their sliders, as a screen reader has them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        [node["name"]["value"] for node in nodes if node["role"]["value"] == role]
        for role in ("group", "slider")
    ]


@pytest.fixture
def make(tools, line):
    def make(**options):
        return tools.write(line(frames=3), **options).html

    return make


def test_the_caption_of_the_figure_around_it_names_a_player(open_player, make):
    page = open_player(f"<figure>{make(alt='A wave.')}{CAPTION}</figure>")
    name = "Fig. 3.2 The fit of q."
    assert names(page) == [[name], [f"Frame: {name}"]]


def test_a_name_of_its_own_comes_first(open_player, make):
    page = open_player(f"<figure>{make(name='Two waves', slider='phase')}{CAPTION}</figure>")
    assert names(page) == [["Two waves"], ["phase: Two waves"]]


@pytest.mark.parametrize("around", ["{}", "<figure>{}</figure>", "<figure>{}<figcaption></figure>"])
def test_without_a_caption_it_is_what_is_seen(open_player, make, around):
    page = open_player(around.format(make(alt="A wave moves. It is blue.")))
    assert names(page) == [["A wave moves."], ["Frame: A wave moves."]]


def test_players_of_a_page_have_names_of_their_own(open_player, make):
    page = open_player(
        make(alt="A wave.") + make(name="The same, again", alt="A wave.")
        + f"<figure>{make(alt='A wave.')}{CAPTION}</figure>"
    )  # fmt: skip
    for found in names(page):
        assert len(set(found)) == len(found) == 3


def test_a_name_is_text(open_player, make):
    nasty = "</script><b onclick=1>\"'&amp;"
    page = open_player(make(name=nasty))
    assert names(page)[0] == [nasty]
    assert page.locator("b").count() == 0
