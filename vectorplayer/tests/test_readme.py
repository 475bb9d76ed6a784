"""README.md and the examples do what they say."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_every_python_block_runs(tmp_path, monkeypatch):
    """They build upon one another, as a reader would run them."""
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    files = set(os.listdir(tmp_path))
    frames = {f"wave-{k:03d}.png" for k in range(63)}
    others = {"wave.html", "wave.svg", "wave-7.svg", "wave.gif", "wave-still.svg"}
    assert files == others | frames
    assert "<title>A sine wave moves to the left.</title>" in (tmp_path / "wave.html").read_text()
    assert '"slider":"phase"' in names["player"].html
    assert "phase 6.2 rad" in names["player"].html


def test_the_notebook_block_runs():
    pytest.importorskip("IPython", reason="needs IPython")
    from IPython.core.interactiveshell import InteractiveShell

    import vectorplayer

    (block,) = re.findall(r"^```ipython\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    names = {"vectorplayer": vectorplayer}
    InteractiveShell.instance()
    try:
        exec(compile(block, "README.md", "exec"), names)
        names["restore"]()
    finally:
        InteractiveShell.clear_instance()


def test_links_lead_into_this_folder():
    links = re.findall(r"\]\(([^)]+)\)", README)
    if (ROOT / "PKG-INFO").is_file():  # in a source distribution they are absolute, or left out
        assert all(link.startswith("https://") for link in links)
        return
    assert "examples/square_wave.svg" in links
    for link in links:
        path = (ROOT / link).resolve()
        assert path.is_relative_to(ROOT.resolve())
        assert path.is_file()


def test_every_option_is_one():
    """The list of the README names what the class takes, with the values that it says."""
    from vectorplayer import VectorHTMLWriter
    from vectorplayer.write.options import Options

    (block,) = (block for block in BLOCKS if "progress_callback" in block)
    named = set(re.findall(r"^    (\w+)=", block, re.MULTILINE))
    assert named >= {field for field in Options.__dataclass_fields__} - {"trust"}
    defaults = VectorHTMLWriter().options
    for name in ("precision", "tolerance"):
        assert f"{name}={getattr(defaults, name)}," in block


def run_example(name, *arguments, folder):
    subprocess.run(
        [sys.executable, "-W", "error", ROOT / "examples" / name, *arguments],
        cwd=folder, check=True, timeout=300, env={**os.environ, "MPLBACKEND": "agg"},
    )  # fmt: skip


def test_the_picture_of_the_readme_is_what_its_script_makes(tmp_path):
    run_example("square_wave.py", tmp_path / "new.svg", folder=tmp_path)
    new, kept = (
        ElementTree.parse(path).getroot()
        for path in (tmp_path / "new.svg", ROOT / "examples" / "square_wave.svg")
    )
    attributes = ("width", "height", "viewBox")
    assert [new.get(name) for name in attributes] == [kept.get(name) for name in attributes]
    namespace = "{http://www.w3.org/2000/svg}"
    for tag in ("title", "desc"):
        assert new.find(namespace + tag).text == kept.find(namespace + tag).text
    seen = [
        [g.get("style") for g in root.iter(f"{namespace}g") if g.get("class")]
        for root in (new, kept)
    ]
    assert seen[0] == seen[1]
    sizes = [
        (ROOT / "examples" / "square_wave.svg").stat().st_size,
        (tmp_path / "new.svg").stat().st_size,
    ]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.05)  # fonts differ a little
    assert f"an SVG file of {round(sizes[0] / 1000)} kB with 36 frames" in README


def test_the_other_examples_run(tmp_path):
    run_example("random_walks.py", folder=tmp_path)
    page = (tmp_path / "random_walks.html").read_text("utf-8")
    assert "<title>Eight random walks</title>" in page
    assert '<meta name="author" content="vectorplayer">' in page
    run_example("every_format.py", folder=tmp_path)
    frames = {f"waves-{k:03d}.png" for k in range(21)}
    others = {"random_walks.html", "waves.html", "waves.svg", "waves-10.svg", "waves.gif"}
    assert set(os.listdir(tmp_path)) == frames | others
    examples = {path.name for path in (ROOT / "examples").glob("*.py")}
    assert examples == {"every_format.py", "random_walks.py", "square_wave.py"}
    plt.close("all")
