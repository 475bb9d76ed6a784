"""What the sources say in words for JupyterLab, a page says with numbers and citations."""

import re

import pytest
from bs4 import BeautifulSoup
from notebook_words import with_citations
from pybtex.database import parse_file
from pybtex.richtext import Text
from table_of_contents import ROOT, WRITTEN

PLAYER = """import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer
import klhelpers as kl
fig, ax = plt.subplots()
(line,) = ax.plot([0, 1])
animation = FuncAnimation(fig, lambda k: line.set_ydata([k, 1]), frames=2)
player = VectorPlayer(animation, alt="A line.")
kl.Captioned(player, name="fig-line", caption="Less < $x$ and *more*.")"""

TEXT = """See {numref}`the figure below <fig-line>`, and {numref}`No. %s <fig-line>`.

```{glossary}
nat
  : The unit of $x$.
    Its second line.

bit
  Another unit.
```

One {term}`nat`."""


def test_figures_numbers_and_glossary(book):
    book.page("second", text=TEXT, code=PLAYER)
    result = book.build()
    assert result.status == 0, result.output
    page = BeautifulSoup(book.html("second"), "html5lib")
    [figure] = page.select("figure#fig-line")
    assert len(figure.select("vector-player")) == 1
    [caption] = figure.select("figcaption")
    assert caption.select_one(".caption-number").text.strip() == "Fig. 1"
    assert caption.select_one("em").text == "more"
    assert caption.select_one(".katex")
    assert "Less <" in caption.text
    links = [link.text for link in page.select("p a.reference.internal[href='#fig-line']")]
    assert links == ["Fig. 1", "No. 1"]
    terms = {dt.contents[0].strip(): dt.find_next("dd") for dt in page.select("dl.glossary dt")}
    assert list(terms) == ["nat", "bit"]
    assert terms["nat"].p.text.startswith("The unit of")
    assert terms["nat"].p.text.endswith("Its second line.")
    assert len(terms["nat"].select("p")) == 1
    assert terms["bit"].text.strip() == "Another unit."


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("[A (1)](references.md#a1)", "{cite:t}`a1`"),
        ("[(A, 1)](../references.md#a1)", "{cite:p}`a1`"),
        ("[A](references.md)", "[A](references.md)"),
        ("[A](other.md#a1)", "[A](other.md#a1)"),
        (
            "```{code-cell} ipython3\n'[A (1)](references.md#a1)'\n```\n[A (1)](references.md#a1)",
            "```{code-cell} ipython3\n'[A (1)](references.md#a1)'\n```\n{cite:t}`a1`",
        ),
    ],
)
def test_links_to_references_become_citations(source, page):
    assert with_citations(source) == page


def words_of(entry):
    """Authors and year of an entry, as the sources write them."""
    names = [
        Text.from_latex(" ".join([*person.prelast_names, *person.last_names])).render_as("text")
        for person in entry.persons["author"]
    ]
    if len(names) > 2:
        names = [f"{names[0]} et al."]
    return " and ".join(names), entry.fields["year"]


@pytest.mark.parametrize("page", WRITTEN)
def test_citations_say_authors_and_year(page):
    entries = parse_file(ROOT / "references.bib").entries
    source = (ROOT / f"{page}.md").read_text("utf-8")
    assert not re.findall(r"\{cite", source)
    for words, key in re.findall(r"\[([^][]+)\]\((?:\.\./)?references\.md#([\w-]+)\)", source):
        names, year = words_of(entries[key])
        assert words in (f"{names} ({year})", f"({names}, {year})")


@pytest.mark.parametrize("page", WRITTEN)
def test_links_to_pages_say_their_titles(page):
    path = ROOT / f"{page}.md"
    source = path.read_text("utf-8")
    assert not re.findall(r"\{doc\}", source)
    for words, name in re.findall(r"\[([^][]+)\]\(([\w./-]+\.md)\)", source):
        title = re.search(r"^# (.+)$", (path.parent / name).read_text("utf-8"), re.MULTILINE)[1]
        assert words == title or words == "The pages"
