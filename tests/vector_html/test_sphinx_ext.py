"""Several players of one page share one script."""

import pytest
from sphinx.application import Sphinx

from klhelpers.vector_html import player_block


# docutils 0.21 with Sphinx 7.4 warns about its own future.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_each_page_keeps_the_first_copy(tools, line, tmp_path):
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    html = tools.write(line(frames=2)).html
    raw = ".. raw:: html\n\n   " + html.replace("\n", "\n   ") + "\n\n"
    for page, players in {"index": 2, "other": 1}.items():
        title = f":orphan:\n\n{page}\n{'=' * len(page)}\n\n"
        (source / f"{page}.rst").write_text(title + raw * players, "utf-8")
    app = Sphinx(
        source, None, out, tmp_path / "trees", "html", status=None, warning=None,
        confoverrides={"extensions": ["klhelpers.vector_html.sphinx_ext"]},
    )  # fmt: skip
    app.build()
    index, other = ((out / f"{page}.html").read_text("utf-8") for page in ("index", "other"))
    assert index.count(player_block()) == other.count(player_block()) == 1
    assert index.count("<vector-player>") == 2
    assert index.index(player_block()) < index.index("<vector-player>")
