"""What tests read out of the HTML of a player."""

import json

from bs4 import BeautifulSoup


def soup_of(html):
    return BeautifulSoup(html, "html5lib")


def movie_of(html):
    """Return the data of the first player, as the script reads it."""
    return json.loads(soup_of(html).select_one("vector-player script").string)
