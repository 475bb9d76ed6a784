"""A whole HTML page around a player, with the metadata in its head."""

from collections.abc import Mapping
from html import escape

# Matplotlib's writers of films call an author "artist"; HTML has a name of its own for it.
HTML_NAMES = {"artist": "author"}


def page_markup(player: str, title: str, metadata: Mapping[str, str]) -> str:
    """Return an HTML page.

    Parameters
    ----------
    player : str
        Markup, which is not escaped.
    title : str
    metadata : mapping of str to str
        Each entry but the title becomes a ``meta`` element, its key in small letters as name.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n{_meta_elements(metadata)}"
        "<style>body{margin:1rem;font-family:sans-serif}h1{font-size:1.2rem}"
        "@media(prefers-color-scheme:dark){body{background:#121212;color:#ededed}}</style>\n"
        '</head>\n<body>\n<main id="animation">\n'
        f"<h1>{escape(title)}</h1>\n{player}\n</main>\n"
        "</body>\n</html>\n"
    )


def _meta_elements(metadata: Mapping[str, str]) -> str:
    names = {key: HTML_NAMES.get(key.lower(), key.lower()) for key in metadata}
    return "".join(
        f'<meta name="{escape(names[key])}" content="{escape(text)}">\n'
        for key, text in metadata.items()
        if names[key] != "title"
    )
