"""A book of three small pages, as the build writes them."""

import pytest

from editions.book import read_book

LIST = '<ul><li class="toctree-l1"><a href="{}">{}</a></li></ul>'
NAVIGATION = (
    '<div class="bd-sidenav__home-link"><a href="#">The\n book</a></div><nav class="bd-links">'
    '<p class="caption">Part one</p>'
    + LIST.format("chapters/one.html", "1. One")
    + '<p class="caption">Appendix</p>'
    + LIST.format("genindex.html", "Index")
    + "</nav>"
)
PAGE = "<!DOCTYPE html><html><body>{}<article>{}</article></body></html>"
INDEX = (
    '<section id="top"><h1>The book</h1>'
    '<p id="term-nat"><a href="chapters/one.html">1</a></p></section>'
)
FORMULA = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>q</mi></mrow>'
    '<annotation encoding="application/x-tex">q</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span class="base">q</span></span></span>'
)
FIGURE = (
    '<div class="vp-picture"><svg role="img" aria-label="A line" viewBox="0 0 30 20" '
    'style="--g:var(--vp-ground,Canvas);--c0:var(--vp-009e73,light-dark(#009e73,#00926a))">'
    '<path id="f1" d="M0 0h9" stroke="var(--c0)" fill="var(--g)"/><use href="#f1"/></svg></div>'
)
CHAPTER = f"""<section id="one"><h1><span class="section-number">1. </span>One {FORMULA}
<a class="headerlink" href="#one">#</a></h1>
<section id="first"><h2>First</h2>
<details class="hide"><summary>Show the code</summary>
<div class="cell_input"><pre>x</pre></div></details>
<figure id="fig-a">{FIGURE}<figcaption>Fig. 1.1</figcaption></figure>
<p><a href="../index.html#term-nat">nat</a> <a href="#fig-a&amp;frame=3">step 3</a>
<a href="https://example.org/">elsewhere</a></p>
<kl-questions><form class="kq" novalidate=""><p class="kq-title">Check yourself</p>
<fieldset><legend>Which?</legend><ol type="a"><li>this</li></ol></fieldset>
<details><summary>Answer</summary><ol type="a"><li data-right=""><strong>Right.</strong></li></ol>
</details></form></kl-questions>
<div class="exercise admonition" id="ex-a">
<p><span class="caption-number">Exercise 1.1 </span></p></div>
<details class="solution" id="chapters/one-solution-1"><summary>Show solution</summary>
<p>42</p></details>
</section></section>"""
WORDS = '<h1>Index</h1><ul><li><a href="index.html#term-nat">nat</a></li></ul>'


@pytest.fixture
def folder(tmp_path):
    """Folder of the pages."""
    (tmp_path / "chapters").mkdir()
    for name, article in (("index", INDEX), ("chapters/one", CHAPTER), ("genindex", WORDS)):
        (tmp_path / f"{name}.html").write_text(PAGE.format(NAVIGATION, article), "utf-8")
    return tmp_path


@pytest.fixture
def pages(folder):
    """The pages of the book."""
    return read_book(folder)[1]


@pytest.fixture
def chapter(pages):
    """Its only chapter."""
    return pages[1]
