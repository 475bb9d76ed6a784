"""The guards notice what they are there for, and nothing else."""

import pytest
from bs4 import BeautifulSoup
from guards import foreign_addresses, inline_handlers

pytestmark = pytest.mark.faults

HOST = "https://example.org/x"

FOREIGN = [
    f'<script src="{HOST}"></script>',
    f'<img src="a.png" srcset="b.png 1x, {HOST} 2x">',
    f'<picture><source srcset="{HOST}"><img src="a.png"></picture>',
    f'<link rel="preload" as="image" imagesrcset="{HOST} 2x">',
    f'<form action="{HOST}"></form>',
    f'<form action="#"><button formaction="{HOST}">Go</button></form>',
    f'<a href="a.html" ping="{HOST}">a</a>',
    f'<video src="a.webm" poster="{HOST}"></video>',
    f'<object data="{HOST}"></object>',
    f'<svg><image href="{HOST}"></image></svg>',
    f'<svg><use xlink:href="{HOST}"></use></svg>',
    f'<iframe loading="lazy" src="{HOST}"></iframe>',
    f"<iframe srcdoc='<img src=\"{HOST}\">'></iframe>",
    f'<link rel="preconnect" href="{HOST}">',
    f'<base href="{HOST}">',
    f'<meta http-equiv="refresh" content="0; url={HOST}">',
    f'<p style="background: url({HOST})">a</p>',
    f'<style>@import "{HOST}";</style>',
    '<img src="//example.org/x">',
    '<img src="https:example.org/x">',
]

LOCAL = [
    f'<a href="{HOST}">a link that a reader may follow</a>',
    f'<link rel="canonical" href="{HOST}">',
    f'<link rel="license" href="{HOST}">',
    '<img src="a.png" srcset="a.png 1x, b.png 2x">',
    '<img src="data:image/png;base64,iVBO">',
    '<form action="search.html"></form>',
    '<p style="background: url(a.png)">a</p>',
]


def parse(html):
    return BeautifulSoup(html, "html5lib")


@pytest.mark.parametrize("html", FOREIGN)
def test_address_of_another_host_is_noticed(html):
    [found] = foreign_addresses(parse(html))
    assert "example.org/x" in found


@pytest.mark.parametrize("html", LOCAL)
def test_other_addresses_are_allowed(html):
    assert list(foreign_addresses(parse(html))) == []


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" onerror="alert(1)">',
        '<body onload="alert(1)">',
        '<a href=" JavaScript:alert(1)">a</a>',
        '<form action="javascript:alert(1)"></form>',
    ],
)
def test_script_in_an_attribute_is_noticed(html):
    [found] = inline_handlers(parse(html))
    assert "alert(1)" in found


def test_handlers_of_the_theme_are_allowed():
    page = parse('<button onclick="window.print()">Print</button><a href="a.html">a</a>')
    assert list(inline_handlers(page)) == []
