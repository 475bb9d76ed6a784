"""Pages stand in the form in which jupytext writes them, so that JupyterLab's Save keeps them."""

import jupytext
import pytest
from jupytext.config import load_jupytext_config


@pytest.fixture
def config(source):
    return load_jupytext_config(str(source))


def test_reading_and_writing_a_page_changes_nothing(source, config):
    text = source.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst", config=config)
    assert jupytext.writes(notebook, fmt="md:myst", config=config) == text


def test_lines_end_with_a_line_feed_alone(source):
    """MyST-NB counts other ends, such as U+2028, as lines too, and then cuts cells wrongly."""
    text = source.read_bytes().decode("utf-8")
    assert text.splitlines() == text.removesuffix("\n").split("\n")


def test_captions_and_alternative_texts_are_one_line(source, config):
    """A line break in them would come back as an empty line of YAML."""
    notebook = jupytext.read(source, config=config)
    for cell in notebook.cells:
        settings = cell.metadata.get("mystnb", {})
        for text in [*settings.get("figure", {}).values(), *settings.get("image", {}).values()]:
            assert text == " ".join(text.split())
