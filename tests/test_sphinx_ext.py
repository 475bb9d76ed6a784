"""What the Sphinx extension does to pages and to the kernels of a build."""

import matplotlib.pyplot as plt
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from matplotlib.animation import FuncAnimation
from sphinx.application import Sphinx
from vectorplayer import VectorFigure, VectorPlayer, picture_block, player_block

import klhelpers as kl
from klhelpers import sphinx_ext
from klhelpers._static import STATIC_VARIABLE, static_only
from klhelpers.questions import questions_block


@pytest.fixture
def player():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1])
    return VectorPlayer(
        FuncAnimation(fig, lambda k: line.set_ydata([k, 1]), frames=2), alt="A line."
    )


# docutils 0.21 with Sphinx 7.4 warns about its own future.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_each_page_keeps_the_first_copy_of_a_block(player, tmp_path, monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, "1")  # the extension sets it, for the whole process
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    question = kl.Questions(kl.Choice("1 > 0?", [("yes", True, "It is."), ("no", False, "It is.")]))
    for page, copies in {"index": 2, "other": 1}.items():
        title = f":orphan:\n\n{page}\n{'=' * len(page)}\n\n"
        raw = "".join(
            ".. raw:: html\n\n   " + html.replace("\n", "\n   ") + "\n\n"
            for html in (player.html, question.html)
        )
        (source / f"{page}.rst").write_text(title + raw * copies, "utf-8")
    app = Sphinx(
        source, None, out, tmp_path / "trees", "html", status=None, warning=None,
        confoverrides={"extensions": ["klhelpers.sphinx_ext"]},
    )  # fmt: skip
    app.build()
    index, other = ((out / f"{page}.html").read_text("utf-8") for page in ("index", "other"))
    for block, element in (
        (player_block(), "<vector-player>"),
        (questions_block(), "<kl-questions "),
    ):
        assert index.count(block) == other.count(block) == 1
        assert (index.count(element), other.count(element)) == (2, 1)
        assert index.index(block) < index.index(element)


def test_build_asks_for_outputs_that_need_no_kernel(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)
    monkeypatch.setattr(sphinx_ext.os, "environ", environ := dict(sphinx_ext.os.environ))
    assert not static_only()
    sphinx_ext.ask_for_static_outputs(None, None)
    assert environ[STATIC_VARIABLE] == "1"
    assert static_only()


@pytest.mark.parametrize("alt", ["A line.", 'a "b" <c> & d\\1'])
def test_a_figure_gets_the_alternative_text_of_its_cell(alt, player):
    """MyST-NB hands the text to images only; players and other cells keep their own."""
    fig, ax = plt.subplots()
    ax.plot([0, 1])
    html = VectorFigure(fig).html
    doctree = new_document("page")
    for metadata, text in (
        ({"mystnb": {"image": {"alt": alt}}}, html),
        ({"mystnb": {"image": {"alt": alt}}}, player.html),
        ({}, html),
    ):
        cell = nodes.container(nb_element="cell_code", cell_metadata=metadata)
        cell += nodes.raw("", text, format="html")
        doctree += cell
    doctree += nodes.container()
    sphinx_ext.name_figures(None, doctree)
    found = [raw.astext() for raw in doctree.findall(nodes.raw)]
    label = BeautifulSoup(found[0], "html5lib").select_one("[role=img]")["aria-label"]
    assert label == alt
    assert found[1:] == [player.html, html]


def test_a_page_keeps_one_style_sheet_for_its_figures():
    block = picture_block()
    context = {"body": f"<p>{block}a{block}b{player_block()}c{player_block()}</p>"}
    sphinx_ext._on_page(None, "page", "page.html", context, None)
    assert context["body"].count(block) == 1
    assert context["body"].count("customElements.define") == 1
    assert context["body"].startswith(f"<p>{block}a")
